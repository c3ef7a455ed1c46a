CREATE TABLE calendar.rule_set (
  code text PRIMARY KEY,
  valid_from date NOT NULL UNIQUE,
  valid_to date CHECK (valid_to > valid_from),
  title text NOT NULL,
  rules jsonb NOT NULL,
  articles jsonb NOT NULL
);
COMMENT ON TABLE calendar.rule_set IS 'Rules of time limits (quy tắc tính thời hạn) by the day of reception; a dossier keeps the one under which it was received, so a row that was used is never changed';
COMMENT ON COLUMN calendar.rule_set.valid_to IS 'First day on which it no longer holds; empty for the one in force';
COMMENT ON COLUMN calendar.rule_set.articles IS 'Ground of each rule, official text';
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON calendar.rule_set FROM motcua_app;

INSERT INTO calendar.rule_set (code, valid_from, valid_to, title, rules, articles) VALUES
  ('nd-61-2018', '2018-06-21', '2025-07-01', 'Nghị định 61/2018/NĐ-CP',
   '{"inDayCutoff": 900, "workingDayHours": 8, "firstReactionHours": 8, "stops": ["supplement", "payment"], "afterSupplement": "resume", "extensions": 1, "extensionNoticeDays": 1}',
   '{"start": "Nghị định 61/2018/NĐ-CP (tiếp nhận hồ sơ hợp lệ); Bộ luật Dân sự 2015, Điều 147", "end": "Bộ luật Dân sự 2015, Điều 148", "workingDays": "Bộ luật Lao động, Điều 111, 112", "inDayCutoff": "Nghị định 61/2018/NĐ-CP", "firstReaction": "Nghị định 45/2020/NĐ-CP", "stops": "Quyết định 766/QĐ-TTg, chỉ số 2.1", "afterSupplement": "Nghị định 61/2018/NĐ-CP; quy định riêng của thủ tục", "extensions": "Nghị định 61/2018/NĐ-CP, Điều 19"}'),
  ('nd-118-2025', '2025-07-01', NULL, 'Nghị định 118/2025/NĐ-CP',
   '{"inDayCutoff": 900, "workingDayHours": 8, "firstReactionHours": 8, "stops": ["supplement", "payment"], "afterSupplement": "resume", "extensions": 1, "extensionNoticeDays": 1}',
   '{"start": "Nghị định 118/2025/NĐ-CP (tiếp nhận hồ sơ hợp lệ); Bộ luật Dân sự 2015, Điều 147", "end": "Bộ luật Dân sự 2015, Điều 148", "workingDays": "Bộ luật Lao động 2019, Điều 111, 112", "inDayCutoff": "Nghị định 118/2025/NĐ-CP", "firstReaction": "Nghị định 118/2025/NĐ-CP; 8 giờ làm việc", "stops": "Quyết định 766/QĐ-TTg, chỉ số 2.1", "afterSupplement": "Nghị định 118/2025/NĐ-CP; quy định riêng của thủ tục", "extensions": "Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP, mẫu số 04"}');

ALTER TABLE calendar.office_hours ADD COLUMN agency_code text NOT NULL DEFAULT '';
ALTER TABLE calendar.office_hours ADD COLUMN valid_to date CHECK (valid_to > valid_from);
ALTER TABLE calendar.office_hours DROP CONSTRAINT office_hours_pkey;
ALTER TABLE calendar.office_hours ADD PRIMARY KEY (agency_code, valid_from);
COMMENT ON COLUMN calendar.office_hours.agency_code IS 'Agency with hours of its own, and all below it; empty for the whole node';
COMMENT ON COLUMN calendar.office_hours.valid_to IS 'First day on which they no longer hold; empty until the next row';

CREATE TABLE calendar.change (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('override', 'remove-override', 'hours', 'remove-hours')),
  data jsonb NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decision text CHECK (decision IN ('confirmed', 'dropped')),
  decided_by text,
  decided_at timestamptz,
  CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL))
);
COMMENT ON TABLE calendar.change IS 'Changes of the working calendar: proposed, shown with the dossiers that they move, then confirmed or dropped';
COMMENT ON COLUMN calendar.change.proposed_by IS 'Actor key (kind:id), never a name';
REVOKE DELETE, TRUNCATE ON calendar.change FROM motcua_app;
