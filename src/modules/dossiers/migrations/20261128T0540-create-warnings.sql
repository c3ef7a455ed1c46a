CREATE TABLE dossiers.warning_rule (
  code text PRIMARY KEY,
  valid_from date NOT NULL UNIQUE,
  valid_to date CHECK (valid_to > valid_from),
  title text NOT NULL,
  officer_hours int CHECK (officer_hours BETWEEN 1 AND 400),
  head_hours int CHECK (head_hours BETWEEN 1 AND 400),
  leader_hours int CHECK (leader_hours BETWEEN 1 AND 400)
);
COMMENT ON TABLE dossiers.warning_rule IS 'How many working hours before the date of a dossier who is warned (cảnh báo trước hạn), by the day of the warning; a row whose day has come is never changed';
COMMENT ON COLUMN dossiers.warning_rule.title IS 'The instrument that says so';
COMMENT ON COLUMN dossiers.warning_rule.officer_hours IS 'Who does the open step; empty: is not warned';
COMMENT ON COLUMN dossiers.warning_rule.head_hours IS 'Heads of the unit that handles it; empty: are not warned';
COMMENT ON COLUMN dossiers.warning_rule.leader_hours IS 'Leaders of the agency; empty: are not warned';
REVOKE UPDATE, TRUNCATE ON dossiers.warning_rule FROM motcua_app;
GRANT UPDATE (valid_to) ON dossiers.warning_rule TO motcua_app;
INSERT INTO dossiers.warning_rule (code, valid_from, title, officer_hours, head_hours, leader_hours) VALUES
  ('ban-dau', '2025-07-01', 'Mức ban đầu, áp dụng khi cơ quan chưa có quy định riêng', 16, 8, 4);

CREATE FUNCTION dossiers.keep_warning_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.valid_from <= today THEN RAISE EXCEPTION 'the rules of % hold or held since %', OLD.code, OLD.valid_from; END IF;
    RETURN OLD;
  END IF;
  IF OLD.valid_to IS NOT NULL AND OLD.valid_to <= today THEN RAISE EXCEPTION 'the rules of % ended on %', OLD.code, OLD.valid_to; END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION dossiers.keep_warning_rules IS 'Rules whose first day has come are not deleted, those that ended do not end on another day';
CREATE TRIGGER keep_warning_rules BEFORE DELETE OR UPDATE ON dossiers.warning_rule FOR EACH ROW EXECUTE FUNCTION dossiers.keep_warning_rules();

CREATE TABLE dossiers.warning (
  dossier_id uuid NOT NULL,
  level text NOT NULL CHECK (level IN ('officer', 'head', 'leader')),
  due_at timestamptz NOT NULL,
  rule text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (dossier_id, level, due_at)
);
COMMENT ON TABLE dossiers.warning IS 'Who was warned before which date of a dossier, once; a date that moves is warned of anew';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.warning FROM motcua_app;
