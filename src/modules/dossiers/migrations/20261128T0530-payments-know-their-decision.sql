ALTER TABLE dossiers.payment_request ADD COLUMN decision_id uuid;
COMMENT ON COLUMN dossiers.payment_request.decision_id IS 'The decision by table (decisions.decision_taken) that gave the amount; empty where an officer set it';
