-- Reception at a desk: who stood there or wrote, and what was filed for them.
ALTER TABLE dossiers.dossier DROP CONSTRAINT dossier_channel_check;
ALTER TABLE dossiers.dossier ADD CONSTRAINT dossier_channel_check CHECK (channel IN ('desk', 'online', 'post', 'assisted'));

CREATE TABLE dossiers.visit (
  id uuid PRIMARY KEY,
  channel text NOT NULL CHECK (channel IN ('desk', 'post', 'assisted')),
  agency_code text NOT NULL,
  officer_id uuid NOT NULL,
  account_id uuid,
  owner_subject text,
  person jsonb,
  posted_on date,
  arrived_on date,
  started_at timestamptz NOT NULL,
  closed_at timestamptz,
  CHECK ((person IS NULL) = (closed_at IS NOT NULL)),
  CHECK ((channel = 'post') = (posted_on IS NOT NULL AND arrived_on IS NOT NULL))
);
CREATE INDEX visit_open ON dossiers.visit (officer_id, started_at) WHERE closed_at IS NULL;
COMMENT ON TABLE dossiers.visit IS 'A person before one officer, or a letter on his table (lượt tiếp nhận): everything that is filed for that person in one go';
COMMENT ON COLUMN dossiers.visit.channel IS 'desk: handed over in person; post: by letter; assisted: filed online with an officer’s help';
COMMENT ON COLUMN dossiers.visit.person IS 'What the card or the account says, for filling in forms; personal data, erased when the visit is closed';
COMMENT ON COLUMN dossiers.visit.posted_on IS 'Date on the envelope; arrived_on: date on which the letter came in';

CREATE TABLE dossiers.reception (
  dossier_id uuid PRIMARY KEY,
  visit_id uuid,
  agency_code text NOT NULL,
  posted_on date,
  arrived_on date
);
CREATE INDEX reception_visit ON dossiers.reception (visit_id) WHERE visit_id IS NOT NULL;
COMMENT ON TABLE dossiers.reception IS 'Where a dossier was taken in by an officer: that agency need not be the one that decides. visit_id is empty on other nodes';

ALTER TABLE dossiers.draft ALTER COLUMN account_id DROP NOT NULL;
ALTER TABLE dossiers.draft ADD COLUMN visit_id uuid;
ALTER TABLE dossiers.draft ADD CHECK ((account_id IS NULL) = (visit_id IS NOT NULL));
COMMENT ON COLUMN dossiers.draft.visit_id IS 'Set for what an officer fills in at the desk; such a draft is in nobody’s account';
CREATE INDEX draft_visit ON dossiers.draft (visit_id) WHERE visit_id IS NOT NULL;
