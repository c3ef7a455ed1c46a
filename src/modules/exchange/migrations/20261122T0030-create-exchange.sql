-- Keys and addresses of all nodes. The national node owns the registry; the others keep a copy of what it signed.
CREATE TABLE exchange.node_certificate (
  signing_kid text PRIMARY KEY,
  node_code text NOT NULL,
  signing_key jsonb NOT NULL,
  encryption_kid text NOT NULL,
  encryption_key jsonb NOT NULL,
  base_url text NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'superseded', 'revoked'))
);
CREATE UNIQUE INDEX node_certificate_active ON exchange.node_certificate (node_code) WHERE status = 'active';
COMMENT ON TABLE exchange.node_certificate IS 'Public keys and address of every node, as the national node registered them';
COMMENT ON COLUMN exchange.node_certificate.signing_kid IS 'Thumbprint (RFC 7638) of the signing key';
COMMENT ON COLUMN exchange.node_certificate.valid_to IS 'A superseded key stays good for a short while, so that messages under way can still be verified';

CREATE TABLE exchange.registry (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  version bigint NOT NULL,
  national_key jsonb,
  document text,
  fetched_at timestamptz
);
COMMENT ON TABLE exchange.registry IS 'One row: version of the certificate registry and, at a local node, the signed copy and the pinned key of the national node';

CREATE TABLE exchange.peer (
  code text PRIMARY KEY,
  last_turn bigint NOT NULL DEFAULT 0,
  lease_owner uuid,
  lease_until timestamptz,
  failures int NOT NULL DEFAULT 0,
  next_at timestamptz,
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  last_received_at timestamptz,
  lost_since timestamptz,
  last_error text
);
COMMENT ON TABLE exchange.peer IS 'State of the connection to one other node: sequence of the pair, which process delivers, failures and back-off';
COMMENT ON COLUMN exchange.peer.last_turn IS 'Last number given to a message in the sequence of this pair of nodes';
COMMENT ON COLUMN exchange.peer.lost_since IS 'Set while the circuit breaker is open';

CREATE TABLE exchange.outbox (
  id uuid PRIMARY KEY,
  position bigint GENERATED ALWAYS AS IDENTITY,
  to_node text NOT NULL,
  service text NOT NULL,
  subject text NOT NULL,
  payload text NOT NULL,
  size int NOT NULL,
  key text,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'delivered', 'dead', 'set_aside')),
  seq bigint,
  turn bigint,
  attempts int NOT NULL DEFAULT 0,
  queued_at timestamptz NOT NULL,
  delivered_at timestamptz,
  receipt_id uuid,
  last_code text
);
COMMENT ON TABLE exchange.outbox IS 'Messages to other nodes, written in the transaction of the act that causes them';
COMMENT ON COLUMN exchange.outbox.payload IS 'JSON text as it will be signed; personal data stay here and are encrypted on the way';
COMMENT ON COLUMN exchange.outbox.subject IS 'Messages about one subject are handled in the order in which they were written';
COMMENT ON COLUMN exchange.outbox.seq IS 'Number within receiver and subject, given by the courier when the message is first taken';
COMMENT ON COLUMN exchange.outbox.turn IS 'Number within the pair of nodes, given together with seq';
COMMENT ON COLUMN exchange.outbox.key IS 'Chosen by the writer: a second message with the same key to the same node is not written';
CREATE INDEX outbox_queue ON exchange.outbox (to_node, turn, position) WHERE state = 'queued';
CREATE INDEX outbox_dead ON exchange.outbox (to_node, position) WHERE state = 'dead';
CREATE INDEX outbox_stream ON exchange.outbox (to_node, subject, seq) WHERE seq IS NOT NULL;
CREATE UNIQUE INDEX outbox_key ON exchange.outbox (to_node, key) WHERE key IS NOT NULL;

CREATE TABLE exchange.stream (
  to_node text NOT NULL,
  subject text NOT NULL,
  last_seq bigint NOT NULL,
  failures int NOT NULL DEFAULT 0,
  retry_at timestamptz,
  dead boolean NOT NULL DEFAULT false,
  PRIMARY KEY (to_node, subject)
);
COMMENT ON TABLE exchange.stream IS 'The order of messages about one subject to one node: last number given; whether it waits for a retry or stands behind a dead letter';

CREATE TABLE exchange.inbox (
  sender text NOT NULL,
  id uuid NOT NULL,
  service text NOT NULL,
  subject text NOT NULL,
  seq bigint NOT NULL,
  turn bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('handled', 'refused')),
  code text,
  received_at timestamptz NOT NULL,
  handled_at timestamptz,
  duplicates int NOT NULL DEFAULT 0,
  evidence text NOT NULL,
  PRIMARY KEY (sender, id)
);
COMMENT ON TABLE exchange.inbox IS 'Messages received; the row and the effect of the message are one transaction, so a repeat has no second effect';
COMMENT ON COLUMN exchange.inbox.evidence IS 'What the sender signed: identifiers, times and the hash of the payload (JWS), not the payload';

CREATE TABLE exchange.inbox_stream (
  sender text NOT NULL,
  subject text NOT NULL,
  last_seq bigint NOT NULL,
  PRIMARY KEY (sender, subject)
);
COMMENT ON TABLE exchange.inbox_stream IS 'Last message handled, per sender and subject';

CREATE TABLE exchange.receipt (
  id uuid PRIMARY KEY,
  peer text NOT NULL,
  at timestamptz NOT NULL,
  jws text NOT NULL
);
COMMENT ON TABLE exchange.receipt IS 'Signed answers of other nodes: the proof that a message arrived and what became of it';
REVOKE UPDATE, DELETE, TRUNCATE ON exchange.receipt FROM motcua_app;

CREATE TABLE exchange.rejection (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  claimed_sender text,
  code text NOT NULL,
  digest text NOT NULL,
  size int NOT NULL,
  address text
);
COMMENT ON TABLE exchange.rejection IS 'Messages turned away at the door: forged, replayed, expired, meant for somebody else, unreadable';
COMMENT ON COLUMN exchange.rejection.claimed_sender IS 'What the message says; not proved';
COMMENT ON COLUMN exchange.rejection.digest IS 'SHA-256 of the sealed message, base64url';
CREATE INDEX rejection_at ON exchange.rejection (at);
REVOKE UPDATE, DELETE, TRUNCATE ON exchange.rejection FROM motcua_app;
