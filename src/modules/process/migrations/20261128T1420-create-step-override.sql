ALTER TABLE process.task ADD COLUMN given_unit text;
COMMENT ON COLUMN process.task.given_unit IS 'Unit to which this step was given; empty where it is that of the matter';

CREATE TABLE process.step_override (
  id uuid PRIMARY KEY,
  process_key text NOT NULL,
  element_id text NOT NULL,
  agency_code text COLLATE "C" CHECK (unit_id IS NULL OR agency_code IS NOT NULL),
  role text CHECK (role <> ''),
  unit_id text CHECK (unit_id <> ''),
  valid_from timestamptz NOT NULL,
  with_open boolean NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'confirmed', 'dropped')),
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  CHECK ((state = 'proposed') = (decided_at IS NULL)),
  CHECK (state <> 'confirmed' OR decided_by <> proposed_by)
);
CREATE INDEX ON process.step_override (process_key, element_id, valid_from DESC);
COMMENT ON TABLE process.step_override IS 'Who does a step instead of whom its process names, from a day on: no new version of the process is needed. A row with neither role nor unit says that the process holds again';
COMMENT ON COLUMN process.step_override.agency_code IS 'For the steps of this agency; of all agencies of the node where empty';
COMMENT ON COLUMN process.step_override.with_open IS 'Steps that are open on that day are given to the new ones as well';
COMMENT ON COLUMN process.step_override.proposed_by IS 'Actor key (kind:id), never a name; somebody else confirms';
REVOKE DELETE, TRUNCATE ON process.step_override FROM motcua_app;
