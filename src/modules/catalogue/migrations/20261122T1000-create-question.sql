CREATE TABLE catalogue.question (
  id uuid PRIMARY KEY,
  agency_code text,
  sector_code text,
  life_events text[] NOT NULL DEFAULT '{}',
  procedures text[] NOT NULL DEFAULT '{}',
  question_vi text NOT NULL,
  question_en text NOT NULL DEFAULT '',
  answer_vi text NOT NULL DEFAULT '',
  answer_en text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('draft', 'published', 'needs-review')),
  revision int NOT NULL DEFAULT 1,
  published_version int,
  review jsonb NOT NULL DEFAULT '[]',
  words text NOT NULL DEFAULT '',
  updated_at timestamptz NOT NULL,
  updated_by text NOT NULL
);
CREATE INDEX question_procedures ON catalogue.question USING gin (procedures);
CREATE INDEX question_state ON catalogue.question (state, updated_at DESC);
COMMENT ON TABLE catalogue.question IS 'Câu hỏi, trả lời: what an agency answers about procedures; the working copy of its authors';
COMMENT ON COLUMN catalogue.question.revision IS 'Grows with every save: who saves over a revision that he did not see is told';
COMMENT ON COLUMN catalogue.question.review IS 'Versions of tied procedures that came after the last publication: [{code, version}]';
COMMENT ON COLUMN catalogue.question.words IS 'Published question and answer without diacritics, for search';

CREATE TABLE catalogue.question_version (
  question_id uuid NOT NULL REFERENCES catalogue.question,
  version int NOT NULL,
  content jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text NOT NULL,
  PRIMARY KEY (question_id, version)
);
REVOKE UPDATE, DELETE, TRUNCATE ON catalogue.question_version FROM motcua_app;
COMMENT ON TABLE catalogue.question_version IS 'What the public read, every version for ever';
