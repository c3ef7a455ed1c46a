CREATE TABLE identity.personal_code (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES identity.account,
  code_hash bytea NOT NULL UNIQUE,
  letters_hash bytea NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by_node text
);
CREATE INDEX personal_code_expires ON identity.personal_code (expires_at);
COMMENT ON TABLE identity.personal_code IS 'Codes by which a person shows at a desk who he is: random, kept as keyed hashes, good once and for minutes';
