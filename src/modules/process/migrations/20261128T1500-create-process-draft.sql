CREATE TABLE process.draft (
  key text PRIMARY KEY,
  base_version int CHECK (base_version >= 1),
  name_vi text NOT NULL,
  name_en text NOT NULL,
  bpmn text NOT NULL,
  revision int NOT NULL DEFAULT 1 CHECK (revision >= 1),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'in-check')),
  edited_by text NOT NULL,
  edited_name text NOT NULL,
  edited_at timestamptz NOT NULL,
  note text
);
COMMENT ON TABLE process.draft IS 'The next version of a process while it is drawn (bản thảo quy trình): one for each process, gone when it is published or given up';
COMMENT ON COLUMN process.draft.base_version IS 'The version that it began with; empty for a new process';
COMMENT ON COLUMN process.draft.bpmn IS 'BPMN 2.0, finished or not; what the diagram and the table both change';
COMMENT ON COLUMN process.draft.revision IS 'Goes up with every change, so that the second of two windows overwrites nothing';
COMMENT ON COLUMN process.draft.edited_by IS 'Who changed it last, "officer:…": somebody else publishes';
COMMENT ON COLUMN process.draft.note IS 'What the second pair of eyes wants changed, when it sent the draft back';
