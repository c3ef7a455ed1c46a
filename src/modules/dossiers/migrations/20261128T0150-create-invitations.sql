CREATE TABLE dossiers.invitation (
  id uuid PRIMARY KEY,
  draft_id uuid NOT NULL,
  id_number text NOT NULL,
  name text NOT NULL,
  pages jsonb NOT NULL,
  invited_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'confirmed', 'declined', 'cancelled')),
  decided_at timestamptz,
  part_hash text,
  CHECK ((state = 'confirmed') = (part_hash IS NOT NULL))
);
CREATE INDEX invitation_draft ON dossiers.invitation (draft_id);
CREATE INDEX invitation_guest ON dossiers.invitation (id_number) WHERE state = 'open';
COMMENT ON TABLE dossiers.invitation IS 'Who else fills in and confirms a part of a filing in preparation, such as the other spouse. Personal data';
COMMENT ON COLUMN dossiers.invitation.pages IS 'Ids of the form pages that are that person’s part';
COMMENT ON COLUMN dossiers.invitation.part_hash IS 'SHA-256 of the answers that were confirmed: when they change, the confirmation holds no longer';
