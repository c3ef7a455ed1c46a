CREATE TABLE catalogue.copy_check (
  node_code text PRIMARY KEY CHECK (node_code ~ '^(VN|[GH][0-9]{2})$'),
  made_at timestamptz NOT NULL,
  checked_at timestamptz NOT NULL,
  versions int NOT NULL,
  missing int NOT NULL,
  differing int NOT NULL,
  extra int NOT NULL,
  damaged int NOT NULL,
  entries jsonb NOT NULL,
  since timestamptz,
  equal_at timestamptz
);
COMMENT ON TABLE catalogue.copy_check IS 'What the last comparison of a local copy with the national catalogue found: at the national node one row for each node, at a local node the row of the national node';
COMMENT ON COLUMN catalogue.copy_check.made_at IS 'When the local node made its digest';
COMMENT ON COLUMN catalogue.copy_check.since IS 'Since when the copies have not been equal; NULL while they are';
COMMENT ON COLUMN catalogue.copy_check.damaged IS 'Versions whose content at the national node is no longer that of its hash: restored from a backup, never sent';
COMMENT ON COLUMN catalogue.copy_check.entries IS 'The first hundred entries that are not equal: code, version, what is wrong';
