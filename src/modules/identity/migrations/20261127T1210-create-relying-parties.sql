CREATE TABLE identity.relying_party (
  client_id text PRIMARY KEY CHECK (client_id ~ '^[a-z][a-z0-9-]{2,39}$'),
  name_vi text NOT NULL,
  name_en text NOT NULL,
  redirect_uris text[] NOT NULL CHECK (cardinality(redirect_uris) > 0),
  log_out_uris text[] NOT NULL DEFAULT '{}',
  backchannel_uri text,
  auth_method text NOT NULL CHECK (auth_method IN ('client_secret_basic', 'client_secret_post')),
  scopes text[] NOT NULL,
  strengths smallint[] NOT NULL CHECK (cardinality(strengths) > 0 AND strengths <@ ARRAY[1, 2, 3]::smallint[]),
  secret_hash text NOT NULL,
  secret_set_at timestamptz NOT NULL,
  enabled_at timestamptz NOT NULL,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
COMMENT ON TABLE identity.relying_party IS 'Systems of the State that take log-ins of the national node, beside the nodes of its configuration (S4 art. 12)';
COMMENT ON COLUMN identity.relying_party.secret_hash IS 'SHA-256 of 32 random bytes that were shown once';
COMMENT ON COLUMN identity.relying_party.strengths IS 'The levels it may ask for; the lowest is asked for at every log-in';
COMMENT ON COLUMN identity.relying_party.scopes IS 'What it may learn: openid, person, portal (names of the national portal), offline_access';

ALTER TABLE identity.signing_key ADD COLUMN used_from timestamptz;
ALTER TABLE identity.signing_key ADD COLUMN withdrawn_at timestamptz;
UPDATE identity.signing_key SET used_from = created_at;
ALTER TABLE identity.signing_key ALTER COLUMN used_from SET NOT NULL;
COMMENT ON COLUMN identity.signing_key.used_from IS 'Published before, so that every relying party knows it when the first token carries it';
COMMENT ON COLUMN identity.signing_key.retired_at IS 'Signs no more from then on; stays published while tokens that it signed live';
COMMENT ON COLUMN identity.signing_key.withdrawn_at IS 'Known to others: neither used nor published from then on';

CREATE TABLE identity.log_out_notice (
  id uuid PRIMARY KEY,
  client_id text NOT NULL,
  account_id uuid NOT NULL REFERENCES identity.account,
  sid text NOT NULL,
  created_at timestamptz NOT NULL,
  told_at timestamptz,
  given_up_at timestamptz,
  attempts int NOT NULL DEFAULT 0,
  last_error text
);
CREATE INDEX log_out_notice_created ON identity.log_out_notice (created_at);
COMMENT ON TABLE identity.log_out_notice IS 'Who was to be told that a session at the national node is over (OpenID Connect Back-Channel Logout), and whether it was';
