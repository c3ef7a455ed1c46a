CREATE TABLE identity.recovery (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  id_number_hash bytea NOT NULL,
  statement text NOT NULL,
  state text NOT NULL DEFAULT 'started' CHECK (state IN ('started', 'waiting', 'objected', 'refused', 'done')),
  agency_code text NOT NULL,
  from_node text,
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  confirmed_at timestamptz,
  confirmed_by text,
  account_id uuid REFERENCES identity.account,
  effective_at timestamptz,
  objection_hash bytea UNIQUE,
  ended_at timestamptz,
  CHECK (confirmed_by IS NULL OR confirmed_by <> started_by)
);
CREATE UNIQUE INDEX recovery_one_open ON identity.recovery (id_number_hash) WHERE state IN ('started', 'waiting');
CREATE INDEX recovery_account ON identity.recovery (account_id) WHERE account_id IS NOT NULL;
COMMENT ON TABLE identity.recovery IS 'A new telephone for an account whose owner came to a desk in person: two officers, a waiting time, notice to the old telephone, and the owner may object';
COMMENT ON COLUMN identity.recovery.statement IS 'Id number, new telephone and the card that was shown; encrypted, emptied at the end';
COMMENT ON COLUMN identity.recovery.objection_hash IS 'Keyed hash of the letters in the notice to the old telephone, with which anyone who has it stops the change';
