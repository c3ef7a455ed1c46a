ALTER TABLE identity.role_grant DROP CONSTRAINT role_grant_role_check;
ALTER TABLE identity.role_grant ADD CONSTRAINT role_grant_role_check CHECK (role IN ('one-stop', 'specialist', 'leader', 'agency-admin', 'national-admin', 'catalogue-editor', 'catalogue-checker'));
