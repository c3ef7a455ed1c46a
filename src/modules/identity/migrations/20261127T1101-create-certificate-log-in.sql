CREATE TABLE identity.certificate_log_in (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  road text NOT NULL CHECK (road IN ('tls', 'file', 'sim')),
  audience text NOT NULL CHECK (audience IN ('person', 'officer')),
  nonce text NOT NULL,
  return_to text NOT NULL,
  lang text NOT NULL CHECK (lang IN ('vi', 'en')),
  operator_handle text,
  operator_credential text,
  certificate bytea,
  ticket_hash bytea,
  ticket_expires_at timestamptz,
  challenge_id uuid,
  attempts int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  proved_at timestamptz,
  used_at timestamptz
);
CREATE INDEX certificate_log_in_expires ON identity.certificate_log_in (expires_at);
COMMENT ON TABLE identity.certificate_log_in IS 'A log-in with a certificate on its way: by the TLS listener, by a signed file, or by a SIM at its operator. Removed an hour after it expired';
COMMENT ON COLUMN identity.certificate_log_in.token_hash IS 'SHA-256 of the cookie that ties all steps to one browser';
COMMENT ON COLUMN identity.certificate_log_in.nonce IS 'What is signed, beside the name of this node and the id: random, used once';
COMMENT ON COLUMN identity.certificate_log_in.operator_handle IS 'SIM: under which handle the operator waits for the person’s PIN';
COMMENT ON COLUMN identity.certificate_log_in.certificate IS 'The certificate (and those that came with it) whose key was proved, until the log-in is finished';
COMMENT ON COLUMN identity.certificate_log_in.ticket_hash IS 'SHA-256 of the ticket with which the TLS listener sends the browser back; counts once and for a minute';
COMMENT ON COLUMN identity.certificate_log_in.challenge_id IS 'First log-in: the one-time code by which the new telephone number is confirmed';

CREATE TABLE identity.officer_certificate (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  serial text NOT NULL,
  agency_code text NOT NULL,
  not_after timestamptz NOT NULL,
  bound_at timestamptz NOT NULL,
  bound_by text NOT NULL,
  unbound_at timestamptz,
  unbound_by text,
  CHECK (unbound_at >= bound_at)
);
CREATE UNIQUE INDEX officer_certificate_current ON identity.officer_certificate (fingerprint) WHERE unbound_at IS NULL;
CREATE INDEX officer_certificate_officer ON identity.officer_certificate (officer_id, bound_at);
COMMENT ON TABLE identity.officer_certificate IS 'Which certificate for official duty opens which officer’s account, from when to when and by whom; ended ones stay';
