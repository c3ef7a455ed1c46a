ALTER TABLE catalogue.document_type ADD COLUMN owner_code text, ADD COLUMN procedure_code text, ADD COLUMN source text;
COMMENT ON COLUMN catalogue.document_type.owner_code IS 'Agency that answers for the entry; NULL for the codes that are everybody''s';
COMMENT ON COLUMN catalogue.document_type.procedure_code IS 'Procedure whose result it is; needed where a province adds one';
REVOKE DELETE, TRUNCATE ON catalogue.document_type, catalogue.sector FROM motcua_app;

CREATE TABLE catalogue.online_service (
  code text NOT NULL CHECK (code ~ '^[0-9]\.[0-9]{6}(\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[GH][0-9]{2})?\.[0-9]{2}$'),
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date,
  name_vi text NOT NULL,
  name_en text,
  procedure_code text NOT NULL,
  online_level text NOT NULL CHECK (online_level IN ('full', 'partial')),
  owner_code text NOT NULL,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
COMMENT ON TABLE catalogue.online_service IS 'Dịch vụ công trực tuyến: what of a procedure can be done online; one procedure may have several';

CREATE TABLE catalogue.collection_account (
  code text NOT NULL CHECK (code ~ '^[A-Z0-9]{2,12}-[0-9.]{4,30}$'),
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date,
  kind text NOT NULL CHECK (kind IN ('treasury', 'commercial')),
  name_vi text NOT NULL,
  holder text NOT NULL,
  institution text NOT NULL,
  owner_code text NOT NULL,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
COMMENT ON TABLE catalogue.collection_account IS 'Tài khoản kho bạc nhà nước, tài khoản ngân hàng thương mại into which an agency collects';
COMMENT ON COLUMN catalogue.collection_account.code IS 'Code of the bank or treasury, a hyphen, the number of the account';

CREATE TABLE catalogue.revenue_type (
  code text NOT NULL CHECK (code ~ '^[0-9]{4}(\.[0-9]{2})?$'),
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date,
  name_vi text NOT NULL,
  name_en text,
  section text,
  source text,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
COMMENT ON TABLE catalogue.revenue_type IS 'Loại hình thu nghĩa vụ tài chính vào ngân sách nhà nước, by the code of the budget''s economic content (tiểu mục)';

CREATE TABLE catalogue.payment_provider (
  code text NOT NULL CHECK (code ~ '^[0-9]{6}$|^[A-Z][A-Z0-9]{1,11}$'),
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date,
  kind text NOT NULL CHECK (kind IN ('bank', 'intermediary')),
  name_vi text NOT NULL,
  short_name text NOT NULL,
  swift_code text,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
COMMENT ON TABLE catalogue.payment_provider IS 'Ngân hàng thương mại, tổ chức cung ứng dịch vụ trung gian thanh toán đã được cấp phép; a bank by its identification number (BIN)';

CREATE TABLE catalogue.master_data_code (
  code text NOT NULL CHECK (code ~ '^DC[0-9]{4}$'),
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date,
  subject text NOT NULL CHECK (subject IN ('person', 'organisation')),
  name_vi text NOT NULL,
  name_en text,
  source text,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
COMMENT ON TABLE catalogue.master_data_code IS 'Mã dữ liệu chủ: the facts about a person or an organisation that an agency takes from a database instead of asking';
REVOKE DELETE, TRUNCATE ON catalogue.online_service, catalogue.collection_account, catalogue.revenue_type, catalogue.payment_provider, catalogue.master_data_code FROM motcua_app;

CREATE TABLE catalogue.list_change (
  id uuid PRIMARY KEY,
  list text NOT NULL,
  key text NOT NULL,
  revision int NOT NULL CHECK (revision > 0),
  action text NOT NULL CHECK (action IN ('add', 'adjust', 'disable')),
  from_date date NOT NULL,
  before jsonb,
  after jsonb,
  basis text NOT NULL,
  right_source text NOT NULL,
  actor text NOT NULL,
  agency_code text NOT NULL,
  import_id uuid,
  changed_at timestamptz NOT NULL,
  UNIQUE (list, key, revision)
);
CREATE INDEX list_change_recent ON catalogue.list_change (list, changed_at DESC);
REVOKE UPDATE, DELETE, TRUNCATE ON catalogue.list_change FROM motcua_app;
COMMENT ON TABLE catalogue.list_change IS 'Every change of a shared catalogue: who, when, from which day, what stood before and what after';
COMMENT ON COLUMN catalogue.list_change.revision IS 'Counts the changes of one entry; 0 is the entry as shipped. A form carries the revision that it showed';
COMMENT ON COLUMN catalogue.list_change.basis IS 'Legal document on which the change rests';
COMMENT ON COLUMN catalogue.list_change.right_source IS 'Article that gave the agency the right';

CREATE TABLE catalogue.list_import (
  id uuid PRIMARY KEY,
  list text NOT NULL,
  actor text NOT NULL,
  agency_code text NOT NULL,
  file_name text NOT NULL,
  lines jsonb NOT NULL,
  from_date date NOT NULL,
  basis text NOT NULL,
  seen jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz
);
CREATE INDEX list_import_waiting ON catalogue.list_import (list, actor, created_at DESC) WHERE confirmed_at IS NULL;
COMMENT ON TABLE catalogue.list_import IS 'A file for a shared catalogue: kept with its preview until the officer confirms it';
COMMENT ON COLUMN catalogue.list_import.seen IS 'Revision of each entry when the preview was shown: a change in between is told, not overwritten';

CREATE TABLE catalogue.list_right (
  editor_kind text NOT NULL,
  list text NOT NULL,
  action text NOT NULL CHECK (action IN ('add', 'adjust', 'disable')),
  scope text NOT NULL CHECK (scope IN ('all', 'own', 'left-to-province')),
  valid_from date NOT NULL,
  valid_to date,
  source text NOT NULL,
  PRIMARY KEY (editor_kind, list, action, valid_from),
  CHECK (valid_to IS NULL OR valid_to > valid_from)
);
REVOKE DELETE, TRUNCATE ON catalogue.list_right FROM motcua_app;
COMMENT ON TABLE catalogue.list_right IS 'Who may add, adjust or disable in which shared catalogue, as the regulation says; what is not listed is refused';
COMMENT ON COLUMN catalogue.list_right.scope IS 'all entries; those of the own agency or province; results of procedures that the law leaves to the province';

CREATE TABLE catalogue.list_editor (
  agency_code text NOT NULL,
  editor_kind text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  source text NOT NULL,
  PRIMARY KEY (agency_code, editor_kind, valid_from)
);
REVOKE DELETE, TRUNCATE ON catalogue.list_editor FROM motcua_app;
COMMENT ON TABLE catalogue.list_editor IS 'Agencies that the regulation names one by one; ministries and provinces follow from their kind';

CREATE VIEW catalogue.procedure_entry AS
  SELECT p.code, v.valid_from, p.abolished_on AS valid_to, p.name_vi, p.name_en, p.sector_code, p.owner_code, p.online_level
  FROM catalogue.procedure p JOIN catalogue.procedure_version v ON v.code = p.code AND v.version = p.version;
COMMENT ON VIEW catalogue.procedure_entry IS 'Procedures as one of the shared catalogues: only read here, since they change by publication decisions';
