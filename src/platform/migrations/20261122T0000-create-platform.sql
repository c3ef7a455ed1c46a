CREATE TABLE platform.job (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue text NOT NULL,
  key text,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL DEFAULT now(),
  attempts int NOT NULL DEFAULT 0,
  locked_until timestamptz,
  last_error text,
  failed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX job_key ON platform.job (queue, key) WHERE key IS NOT NULL;
CREATE INDEX job_due ON platform.job (run_at) WHERE failed_at IS NULL;
COMMENT ON TABLE platform.job IS 'Scheduled work: written in the transaction that asks for it, done at least once. Payloads hold ids only';
COMMENT ON COLUMN platform.job.key IS 'Makes a second request for the same work have no effect while the first waits';
COMMENT ON COLUMN platform.job.failed_at IS 'Set when the last attempt failed: an administrator has to look';

CREATE TABLE platform.idempotency (
  act text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  response jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (act, key)
);
COMMENT ON TABLE platform.idempotency IS 'What a repeated request with the same Idempotency-Key is answered with';
