CREATE TABLE identity.rule_proposal (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('access-rule', 'trust', 'distrust')),
  detail jsonb NOT NULL,
  valid_from date NOT NULL,
  basis text NOT NULL,
  proposed_at timestamptz NOT NULL,
  proposed_by uuid NOT NULL REFERENCES identity.officer,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'refused', 'withdrawn')),
  decided_at timestamptz,
  decided_by uuid REFERENCES identity.officer,
  CHECK ((state = 'pending') = (decided_at IS NULL)),
  CHECK (decided_by IS NULL OR (state = 'withdrawn') = (decided_by = proposed_by))
);
CREATE INDEX rule_proposal_kind ON identity.rule_proposal (kind, proposed_at);
COMMENT ON TABLE identity.rule_proposal IS 'Rules of the node that one administrator proposed and another decides on: limits of officers'' sessions, and whose certificates are trusted. Decided ones stay';
COMMENT ON COLUMN identity.rule_proposal.detail IS 'The rule itself: limits and audience, the authority''s certificate and what it may vouch for, or the id of the trust that ends; no personal data';
COMMENT ON COLUMN identity.rule_proposal.valid_from IS 'Day from which it holds; one that has come before anybody decided can only be refused';
