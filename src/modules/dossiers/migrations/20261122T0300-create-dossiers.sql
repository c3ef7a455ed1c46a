CREATE TABLE dossiers.dossier (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  code text UNIQUE,
  filing_key text UNIQUE,
  procedure_code text NOT NULL,
  procedure_version int NOT NULL,
  node_code text NOT NULL,
  origin_node text NOT NULL,
  agency_code text NOT NULL,
  place_code text,
  channel text NOT NULL CHECK (channel IN ('desk', 'online', 'post')),
  state text NOT NULL CHECK (state IN ('new', 'received', 'not-accepted', 'in-progress', 'supplement-required', 'payment-required', 'withdrawal-requested', 'stopped', 'finished', 'returned')),
  return_way text NOT NULL CHECK (return_way IN ('online', 'desk', 'post')),
  account_id uuid,
  owner_node text,
  owner_subject text,
  limit_value int,
  limit_unit text CHECK (limit_unit IN ('hour', 'day', 'working-day', 'month')),
  submitted_at timestamptz NOT NULL,
  received_at timestamptz,
  promised_at timestamptz,
  due_at timestamptz,
  paused_at timestamptz,
  finished_at timestamptz,
  returned_at timestamptz,
  supplements int NOT NULL DEFAULT 0,
  event_seq int NOT NULL DEFAULT 1
) WITH (fillfactor = 85);
COMMENT ON TABLE dossiers.dossier IS 'A dossier (hồ sơ): what a person files for one procedure. On a node that does not handle it, a mirror moved only by messages. No personal data';
COMMENT ON COLUMN dossiers.dossier.reference IS 'Number of the filing, known to the person before there is a code';
COMMENT ON COLUMN dossiers.dossier.code IS 'Dossier code, given at valid receipt: agency – yymmdd – number of the day';
COMMENT ON COLUMN dossiers.dossier.node_code IS 'Node whose agency decides';
COMMENT ON COLUMN dossiers.dossier.origin_node IS 'Node at which it was filed';
COMMENT ON COLUMN dossiers.dossier.owner_subject IS 'Opaque subject of the owner as owner_node knows it';
COMMENT ON COLUMN dossiers.dossier.promised_at IS 'Date first promised on the slip; never changes';
COMMENT ON COLUMN dossiers.dossier.due_at IS 'Date in force, moved by recorded stops only';
COMMENT ON COLUMN dossiers.dossier.event_seq IS 'Number of the last event; mirrors apply events in this order and once';
CREATE INDEX dossier_desk ON dossiers.dossier (agency_code, due_at) WHERE state IN ('new', 'received', 'in-progress', 'supplement-required', 'payment-required', 'withdrawal-requested', 'finished');
CREATE INDEX dossier_account ON dossiers.dossier (account_id, submitted_at DESC) WHERE account_id IS NOT NULL;
CREATE INDEX dossier_owner ON dossiers.dossier (owner_subject, submitted_at DESC) WHERE owner_subject IS NOT NULL;

CREATE TABLE dossiers.content (
  dossier_id uuid PRIMARY KEY,
  form_key text NOT NULL,
  form_version int NOT NULL,
  answers jsonb NOT NULL,
  summary jsonb,
  applicant jsonb NOT NULL
);
COMMENT ON TABLE dossiers.content IS 'What was answered, and by whom: the only place with personal data of a dossier';
COMMENT ON COLUMN dossiers.content.summary IS 'Questions, labels and answers as they stood on the screen at submission; made from the answers when absent';

CREATE TABLE dossiers.attachment (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  field text NOT NULL,
  file_id text NOT NULL,
  file_name text NOT NULL,
  mime_type text NOT NULL,
  size int NOT NULL,
  added_at timestamptz NOT NULL
);
CREATE INDEX attachment_dossier ON dossiers.attachment (dossier_id);
COMMENT ON TABLE dossiers.attachment IS 'Files that the applicant attached (thành phần hồ sơ)';

CREATE TABLE dossiers.draft (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL,
  procedure_code text NOT NULL,
  procedure_version int NOT NULL,
  form_key text NOT NULL,
  form_version int NOT NULL,
  answers jsonb NOT NULL DEFAULT '{}',
  filled jsonb NOT NULL DEFAULT '[]',
  visited jsonb NOT NULL DEFAULT '[]',
  dossier_id uuid,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX draft_account ON dossiers.draft (account_id, updated_at DESC);
COMMENT ON TABLE dossiers.draft IS 'A filing in preparation: kept at every step, resumable on another device';
COMMENT ON COLUMN dossiers.draft.dossier_id IS 'Set when it was submitted: pressing twice leads to the same dossier';

CREATE TABLE dossiers.pause (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason IN ('supplement', 'payment')),
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  due_before timestamptz,
  due_after timestamptz
);
CREATE INDEX pause_dossier ON dossiers.pause (dossier_id);
COMMENT ON TABLE dossiers.pause IS 'Every stop of the clock, with what it did to the due date';

CREATE TABLE dossiers.supplement_request (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  reason text NOT NULL,
  items jsonb NOT NULL,
  requested_at timestamptz NOT NULL,
  requested_by text NOT NULL,
  answered_at timestamptz,
  answer text
);
CREATE INDEX supplement_dossier ON dossiers.supplement_request (dossier_id);
COMMENT ON TABLE dossiers.supplement_request IS 'Request to complete a dossier (phiếu yêu cầu bổ sung) and the answer';

CREATE TABLE dossiers.result_draft (
  dossier_id uuid PRIMARY KEY,
  template text NOT NULL,
  data jsonb NOT NULL,
  drafted_at timestamptz NOT NULL,
  drafted_by text NOT NULL,
  reviewed_at timestamptz,
  reviewed_by text
);
COMMENT ON TABLE dossiers.result_draft IS 'The result being prepared, until it is signed';

CREATE TABLE dossiers.running_number (
  series text PRIMARY KEY,
  last int NOT NULL
);
COMMENT ON TABLE dossiers.running_number IS 'Running numbers: of dossier codes per agency and day, of results per agency, kind and year. The row lock makes them unique and without gaps';

CREATE TABLE dossiers.reason (
  dossier_id uuid NOT NULL,
  action text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (dossier_id, action)
);
COMMENT ON TABLE dossiers.reason IS 'Written ground of a refusal, a withdrawal or a stop: free text, so it stays out of the ledger';

-- One filing in one call: the dossier, its content, its files and its event are committed together or not at all.
-- A second call with the same filing key changes nothing and answers with the first dossier; `same` tells whether it asked for the same.
CREATE FUNCTION dossiers.file(d jsonb, p_answers jsonb, p_summary jsonb, p_applicant jsonb, files jsonb, actor text, event jsonb)
RETURNS TABLE (id uuid, reference text, fresh boolean, same boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  new_id uuid := (d->>'id')::uuid;
  at timestamptz := (d->>'submittedAt')::timestamptz;
BEGIN
  INSERT INTO dossiers.dossier (id, reference, filing_key, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, state, return_way, account_id, owner_node, owner_subject, limit_value, limit_unit, submitted_at)
  VALUES (new_id, d->>'reference', d->>'filingKey', d->>'procedureCode', (d->>'procedureVersion')::int, d->>'nodeCode', d->>'originNode', d->>'agencyCode', d->>'placeCode', d->>'channel', 'new', d->>'returnWay', (d->>'accountId')::uuid, d->>'ownerNode', d->>'ownerSubject', (d->>'limitValue')::int, d->>'limitUnit', at)
  ON CONFLICT (filing_key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT o.id, o.reference, false, o.procedure_code = d->>'procedureCode' AND c.answers = p_answers FROM dossiers.dossier o JOIN dossiers.content c ON c.dossier_id = o.id WHERE o.filing_key = d->>'filingKey';
    RETURN;
  END IF;
  INSERT INTO dossiers.content (dossier_id, form_key, form_version, answers, summary, applicant) VALUES (new_id, d->>'formKey', (d->>'formVersion')::int, p_answers, p_summary, p_applicant);
  IF jsonb_array_length(files) > 0 THEN
    INSERT INTO dossiers.attachment (id, dossier_id, field, file_id, file_name, mime_type, size, added_at)
    SELECT (f->>'id')::uuid, new_id, f->>'field', f->>'fileId', f->>'fileName', f->>'mimeType', (f->>'size')::int, at FROM jsonb_array_elements(files) AS f;
  END IF;
  PERFORM ledger.append('dossier.submitted', new_id::text, actor, event, at);
  RETURN QUERY SELECT new_id, d->>'reference', true, true;
END $$;
