CREATE TABLE dossiers.node_transfer (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  from_agency text NOT NULL,
  to_agency text NOT NULL,
  reason text NOT NULL,
  sent_at timestamptz NOT NULL,
  sent_by text NOT NULL,
  state text NOT NULL CHECK (state IN ('sent', 'taken', 'refused', 'returned')),
  answered_at timestamptz,
  answer text,
  CHECK ((state = 'sent') = (answered_at IS NULL))
);
CREATE INDEX node_transfer_dossier ON dossiers.node_transfer (dossier_id, sent_at);
CREATE INDEX node_transfer_sent_at ON dossiers.node_transfer (sent_at);
COMMENT ON TABLE dossiers.node_transfer IS 'Dossiers that went to an agency of another node (chuyển hồ sơ sang hệ thống khác) or came from one: at both nodes under the same id';
COMMENT ON COLUMN dossiers.node_transfer.state IS 'sent: on its way; taken: the other node handles it; refused: the other node could not take it and it stayed; returned: an officer there sent it back';

CREATE TABLE dossiers.transfer_file (
  transfer_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('attachment', 'paper')),
  meta jsonb NOT NULL,
  file_id text NOT NULL,
  PRIMARY KEY (transfer_id, id)
);
COMMENT ON TABLE dossiers.transfer_file IS 'Files of a transfer that have arrived before it, one message each; they become the dossier’s when it is taken, and are forgotten when it is not';

CREATE TABLE dossiers.early_message (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  from_node text NOT NULL,
  service text NOT NULL,
  payload jsonb NOT NULL,
  sent_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL
);
CREATE INDEX early_message_dossier ON dossiers.early_message (dossier_id, from_node, received_at);
COMMENT ON TABLE dossiers.early_message IS 'What a new handling node tells before the old one has told that it handed the dossier over: kept in order, and heard then';
