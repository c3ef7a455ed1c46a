CREATE TABLE dossiers.message (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('person', 'office')),
  author text NOT NULL,
  body text NOT NULL CHECK (length(body) <= 4000),
  sent_at timestamptz NOT NULL,
  read_at timestamptz,
  settled_at timestamptz
);
CREATE INDEX message_dossier ON dossiers.message (dossier_id, sent_at);
CREATE INDEX message_waiting ON dossiers.message (dossier_id) WHERE side = 'person' AND settled_at IS NULL;
CREATE INDEX message_unread ON dossiers.message (dossier_id) WHERE side = 'office' AND read_at IS NULL;
COMMENT ON TABLE dossiers.message IS 'What the person and the handling unit write to each other about a dossier (trao đổi). Personal data: it stays out of the ledger';
COMMENT ON COLUMN dossiers.message.author IS 'Actor key (kind:id), never a name; node:code for what another node told';
COMMENT ON COLUMN dossiers.message.read_at IS 'When the other side first opened it';
COMMENT ON COLUMN dossiers.message.settled_at IS 'Of a person’s message: when the office answered it, or said that it needs no answer';
REVOKE DELETE, TRUNCATE ON dossiers.message FROM motcua_app;

CREATE TABLE dossiers.message_file (
  id uuid PRIMARY KEY,
  message_id uuid NOT NULL,
  file_id text NOT NULL,
  file_name text NOT NULL,
  mime_type text NOT NULL,
  size int NOT NULL
);
CREATE INDEX message_file_message ON dossiers.message_file (message_id);
COMMENT ON TABLE dossiers.message_file IS 'Files that go with a message about a dossier; the bytes are in the file store';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.message_file FROM motcua_app;
