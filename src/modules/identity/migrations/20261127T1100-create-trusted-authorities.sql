CREATE TABLE identity.trusted_authority (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  certificate bytea NOT NULL,
  fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  purposes text[] NOT NULL CHECK (purposes <@ ARRAY['person', 'organisation', 'officer']),
  revocation_url text NOT NULL,
  software_policies text[] NOT NULL DEFAULT '{}',
  valid_from date NOT NULL,
  valid_to date,
  basis text NOT NULL,
  UNIQUE (fingerprint, valid_from),
  CHECK (valid_to > valid_from)
);
COMMENT ON TABLE identity.trusted_authority IS 'Whose certificates prove who somebody is: authorities licensed for the public, the one for official duty, and the root above them; each for a time';
COMMENT ON COLUMN identity.trusted_authority.fingerprint IS 'SHA-256 of the certificate, in hexadecimal';
COMMENT ON COLUMN identity.trusted_authority.purposes IS 'Whom it may vouch for; empty for a root, which only vouches for authorities';
COMMENT ON COLUMN identity.trusted_authority.revocation_url IS 'Where its list of revoked certificates is fetched. Without an answer nobody gets in';
COMMENT ON COLUMN identity.trusted_authority.software_policies IS 'Certificate policies by which this authority says that the key lies in a file and not on a token: weaker proof';
COMMENT ON COLUMN identity.trusted_authority.valid_from IS 'First day on which what it issued counts here';
COMMENT ON COLUMN identity.trusted_authority.basis IS 'Licence or decision, by number';
