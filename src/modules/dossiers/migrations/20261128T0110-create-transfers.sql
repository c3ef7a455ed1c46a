CREATE TABLE dossiers.unplaced (
  dossier_id uuid PRIMARY KEY,
  since timestamptz NOT NULL,
  placed_at timestamptz
);
CREATE INDEX unplaced_open ON dossiers.unplaced (since) WHERE placed_at IS NULL;
COMMENT ON TABLE dossiers.unplaced IS 'Filings whose competent agency could not be told from place and procedure: they wait at the receiving node until one of its officers assigns them';

CREATE TABLE dossiers.transfer (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  from_agency text NOT NULL,
  to_agency text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by text NOT NULL
);
CREATE INDEX transfer_dossier ON dossiers.transfer (dossier_id);
COMMENT ON TABLE dossiers.transfer IS 'A dossier goes to the agency that is competent (chuyển hồ sơ đến cơ quan có thẩm quyền), from the queue or from an agency that had it: from, to, reason';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.transfer FROM motcua_app;
