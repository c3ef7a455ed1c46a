CREATE TABLE catalogue.finding (
  id uuid PRIMARY KEY,
  procedure_code text NOT NULL,
  version int NOT NULL,
  rule text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('error', 'warning', 'notice')),
  owner_code text,
  owner_name text,
  params jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'asked', 'answered', 'closed')),
  found_at timestamptz NOT NULL,
  asked_at timestamptz,
  asked_by text,
  request text,
  due_at timestamptz,
  answer text,
  answered_at timestamptz,
  answered_by text,
  closed_at timestamptz,
  closed_how text CHECK (closed_how IN ('corrected', 'accepted', 'abolished')),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK (state = 'open' OR state = 'closed' OR due_at IS NOT NULL)
);
CREATE UNIQUE INDEX finding_living ON catalogue.finding (procedure_code, rule) WHERE state <> 'closed' AND rule <> 'manual';
CREATE INDEX finding_list ON catalogue.finding (state, rule, owner_code);
CREATE INDEX finding_procedure ON catalogue.finding (procedure_code);
COMMENT ON TABLE catalogue.finding IS 'What a check of data quality found in a procedure (S4 art. 24), and the request to correct it';
COMMENT ON COLUMN catalogue.finding.due_at IS 'End of the tenth working day after the request';
COMMENT ON COLUMN catalogue.finding.closed_how IS 'corrected: the check no longer finds it; accepted: the reviewer took the answer; abolished: the procedure is';

CREATE TABLE catalogue.review_result (
  procedure_code text PRIMARY KEY,
  version int NOT NULL,
  owner_code text,
  owner_name text,
  complete boolean NOT NULL,
  decided_in_time boolean,
  published_in_time boolean,
  reviewed_at timestamptz NOT NULL
);
COMMENT ON TABLE catalogue.review_result IS 'Indicators 1.1 to 1.3 of each procedure in force';
COMMENT ON COLUMN catalogue.review_result.complete IS '1.3: has all parts of Decree 63/2010 art. 8(2)';
COMMENT ON COLUMN catalogue.review_result.decided_in_time IS '1.1; NULL where the dates are not known';
COMMENT ON COLUMN catalogue.review_result.published_in_time IS '1.2; NULL where the date of the decision is not known';
