CREATE TABLE identity.terms_version (
  version int PRIMARY KEY CHECK (version > 0),
  valid_from date NOT NULL UNIQUE,
  hash_vi text NOT NULL,
  hash_en text NOT NULL,
  content jsonb NOT NULL,
  added_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.terms_version IS 'Terms of use, whole, in both languages; a version never changes once people could accept it';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.terms_version FROM motcua_app;

CREATE TABLE identity.terms_acceptance (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES identity.account,
  version int NOT NULL REFERENCES identity.terms_version,
  lang text NOT NULL CHECK (lang IN ('vi', 'en')),
  text_hash text NOT NULL,
  accepted_at timestamptz NOT NULL,
  session_id uuid
);
CREATE INDEX terms_acceptance_account ON identity.terms_acceptance (account_id, accepted_at);
COMMENT ON TABLE identity.terms_acceptance IS 'Proof that a person accepted a version of the terms: which text, when, in which session';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.terms_acceptance FROM motcua_app;
ALTER TABLE identity.account ADD COLUMN terms_version int REFERENCES identity.terms_version;
COMMENT ON COLUMN identity.account.terms_version IS 'Newest version of the terms that the owner accepted';

CREATE TABLE identity.consent_purpose (
  purpose text NOT NULL CHECK (purpose ~ '^[a-z]+(-[a-z]+)*$'),
  third_parties boolean NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  basis text NOT NULL,
  PRIMARY KEY (purpose, valid_from),
  CHECK (valid_to > valid_from)
);
COMMENT ON TABLE identity.consent_purpose IS 'For what a person may be asked to consent, on which days; the words stand in the texts';
COMMENT ON COLUMN identity.consent_purpose.third_parties IS 'Others receive the data, so that stopping takes them along and has the longer time limit';
INSERT INTO identity.consent_purpose (purpose, third_parties, valid_from, basis) VALUES
  ('share-between-agencies', true, '2026-01-01', 'Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP; NĐ 278/2025/NĐ-CP'),
  ('chat-notices', true, '2026-01-01', 'Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP'),
  ('life-event-suggestions', false, '2026-01-01', 'Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP'),
  ('service-surveys', false, '2026-01-01', 'Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP');

CREATE TABLE identity.consent_record (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES identity.account,
  purpose text NOT NULL,
  given boolean NOT NULL,
  at timestamptz NOT NULL,
  lang text NOT NULL CHECK (lang IN ('vi', 'en')),
  text_hash text NOT NULL,
  session_id uuid,
  expires_at timestamptz
);
CREATE INDEX consent_record_account ON identity.consent_record (account_id, purpose, n DESC);
COMMENT ON TABLE identity.consent_record IS 'Consents given and withdrawn, purpose by purpose; the last row counts';
COMMENT ON COLUMN identity.consent_record.text_hash IS 'SHA-256 of the words that stood beside the choice, in the language of the page';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.consent_record FROM motcua_app;
