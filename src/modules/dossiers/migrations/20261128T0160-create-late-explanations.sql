CREATE TABLE dossiers.late_explanation (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  reason text NOT NULL,
  explained_at timestamptz NOT NULL,
  explained_by text NOT NULL
);
CREATE INDEX late_explanation_dossier ON dossiers.late_explanation (dossier_id, explained_at);
COMMENT ON TABLE dossiers.late_explanation IS 'Why a dossier is late and what is done about it, by who leads (giải trình hồ sơ quá hạn); for the agency, beside the apology to the applicant';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.late_explanation FROM motcua_app;
