INSERT INTO identity.log_in_way (way, holder, valid_from, valid_to, basis) VALUES
  ('passkey', 'person', '2019-12-09', NULL, 'Phương tiện xác thực của tài khoản đã định danh bằng phương thức khác; NĐ 69/2024/NĐ-CP');

-- A planned period that never began may be taken back; what was decided stays in the table below.
CREATE TABLE identity.log_in_way_decision (
  id uuid PRIMARY KEY,
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL,
  way text NOT NULL,
  holder text NOT NULL,
  act text NOT NULL CHECK (act IN ('open', 'close', 'take-back')),
  on_day date NOT NULL,
  basis text NOT NULL
);
CREATE INDEX log_in_way_decision_recent ON identity.log_in_way_decision (decided_at DESC);
COMMENT ON TABLE identity.log_in_way_decision IS 'Who decided when that a way to log in opens or closes on a day, or that a planned change does not happen; never changed or deleted';
COMMENT ON COLUMN identity.log_in_way_decision.on_day IS 'First day of the change, always after the day of the decision';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.log_in_way_decision FROM motcua_app;

CREATE TABLE identity.external_identifier (
  scheme text NOT NULL CHECK (scheme IN ('social-insurance', 'identity-provider')),
  value text NOT NULL,
  account_id uuid NOT NULL REFERENCES identity.account,
  source_phone text,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (scheme, value),
  UNIQUE (account_id, scheme)
);
COMMENT ON TABLE identity.external_identifier IS 'Other numbers by which a person is known and logs in: the social-insurance number, the TechID of electronic identity. Kept by the national node';
COMMENT ON COLUMN identity.external_identifier.source_phone IS 'Telephone that the source told last: only when it tells another one does the account follow, so that a number confirmed here is not overwritten by an old one';

CREATE TABLE identity.provider_level (
  level text NOT NULL CHECK (level ~ '^loa[1-9]$'),
  identity_level smallint NOT NULL CHECK (identity_level BETWEEN 1 AND 4),
  assurance smallint NOT NULL CHECK (assurance BETWEEN 1 AND 3),
  methods text[] NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  basis text NOT NULL,
  PRIMARY KEY (level, identity_level, valid_from),
  CHECK (valid_to > valid_from)
);
COMMENT ON TABLE identity.provider_level IS 'What a log-in by electronic identity is worth here: its authentication level (loAs, acr) and the level of the identity account (IAL), as a strength and as methods of RFC 8176';
COMMENT ON COLUMN identity.provider_level.identity_level IS 'From this level of the identity account on; the highest row that fits counts';

INSERT INTO identity.provider_level (level, identity_level, assurance, methods, valid_from, valid_to, basis) VALUES
  ('loa1', 1, 1, '{pwd}', '2024-07-01', NULL, 'NĐ 69/2024/NĐ-CP, mức xác thực 1'),
  ('loa2', 1, 1, '{mfa,pwd,otp}', '2024-07-01', NULL, 'NĐ 69/2024/NĐ-CP, tài khoản định danh mức 1'),
  ('loa2', 2, 2, '{mfa,pwd,otp}', '2024-07-01', NULL, 'NĐ 69/2024/NĐ-CP, mức xác thực 2'),
  ('loa3', 1, 1, '{mfa,pwd,face}', '2024-07-01', NULL, 'NĐ 69/2024/NĐ-CP, tài khoản định danh mức 1'),
  ('loa3', 2, 3, '{mfa,pwd,face}', '2024-07-01', NULL, 'NĐ 69/2024/NĐ-CP, mức xác thực 3'),
  ('loa4', 1, 1, '{mfa,pwd,face}', '2024-07-01', NULL, 'NĐ 69/2024/NĐ-CP, tài khoản định danh mức 1'),
  ('loa4', 2, 3, '{mfa,pwd,face,hwk}', '2024-07-01', NULL, 'NĐ 69/2024/NĐ-CP, mức xác thực 4');

ALTER TABLE identity.challenge ADD COLUMN way text CHECK (way IN ('phone', 'social-insurance', 'identity-provider'));
COMMENT ON COLUMN identity.challenge.way IS 'The way of a log-in or registration: the second step asks again whether it is open';
