CREATE TABLE process.definition (
  id uuid PRIMARY KEY,
  key text NOT NULL,
  version int NOT NULL CHECK (version > 0),
  name_vi text NOT NULL,
  name_en text NOT NULL,
  bpmn text NOT NULL,
  model jsonb NOT NULL,
  hash text NOT NULL,
  valid_from timestamptz NOT NULL,
  published_by text NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (key, version)
);
COMMENT ON TABLE process.definition IS 'Published versions of processes (quy trình điện tử), never changed: a running instance stays on its version';
COMMENT ON COLUMN process.definition.bpmn IS 'The BPMN 2.0 file as it was published';
COMMENT ON COLUMN process.definition.model IS 'What the file comes down to when it runs; derived from bpmn';
COMMENT ON COLUMN process.definition.hash IS 'SHA-256 of bpmn, hex: publishing the newest version again has no effect';
REVOKE UPDATE, DELETE, TRUNCATE ON process.definition FROM motcua_app;

CREATE TABLE process.instance (
  id uuid PRIMARY KEY,
  definition_id uuid NOT NULL REFERENCES process.definition,
  subject text NOT NULL,
  agency_code text NOT NULL,
  agency_by_role jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('running', 'paused', 'ended', 'cancelled')),
  marking jsonb NOT NULL,
  taken text[] NOT NULL DEFAULT '{}',
  outcomes jsonb NOT NULL DEFAULT '{}',
  variables jsonb NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL,
  paused_at timestamptz,
  ended_at timestamptz
);
CREATE UNIQUE INDEX instance_subject_live ON process.instance (subject) WHERE state IN ('running', 'paused');
CREATE INDEX instance_subject ON process.instance (subject, started_at);
COMMENT ON TABLE process.instance IS 'One run of a process for one dossier. Its row is the lock under which its tokens move';
COMMENT ON COLUMN process.instance.subject IS 'Dossier id';
COMMENT ON COLUMN process.instance.marking IS 'The tokens: {"waiting": [elements that hold one], "arrived": [flows whose token waits at a parallel join]}';
COMMENT ON COLUMN process.instance.taken IS 'Flows that a token has passed, for the diagram';
COMMENT ON COLUMN process.instance.outcomes IS 'Last outcome of each done user task by element id';
COMMENT ON COLUMN process.instance.variables IS 'What conditions may look at; codes and numbers, no personal data';

CREATE TABLE process.task (
  id uuid PRIMARY KEY,
  instance_id uuid NOT NULL REFERENCES process.instance,
  subject text NOT NULL,
  element_id text NOT NULL,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  act text,
  role text NOT NULL,
  agency_code text NOT NULL,
  outcomes jsonb NOT NULL DEFAULT '[]',
  assignee text,
  created_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  done_at timestamptz,
  done_by text,
  cancelled_at timestamptz,
  outcome text,
  note text CHECK (length(note) <= 4000)
);
CREATE INDEX task_instance ON process.task (instance_id);
CREATE INDEX task_subject ON process.task (subject);
CREATE INDEX task_inbox ON process.task (agency_code, role, due_at) WHERE done_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX task_assignee ON process.task (assignee, due_at) WHERE done_at IS NULL AND cancelled_at IS NULL;
COMMENT ON TABLE process.task IS 'A step that a person does: one row each time a token comes to a user task';
COMMENT ON COLUMN process.task.outcomes IS 'Answers the step offers: [{"value", "name": {"vi", "en"}}]';
COMMENT ON COLUMN process.task.assignee IS 'Officer id; null while it lies in the inbox of its role';
COMMENT ON COLUMN process.task.done_by IS 'Actor key (kind:id), never a name';
COMMENT ON COLUMN process.task.note IS 'Free text of the officer; may hold personal data';

CREATE TABLE process.timer (
  id uuid PRIMARY KEY,
  instance_id uuid NOT NULL REFERENCES process.instance,
  task_id uuid REFERENCES process.task,
  element_id text NOT NULL,
  working_time boolean NOT NULL,
  fire_at timestamptz NOT NULL,
  fired_at timestamptz,
  cancelled_at timestamptz
);
CREATE INDEX timer_due ON process.timer (fire_at) WHERE fired_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX timer_instance ON process.timer (instance_id) WHERE fired_at IS NULL AND cancelled_at IS NULL;
COMMENT ON TABLE process.timer IS 'Moments for which an instance waits: intermediate timers and timers at the edge of a task';
COMMENT ON COLUMN process.timer.task_id IS 'The task at whose edge the timer sits; null for an intermediate timer';
