CREATE TABLE quality.dossier (
  id text PRIMARY KEY,
  seq int NOT NULL,
  node text NOT NULL,
  agency text NOT NULL,
  procedure text NOT NULL,
  place_in_count text NOT NULL,
  due_at timestamptz,
  clock_runs boolean NOT NULL
);
CREATE INDEX dossier_due ON quality.dossier (due_at) WHERE clock_runs AND place_in_count = 'running';
COMMENT ON TABLE quality.dossier IS 'Where each dossier stands in the counts: the follower''s own memory, rebuilt from the ledger at any time';

CREATE TABLE quality.count (
  node text NOT NULL,
  agency text NOT NULL,
  procedure text NOT NULL,
  place text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (node, agency, procedure, place)
);
COMMENT ON TABLE quality.count IS 'How many dossiers stand at each place, by agency and procedure; moved only by the follower and the watch over due dates';
