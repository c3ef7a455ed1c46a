CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.sector FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.life_event FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.procedure_version FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.procedure FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.abolition FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.service_change FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.question FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.question_version FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
