CREATE TABLE documents.official_form (
  kind text NOT NULL CHECK (kind IN ('appointment-slip', 'supplement-request', 'refusal', 'apology', 'stop-notice', 'control-slip', 'register')),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  edition text NOT NULL CHECK (edition ~ '^[a-z0-9-]+$'),
  number text NOT NULL,
  title text NOT NULL,
  sign text,
  source text NOT NULL,
  PRIMARY KEY (kind, valid_from)
);
COMMENT ON TABLE documents.official_form IS 'Forms of papers that a circular prescribes (biểu mẫu), by the day of issue. A row that was used is never changed';
COMMENT ON COLUMN documents.official_form.valid_to IS 'First day on which it no longer holds; empty for the one in force';
COMMENT ON COLUMN documents.official_form.edition IS 'The circular, as templates name it where its wording differs from the one before';
COMMENT ON COLUMN documents.official_form.sign IS 'Sign after the number of the paper, as in 21/XL; empty for papers without a number of their own';
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON documents.official_form FROM motcua_app;

INSERT INTO documents.official_form (kind, valid_from, valid_to, edition, number, title, sign, source) VALUES
  ('appointment-slip',   '2019-01-08', '2025-09-15', 'tt-01-2018', '01', 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'TNHS', 'Thông tư 01/2018/TT-VPCP'),
  ('supplement-request', '2019-01-08', '2025-09-15', 'tt-01-2018', '02', 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', 'HDHT', 'Thông tư 01/2018/TT-VPCP'),
  ('refusal',            '2019-01-08', '2025-09-15', 'tt-01-2018', '03', 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', 'TCTN', 'Thông tư 01/2018/TT-VPCP'),
  ('apology',            '2019-01-08', '2025-09-15', 'tt-01-2018', '04', 'Phiếu xin lỗi và hẹn lại ngày trả kết quả', 'XLHL', 'Thông tư 01/2018/TT-VPCP'),
  ('control-slip',       '2019-01-08', '2025-09-15', 'tt-01-2018', '05', 'Phiếu kiểm soát quá trình giải quyết hồ sơ', NULL, 'Thông tư 01/2018/TT-VPCP'),
  ('register',           '2019-01-08', '2025-09-15', 'tt-01-2018', '06', 'Sổ theo dõi hồ sơ', NULL, 'Thông tư 01/2018/TT-VPCP'),
  ('appointment-slip',   '2025-09-15', NULL, 'tt-03-2025', '01', 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', 'TNHS', 'Thông tư 03/2025/TT-VPCP, Phụ lục I'),
  ('supplement-request', '2025-09-15', NULL, 'tt-03-2025', '02', 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', 'BSHS', 'Thông tư 03/2025/TT-VPCP, Phụ lục I'),
  ('refusal',            '2025-09-15', NULL, 'tt-03-2025', '03', 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', 'TCTN', 'Thông tư 03/2025/TT-VPCP, Phụ lục I'),
  ('apology',            '2025-09-15', NULL, 'tt-03-2025', '04', 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết', 'XLGH', 'Thông tư 03/2025/TT-VPCP, Phụ lục I'),
  ('stop-notice',        '2025-09-15', NULL, 'tt-03-2025', '05', 'Thông báo dừng giải quyết hồ sơ', 'TB', 'Thông tư 03/2025/TT-VPCP, Phụ lục I'),
  ('control-slip',       '2025-09-15', NULL, 'tt-03-2025', '06', 'Phiếu kiểm soát quá trình giải quyết hồ sơ', NULL, 'Thông tư 03/2025/TT-VPCP, Phụ lục I'),
  ('register',           '2025-09-15', NULL, 'tt-03-2025', '07', 'Sổ theo dõi hồ sơ', NULL, 'Thông tư 03/2025/TT-VPCP, Phụ lục I');
