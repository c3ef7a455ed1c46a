CREATE TABLE national_portal.code (
  list text NOT NULL CHECK (list IN ('TrangThaiHoSo', 'KenhThucHien', 'HinhThuc', 'LoaiDoiTuong', 'NoiNopHoSo', 'LoaiDinhDanh', 'DuocThanhToanTrucTuyen')),
  ours text NOT NULL,
  code text NOT NULL CHECK (code ~ '^[0-9A-Za-z.]{1,20}$'),
  name_vi text NOT NULL,
  is_read boolean NOT NULL DEFAULT true,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  source text NOT NULL,
  PRIMARY KEY (list, ours, valid_from)
);
COMMENT ON TABLE national_portal.code IS 'Danh mục mã của bản tin: which code of the national portal''s messages stands for which fact of ours, from which day on. A message is written and read with the codes of its day';
COMMENT ON COLUMN national_portal.code.is_read IS 'Of several facts under one code, the one that the code is read as';
COMMENT ON COLUMN national_portal.code.ours IS 'Our word for the fact: a state, a channel, a way of return';
-- A state is one thing: no two of ours may stand under one code of a day, so that nothing paused can be told as finished.
CREATE UNIQUE INDEX code_state ON national_portal.code (code, valid_from) WHERE list = 'TrangThaiHoSo';
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON national_portal.code FROM motcua_app;

INSERT INTO national_portal.code (list, ours, code, name_vi, valid_from, source) VALUES
  ('TrangThaiHoSo', 'new', '1', 'Mới đăng ký', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'received', '2', 'Được tiếp nhận', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'not-accepted', '3', 'Không được tiếp nhận', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'in-progress', '4', 'Đang xử lý', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'supplement-required', '5', 'Yêu cầu bổ sung giấy tờ', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'payment-required', '6', 'Yêu cầu thực hiện nghĩa vụ tài chính', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'withdrawal-requested', '7', 'Công dân yêu cầu rút hồ sơ', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'stopped', '8', 'Dừng xử lý', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'finished', '9', 'Đã xử lý xong', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('TrangThaiHoSo', 'returned', '10', 'Đã trả kết quả', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('KenhThucHien', 'desk', '1', 'Trực tiếp', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('KenhThucHien', 'online', '2', 'Trực tuyến', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('KenhThucHien', 'assisted', '2', 'Trực tuyến, có cán bộ hỗ trợ', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('KenhThucHien', 'post', '3', 'Bưu chính công ích', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('HinhThuc', 'desk', '0', 'Trả tại nơi tiếp nhận', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('HinhThuc', 'online', '0', 'Trả trực tuyến: danh mục không có mã riêng', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('HinhThuc', 'post', '1', 'Trả qua bưu chính', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('LoaiDoiTuong', 'person', '1', 'Người dân', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('LoaiDoiTuong', 'enterprise', '2', 'Doanh nghiệp', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('LoaiDoiTuong', 'agency', '3', 'Cơ quan nhà nước', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('LoaiDoiTuong', 'other', '4', 'Tổ chức khác', '2020-01-01', 'Bản tin DongBoHoSoMC'),
  ('NoiNopHoSo', 'portal', '1', 'Nộp từ Cổng Dịch vụ công quốc gia', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('NoiNopHoSo', 'local', '2', 'Nộp từ hệ thống của bộ, tỉnh', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('LoaiDinhDanh', 'citizen', '1', 'Số định danh cá nhân', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('LoaiDinhDanh', 'old-card', '2', 'Chứng minh nhân dân 9 số', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('LoaiDinhDanh', 'tax-code', '3', 'Mã số thuế', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('DuocThanhToanTrucTuyen', 'none', '0', 'Không phải nộp', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('DuocThanhToanTrucTuyen', 'portal', '1', 'Thanh toán trên Cổng Dịch vụ công quốc gia', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('DuocThanhToanTrucTuyen', 'local', '2', 'Thanh toán trên hệ thống của bộ, tỉnh', '2023-01-01', 'Bản tin DongBoHoSoMC'),
  ('DuocThanhToanTrucTuyen', 'offline', '3', 'Không thanh toán trực tuyến', '2023-01-01', 'Bản tin DongBoHoSoMC');

UPDATE national_portal.code SET is_read = false WHERE (list, ours) IN (('KenhThucHien', 'assisted'), ('HinhThuc', 'online'));
CREATE UNIQUE INDEX code_read ON national_portal.code (list, code, valid_from) WHERE is_read;

CREATE TABLE national_portal.dossier (
  dossier_id uuid PRIMARY KEY,
  facts jsonb NOT NULL,
  told jsonb,
  told_at timestamptz,
  changed bigint NOT NULL DEFAULT 1,
  covered bigint NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL,
  waiting_since timestamptz,
  is_sendable boolean NOT NULL,
  is_known boolean NOT NULL DEFAULT false,
  sent_at timestamptz,
  failures int NOT NULL DEFAULT 0,
  retry_at timestamptz,
  dead_at timestamptz,
  dead_answer text,
  dead_problems jsonb,
  mended jsonb NOT NULL DEFAULT '{}',
  account text,
  set_aside_at timestamptz,
  portal_state text,
  checked_at timestamptz,
  difference text CHECK (difference IN ('absent', 'state', 'fields')),
  differed_at timestamptz
) WITH (fillfactor = 80);
COMMENT ON TABLE national_portal.dossier IS 'What the national portal has of each dossier handled here, told by its messages (đồng bộ hồ sơ). The messages themselves are written when they are sent';
COMMENT ON COLUMN national_portal.dossier.facts IS 'Facts of the newest step, as its event has them';
COMMENT ON COLUMN national_portal.dossier.told IS 'Facts of the last step that the portal was told';
COMMENT ON COLUMN national_portal.dossier.changed IS 'Counts changes; what is above `covered` has to be told';
COMMENT ON COLUMN national_portal.dossier.is_sendable IS 'It has a code, or ended without one: until then the portal has nothing to know it by';
COMMENT ON COLUMN national_portal.dossier.is_known IS 'The portal has taken it, or said that it has it';
COMMENT ON COLUMN national_portal.dossier.dead_problems IS 'Why it cannot be told: fields and what is wrong with them, without their values';
COMMENT ON COLUMN national_portal.dossier.mended IS 'Fields that an administrator has put right for the messages, with their values: personal data';
COMMENT ON COLUMN national_portal.dossier.account IS 'By which the portal knows the owner (TechID), as it told: personal data';
COMMENT ON COLUMN national_portal.dossier.portal_state IS 'State that the portal told at the last comparison, by its code';
CREATE INDEX dossier_waiting ON national_portal.dossier (failures, waiting_since) WHERE waiting_since IS NOT NULL AND dead_at IS NULL AND set_aside_at IS NULL AND is_sendable;
CREATE INDEX dossier_dead ON national_portal.dossier (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX dossier_checked ON national_portal.dossier (checked_at NULLS FIRST) WHERE is_known;
CREATE INDEX dossier_difference ON national_portal.dossier (differed_at) WHERE difference IS NOT NULL;

CREATE TABLE national_portal.step (
  position bigint PRIMARY KEY,
  dossier_id uuid NOT NULL REFERENCES national_portal.dossier (dossier_id),
  type text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  data jsonb NOT NULL
);
CREATE INDEX step_dossier ON national_portal.step (dossier_id, position);
COMMENT ON TABLE national_portal.step IS 'Steps of dossiers that the portal is still to be told, in their order, as their events have them; deleted when told. No personal data';

CREATE TABLE national_portal.connection (
  id text PRIMARY KEY CHECK (id = 'portal'),
  failures int NOT NULL DEFAULT 0,
  next_at timestamptz,
  last_attempt_at timestamptz,
  last_success_at timestamptz,
  last_error text,
  lease_owner text,
  lease_until timestamptz,
  compared_at timestamptz
);
COMMENT ON TABLE national_portal.connection IS 'How the national portal answers, and which process is talking to it now';
INSERT INTO national_portal.connection (id) VALUES ('portal');
