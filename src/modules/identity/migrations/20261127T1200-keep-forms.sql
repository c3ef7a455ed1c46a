CREATE TABLE identity.kept_form (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL,
  owner text NOT NULL,
  sealed text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX kept_form_expires ON identity.kept_form (expires_at);
CREATE INDEX kept_form_owner ON identity.kept_form (owner);
COMMENT ON TABLE identity.kept_form IS 'What somebody posted whose log-in had ended or was too weak: kept half an hour, offered again after the log-in, then removed';
COMMENT ON COLUMN identity.kept_form.token_hash IS 'SHA-256 of the cookie of the browser that posted: only it gets the form back';
COMMENT ON COLUMN identity.kept_form.owner IS 'Who posted, as the ledger names actors: nobody else gets the form back';
COMMENT ON COLUMN identity.kept_form.sealed IS 'Address and fields without files; encrypted with a key derived from the node secret';
