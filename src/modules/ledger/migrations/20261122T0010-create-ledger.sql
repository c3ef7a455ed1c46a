CREATE TABLE ledger.event (
  id bigint GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at timestamptz NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  actor text NOT NULL,
  data jsonb NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX event_order ON ledger.event (xid, id);
CREATE INDEX event_subject ON ledger.event (subject, id);
COMMENT ON TABLE ledger.event IS 'Append-only record of every act; partitioned by month. No personal data: ids only';
COMMENT ON COLUMN ledger.event.xid IS 'Transaction that wrote the event: followers read below the snapshot horizon, so a late commit is never skipped';

CREATE TABLE ledger.event_default PARTITION OF ledger.event DEFAULT;
REVOKE UPDATE, DELETE, TRUNCATE ON ledger.event, ledger.event_default FROM motcua_app;

-- The application may not create tables; this is the one thing it may ask the owner for.
CREATE FUNCTION ledger.ensure_partition(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  first date := date_trunc('month', month);
  name text := 'event_' || to_char(first, 'YYYYMM');
BEGIN
  PERFORM pg_advisory_xact_lock(726104002);
  IF to_regclass('ledger.' || name) IS NOT NULL THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM ledger.event_default WHERE at >= first AND at < first + interval '1 month') THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.event FOR VALUES FROM (%L) TO (%L)', name, first::timestamptz, (first + interval '1 month')::timestamptz);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON ledger.%I FROM motcua_app', name);
END $$;

CREATE FUNCTION ledger.append(p_type text, p_subject text, p_actor text, p_data jsonb, p_at timestamptz) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO ledger.event (at, type, subject, actor, data) VALUES (p_at, p_type, p_subject, p_actor, p_data) RETURNING id
$$;

CREATE TABLE ledger.follower (
  name text PRIMARY KEY,
  xid xid8 NOT NULL,
  id bigint NOT NULL,
  moved_at timestamptz NOT NULL DEFAULT now(),
  failures int NOT NULL DEFAULT 0,
  last_error text
);
COMMENT ON TABLE ledger.follower IS 'Where each follower stands: everything up to (xid, id) has had its effect';
