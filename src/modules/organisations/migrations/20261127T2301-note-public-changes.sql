CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON organisations.agency FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON organisations.unit FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON organisations.administrative_unit FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
