-- Which tables decide about a procedure is remembered until one is published.
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON decisions.table_version FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
