CREATE TABLE catalogue.decision (
  id uuid PRIMARY KEY,
  number text NOT NULL CHECK (number <> ''),
  issued_on date,
  issuer text NOT NULL CHECK (issuer ~ '^[GH][0-9]{2}$'),
  effective_on date NOT NULL,
  title text NOT NULL DEFAULT '',
  file_id text,
  file_name text,
  media_type text,
  origin text NOT NULL DEFAULT 'authored' CHECK (origin IN ('authored', 'imported')),
  state text NOT NULL CHECK (state IN ('draft', 'in-check', 'checked', 'published', 'withdrawn')),
  author text NOT NULL,
  author_name text NOT NULL,
  checker text,
  checker_name text,
  check_note text,
  created_at timestamptz NOT NULL,
  checked_at timestamptz,
  published_at timestamptz,
  CHECK (origin = 'imported' OR issued_on IS NOT NULL),
  CHECK (origin = 'imported' OR state NOT IN ('checked', 'published') OR (checker IS NOT NULL AND checker <> author))
);
CREATE UNIQUE INDEX decision_number ON catalogue.decision (issuer, number, coalesce(issued_on, '-infinity')) WHERE state <> 'withdrawn';
CREATE INDEX decision_state ON catalogue.decision (state, created_at);
COMMENT ON TABLE catalogue.decision IS 'Quyết định công bố: the only way by which people put procedures into the catalogue; nothing of it is public before it is published';
COMMENT ON COLUMN catalogue.decision.origin IS 'authored here, or read from the procedures of an imported file: then published as it came, and the date of the decision may be unknown';
COMMENT ON COLUMN catalogue.decision.issuer IS 'Identifier code of the ministry (G..) or of the People''s Committee of the province (H..)';
COMMENT ON COLUMN catalogue.decision.checker IS 'The second pair of eyes: never the author, nor one who edited an entry';

CREATE TABLE catalogue.decision_item (
  decision_id uuid NOT NULL REFERENCES catalogue.decision,
  code text NOT NULL CHECK (code ~ '^[0-9]\.[0-9]{6}(\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[GH][0-9]{2})?$'),
  action text NOT NULL CHECK (action IN ('create', 'amend', 'abolish', 'localise')),
  content jsonb,
  base_version int,
  base_hash text,
  revision int NOT NULL DEFAULT 1 CHECK (revision > 0),
  edited_by text NOT NULL,
  edited_name text NOT NULL,
  edited_at timestamptz NOT NULL,
  published_version int,
  PRIMARY KEY (decision_id, code)
);
CREATE INDEX decision_item_code ON catalogue.decision_item (code);
COMMENT ON TABLE catalogue.decision_item IS 'One procedure that a decision creates, amends, abolishes, or adapts to a province';
COMMENT ON COLUMN catalogue.decision_item.content IS 'The whole procedure for create and amend, the local part for localise, nothing for abolish';
COMMENT ON COLUMN catalogue.decision_item.base_hash IS 'Content hash of the version on which the entry was drafted: publishing refuses when another came between';
COMMENT ON COLUMN catalogue.decision_item.revision IS 'Goes up with each save; a save names the revision it is based on';

CREATE TABLE catalogue.decision_editor (
  decision_id uuid NOT NULL REFERENCES catalogue.decision,
  editor text NOT NULL,
  PRIMARY KEY (decision_id, editor)
);
COMMENT ON TABLE catalogue.decision_editor IS 'Who ever saved an entry of a decision: none of them may check it';

CREATE TABLE catalogue.local_part (
  code text NOT NULL,
  version int NOT NULL,
  base_code text NOT NULL,
  base_version int NOT NULL,
  reviewed_version int NOT NULL,
  part jsonb NOT NULL,
  decision_id uuid REFERENCES catalogue.decision,
  PRIMARY KEY (code, version),
  FOREIGN KEY (code, version) REFERENCES catalogue.procedure_version (code, version)
);
CREATE INDEX local_part_base ON catalogue.local_part (base_code);
COMMENT ON TABLE catalogue.local_part IS 'Địa phương hóa: what a province adds to a published procedure, by version of its copy. The ministry''s part is never in here';
COMMENT ON COLUMN catalogue.local_part.base_version IS 'Version of the original with which this version of the copy is made';
COMMENT ON COLUMN catalogue.local_part.reviewed_version IS 'Version of the original that the province has last looked at; below base_version the original has changed since';

ALTER TABLE catalogue.procedure_version ADD COLUMN base_version int;
COMMENT ON COLUMN catalogue.procedure_version.base_version IS 'In a province''s copy: the version of the ministry''s procedure that it is made from. NULL in an original';

CREATE INDEX procedure_version_copies ON catalogue.procedure_version (left(code, 8)) WHERE base_version IS NOT NULL;

CREATE TABLE catalogue.abolition (
  code text PRIMARY KEY,
  abolished_on date NOT NULL,
  abolished_at timestamptz NOT NULL,
  decision_number text NOT NULL,
  decision_date date,
  cascade_of text,
  published_at timestamptz NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON catalogue.abolition FROM motcua_app;
COMMENT ON TABLE catalogue.abolition IS 'Bãi bỏ: final. No dossier is accepted that was filed after the moment; running ones finish';
COMMENT ON COLUMN catalogue.abolition.abolished_at IS 'The moment: beginning of the day, or the publication where the day had begun before';
COMMENT ON COLUMN catalogue.abolition.cascade_of IS 'The original with which this copy fell; NULL where the decision named it';
