CREATE TABLE decisions.table_version (
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9-]{1,59}$'),
  version int NOT NULL CHECK (version >= 1),
  owner text NOT NULL,
  definition jsonb NOT NULL,
  examples jsonb NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  valid_from date NOT NULL,
  origin text NOT NULL CHECK (origin IN ('shipped', 'authored')),
  published_at timestamptz NOT NULL,
  published_by text,
  published_name text,
  PRIMARY KEY (key, version)
);
COMMENT ON TABLE decisions.table_version IS 'Published decision tables. A version never changes: decisions taken name the version by which they were taken';
COMMENT ON COLUMN decisions.table_version.owner IS 'Code of the ministry or province that answers for the table';
COMMENT ON COLUMN decisions.table_version.definition IS 'Title, legal ground, inputs, outputs and rules in FEEL; shape in table-definition.ts';
COMMENT ON COLUMN decisions.table_version.examples IS 'Inputs with the results that they must have: all held when the version was published';
COMMENT ON COLUMN decisions.table_version.hash IS 'SHA-256 of definition and examples: publishing the same again changes nothing';
COMMENT ON COLUMN decisions.table_version.valid_from IS 'First day, Vietnam time, on which decisions are taken by this version';
COMMENT ON COLUMN decisions.table_version.origin IS 'shipped with the program, or authored by officers at the national node';
COMMENT ON COLUMN decisions.table_version.published_by IS 'Who published it, "officer:…"; empty for what was shipped or came from the national node';
REVOKE UPDATE, DELETE, TRUNCATE ON decisions.table_version FROM motcua_app;

CREATE TABLE decisions.table_draft (
  key text PRIMARY KEY CHECK (key ~ '^[a-z][a-z0-9-]{1,59}$'),
  owner text NOT NULL,
  base_version int CHECK (base_version >= 1),
  definition jsonb NOT NULL,
  examples jsonb NOT NULL,
  revision int NOT NULL DEFAULT 1 CHECK (revision >= 1),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'in-check')),
  edited_by text NOT NULL,
  edited_name text NOT NULL,
  edited_at timestamptz NOT NULL,
  note text
);
COMMENT ON TABLE decisions.table_draft IS 'The next version of a decision table while officers work on it: one for each table, gone when it is published or given up';
COMMENT ON COLUMN decisions.table_draft.base_version IS 'The version that it began with; empty for a new table';
COMMENT ON COLUMN decisions.table_draft.revision IS 'Goes up with every change, so that the second of two windows overwrites nothing';
COMMENT ON COLUMN decisions.table_draft.edited_by IS 'Who changed it last, "officer:…": somebody else publishes';
COMMENT ON COLUMN decisions.table_draft.note IS 'What the second pair of eyes wants changed, when it sent the draft back';

CREATE TABLE decisions.decision_taken (
  id uuid PRIMARY KEY,
  key text NOT NULL,
  version int NOT NULL,
  as_of date NOT NULL,
  inputs jsonb NOT NULL,
  result jsonb NOT NULL,
  taken_at timestamptz NOT NULL,
  taken_by text NOT NULL,
  FOREIGN KEY (key, version) REFERENCES decisions.table_version (key, version)
);
COMMENT ON TABLE decisions.decision_taken IS 'Every decision that was taken by a table, with what went in and what came out; never changed';
COMMENT ON COLUMN decisions.decision_taken.as_of IS 'The civil day by which the version was chosen, such as the day of receipt';
COMMENT ON COLUMN decisions.decision_taken.inputs IS 'The inputs that the table names, and no others';
COMMENT ON COLUMN decisions.decision_taken.taken_by IS 'Whose act needed it: "officer:…", "person:…", "system:…"';
REVOKE UPDATE, DELETE, TRUNCATE ON decisions.decision_taken FROM motcua_app;
CREATE INDEX ON decisions.decision_taken (key, taken_at DESC);
