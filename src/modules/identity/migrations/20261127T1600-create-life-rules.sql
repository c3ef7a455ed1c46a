CREATE TABLE identity.life_rule (
  name text NOT NULL,
  value int NOT NULL CHECK (value > 0),
  unit text NOT NULL CHECK (unit IN ('minutes', 'hours', 'days', 'working-days', 'months', 'times')),
  valid_from date NOT NULL,
  valid_to date,
  basis text NOT NULL,
  PRIMARY KEY (name, valid_from),
  CHECK (valid_to > valid_from)
);
COMMENT ON TABLE identity.life_rule IS 'Time limits in the life of an account, each with the days on which it holds and the rule it comes from';
COMMENT ON COLUMN identity.life_rule.valid_to IS 'First day on which it no longer holds; empty while it does';

INSERT INTO identity.life_rule (name, value, unit, valid_from, basis) VALUES
  ('problem-inform', 24, 'hours', '2019-12-09', 'QĐ 31/2021/QĐ-TTg, Điều 13 khoản 1; giờ liên tục theo Bộ luật Dân sự 2015, Điều 144–148'),
  ('problem-result', 48, 'hours', '2019-12-09', 'QĐ 31/2021/QĐ-TTg, Điều 13 khoản 1; giờ liên tục theo Bộ luật Dân sự 2015, Điều 144–148'),
  ('idle-limit', 24, 'months', '2019-12-09', 'QĐ 31/2021/QĐ-TTg, Điều 13 khoản 2'),
  ('idle-notices', 2, 'times', '2019-12-09', 'QĐ 31/2021/QĐ-TTg, Điều 13 khoản 2'),
  ('idle-notice-every', 1, 'months', '2019-12-09', 'QĐ 31/2021/QĐ-TTg, Điều 13 khoản 2'),
  ('request-answer', 2, 'working-days', '2026-01-01', 'NĐ 356/2025/NĐ-CP (Luật 91/2025/QH15)'),
  ('withdrawal-done', 15, 'days', '2026-01-01', 'NĐ 356/2025/NĐ-CP (Luật 91/2025/QH15)'),
  ('withdrawal-done-third-parties', 20, 'days', '2026-01-01', 'NĐ 356/2025/NĐ-CP (Luật 91/2025/QH15)'),
  ('deletion-done', 20, 'days', '2026-01-01', 'NĐ 356/2025/NĐ-CP (Luật 91/2025/QH15)'),
  ('request-extension', 15, 'days', '2026-01-01', 'NĐ 356/2025/NĐ-CP (Luật 91/2025/QH15)'),
  ('deletion-cooling-off', 72, 'hours', '2026-01-01', 'Quy chế của cổng'),
  ('export-kept', 24, 'hours', '2026-01-01', 'Quy chế của cổng'),
  ('personal-code', 5, 'minutes', '2026-01-01', 'Quy chế của cổng'),
  ('recovery-wait', 72, 'hours', '2026-01-01', 'Quy chế của cổng');
