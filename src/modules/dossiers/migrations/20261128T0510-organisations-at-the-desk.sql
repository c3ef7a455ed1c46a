ALTER TABLE dossiers.visit ADD COLUMN organisation jsonb;
ALTER TABLE dossiers.visit ADD CHECK (organisation IS NULL OR closed_at IS NULL);
COMMENT ON COLUMN dossiers.visit.organisation IS 'For which organisation the person of the visit comes, by which mandate or on which paper; erased when the visit is closed';
