-- How much is kept of one node is counted before another message is.
DROP INDEX dossiers.early_message_dossier;
CREATE INDEX early_message_sender ON dossiers.early_message (from_node, dossier_id, received_at);
COMMENT ON TABLE dossiers.early_message IS 'What a new handling node tells before the old one has told that it handed the dossier over: kept in order, of each node up to a measure, and heard then; forgotten after 30 days';
