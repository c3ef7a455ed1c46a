-- A lower threshold let half of the catalogue through for questions of common syllables.
CREATE OR REPLACE FUNCTION catalogue.similar(query text) RETURNS TABLE (code text, score real) LANGUAGE sql STABLE
SET pg_trgm.word_similarity_threshold = 0.62 AS $$
  SELECT p.code, public.word_similarity(query, p.name_plain) FROM catalogue.procedure p WHERE query OPERATOR(public.<%) p.name_plain
$$;

ALTER TABLE catalogue.procedure ADD COLUMN keywords_plain text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN catalogue.procedure.keywords_plain IS 'What people call it, each without diacritics: a question that is one of these means this procedure';
