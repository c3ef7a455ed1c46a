CREATE TABLE dossiers.correction (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  field text NOT NULL,
  template text NOT NULL,
  data jsonb NOT NULL,
  reason text NOT NULL,
  proposed_at timestamptz NOT NULL,
  proposed_by text NOT NULL,
  signed_at timestamptz,
  signed_by text CHECK (signed_by <> proposed_by),
  document_id uuid,
  replaced_id uuid,
  CHECK ((signed_at IS NULL) = (document_id IS NULL))
);
CREATE UNIQUE INDEX correction_open ON dossiers.correction (dossier_id) WHERE signed_at IS NULL;
COMMENT ON TABLE dossiers.correction IS 'Correction of an issued result (đính chính, cấp lại kết quả có sai sót): a new paper takes the place of the old one, proposed by one officer and signed by another';
COMMENT ON COLUMN dossiers.correction.data IS 'Data of the new paper, with the one answer put right';
