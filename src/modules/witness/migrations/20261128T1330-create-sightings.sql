CREATE TABLE witness.sighting (
  node_code text NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (node_code, size)
);
COMMENT ON TABLE witness.sighting IS 'When this witness saw another log in a size, first and last, by its own clock: an event lies between the last sighting that does not have it and the first that has';
