ALTER TABLE notifications.message ADD COLUMN expires_at timestamptz;
COMMENT ON COLUMN notifications.message.expires_at IS 'After this moment the message is of no use (a one-time code) and is not handed over any more';
