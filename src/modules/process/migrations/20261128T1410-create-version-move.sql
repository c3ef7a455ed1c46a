CREATE TABLE process.version_move (
  id uuid PRIMARY KEY,
  process_key text NOT NULL,
  from_definitions uuid[] NOT NULL CHECK (cardinality(from_definitions) > 0),
  to_definition uuid NOT NULL REFERENCES process.definition,
  mapping jsonb NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  state text NOT NULL CHECK (state IN ('planned', 'running', 'done', 'cancelled')),
  planned_for timestamptz NOT NULL,
  planned_by text NOT NULL,
  planned_at timestamptz NOT NULL,
  expected int NOT NULL,
  started_at timestamptz,
  ended_at timestamptz
);
CREATE INDEX ON process.version_move (planned_at DESC);
COMMENT ON TABLE process.version_move IS 'Planned moves of running dossiers to another version of their process';
COMMENT ON COLUMN process.version_move.mapping IS 'For each version that is left, by its id: elements that go under another id in the new one; empty text where one is to go nowhere';
COMMENT ON COLUMN process.version_move.planned_by IS 'Actor key (kind:id), never a name';
COMMENT ON COLUMN process.version_move.expected IS 'Dossiers that ran under the old versions when it was planned';

CREATE TABLE process.version_move_item (
  move_id uuid NOT NULL REFERENCES process.version_move,
  instance_id uuid NOT NULL REFERENCES process.instance,
  subject text NOT NULL,
  from_definition uuid NOT NULL,
  result text NOT NULL CHECK (result IN ('moved', 'left')),
  problems jsonb NOT NULL DEFAULT '[]',
  steps jsonb NOT NULL DEFAULT '[]',
  at timestamptz NOT NULL,
  PRIMARY KEY (move_id, instance_id)
);
CREATE INDEX ON process.version_move_item (move_id, result, at, instance_id);
COMMENT ON TABLE process.version_move_item IS 'What a planned move did with each dossier: the report, and what a restart goes on from';
COMMENT ON COLUMN process.version_move_item.problems IS 'Why it stays on its version: text keys with the elements concerned';
COMMENT ON COLUMN process.version_move_item.steps IS 'Open steps: what they were and are, and how their time limit moved';
REVOKE UPDATE, DELETE, TRUNCATE ON process.version_move_item FROM motcua_app;

CREATE INDEX instance_running ON process.instance (definition_id, id) WHERE state IN ('running', 'paused');
