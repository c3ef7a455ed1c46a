-- How much waits of one node is counted before more is kept; what another node sends under the same id is not its own. Whose those are that waited before, nobody wrote down.
ALTER TABLE dossiers.transfer_file
  ADD COLUMN from_node text NOT NULL DEFAULT '',
  ADD COLUMN size bigint NOT NULL DEFAULT 0,
  ADD COLUMN received_at timestamptz NOT NULL DEFAULT now(),
  DROP CONSTRAINT transfer_file_pkey,
  ADD PRIMARY KEY (from_node, transfer_id, id);
ALTER TABLE dossiers.transfer_file
  ALTER COLUMN from_node DROP DEFAULT,
  ALTER COLUMN size DROP DEFAULT,
  ALTER COLUMN received_at DROP DEFAULT;
COMMENT ON TABLE dossiers.transfer_file IS 'Files of a transfer that have arrived before it, one message each, of each node up to a measure; they become the dossier’s when it is taken, and are forgotten when it is not, or has not come within 30 days';
COMMENT ON COLUMN dossiers.transfer_file.from_node IS 'Node that sent it; empty for those that waited when this was first written down';
COMMENT ON COLUMN dossiers.transfer_file.size IS 'Bytes';
