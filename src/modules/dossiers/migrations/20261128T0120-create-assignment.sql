CREATE TABLE dossiers.handover (
  id uuid PRIMARY KEY,
  agency_code text NOT NULL,
  from_officer uuid NOT NULL,
  to_officer uuid NOT NULL CHECK (to_officer <> from_officer),
  reason text NOT NULL,
  items jsonb NOT NULL,
  at timestamptz NOT NULL,
  by text NOT NULL
);
CREATE INDEX handover_from ON dossiers.handover (from_officer, at);
CREATE INDEX handover_to ON dossiers.handover (to_officer, at);
COMMENT ON TABLE dossiers.handover IS 'Steps that one officer handed to another (biên bản bàn giao hồ sơ): why, and in which state each was';
COMMENT ON COLUMN dossiers.handover.items IS '[{dossierId, taskId, step: {vi, en}, state, dueAt}] as they stood';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.handover FROM motcua_app;

CREATE TABLE dossiers.bulk_report (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  action text NOT NULL,
  rows jsonb NOT NULL,
  at timestamptz NOT NULL
);
COMMENT ON TABLE dossiers.bulk_report IS 'What an action over many rows of the inbox did to each, for the officer who ordered it';
COMMENT ON COLUMN dossiers.bulk_report.rows IS '[{dossierId, done, key, params}]: what was done, or why not';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.bulk_report FROM motcua_app;
