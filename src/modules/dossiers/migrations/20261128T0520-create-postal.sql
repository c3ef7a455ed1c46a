CREATE TABLE dossiers.postal_delegation (
  id uuid PRIMARY KEY,
  agency_code text NOT NULL,
  officer_id uuid NOT NULL,
  acts text[] NOT NULL CHECK (acts <> '{}' AND acts <@ ARRAY['receive', 'return']),
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  basis text NOT NULL,
  given_by text NOT NULL,
  given_at timestamptz NOT NULL,
  ended_by text,
  ended_at timestamptz,
  CHECK (valid_to >= valid_from),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX postal_delegation_officer ON dossiers.postal_delegation (officer_id);
COMMENT ON TABLE dossiers.postal_delegation IS 'What staff of the public postal enterprise do for a one-stop desk (ủy quyền, giao nhân viên bưu chính công ích): receive, return, or both, between two days';
COMMENT ON COLUMN dossiers.postal_delegation.basis IS 'Number and day of the contract or decision';

CREATE TABLE dossiers.postal_list (
  id uuid PRIMARY KEY,
  agency_code text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('to-desk', 'to-post')),
  given_by uuid NOT NULL,
  given_at timestamptz NOT NULL,
  -- For results: which member of the postal staff takes them. To the desk: whoever of it receives.
  to_officer uuid CHECK ((direction = 'to-post') = (to_officer IS NOT NULL)),
  taken_by uuid CHECK (taken_by <> given_by),
  taken_at timestamptz,
  CHECK ((taken_by IS NULL) = (taken_at IS NULL))
);
CREATE INDEX postal_list_agency ON dossiers.postal_list (agency_code, given_at);
CREATE INDEX postal_list_given_by ON dossiers.postal_list (given_by);
COMMENT ON TABLE dossiers.postal_list IS 'Hand-over between postal staff and one-stop desk (danh sách bàn giao), signed by both: who gives by making it, who takes by confirming what is there';

CREATE TABLE dossiers.postal_item (
  list_id uuid NOT NULL,
  dossier_id uuid NOT NULL,
  is_there boolean,
  PRIMARY KEY (list_id, dossier_id)
);
CREATE INDEX postal_item_dossier ON dossiers.postal_item (dossier_id);
COMMENT ON TABLE dossiers.postal_item IS 'What stands on a list of hand-over with the post';
COMMENT ON COLUMN dossiers.postal_item.is_there IS 'What the taking side said: false for what was on the list and not in the bag; it stays with who gave';

CREATE TABLE dossiers.postal_delivery (
  dossier_id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  recipient text NOT NULL,
  at timestamptz NOT NULL
);
COMMENT ON TABLE dossiers.postal_delivery IS 'To whom postal staff handed a result; the name is personal data';
