-- How far others have seen the log, and since when nobody has.
CREATE TABLE ledger.log_state (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  watched_since timestamptz NOT NULL,
  seen_size bigint NOT NULL DEFAULT 0,
  seen_at timestamptz,
  alarmed_at timestamptz,
  turn_owner uuid,
  turn_until timestamptz
);
COMMENT ON TABLE ledger.log_state IS 'One row: up to which size enough witnesses have cosigned the transparency log and when, and which process seals it now';
COMMENT ON COLUMN ledger.log_state.watched_since IS 'Since when this node tries to have its log cosigned without a pause: a node that was switched off is not at fault';

-- After a restore, what witnesses hold and this node has lost: the hash alone.
ALTER TABLE ledger.log_entry ALTER COLUMN event DROP NOT NULL, ALTER COLUMN at DROP NOT NULL, ALTER COLUMN commitment DROP NOT NULL;
COMMENT ON COLUMN ledger.log_entry.event IS 'Null where the event was lost with the database and its hash came back from a witness';
