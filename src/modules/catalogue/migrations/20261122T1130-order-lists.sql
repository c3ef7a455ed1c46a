-- A page of the list is read along an index; sorting six thousand rows for twenty took most of the time of the database.
-- The first hundred letters order as well as all, and an index entry has a greatest length.
CREATE INDEX procedure_order_vi ON catalogue.procedure (has_service DESC, translated DESC, left(name_vi, 100), code) WHERE abolished_on IS NULL;
CREATE INDEX procedure_order_en ON catalogue.procedure (has_service DESC, translated DESC, left(name_en, 100), code) WHERE abolished_on IS NULL;
CREATE INDEX procedure_name_vi ON catalogue.procedure (left(name_vi, 100), code) WHERE abolished_on IS NULL;
CREATE INDEX procedure_name_en ON catalogue.procedure (left(name_en, 100), code) WHERE abolished_on IS NULL;
CREATE INDEX procedure_updated ON catalogue.procedure (updated_at DESC, code) WHERE abolished_on IS NULL;
