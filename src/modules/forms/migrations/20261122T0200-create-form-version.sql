CREATE TABLE forms.form_version (
  key text NOT NULL,
  version int NOT NULL CHECK (version >= 1),
  definition jsonb NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  valid_from date NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (key, version)
);
COMMENT ON TABLE forms.form_version IS 'Published form definitions. A version never changes: dossiers stay on the version under which they were filed';
COMMENT ON COLUMN forms.form_version.definition IS 'Pages, fields, conditions and texts; shape in definition.ts';
COMMENT ON COLUMN forms.form_version.hash IS 'SHA-256 of the definition with sorted keys: publishing the same content again changes nothing';
COMMENT ON COLUMN forms.form_version.valid_from IS 'First day, Vietnam time, on which new drafts get this version';
REVOKE UPDATE, DELETE, TRUNCATE ON forms.form_version FROM motcua_app;
