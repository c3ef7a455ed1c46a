-- Forms offer entries of these catalogues as choices and remember them until they change.
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.document_type FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.collection_account FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.revenue_type FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.payment_provider FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.master_data_code FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE ON catalogue.online_service FOR EACH STATEMENT EXECUTE FUNCTION platform.note_public_change();
