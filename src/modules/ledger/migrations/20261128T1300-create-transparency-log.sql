-- The transparency log (nhật ký minh bạch): a Merkle tree over the events of this node. Written by a follower, after the acts.
CREATE TABLE ledger.log_subject (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject text NOT NULL UNIQUE,
  seq int NOT NULL,
  head bytea NOT NULL,
  secret bytea,
  forgotten int NOT NULL DEFAULT 0
);
COMMENT ON TABLE ledger.log_subject IS 'One row for each thing that events are about: how many of its events are in the transparency log, and the secret from which their salts follow';
COMMENT ON COLUMN ledger.log_subject.head IS 'Leaf hash of its last event: the next one names it';
COMMENT ON COLUMN ledger.log_subject.secret IS 'Thirty-two random bytes. Without them the commitments of its events say nothing about what was committed to, and every proof still holds';
COMMENT ON COLUMN ledger.log_subject.forgotten IS 'Events up to this number have lost their salts for good';

CREATE TABLE ledger.log_entry (
  index bigint PRIMARY KEY,
  subject_no bigint NOT NULL,
  seq int NOT NULL,
  event bigint NOT NULL,
  at timestamptz NOT NULL,
  commitment bytea NOT NULL,
  hash bytea NOT NULL
);
CREATE UNIQUE INDEX log_entry_chain ON ledger.log_entry (subject_no, seq);
COMMENT ON TABLE ledger.log_entry IS 'The entries of the transparency log, without gaps from 0: which event, and what stands in the tree for it';
COMMENT ON COLUMN ledger.log_entry.hash IS 'SHA-256 of the text of the event, the entry itself: no personal data, and nothing from which any could be guessed';
REVOKE UPDATE, DELETE, TRUNCATE ON ledger.log_entry FROM motcua_app;

CREATE TABLE ledger.log_tile (
  level int NOT NULL CHECK (level > 0),
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, index)
);
COMMENT ON TABLE ledger.log_tile IS 'Hashes of full tiles of 256, in the layers above the leaves; those of the leaves follow from the entries';

CREATE TABLE ledger.log_checkpoint (
  size bigint PRIMARY KEY,
  root bytea NOT NULL,
  note text NOT NULL,
  signed_at timestamptz NOT NULL
);
COMMENT ON TABLE ledger.log_checkpoint IS 'Size and root of the transparency log at a moment, signed by this node';
REVOKE UPDATE, DELETE, TRUNCATE ON ledger.log_checkpoint FROM motcua_app;

CREATE TABLE ledger.log_cosignature (
  size bigint NOT NULL,
  witness text NOT NULL,
  first_at timestamptz NOT NULL,
  first_line text NOT NULL,
  last_at timestamptz NOT NULL,
  last_line text NOT NULL,
  PRIMARY KEY (size, witness)
);
COMMENT ON TABLE ledger.log_cosignature IS 'What witnesses signed below a checkpoint, the first time and the last: an event lies between the last that does not have it and the first that has';
