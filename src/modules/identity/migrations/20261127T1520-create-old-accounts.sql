CREATE TABLE identity.old_account_import (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  file_name text NOT NULL,
  sealed text,
  fresh int NOT NULL,
  known int NOT NULL,
  mistakes jsonb NOT NULL,
  added int,
  created_at timestamptz NOT NULL,
  done_at timestamptz,
  CHECK ((added IS NULL) = (done_at IS NULL))
);
CREATE INDEX old_account_import_created ON identity.old_account_import (created_at DESC);
COMMENT ON TABLE identity.old_account_import IS 'A file of accounts from before the national log-in: looked over first, taken over by a second step';
COMMENT ON COLUMN identity.old_account_import.sealed IS 'The rows of the file, encrypted, until they are taken over or a day has passed';
COMMENT ON COLUMN identity.old_account_import.mistakes IS 'Lines that were left out and why; no personal data';

CREATE TABLE identity.old_account (
  id uuid PRIMARY KEY,
  local_id text NOT NULL UNIQUE,
  id_number text CHECK (id_number ~ '^[0-9]{12}$'),
  old_id_number text CHECK (old_id_number ~ '^[0-9]{9}$'),
  full_name text NOT NULL,
  birth_date date NOT NULL,
  phone text,
  import_id uuid NOT NULL REFERENCES identity.old_account_import,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'linked', 'declined', 'closed')),
  account_id uuid REFERENCES identity.account,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((state = 'linked') = (account_id IS NOT NULL))
);
CREATE INDEX old_account_number ON identity.old_account (id_number) WHERE state <> 'closed';
CREATE INDEX old_account_birth ON identity.old_account (birth_date) WHERE state IN ('waiting', 'declined');
CREATE INDEX old_account_account ON identity.old_account (account_id) WHERE account_id IS NOT NULL;
COMMENT ON TABLE identity.old_account IS 'An account that this system had before the national log-in; linked to the national account of the same person, never merged with it';
COMMENT ON COLUMN identity.old_account.local_id IS 'Name of the account in the old system';

CREATE TABLE identity.old_account_step (
  id uuid PRIMARY KEY,
  old_account_id uuid NOT NULL REFERENCES identity.old_account,
  at timestamptz NOT NULL,
  action text NOT NULL CHECK (action IN ('linked', 'declined', 'unlinked', 'closed')),
  account_id uuid REFERENCES identity.account,
  by_actor text NOT NULL,
  reason text
);
CREATE INDEX old_account_step_account ON identity.old_account_step (old_account_id, at);
COMMENT ON TABLE identity.old_account_step IS 'Who linked, declined or unlinked an old account, when and why; never changed or deleted';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.old_account_step FROM motcua_app;
