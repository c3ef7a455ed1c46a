CREATE TABLE identity.passkey (
  id uuid PRIMARY KEY,
  credential_id text NOT NULL UNIQUE,
  account_id uuid REFERENCES identity.account,
  officer_id uuid REFERENCES identity.officer,
  name text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL DEFAULT '{}',
  synced boolean NOT NULL,
  backed_up boolean NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  removed_at timestamptz,
  CHECK ((account_id IS NULL) <> (officer_id IS NULL))
);
CREATE INDEX passkey_account ON identity.passkey (account_id) WHERE removed_at IS NULL;
CREATE INDEX passkey_officer ON identity.passkey (officer_id) WHERE removed_at IS NULL;
COMMENT ON TABLE identity.passkey IS 'Passkeys of persons and officers (WebAuthn); removed ones stay, and open nothing';
COMMENT ON COLUMN identity.passkey.counter IS 'Highest counter seen: a lower one means that the key was copied';
COMMENT ON COLUMN identity.passkey.synced IS 'True: the key may live on several devices of its owner; false: it never leaves the one it was made on';

CREATE TABLE identity.spent_passkey_challenge (
  hash bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX spent_passkey_challenge_expires ON identity.spent_passkey_challenge (expires_at);
COMMENT ON TABLE identity.spent_passkey_challenge IS 'Challenges that were answered: none counts twice. Those not yet answered are kept nowhere, they carry a seal of this node';
