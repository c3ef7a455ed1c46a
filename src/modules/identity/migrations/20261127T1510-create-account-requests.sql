CREATE TABLE identity.account_request (
  id uuid PRIMARY KEY,
  look_up_id uuid NOT NULL REFERENCES identity.look_up,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  agency_code text NOT NULL,
  number_key bytea NOT NULL,
  sealed text,
  consent_kind text NOT NULL CHECK (consent_kind IN ('screen', 'paper')),
  consent_number text NOT NULL UNIQUE,
  consent_file text CHECK (consent_file ~ '^[0-9a-f]{64}$'),
  consent_file_type text CHECK (consent_file_type IN ('application/pdf', 'image/jpeg', 'image/png')),
  consented_at timestamptz,
  code_expires_at timestamptz,
  codes_sent int NOT NULL DEFAULT 0,
  attempts int NOT NULL DEFAULT 0,
  state text NOT NULL CHECK (state IN ('consent', 'waiting', 'opened', 'existing', 'refused', 'withdrawn')),
  reason text CHECK (reason IN ('differs', 'locked')),
  account_id uuid REFERENCES identity.account,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  objected_at timestamptz,
  CHECK ((state IN ('consent', 'withdrawn')) = (consented_at IS NULL)),
  CHECK ((state IN ('consent', 'waiting')) = (sealed IS NOT NULL)),
  CHECK ((state IN ('opened', 'existing')) = (account_id IS NOT NULL))
);
CREATE UNIQUE INDEX account_request_open ON identity.account_request (number_key) WHERE state IN ('consent', 'waiting');
CREATE UNIQUE INDEX account_request_look_up ON identity.account_request (look_up_id) WHERE state <> 'withdrawn';
CREATE INDEX account_request_agency ON identity.account_request (agency_code, created_at DESC);
COMMENT ON TABLE identity.account_request IS 'An account that the desk asks for on a person''s behalf: consent, the way to the national node, its answer';
COMMENT ON COLUMN identity.account_request.sealed IS 'Who the person is, encrypted; emptied when the national node has answered or the request is given up';
COMMENT ON COLUMN identity.account_request.consent_number IS 'Number of the consent: printed on the form that is signed, or given to the consent on screen';

CREATE TABLE identity.account_opening (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES identity.account,
  outcome text NOT NULL CHECK (outcome IN ('opened', 'existing')),
  channel text NOT NULL CHECK (channel = 'assisted'),
  node_code text NOT NULL,
  agency_code text NOT NULL,
  officer text NOT NULL,
  consent_kind text NOT NULL CHECK (consent_kind IN ('screen', 'paper')),
  consent_number text NOT NULL,
  objection_hash bytea NOT NULL UNIQUE,
  at timestamptz NOT NULL
);
CREATE INDEX account_opening_account ON identity.account_opening (account_id);
COMMENT ON TABLE identity.account_opening IS 'At the national node: which desk opened an account (or asked for one that was there) on a person''s behalf, and on which consent';
COMMENT ON COLUMN identity.account_opening.id IS 'Id of the request at the node that asked: one request opens one account, however often it is sent';
COMMENT ON COLUMN identity.account_opening.objection_hash IS 'Keyed hash of the code in the message to the person, by which he objects';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.account_opening FROM motcua_app;

CREATE TABLE identity.account_objection (
  opening_id uuid PRIMARY KEY REFERENCES identity.account_opening,
  at timestamptz NOT NULL
);
COMMENT ON TABLE identity.account_objection IS 'A person says that he did not ask any desk for the account';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.account_objection FROM motcua_app;
