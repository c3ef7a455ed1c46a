CREATE TABLE catalogue.version_signature (
  code text NOT NULL,
  version int NOT NULL,
  kid text NOT NULL,
  jws text NOT NULL,
  signed_at timestamptz NOT NULL,
  PRIMARY KEY (code, version),
  FOREIGN KEY (code, version) REFERENCES catalogue.procedure_version (code, version)
);
REVOKE DELETE, TRUNCATE ON catalogue.version_signature FROM motcua_app;
COMMENT ON TABLE catalogue.version_signature IS 'The national node signs what it publishes: code, version, hash of the content, first day and decision; whoever holds a copy can check it without asking';
COMMENT ON COLUMN catalogue.version_signature.jws IS 'Compact JWS (Ed25519) over the statement as canonical JSON';

CREATE TABLE catalogue.dump (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  format text NOT NULL CHECK (format IN ('json', 'jsonld', 'csv', 'xlsx')),
  made_at timestamptz NOT NULL,
  file_id text NOT NULL CHECK (file_id ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL,
  entries int NOT NULL,
  state text NOT NULL,
  signature text NOT NULL
);
CREATE INDEX dump_made ON catalogue.dump (made_at DESC);
REVOKE UPDATE, DELETE, TRUNCATE ON catalogue.dump FROM motcua_app;
COMMENT ON TABLE catalogue.dump IS 'Dữ liệu mở: exports of the whole catalogue, each a file that stays as it is';
COMMENT ON COLUMN catalogue.dump.file_id IS 'SHA-256 of the file, which is also its name in the file store';
COMMENT ON COLUMN catalogue.dump.state IS 'Digest of all versions at that moment: the same state is not dumped twice';
COMMENT ON COLUMN catalogue.dump.signature IS 'Compact JWS of the national node over name, SHA-256, size, entries and moment';
