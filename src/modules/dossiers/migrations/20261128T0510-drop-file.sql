-- Filings of a moment are kept together in one statement of the program.
DROP FUNCTION dossiers.file(jsonb, jsonb, jsonb, jsonb, jsonb, text, jsonb);
