CREATE TABLE process.step_time (
  task_id uuid PRIMARY KEY,
  instance_id uuid NOT NULL,
  subject text NOT NULL,
  definition_id uuid NOT NULL,
  element_id text NOT NULL,
  procedure_code text NOT NULL,
  agency_code text COLLATE "C" NOT NULL,
  unit_id text,
  began_at timestamptz NOT NULL,
  since timestamptz NOT NULL,
  is_held boolean NOT NULL,
  is_stopped boolean NOT NULL,
  ended text CHECK (ended IN ('done', 'cancelled')),
  office_waiting int NOT NULL,
  office_working int NOT NULL,
  office_stopped int NOT NULL,
  wall_waiting int NOT NULL,
  wall_working int NOT NULL,
  wall_stopped int NOT NULL,
  busy int GENERATED ALWAYS AS (office_waiting + office_working) STORED
);
CREATE INDEX step_time_open ON process.step_time (instance_id) WHERE ended IS NULL;
CREATE INDEX step_time_standing ON process.step_time (definition_id, element_id, procedure_code, began_at, task_id) INCLUDE (agency_code, unit_id) WHERE ended IS NULL;
CREATE INDEX step_time_slowest ON process.step_time (definition_id, element_id, procedure_code, busy DESC, task_id) INCLUDE (agency_code, unit_id, since) WHERE ended = 'done';
CREATE INDEX step_time_of_agency ON process.step_time (agency_code, definition_id, element_id, procedure_code, busy DESC, task_id) INCLUDE (unit_id, since) WHERE ended = 'done';
COMMENT ON TABLE process.step_time IS 'Where the time of each step went, in seconds: folded from the ledger by a follower, rebuilt from it at any time';
COMMENT ON COLUMN process.step_time.procedure_code IS 'What is handled; empty text where the process does not say';
COMMENT ON COLUMN process.step_time.since IS 'Until here the seconds are counted: the last change, or the end of the step';
COMMENT ON COLUMN process.step_time.is_held IS 'An officer has taken it';
COMMENT ON COLUMN process.step_time.office_waiting IS 'Seconds of office time in which nobody had taken it';
COMMENT ON COLUMN process.step_time.office_working IS 'Seconds of office time from taking over to the end';
COMMENT ON COLUMN process.step_time.office_stopped IS 'Seconds of office time in which the clock of the dossier stood';
COMMENT ON COLUMN process.step_time.wall_waiting IS 'The same on the wall clock';
COMMENT ON COLUMN process.step_time.busy IS 'What counts as slow: office time without stops';

CREATE TABLE process.step_count (
  procedure_code text NOT NULL,
  definition_id uuid NOT NULL,
  scope text COLLATE "C" NOT NULL,
  month date NOT NULL,
  element_id text NOT NULL,
  bucket smallint NOT NULL,
  n int NOT NULL,
  office_waiting float8 NOT NULL,
  office_working float8 NOT NULL,
  office_stopped float8 NOT NULL,
  wall float8 NOT NULL,
  PRIMARY KEY (procedure_code, definition_id, scope, month, element_id, bucket)
);
COMMENT ON TABLE process.step_count IS 'How many times a step was done and how long it took, by month: what medians and sums are read from, folded by a follower';
COMMENT ON COLUMN process.step_count.scope IS 'An agency with all below it, or agency#unit';
COMMENT ON COLUMN process.step_count.month IS 'First day of the month, Vietnam time, in which the step was done';
COMMENT ON COLUMN process.step_count.bucket IS 'Length of the step: ten classes for each doubling of its minutes of office time without stops';
COMMENT ON COLUMN process.step_count.office_waiting IS 'Sum of seconds';
COMMENT ON COLUMN process.step_count.wall IS 'Sum of seconds on the wall clock, stops included';
