CREATE TABLE dossiers.reported (
  dossier_id uuid PRIMARY KEY REFERENCES dossiers.dossier (id),
  system text NOT NULL,
  system_agency text NOT NULL,
  agency_name text NOT NULL,
  told_at timestamptz NOT NULL,
  last_step_at timestamptz
);
COMMENT ON TABLE dossiers.reported IS 'Dossiers that a system of a ministry or province that is no node of ours tells by the national portal''s messages: known here, handled there';
COMMENT ON COLUMN dossiers.reported.system IS 'Account under which that system speaks';
COMMENT ON COLUMN dossiers.reported.last_step_at IS 'Time of the newest step told: an older one that comes later moves nothing';

CREATE TABLE dossiers.reported_step (
  dossier_id uuid NOT NULL REFERENCES dossiers.reported (dossier_id),
  digest bytea NOT NULL,
  at timestamptz NOT NULL,
  state text NOT NULL,
  words text NOT NULL,
  by_unit text NOT NULL,
  PRIMARY KEY (dossier_id, digest)
);
COMMENT ON TABLE dossiers.reported_step IS 'Steps of those dossiers as they were told, each once; without the names of officers';
