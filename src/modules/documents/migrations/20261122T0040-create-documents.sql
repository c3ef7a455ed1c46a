CREATE TABLE documents.document (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9-]{0,60}$'),
  subject uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
  number text,
  file_id text NOT NULL CHECK (file_id ~ '^[0-9a-f]{64}$'),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  media_type text NOT NULL,
  size integer NOT NULL CHECK (size > 0),
  created_at timestamptz NOT NULL,
  signed_at timestamptz,
  revoked_at timestamptz,
  revoked_reason text,
  key text UNIQUE,
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX document_by_subject ON documents.document (subject, created_at);
CREATE INDEX document_by_file ON documents.document (file_id);
REVOKE DELETE, TRUNCATE ON documents.document FROM motcua_app;
COMMENT ON TABLE documents.document IS 'Papers issued or kept by this node: slips, letters, results. The bytes are in the file store';
COMMENT ON COLUMN documents.document.kind IS 'Name of the template it was made with, or of the kind of paper';
COMMENT ON COLUMN documents.document.subject IS 'What it is about: the id of a dossier';
COMMENT ON COLUMN documents.document.number IS 'Number and sign of the paper, as in 12/TB-PVHCC';
COMMENT ON COLUMN documents.document.file_id IS 'SHA-256 of the bytes, also their id in the file store';
COMMENT ON COLUMN documents.document.key IS 'Idempotency key: the same key stores once';

CREATE TABLE documents.trusted_root (
  fingerprint text PRIMARY KEY CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  node_code text NOT NULL,
  pem text NOT NULL,
  trusted_at timestamptz NOT NULL
);
COMMENT ON TABLE documents.trusted_root IS 'Root certificates of the nodes whose signatures count here';
COMMENT ON COLUMN documents.trusted_root.fingerprint IS 'SHA-256 of the DER certificate';
COMMENT ON COLUMN documents.trusted_root.node_code IS 'The node that the root belongs to';
