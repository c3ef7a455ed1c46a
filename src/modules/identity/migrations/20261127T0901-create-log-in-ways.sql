CREATE TABLE identity.log_in_way (
  way text NOT NULL CHECK (way IN ('phone', 'social-insurance', 'token', 'sim', 'identity-provider', 'passkey')),
  holder text NOT NULL CHECK (holder IN ('person', 'organisation')),
  valid_from date NOT NULL,
  valid_to date,
  basis text NOT NULL,
  PRIMARY KEY (way, holder, valid_from),
  CHECK (valid_to > valid_from)
);
COMMENT ON TABLE identity.log_in_way IS 'By which ways one may register and log in on a day: the 2020 regulation opened several, the one in force since 2026-07-20 electronic identity alone';
COMMENT ON COLUMN identity.log_in_way.valid_to IS 'First day on which it is closed; empty while it is open';
COMMENT ON COLUMN identity.log_in_way.basis IS 'The rule that opens it, by number and article';

INSERT INTO identity.log_in_way (way, holder, valid_from, valid_to, basis) VALUES
  ('phone', 'person', '2019-12-09', '2026-07-20', 'QĐ 31/2021/QĐ-TTg, Điều 9'),
  ('social-insurance', 'person', '2019-12-09', '2026-07-20', 'QĐ 31/2021/QĐ-TTg, Điều 9'),
  ('token', 'person', '2019-12-09', '2026-07-20', 'QĐ 31/2021/QĐ-TTg, Điều 9'),
  ('sim', 'person', '2019-12-09', '2026-07-20', 'QĐ 31/2021/QĐ-TTg, Điều 9'),
  ('identity-provider', 'person', '2019-12-09', NULL, 'QĐ 31/2021/QĐ-TTg, Điều 9; QĐ 29/2026/QĐ-TTg'),
  ('token', 'organisation', '2019-12-09', '2026-07-20', 'QĐ 31/2021/QĐ-TTg, Điều 10'),
  ('sim', 'organisation', '2019-12-09', '2026-07-20', 'QĐ 31/2021/QĐ-TTg, Điều 10'),
  ('identity-provider', 'organisation', '2025-07-01', NULL, 'NĐ 69/2024/NĐ-CP; QĐ 29/2026/QĐ-TTg');
