ALTER TABLE identity.access_log ADD COLUMN node_code text;
COMMENT ON COLUMN identity.access_log.node_code IS 'At the national node: the node at which the data were read; empty for this one';
CREATE INDEX access_log_agency ON identity.access_log (subject, agency_code) WHERE subject IS NOT NULL;
