ALTER TABLE documents.document ALTER COLUMN file_id DROP NOT NULL, ALTER COLUMN size DROP NOT NULL, ADD CHECK ((file_id IS NULL) = (size IS NULL));
COMMENT ON COLUMN documents.document.file_id IS 'SHA-256 of the bytes, also their id in the file store; empty as long as the paper is only ordered';

CREATE TABLE documents.paper_order (
  document_id uuid PRIMARY KEY REFERENCES documents.document (id),
  maker text NOT NULL,
  payload jsonb NOT NULL,
  ordered_at timestamptz NOT NULL,
  try_at timestamptz NOT NULL,
  failures int NOT NULL DEFAULT 0
);
CREATE INDEX paper_order_turn ON documents.paper_order (try_at);
COMMENT ON TABLE documents.paper_order IS 'Papers whose words are settled and that are typeset when somebody opens them or the node has time; a row goes when its paper is made';
COMMENT ON COLUMN documents.paper_order.maker IS 'Who typesets and signs it, by name, as a module offers it';
COMMENT ON COLUMN documents.paper_order.payload IS 'What the maker needs; its SHA-256 stands in the event document.ordered';
