CREATE TABLE identity.look_up (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  agency_code text NOT NULL,
  way text NOT NULL CHECK (way IN ('page', 'api')),
  kind text NOT NULL CHECK (kind IN ('id-number', 'tax-code', 'card', 'personal-code')),
  number_key bytea NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('dossier', 'filing', 'result', 'account', 'mandate')),
  dossier_code text,
  account_id uuid REFERENCES identity.account,
  organisation_id text,
  CHECK ((purpose = 'dossier') = (dossier_code IS NOT NULL))
);
CREATE INDEX look_up_officer ON identity.look_up (officer_id, at);
COMMENT ON TABLE identity.look_up IS 'Every look-up of a person or organisation at the desk, found or not, with what it was for; never changed or deleted';
COMMENT ON COLUMN identity.look_up.number_key IS 'Keyed hash of the number: tells two look-ups of one number from those of two, and keeps no number';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.look_up FROM motcua_app;

CREATE TABLE identity.look_up_content (
  look_up_id uuid PRIMARY KEY REFERENCES identity.look_up,
  sealed text NOT NULL,
  expires_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.look_up_content IS 'What was typed or scanned, encrypted, for the minutes in which the officer goes on from the answer; then removed';

CREATE TABLE identity.look_up_rule (
  valid_from date PRIMARY KEY,
  valid_to date,
  most int NOT NULL CHECK (most > 0),
  hours int NOT NULL CHECK (hours BETWEEN 1 AND 168),
  source text NOT NULL
);
COMMENT ON TABLE identity.look_up_rule IS 'How many people an officer may look up beyond the dossiers that he handled in so many hours before the head is told';
INSERT INTO identity.look_up_rule (valid_from, most, hours, source) VALUES ('2026-01-01', 20, 24, 'Rule of the platform; Law on the protection of personal data 91/2025/QH15 asks for supervision of access');

CREATE TABLE identity.officer_dossier (
  officer_id uuid NOT NULL,
  dossier_id text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (officer_id, dossier_id)
);
CREATE INDEX officer_dossier_at ON identity.officer_dossier (officer_id, at);
COMMENT ON TABLE identity.officer_dossier IS 'On which dossiers an officer acted last and when, folded from the ledger: what look-ups are held against';

CREATE TABLE identity.unusual_look_ups (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES identity.officer,
  agency_code text NOT NULL,
  day date NOT NULL,
  at timestamptz NOT NULL,
  people int NOT NULL,
  dossiers int NOT NULL,
  hours int NOT NULL,
  finding text CHECK (finding IN ('explained', 'misuse')),
  note text,
  found_at timestamptz,
  found_by text,
  UNIQUE (officer_id, day),
  CHECK ((finding IS NULL) = (found_at IS NULL))
);
COMMENT ON TABLE identity.unusual_look_ups IS 'An officer looked up more people than his dossiers explain; once a day, until the head says what he found';
