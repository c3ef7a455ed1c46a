ALTER TABLE identity.session ADD COLUMN methods text[] NOT NULL DEFAULT '{}';
ALTER TABLE identity.session ADD COLUMN authenticated_at timestamptz;
UPDATE identity.session SET authenticated_at = created_at;
ALTER TABLE identity.session ALTER COLUMN authenticated_at SET NOT NULL;
COMMENT ON COLUMN identity.session.methods IS 'How the person proved who he is (RFC 8176): otp, sms, pwd, hwk, sc …';
COMMENT ON COLUMN identity.session.authenticated_at IS 'When the strongest proof of this session was given: old ones are asked for again before what is grave';
