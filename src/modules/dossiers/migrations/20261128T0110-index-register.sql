-- The register ("sổ theo dõi hồ sơ") lists what an agency received in a period.
CREATE INDEX dossier_received ON dossiers.dossier (agency_code, received_at) WHERE received_at IS NOT NULL;
