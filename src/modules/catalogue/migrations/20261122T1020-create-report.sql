CREATE TABLE catalogue.report (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('missing', 'wrong', 'expired', 'inconsistent')),
  procedure_code text,
  owner_code text,
  owner_name text,
  words text NOT NULL,
  reporter text NOT NULL CHECK (reporter IN ('citizen', 'agency')),
  reporter_agency text,
  contact bytea,
  from_node text,
  sent_on boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'answered')),
  outcome text CHECK (outcome IN ('corrected', 'will-correct', 'no-fault')),
  answer text,
  answered_at timestamptz,
  answered_by text,
  session_key text,
  address_key text,
  created_at timestamptz NOT NULL,
  CHECK ((state = 'answered') = (answer IS NOT NULL AND outcome IS NOT NULL))
);
CREATE INDEX report_list ON catalogue.report (owner_code, state, created_at DESC);
CREATE INDEX report_recent ON catalogue.report (created_at);
COMMENT ON TABLE catalogue.report IS 'What citizens and agencies report about a procedure: missing, wrong, expired, inconsistent (S4 art. 25, 37)';
COMMENT ON COLUMN catalogue.report.words IS 'As written; may hold personal data: never in the ledger, never public';
COMMENT ON COLUMN catalogue.report.contact IS 'E-mail or telephone of the reporter, sealed with the key of the node; erased ninety days after the answer; never leaves the node';
COMMENT ON COLUMN catalogue.report.from_node IS 'Node where it was made, when another sent it here';
COMMENT ON COLUMN catalogue.report.sent_on IS 'Sent to the national node, whose authors answer';
COMMENT ON COLUMN catalogue.report.session_key IS 'Keyed digest of the browser session, to limit how often one reports; address_key likewise';
