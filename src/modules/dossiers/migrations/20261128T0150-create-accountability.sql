CREATE TABLE dossiers.accountability_rule (
  valid_from date PRIMARY KEY,
  valid_to date CHECK (valid_to > valid_from),
  days int NOT NULL CHECK (days > 0),
  basis text NOT NULL
);
COMMENT ON TABLE dossiers.accountability_rule IS 'Within how many days an agency answers who asks it to account for its handling (thời hạn giải trình), with its source; valid_to is the first day on which it no longer holds';
INSERT INTO dossiers.accountability_rule (valid_from, days, basis) VALUES ('2019-08-15', 15, 'Decree 59/2019/NĐ-CP, accountability: not more than 15 days');

CREATE TABLE dossiers.accountability (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  asking_node text NOT NULL,
  request text NOT NULL,
  asked_at timestamptz NOT NULL,
  due_at timestamptz,
  responsible_officer uuid,
  answer text,
  answered_at timestamptz,
  answered_by text,
  reminded_at timestamptz,
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE UNIQUE INDEX accountability_open ON dossiers.accountability (dossier_id) WHERE answered_at IS NULL;
CREATE INDEX accountability_due ON dossiers.accountability (due_at) WHERE answered_at IS NULL;
COMMENT ON TABLE dossiers.accountability IS 'A person asks to account for the handling of his dossier (yêu cầu giải trình), and the answer; kept where it was asked and where the dossier is handled';
COMMENT ON COLUMN dossiers.accountability.responsible_officer IS 'Who held the dossier, or did its last step, when it was asked; empty where nobody had, and at the node of asking';
