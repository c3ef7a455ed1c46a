-- Finds what is due to be erased without reading the whole table.
CREATE INDEX outbox_delivered ON exchange.outbox (delivered_at) WHERE state = 'delivered' AND payload <> '';
COMMENT ON COLUMN exchange.outbox.delivered_at IS 'Thirty days later the payload is erased; the row and its receipt stay';
