-- How much waits of one node is counted before more is kept; what another node sends under the same id is not its own.
ALTER TABLE dossiers.transfer_file
  ADD COLUMN from_node text NOT NULL,
  ADD COLUMN size bigint NOT NULL,
  ADD COLUMN received_at timestamptz NOT NULL,
  DROP CONSTRAINT transfer_file_pkey,
  ADD PRIMARY KEY (from_node, transfer_id, id);
COMMENT ON TABLE dossiers.transfer_file IS 'Files of a transfer that have arrived before it, one message each, of each node up to a measure; they become the dossier’s when it is taken, and are forgotten when it is not, or has not come within 30 days';
COMMENT ON COLUMN dossiers.transfer_file.size IS 'Bytes';
