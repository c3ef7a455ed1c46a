ALTER TABLE dossiers.dossier ADD COLUMN rule_set text;
ALTER TABLE dossiers.dossier ADD COLUMN clock_options jsonb;
ALTER TABLE dossiers.dossier ADD COLUMN is_late boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN dossiers.dossier.rule_set IS 'Rules of time limits under which it was received; it keeps them. Empty before reception, on mirrors and for older rows';
COMMENT ON COLUMN dossiers.dossier.clock_options IS 'What the procedure says of its own about time: in-day, public holidays, supplements; empty where it says nothing';
COMMENT ON COLUMN dossiers.dossier.is_late IS 'Late whatever its date says: put off after the time had run out, or asked to supplement more than once (indicator 2.1)';

CREATE TABLE dossiers.extension (
  dossier_id uuid NOT NULL,
  number int NOT NULL CHECK (number > 0),
  due_before timestamptz NOT NULL,
  due_after timestamptz NOT NULL CHECK (due_after > due_before),
  reason text NOT NULL,
  extended_at timestamptz NOT NULL,
  extended_by text NOT NULL,
  PRIMARY KEY (dossier_id, number)
);
COMMENT ON TABLE dossiers.extension IS 'Dates put off with an apology (xin lỗi và hẹn lại ngày trả): old date, new date, reason';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.extension FROM motcua_app;

CREATE TABLE dossiers.due_change (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  due_before timestamptz NOT NULL,
  due_counted timestamptz NOT NULL,
  due_after timestamptz NOT NULL CHECK (due_after >= due_before),
  because jsonb NOT NULL,
  event text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX due_change_dossier ON dossiers.due_change (dossier_id);
COMMENT ON TABLE dossiers.due_change IS 'Dates counted again after the working calendar changed. The date in force is never made earlier: then due_after is due_before';
COMMENT ON COLUMN dossiers.due_change.because IS 'Sentence of the explanation: text key and parameters';
COMMENT ON COLUMN dossiers.due_change.event IS 'Ledger event that caused it: type, subject, position';
REVOKE UPDATE, DELETE, TRUNCATE ON dossiers.due_change FROM motcua_app;

CREATE TABLE dossiers.clock_story (
  dossier_id uuid PRIMARY KEY,
  steps jsonb NOT NULL
);
COMMENT ON TABLE dossiers.clock_story IS 'On mirrors: how the handling node explains the date, since its calendar is not known here';
