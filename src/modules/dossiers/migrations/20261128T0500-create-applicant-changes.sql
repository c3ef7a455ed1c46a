CREATE TABLE dossiers.applicant_change (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  changes jsonb NOT NULL,
  ground text NOT NULL,
  way text NOT NULL CHECK (way IN ('online', 'in-person', 'in-writing')),
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by text CHECK (decided_by <> asked_by),
  is_confirmed boolean,
  decline_reason text,
  CHECK ((decided_at IS NULL) = (is_confirmed IS NULL))
);
CREATE UNIQUE INDEX applicant_change_open ON dossiers.applicant_change (dossier_id) WHERE decided_at IS NULL;
CREATE INDEX applicant_change_dossier ON dossiers.applicant_change (dossier_id);
COMMENT ON TABLE dossiers.applicant_change IS 'Change of the applicant’s data on a running dossier (thay đổi thông tin người nộp): asked by the applicant or written down for him, confirmed or declined by an officer';
COMMENT ON COLUMN dossiers.applicant_change.changes IS 'Each fact with its value before and after; personal data, so it stays out of the ledger';
COMMENT ON COLUMN dossiers.applicant_change.way IS 'online: by the applicant himself; in-person, in-writing: told at the desk, written down by an officer';
