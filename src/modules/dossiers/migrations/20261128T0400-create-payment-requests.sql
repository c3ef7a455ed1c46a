CREATE TABLE dossiers.payment_request (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL REFERENCES dossiers.dossier (id),
  name text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  basis text NOT NULL,
  requested_at timestamptz NOT NULL,
  requested_by text NOT NULL,
  paid_at timestamptz,
  receipt text,
  confirmed_by text,
  CHECK ((paid_at IS NULL) = (confirmed_by IS NULL))
);
CREATE UNIQUE INDEX payment_request_open ON dossiers.payment_request (dossier_id) WHERE paid_at IS NULL;
CREATE INDEX payment_request_dossier ON dossiers.payment_request (dossier_id, requested_at);
COMMENT ON TABLE dossiers.payment_request IS 'What an applicant must pay before the dossier goes on (nghĩa vụ tài chính): one at a time, the clock stands meanwhile';
COMMENT ON COLUMN dossiers.payment_request.amount IS 'Đồng';
COMMENT ON COLUMN dossiers.payment_request.basis IS 'The notice or the rule that sets the amount';
COMMENT ON COLUMN dossiers.payment_request.receipt IS 'Number of the receipt; empty where another node told that it was paid';
REVOKE DELETE, TRUNCATE ON dossiers.payment_request FROM motcua_app;
