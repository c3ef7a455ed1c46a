CREATE TABLE notifications.message (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  channel text NOT NULL CHECK (channel IN ('sms', 'email')),
  template text NOT NULL,
  recipient_hint text NOT NULL,
  sealed bytea,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
  attempts int NOT NULL DEFAULT 0,
  provider_id text,
  error text,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  ended_at timestamptz,
  CHECK ((ended_at IS NOT NULL) = (state IN ('delivered', 'failed'))),
  CHECK (ended_at IS NULL OR sealed IS NULL)
);
CREATE INDEX message_waiting ON notifications.message (created_at) WHERE ended_at IS NULL;
COMMENT ON TABLE notifications.message IS 'A text message or mail on its way to a person, and afterwards what became of it';
COMMENT ON COLUMN notifications.message.key IS 'Names what is told and to whom: the same thing is never sent twice';
COMMENT ON COLUMN notifications.message.recipient_hint IS 'Last digits of the number or domain of the address, enough to tell a caller where the message went';
COMMENT ON COLUMN notifications.message.sealed IS 'Recipient and text, encrypted with a key derived from the node secret; emptied when the message has ended';
COMMENT ON COLUMN notifications.message.provider_id IS 'Name under which the gateway knows the message';

CREATE TABLE notifications.inbox_item (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  key text NOT NULL,
  event text NOT NULL,
  params jsonb NOT NULL,
  href text,
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  UNIQUE (person_id, key)
);
CREATE INDEX inbox_item_person ON notifications.inbox_item (person_id, created_at DESC);
CREATE INDEX inbox_item_unread ON notifications.inbox_item (person_id) WHERE read_at IS NULL;
COMMENT ON TABLE notifications.inbox_item IS 'What a person finds in the inbox of the portal (hộp thư). The words are made when the page is read, in the reader''s language';
COMMENT ON COLUMN notifications.inbox_item.params IS 'Codes, dates and names of procedures that the words need; never a person''s data';
