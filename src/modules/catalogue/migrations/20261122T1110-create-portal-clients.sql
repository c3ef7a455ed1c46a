CREATE TABLE catalogue.portal_client (
  username text PRIMARY KEY CHECK (username ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
  agency_code text NOT NULL CHECK (agency_code ~ '^[GH][0-9]{2}(\.[0-9]{2,3})*$'),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  disabled_at timestamptz,
  last_seen_at timestamptz
);
REVOKE DELETE, TRUNCATE ON catalogue.portal_client FROM motcua_app;
COMMENT ON TABLE catalogue.portal_client IS 'Tài khoản kết nối: systems of agencies that read the catalogue in the message formats of the national portal';

CREATE TABLE catalogue.portal_session (
  token_hash bytea PRIMARY KEY,
  username text NOT NULL REFERENCES catalogue.portal_client (username),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX portal_session_expiry ON catalogue.portal_session (expires_at);
COMMENT ON TABLE catalogue.portal_session IS 'Open sessions of client systems; the token itself is not kept';
