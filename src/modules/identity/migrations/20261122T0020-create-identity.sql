CREATE TABLE identity.account (
  id uuid PRIMARY KEY,
  subject text NOT NULL UNIQUE,
  id_number text NOT NULL UNIQUE CHECK (id_number ~ '^[0-9]{12}$'),
  full_name text NOT NULL,
  birth_date date NOT NULL,
  phone text NOT NULL,
  email text,
  assurance smallint NOT NULL CHECK (assurance BETWEEN 1 AND 3),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'locked', 'closed')),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.account IS 'A person who uses this node. Kept by the national node; a local node holds a copy of who logged in there, refreshed at every log-in';
COMMENT ON COLUMN identity.account.subject IS 'Opaque name of the person at this node: another node knows the same person by another one';
COMMENT ON COLUMN identity.account.assurance IS 'Strongest proof of identity so far: 1 low, 2 checked against the population register and two factors, 3 certificate';

CREATE TABLE identity.pairwise_subject (
  account_id uuid NOT NULL REFERENCES identity.account,
  node_code text NOT NULL,
  subject text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, node_code),
  UNIQUE (node_code, subject)
);
COMMENT ON TABLE identity.pairwise_subject IS 'Under which opaque subject each node knows a person: random, stable, different for every node, so that two nodes cannot match their people';

CREATE TABLE identity.officer (
  id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE CHECK (login = lower(login)),
  name text NOT NULL,
  agency_code text NOT NULL,
  unit_id text,
  password_hash text NOT NULL,
  totp_secret text NOT NULL,
  totp_last_step bigint NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'locked', 'left')),
  created_at timestamptz NOT NULL
);
CREATE INDEX officer_agency ON identity.officer (agency_code);
COMMENT ON TABLE identity.officer IS 'An officer or public employee with an account at this node';
COMMENT ON COLUMN identity.officer.password_hash IS 'argon2id with its parameters and salt';
COMMENT ON COLUMN identity.officer.totp_secret IS 'Secret of the code generator, encrypted with a key derived from the node secret';
COMMENT ON COLUMN identity.officer.totp_last_step IS 'Time step of the last accepted code: no code is accepted twice';

CREATE TABLE identity.role_grant (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  role text NOT NULL CHECK (role IN ('one-stop', 'specialist', 'leader', 'agency-admin', 'national-admin')),
  agency_code text NOT NULL,
  granted_at timestamptz NOT NULL,
  granted_by text NOT NULL,
  revoked_at timestamptz,
  revoked_by text
);
CREATE UNIQUE INDEX role_grant_current ON identity.role_grant (officer_id, role, agency_code) WHERE revoked_at IS NULL;
COMMENT ON TABLE identity.role_grant IS 'Which role an officer has for which agency (and those below it); withdrawn ones stay';

CREATE TABLE identity.session (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('person', 'officer')),
  account_id uuid REFERENCES identity.account,
  officer_id uuid REFERENCES identity.officer,
  assurance smallint NOT NULL CHECK (assurance BETWEEN 1 AND 3),
  device text NOT NULL DEFAULT '',
  sso_sid text,
  sso_id_token text,
  idle_seconds int NOT NULL,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK ((kind = 'person') = (account_id IS NOT NULL)),
  CHECK ((kind = 'officer') = (officer_id IS NOT NULL))
);
CREATE INDEX session_account ON identity.session (account_id) WHERE ended_at IS NULL;
CREATE INDEX session_officer ON identity.session (officer_id) WHERE ended_at IS NULL;
CREATE INDEX session_sso ON identity.session (sso_sid) WHERE ended_at IS NULL;
COMMENT ON TABLE identity.session IS 'A log-in at this node. Ended ones stay for a month';
COMMENT ON COLUMN identity.session.token_hash IS 'SHA-256 of the token: whoever reads this table cannot act as anyone';
COMMENT ON COLUMN identity.session.sso_sid IS 'At a local node: the session at the national node behind this one, by which a single log-out finds it';
COMMENT ON COLUMN identity.session.sso_id_token IS 'At a local node: proof of the log-in, sent back at log-out; encrypted';

CREATE TABLE identity.challenge (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  purpose text NOT NULL CHECK (purpose IN ('register', 'log-in', 'change-phone', 'officer')),
  account_id uuid REFERENCES identity.account,
  officer_id uuid REFERENCES identity.officer,
  applicant jsonb,
  lang text NOT NULL CHECK (lang IN ('vi', 'en')),
  throttle_key text NOT NULL,
  return_to text NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX challenge_expires ON identity.challenge (expires_at);
COMMENT ON TABLE identity.challenge IS 'A log-in or registration that waits for its second step. The one-time code is not stored: it is derived from the id and a key of the node';
COMMENT ON COLUMN identity.challenge.token_hash IS 'SHA-256 of the cookie that ties the second step to the browser of the first';
COMMENT ON COLUMN identity.challenge.account_id IS 'Empty where no such account exists: the steps look the same from outside and no code is ever right';
COMMENT ON COLUMN identity.challenge.applicant IS 'What a person who registers typed; emptied when used, removed when expired';

CREATE TABLE identity.throttle (
  key text PRIMARY KEY,
  failures int NOT NULL,
  last_at timestamptz NOT NULL,
  blocked_until timestamptz
);
COMMENT ON TABLE identity.throttle IS 'Failed attempts by account and by source. Keys are hashes: no number or address is kept';

CREATE TABLE identity.oidc_payload (
  model text NOT NULL,
  id_hash bytea NOT NULL,
  payload jsonb NOT NULL,
  grant_id text,
  uid text,
  expires_at timestamptz,
  consumed_at timestamptz,
  PRIMARY KEY (model, id_hash)
);
CREATE INDEX oidc_payload_grant ON identity.oidc_payload (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oidc_payload_uid ON identity.oidc_payload (model, uid) WHERE uid IS NOT NULL;
CREATE INDEX oidc_payload_expires ON identity.oidc_payload (expires_at);
COMMENT ON TABLE identity.oidc_payload IS 'What the OpenID provider of the national node keeps: sessions, grants, codes, tokens; found by the hash of their secret';

CREATE TABLE identity.signing_key (
  kid text PRIMARY KEY,
  private_jwk text NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz
);
COMMENT ON TABLE identity.signing_key IS 'Keys with which the national node signs identity tokens; encrypted with a key derived from the node secret';

CREATE TABLE identity.access_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  reader text NOT NULL,
  agency_code text NOT NULL,
  subject text,
  object text,
  purpose text NOT NULL,
  request_id text NOT NULL,
  CHECK (subject IS NOT NULL OR object IS NOT NULL)
);
CREATE INDEX access_log_subject ON identity.access_log (subject, id DESC) WHERE subject IS NOT NULL;
CREATE INDEX access_log_reader ON identity.access_log (reader, at);
COMMENT ON TABLE identity.access_log IS 'Who read whose personal data, when and what for. Shown to the person; never changed or deleted';
COMMENT ON COLUMN identity.access_log.subject IS 'Whose data: the account or subject of the person, where the reader knew it';
COMMENT ON COLUMN identity.access_log.object IS 'Where the data stood: the id in the address of the page, such as a dossier';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.access_log FROM motcua_app;
