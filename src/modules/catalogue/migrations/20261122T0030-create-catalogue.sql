CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE TABLE catalogue.sector (
  code text PRIMARY KEY,
  ministry_code text,
  name_vi text NOT NULL,
  name_en text,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date
);
COMMENT ON TABLE catalogue.sector IS 'Lĩnh vực: the field of law to which a procedure belongs';

CREATE TABLE catalogue.document_type (
  code text PRIMARY KEY CHECK (code ~ '^KQ[.0-9A-Z]+$'),
  name_vi text NOT NULL,
  name_en text,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date
);
COMMENT ON TABLE catalogue.document_type IS 'Mã loại kết quả: what a procedure gives and what another may take instead of a paper';

CREATE TABLE catalogue.life_event (
  code text PRIMARY KEY,
  audience text NOT NULL CHECK (audience IN ('person', 'business')),
  position int NOT NULL,
  name_vi text NOT NULL,
  name_en text NOT NULL
);
COMMENT ON TABLE catalogue.life_event IS 'Sự kiện: the occasion in life or business that leads people to procedures';

CREATE TABLE catalogue.procedure_version (
  code text NOT NULL CHECK (code ~ '^[0-9]\.[0-9]{6}(\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[GH][0-9]{2})?$'),
  version int NOT NULL CHECK (version > 0),
  content jsonb NOT NULL,
  content_hash text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('authored', 'shipped', 'imported')),
  decision_number text,
  decision_date date,
  valid_from date NOT NULL,
  valid_to date,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (code, version),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
REVOKE DELETE, TRUNCATE ON catalogue.procedure_version FROM motcua_app;
COMMENT ON TABLE catalogue.procedure_version IS 'Thủ tục hành chính, every version for ever: a running dossier stays on the version under which it was received';
COMMENT ON COLUMN catalogue.procedure_version.content_hash IS 'SHA-256 of the content as canonical JSON; the same content never makes a second version';
COMMENT ON COLUMN catalogue.procedure_version.origin IS 'authored at the national node, shipped with the program, or imported from a file';
COMMENT ON COLUMN catalogue.procedure_version.valid_to IS 'First day of the next version; NULL while it is the last';

CREATE TABLE catalogue.procedure (
  code text PRIMARY KEY,
  version int NOT NULL,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  translated boolean NOT NULL,
  summary_vi text,
  summary_en text,
  sector_code text,
  owner_code text,
  owner_name text,
  levels text[] NOT NULL,
  subjects text[] NOT NULL,
  life_events text[] NOT NULL,
  online_level text NOT NULL CHECK (online_level IN ('full', 'partial', 'none')),
  has_service boolean NOT NULL,
  name_plain text NOT NULL,
  words tsvector NOT NULL,
  abolished_on date,
  updated_at timestamptz NOT NULL
);
CREATE INDEX procedure_words ON catalogue.procedure USING gin (words);
CREATE INDEX procedure_name_trigrams ON catalogue.procedure USING gin (name_plain public.gin_trgm_ops);
CREATE INDEX procedure_sector ON catalogue.procedure (sector_code);
COMMENT ON TABLE catalogue.procedure IS 'One row for each procedure, drawn from the version in force: what lists, filters and search read';
COMMENT ON COLUMN catalogue.procedure.name_plain IS 'Names and keywords without diacritics, for search with typing errors';

-- A function, because the threshold of the operator can only be set around it.
CREATE FUNCTION catalogue.similar(query text) RETURNS TABLE (code text, score real) LANGUAGE sql STABLE
SET pg_trgm.word_similarity_threshold = 0.5 AS $$
  SELECT p.code, public.word_similarity(query, p.name_plain) FROM catalogue.procedure p WHERE query OPERATOR(public.<%) p.name_plain
$$;
