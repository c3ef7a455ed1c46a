CREATE TABLE identity.account_problem (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('log-in', 'wrong-data', 'misuse', 'access-objection', 'other')),
  account_id uuid REFERENCES identity.account,
  access_id bigint REFERENCES identity.access_log,
  statement text NOT NULL,
  lang text NOT NULL CHECK (lang IN ('vi', 'en')),
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'taken', 'closed')),
  made_at timestamptz NOT NULL,
  inform_by timestamptz NOT NULL,
  informed_at timestamptz,
  taken_at timestamptz,
  taken_by text,
  result_by timestamptz,
  closed_at timestamptz,
  closed_by text,
  outcome text CHECK (outcome IN ('corrected', 'secured', 'unfounded', 'passed-on')),
  alerted_inform_at timestamptz,
  alerted_result_at timestamptz,
  CHECK ((taken_at IS NULL) = (result_by IS NULL)),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL AND outcome IS NOT NULL))
);
CREATE INDEX account_problem_open ON identity.account_problem (inform_by) WHERE state <> 'closed';
CREATE INDEX account_problem_account ON identity.account_problem (account_id, made_at DESC) WHERE account_id IS NOT NULL;
COMMENT ON TABLE identity.account_problem IS 'A report that something is wrong with an account, with its two clocks: parties told within 24 hours, result within 48 hours of formal handling';
COMMENT ON COLUMN identity.account_problem.statement IS 'Description, contact and id number as given; encrypted, emptied when the account is erased';
COMMENT ON COLUMN identity.account_problem.access_id IS 'The look at personal data to which the owner objects';

CREATE TABLE identity.account_problem_message (
  id uuid PRIMARY KEY,
  problem_id uuid NOT NULL REFERENCES identity.account_problem,
  kind text NOT NULL CHECK (kind IN ('informed', 'message', 'result')),
  at timestamptz NOT NULL,
  by text NOT NULL,
  words text NOT NULL
);
CREATE INDEX account_problem_message_problem ON identity.account_problem_message (problem_id, at);
COMMENT ON TABLE identity.account_problem_message IS 'What was told about a reported problem, to whom it concerns or to who reported it; the words are encrypted';
