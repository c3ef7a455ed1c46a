-- A new set of rules is added with a first day to come and closes the one before; what holds or held is never changed.
GRANT INSERT, DELETE ON calendar.rule_set TO motcua_app;
GRANT UPDATE (valid_to) ON calendar.rule_set TO motcua_app;

ALTER TABLE calendar.change DROP CONSTRAINT change_kind_check;
ALTER TABLE calendar.change ADD CONSTRAINT change_kind_check CHECK (kind IN ('override', 'remove-override', 'hours', 'remove-hours', 'rules', 'remove-rules'));

CREATE FUNCTION calendar.keep_rules() RETURNS trigger LANGUAGE plpgsql AS $$
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
COMMENT ON FUNCTION calendar.keep_rules IS 'Rules whose first day has come are not deleted, those that ended do not end on another day';
CREATE TRIGGER keep_rules BEFORE DELETE OR UPDATE ON calendar.rule_set FOR EACH ROW EXECUTE FUNCTION calendar.keep_rules();
