CREATE TABLE catalogue.onboarding (
  id uuid PRIMARY KEY,
  procedure_code text NOT NULL,
  service_code text NOT NULL,
  agency_code text NOT NULL,
  approval_number text NOT NULL,
  approval_date date NOT NULL,
  approval_file text NOT NULL,
  approval_file_name text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'returned', 'testing', 'reported', 'confirmed', 'unpublished')),
  due_at timestamptz,
  test_dossiers text[] NOT NULL DEFAULT '{}',
  reason text,
  revision int NOT NULL DEFAULT 1,
  proposed_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
REVOKE DELETE, TRUNCATE ON catalogue.onboarding FROM motcua_app;
CREATE UNIQUE INDEX onboarding_open ON catalogue.onboarding (service_code) WHERE state IN ('proposed', 'testing', 'reported');
CREATE INDEX onboarding_state ON catalogue.onboarding (state, due_at);
COMMENT ON TABLE catalogue.onboarding IS 'Tích hợp, kiểm thử dịch vụ công trực tuyến: from the proposal of a service to its confirmation (S4 art. 27)';
COMMENT ON COLUMN catalogue.onboarding.approval_number IS 'The decision that approves the re-engineered process, without which no service is declared (S4 art. 26)';
COMMENT ON COLUMN catalogue.onboarding.due_at IS 'End of the time that the side whose turn it is has: 2, 5 and again 2 working days';

CREATE TABLE catalogue.onboarding_step (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  onboarding_id uuid NOT NULL REFERENCES catalogue.onboarding,
  state text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  due_before timestamptz,
  reason text
);
REVOKE UPDATE, DELETE, TRUNCATE ON catalogue.onboarding_step FROM motcua_app;
COMMENT ON TABLE catalogue.onboarding_step IS 'Every move of an onboarding: who, when, and until when it had been due';
CREATE INDEX onboarding_step_of ON catalogue.onboarding_step (onboarding_id, id);

CREATE TABLE catalogue.service_change (
  id uuid PRIMARY KEY,
  procedure_code text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'suspended', 'stopped')),
  reason_vi text NOT NULL,
  reason_en text,
  notice_number text,
  from_at timestamptz NOT NULL,
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON catalogue.service_change FROM motcua_app;
CREATE INDEX service_change_of ON catalogue.service_change (procedure_code, from_at DESC, id DESC);
COMMENT ON TABLE catalogue.service_change IS 'Tạm ngừng, dừng, cung cấp trở lại dịch vụ: the newest row that has begun is the state; no row means open (S4 art. 28.4)';

CREATE TABLE catalogue.service_use (
  procedure_code text PRIMARY KEY,
  last_filed_at timestamptz NOT NULL
);
COMMENT ON TABLE catalogue.service_use IS 'When a procedure was last filed for: a service that nobody used for three years is proposed for suspension';
