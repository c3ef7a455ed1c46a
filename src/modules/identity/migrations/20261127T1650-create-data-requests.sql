CREATE TABLE identity.data_request (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  account_id uuid NOT NULL REFERENCES identity.account,
  kind text NOT NULL CHECK (kind IN ('withdrawal', 'restriction', 'objection', 'deletion')),
  purpose text,
  statement text,
  third_parties boolean NOT NULL DEFAULT false,
  lang text NOT NULL CHECK (lang IN ('vi', 'en')),
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'accepted', 'refused', 'done', 'cancelled')),
  asked_at timestamptz NOT NULL,
  cools_until timestamptz,
  answer_by timestamptz NOT NULL,
  answered_at timestamptz,
  answered_by text,
  refusal text CHECK (refusal IN ('running-dossiers', 'kept-by-law', 'not-yours', 'unfounded')),
  due_by timestamptz NOT NULL,
  extended_at timestamptz,
  extension_reason text,
  ended_at timestamptz,
  alerted_answer_at timestamptz,
  alerted_due_at timestamptz,
  CHECK ((state = 'refused') = (refusal IS NOT NULL)),
  CHECK ((kind = 'withdrawal') = (purpose IS NOT NULL))
);
CREATE UNIQUE INDEX data_request_one_open ON identity.data_request (account_id, kind, coalesce(purpose, '')) WHERE state IN ('asked', 'accepted');
CREATE INDEX data_request_open ON identity.data_request (due_by) WHERE state IN ('asked', 'accepted');
COMMENT ON TABLE identity.data_request IS 'Requests of persons about their data (Law 91/2025, Decree 356/2025) with the legal clocks: answer in two working days, done in 15 or 20 days, once 15 more';
COMMENT ON COLUMN identity.data_request.statement IS 'The person''s words; encrypted, emptied when the account is erased';
COMMENT ON COLUMN identity.data_request.cools_until IS 'A deletion takes effect after this moment; until then the owner may call it back';

ALTER TABLE identity.account ADD COLUMN erased_at timestamptz;
ALTER TABLE identity.account ALTER COLUMN id_number DROP NOT NULL;
ALTER TABLE identity.account ALTER COLUMN birth_date DROP NOT NULL;
ALTER TABLE identity.account ADD CHECK (erased_at IS NOT NULL OR (id_number IS NOT NULL AND birth_date IS NOT NULL));
ALTER TABLE identity.account ADD CHECK (erased_at IS NULL OR state = 'closed');
COMMENT ON COLUMN identity.account.erased_at IS 'When the personal columns were emptied: the row stays, because acts in the ledger name its id';

CREATE TABLE identity.data_export (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES identity.account,
  lang text NOT NULL CHECK (lang IN ('vi', 'en')),
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'ready', 'expired')),
  sources_done int NOT NULL DEFAULT 0,
  sources int NOT NULL,
  archive text,
  size int,
  asked_at timestamptz NOT NULL,
  ready_at timestamptz,
  expires_at timestamptz
);
CREATE INDEX data_export_account ON identity.data_export (account_id, asked_at DESC);
COMMENT ON TABLE identity.data_export IS 'Copies of a person''s own data that were asked for; the archive is encrypted and emptied when it expires';
