ALTER TABLE dossiers.payment_request ADD COLUMN decision_id uuid;
COMMENT ON COLUMN dossiers.payment_request.decision_id IS 'The decision by a table that gave the amount, as it is recorded; empty where an officer set it';
