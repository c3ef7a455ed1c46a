ALTER TABLE identity.access_rule ADD COLUMN proof_minutes int NOT NULL DEFAULT 30 CHECK (proof_minutes > 0);
ALTER TABLE identity.access_rule ALTER COLUMN proof_minutes DROP DEFAULT;
COMMENT ON COLUMN identity.access_rule.proof_minutes IS 'Minutes for which a code of the generator, a passkey or a certificate lets an officer sign; afterwards he proves himself again';
