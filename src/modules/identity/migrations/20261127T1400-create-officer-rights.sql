ALTER TABLE identity.officer ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE identity.officer ALTER COLUMN totp_secret DROP NOT NULL;
ALTER TABLE identity.officer ADD COLUMN email text;
ALTER TABLE identity.officer ADD COLUMN last_log_in_at timestamptz;
ALTER TABLE identity.officer ADD COLUMN state_since timestamptz;
ALTER TABLE identity.officer ADD COLUMN state_reason text CHECK (state_reason IN ('ordered', 'unused'));
ALTER TABLE identity.officer ADD COLUMN unused_noticed_at timestamptz;
UPDATE identity.officer SET state_since = now();
ALTER TABLE identity.officer ALTER COLUMN state_since SET NOT NULL;
ALTER TABLE identity.officer DROP CONSTRAINT officer_state_check;
ALTER TABLE identity.officer ADD CONSTRAINT officer_state_check CHECK (state IN ('new', 'active', 'locked', 'left'));
ALTER TABLE identity.officer ADD CONSTRAINT officer_proofs CHECK (state IN ('new', 'left') OR (password_hash IS NOT NULL AND totp_secret IS NOT NULL));
COMMENT ON COLUMN identity.officer.state IS 'new until the officer set password and code generator; locked for a time; left for good';
COMMENT ON COLUMN identity.officer.email IS 'Mail of the office: activation codes and notices go there';
COMMENT ON COLUMN identity.officer.state_since IS 'Since when the account stands as it does; the days without a log-in count from here or from the last log-in';
COMMENT ON COLUMN identity.officer.state_reason IS 'Why it is locked: an administrator ordered it, or nobody used it';

ALTER TABLE identity.role_grant ADD COLUMN unit_id text;
ALTER TABLE identity.role_grant ADD COLUMN sector_code text;
ALTER TABLE identity.role_grant ADD COLUMN procedure_code text;
ALTER TABLE identity.role_grant ADD COLUMN valid_from date NOT NULL DEFAULT '-infinity';
ALTER TABLE identity.role_grant ADD COLUMN valid_to date;
ALTER TABLE identity.role_grant ADD COLUMN end_recorded_at timestamptz;
ALTER TABLE identity.role_grant ADD CONSTRAINT role_grant_period CHECK (valid_to > valid_from);
ALTER TABLE identity.role_grant DROP CONSTRAINT role_grant_role_check;
ALTER TABLE identity.role_grant ADD CONSTRAINT role_grant_role_check CHECK (role IN ('one-stop', 'specialist', 'leader', 'unit-head', 'agency-admin', 'national-admin', 'high-level-admin', 'catalogue-editor', 'catalogue-checker'));
DROP INDEX identity.role_grant_current;
CREATE UNIQUE INDEX role_grant_current ON identity.role_grant (officer_id, role, agency_code, coalesce(unit_id, ''), coalesce(sector_code, ''), coalesce(procedure_code, ''), valid_from) WHERE revoked_at IS NULL;
COMMENT ON TABLE identity.role_grant IS 'Which role an officer has for which agency (and those below it), perhaps only for one unit, sector or procedure, and when; withdrawn ones stay';
COMMENT ON COLUMN identity.role_grant.valid_to IS 'First day on which it no longer holds; empty while no end is set';
COMMENT ON COLUMN identity.role_grant.end_recorded_at IS 'When the ledger was told that the period was over';

CREATE TABLE identity.access_rule (
  audience text NOT NULL CHECK (audience IN ('officer', 'administrator')),
  valid_from date NOT NULL,
  valid_to date,
  idle_minutes int NOT NULL CHECK (idle_minutes > 0),
  longest_hours int NOT NULL CHECK (longest_hours > 0),
  parallel_sessions int NOT NULL CHECK (parallel_sessions > 0),
  failures int NOT NULL CHECK (failures > 0),
  block_minutes int NOT NULL CHECK (block_minutes > 0),
  password_length int NOT NULL CHECK (password_length >= 8),
  unused_days int NOT NULL CHECK (unused_days > 0),
  unused_notice_days int NOT NULL CHECK (unused_notice_days BETWEEN 1 AND unused_days),
  review_months int NOT NULL CHECK (review_months IN (1, 2, 3, 4, 6, 12)),
  request_days int NOT NULL CHECK (request_days > 0),
  needs_certificate boolean NOT NULL,
  basis text NOT NULL,
  PRIMARY KEY (audience, valid_from),
  CHECK (valid_to > valid_from)
);
COMMENT ON TABLE identity.access_rule IS 'Limits of officers'' accounts and sessions on a day, with the standard that sets them';
COMMENT ON COLUMN identity.access_rule.valid_to IS 'First day on which it no longer holds; empty while it does';
COMMENT ON COLUMN identity.access_rule.failures IS 'Wrong passwords or codes in a row that block the log-in for block_minutes, and twice as long after each further one';
COMMENT ON COLUMN identity.access_rule.unused_days IS 'Days without a log-in after which the account is switched off; the notice goes out unused_notice_days earlier';
COMMENT ON COLUMN identity.access_rule.request_days IS 'Days within which a second administrator must decide on a request';
COMMENT ON COLUMN identity.access_rule.needs_certificate IS 'Acts of a high-level account need a session that a certificate proved';
INSERT INTO identity.access_rule (audience, valid_from, valid_to, idle_minutes, longest_hours, parallel_sessions, failures, block_minutes, password_length, unused_days, unused_notice_days, review_months, request_days, needs_certificate, basis) VALUES
  ('officer', '2017-12-29', '2026-07-01', 15, 12, 5, 5, 15, 8, 45, 7, 6, 7, false, 'TCVN 11930:2017'),
  ('administrator', '2017-12-29', '2026-07-01', 15, 12, 5, 5, 15, 8, 45, 7, 6, 7, false, 'TCVN 11930:2017'),
  ('officer', '2026-07-01', NULL, 15, 12, 5, 5, 15, 8, 45, 7, 6, 7, false, 'TCVN 14423:2026; NIST SP 800-63B-4'),
  ('administrator', '2026-07-01', NULL, 5, 12, 5, 5, 15, 8, 45, 7, 6, 7, false, 'TCVN 14423:2026; NIST SP 800-63B-4');

CREATE TABLE identity.right_request (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('grant', 'withdraw', 'reset-second-factor', 'move', 'leave')),
  officer_id uuid NOT NULL REFERENCES identity.officer,
  detail jsonb NOT NULL,
  reason text NOT NULL,
  requested_at timestamptz NOT NULL,
  requested_by uuid NOT NULL REFERENCES identity.officer,
  requested_agency text NOT NULL,
  expires_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'refused', 'cancelled', 'expired')),
  decided_at timestamptz,
  decided_by uuid REFERENCES identity.officer,
  decision_reason text,
  CHECK ((state = 'pending') = (decided_at IS NULL)),
  CHECK (decided_by IS NULL OR state = 'cancelled' OR (decided_by <> requested_by AND decided_by <> officer_id))
);
CREATE INDEX right_request_pending ON identity.right_request (requested_at) WHERE state = 'pending';
CREATE INDEX right_request_officer ON identity.right_request (officer_id, requested_at);
COMMENT ON TABLE identity.right_request IS 'A change of administrative rights that waits for a second administrator, or waited';
COMMENT ON COLUMN identity.right_request.detail IS 'What is asked for: role and scope, the grant to withdraw, or the agency to move to; codes and ids only';

CREATE TABLE identity.officer_note (
  officer_id uuid NOT NULL REFERENCES identity.officer,
  at timestamptz NOT NULL,
  act text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (officer_id, at, act)
);
COMMENT ON TABLE identity.officer_note IS 'Written reason of an act on an officer''s account: free text, so it stays out of the ledger. Never changed';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.officer_note FROM motcua_app;

CREATE TABLE identity.officer_activation (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  purpose text NOT NULL CHECK (purpose IN ('first', 'password', 'second-factor')),
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  by_mail boolean NOT NULL,
  expires_at timestamptz NOT NULL,
  token_hash bytea,
  opened_at timestamptz,
  totp_secret text,
  closed_at timestamptz
);
CREATE UNIQUE INDEX officer_activation_open ON identity.officer_activation (officer_id) WHERE closed_at IS NULL;
CREATE INDEX officer_activation_token ON identity.officer_activation (token_hash) WHERE closed_at IS NULL;
COMMENT ON TABLE identity.officer_activation IS 'Leave for an officer to set password or code generator. The code is not stored: it is derived from the id and a key of the node';
COMMENT ON COLUMN identity.officer_activation.token_hash IS 'SHA-256 of the cookie of the browser in which the code was right';
COMMENT ON COLUMN identity.officer_activation.totp_secret IS 'The new secret while it is not confirmed; encrypted';

CREATE TABLE identity.pending_generator (
  officer_id uuid PRIMARY KEY REFERENCES identity.officer,
  totp_secret text NOT NULL,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.pending_generator IS 'A new code generator that its officer has not confirmed yet; the old one counts until then';

CREATE TABLE identity.substitution (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  substitute_id uuid NOT NULL REFERENCES identity.officer,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  reason text NOT NULL,
  named_at timestamptz NOT NULL,
  named_by uuid NOT NULL REFERENCES identity.officer,
  ended_at timestamptz,
  ended_by text,
  CHECK (officer_id <> substitute_id),
  CHECK (valid_to > valid_from)
);
CREATE INDEX substitution_substitute ON identity.substitution (substitute_id) WHERE ended_at IS NULL;
CREATE INDEX substitution_officer ON identity.substitution (officer_id, valid_from);
COMMENT ON TABLE identity.substitution IS 'Ủy quyền xử lý thay: who does an officer''s tasks for a time. Without a chain, and without administrative rights';
COMMENT ON COLUMN identity.substitution.valid_to IS 'First day on which it no longer holds';

CREATE TABLE identity.grant_review (
  grant_id uuid NOT NULL REFERENCES identity.role_grant,
  period text NOT NULL CHECK (period ~ '^\d{4}-\d{2}$'),
  reviewed_at timestamptz NOT NULL,
  reviewed_by uuid NOT NULL REFERENCES identity.officer,
  PRIMARY KEY (grant_id, period)
);
COMMENT ON TABLE identity.grant_review IS 'Which grant an administrator confirmed in the review that began in that month. Never changed';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.grant_review FROM motcua_app;

CREATE TABLE identity.unit_duty (
  id uuid PRIMARY KEY,
  agency_code text NOT NULL,
  unit_id text NOT NULL,
  sector_code text,
  procedure_code text,
  valid_from date NOT NULL,
  valid_to date,
  named_by text NOT NULL,
  CHECK (num_nonnulls(sector_code, procedure_code) = 1),
  CHECK (valid_to > valid_from)
);
CREATE INDEX unit_duty_agency ON identity.unit_duty (agency_code);
COMMENT ON TABLE identity.unit_duty IS 'Which unit of an agency handles a sector or a procedure: what a role limited to a unit reaches';

CREATE TABLE identity.right_event (
  position bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  type text NOT NULL,
  officer_id text NOT NULL,
  actor text NOT NULL,
  data jsonb NOT NULL
);
CREATE INDEX right_event_officer ON identity.right_event (officer_id, position);
CREATE INDEX right_event_type ON identity.right_event (type, position);
COMMENT ON TABLE identity.right_event IS 'Changes of officers'' rights, folded from the ledger so that they can be searched. Never changed';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.right_event FROM motcua_app;
