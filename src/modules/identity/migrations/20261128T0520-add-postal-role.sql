ALTER TABLE identity.role_grant DROP CONSTRAINT role_grant_role_check;
ALTER TABLE identity.role_grant ADD CONSTRAINT role_grant_role_check CHECK (role IN ('one-stop', 'postal-staff', 'specialist', 'leader', 'unit-head', 'agency-admin', 'national-admin', 'high-level-admin', 'catalogue-editor', 'catalogue-checker'));
