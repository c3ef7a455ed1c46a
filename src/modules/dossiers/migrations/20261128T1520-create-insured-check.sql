CREATE TABLE dossiers.insured_check (
  dossier_id uuid PRIMARY KEY REFERENCES dossiers.dossier (id),
  month text NOT NULL CHECK (month ~ '^\d{4}-\d{2}$'),
  transaction text NOT NULL,
  findings text[] NOT NULL CHECK (findings <@ ARRAY['paid', 'unpaid', 'mismatch', 'unknown']),
  asked_at timestamptz NOT NULL
);
COMMENT ON TABLE dossiers.insured_check IS 'What the register of social insurance answered about the workers whom an employer declared';
COMMENT ON COLUMN dossiers.insured_check.findings IS 'One for each worker, in the order of the declaration, which has the names';
COMMENT ON COLUMN dossiers.insured_check.transaction IS 'Under which the register keeps the question (maGiaoDich)';
