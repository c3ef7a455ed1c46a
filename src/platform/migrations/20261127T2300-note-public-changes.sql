CREATE TABLE platform.public_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now()
);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON platform.public_change FROM motcua_app;
COMMENT ON TABLE platform.public_change IS 'Statements of the last day that changed what everybody may read: which of them are visible is the state of the public data';

-- Rows that are only added: writers never wait for each other, and one that commits late is seen when it commits.
CREATE FUNCTION platform.note_public_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  added bigint;
BEGIN
  INSERT INTO platform.public_change DEFAULT VALUES RETURNING id INTO added;
  IF added % 50 = 0 THEN
    DELETE FROM platform.public_change WHERE id IN (SELECT id FROM platform.public_change WHERE at < now() - interval '1 day' FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION platform.note_public_change IS 'Trigger, once for each statement, of every table that remembered pages show';
