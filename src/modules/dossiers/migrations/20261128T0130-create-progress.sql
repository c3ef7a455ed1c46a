CREATE TABLE dossiers.progress (
  dossier_id uuid PRIMARY KEY,
  steps jsonb NOT NULL,
  told_at timestamptz NOT NULL
);
COMMENT ON TABLE dossiers.progress IS 'On mirrors: the steps of a dossier as the handling node tells them, by unit and without names of officers, since its process is not known here';
