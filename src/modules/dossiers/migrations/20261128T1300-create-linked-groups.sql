CREATE TABLE dossiers.linked_definition (
  code text NOT NULL,
  version int NOT NULL,
  valid_from timestamptz NOT NULL,
  definition jsonb NOT NULL,
  hash text NOT NULL,
  published_by text NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (code, version)
);
COMMENT ON TABLE dossiers.linked_definition IS 'How a linked group of procedures runs: its parts, what feeds what, limits; versions are never changed';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.linked_definition FROM motcua_app;

CREATE TABLE dossiers.linked_group (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  filing_key text NOT NULL UNIQUE,
  code text NOT NULL,
  version int NOT NULL,
  procedure_version int NOT NULL,
  account_id uuid,
  owner_subject text,
  mandate_id uuid,
  filer_account_id uuid,
  channel text NOT NULL,
  return_way text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'compensating', 'done', 'partly', 'stopped', 'withdrawn')),
  submitted_at timestamptz NOT NULL,
  received_at timestamptz,
  due_at timestamptz,
  paused_at timestamptz,
  withdrawal_asked_at timestamptz,
  process_ended_at timestamptz,
  finished_at timestamptz,
  FOREIGN KEY (code, version) REFERENCES dossiers.linked_definition (code, version)
);
CREATE INDEX linked_group_account ON dossiers.linked_group (account_id, submitted_at DESC);
CREATE INDEX linked_group_subject ON dossiers.linked_group (owner_subject, submitted_at DESC);
CREATE INDEX linked_group_open ON dossiers.linked_group (due_at) WHERE finished_at IS NULL;
COMMENT ON TABLE dossiers.linked_group IS 'One filing for several procedures (hồ sơ liên thông), at the node where it was filed';

CREATE TABLE dossiers.linked_content (
  group_id uuid PRIMARY KEY REFERENCES dossiers.linked_group (id),
  form_key text NOT NULL,
  form_version int NOT NULL,
  answers jsonb NOT NULL,
  summary jsonb,
  applicant jsonb NOT NULL,
  recipient jsonb
);
COMMENT ON TABLE dossiers.linked_content IS 'What was declared once for all parts of a linked group; personal data';

CREATE TABLE dossiers.linked_part (
  group_id uuid NOT NULL REFERENCES dossiers.linked_group (id),
  part text NOT NULL,
  attempt int NOT NULL,
  dossier_id uuid UNIQUE,
  state text NOT NULL CHECK (state IN ('filed', 'finished', 'refused', 'withdrawn', 'not-filed')),
  why text,
  filed_at timestamptz NOT NULL,
  ended_at timestamptz,
  late_at timestamptz,
  waits_until timestamptz,
  gives jsonb,
  again jsonb,
  undo_state text CHECK (undo_state IN ('asked', 'undone', 'stands')),
  undo_at timestamptz,
  undo_reason text,
  PRIMARY KEY (group_id, part, attempt)
);
COMMENT ON TABLE dossiers.linked_part IS 'A part of a linked group that came to its turn: the dossier made for it, how it ended, what it gave to later parts, whether it was undone';

CREATE TABLE dossiers.linked_pause (
  group_id uuid NOT NULL REFERENCES dossiers.linked_group (id),
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (group_id, started_at)
);
COMMENT ON TABLE dossiers.linked_pause IS 'Times in which the group’s clock stood because some part waited for the applicant';

CREATE TABLE dossiers.linked_child (
  dossier_id uuid PRIMARY KEY,
  group_id uuid NOT NULL,
  part text NOT NULL,
  parent_node text NOT NULL,
  limit_value int,
  limit_unit text,
  view jsonb NOT NULL,
  told_at timestamptz NOT NULL
);
COMMENT ON TABLE dossiers.linked_child IS 'At the node that decides a part: to which group the dossier belongs, and the state of the others as the group told it last';

CREATE TABLE dossiers.linked_undo (
  dossier_id uuid PRIMARY KEY,
  because text NOT NULL,
  asked_at timestamptz NOT NULL,
  answer text CHECK (answer IN ('undone', 'stands')),
  reason text,
  answered_at timestamptz,
  answered_by text
);
CREATE INDEX linked_undo_open ON dossiers.linked_undo (asked_at) WHERE answered_at IS NULL;
COMMENT ON TABLE dossiers.linked_undo IS 'Wishes of stopped groups that a result be undone, and what the agency answered';
