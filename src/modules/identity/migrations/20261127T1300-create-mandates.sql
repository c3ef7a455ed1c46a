CREATE TABLE identity.organisation (
  id uuid PRIMARY KEY,
  subject text NOT NULL UNIQUE,
  tax_code text NOT NULL UNIQUE CHECK (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$'),
  name text NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'dissolved')),
  checked_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.organisation IS 'An organisation or enterprise with an account at the national node, opened by its legal representative. Never deleted';
COMMENT ON COLUMN identity.organisation.subject IS 'Opaque name of the organisation at this node, as owner of its dossiers';
COMMENT ON COLUMN identity.organisation.checked_at IS 'When the business register, or the electronic identity of the organisation, last said who represents it';
REVOKE DELETE, TRUNCATE ON identity.organisation FROM motcua_app;

CREATE TABLE identity.ward (
  id uuid PRIMARY KEY,
  subject text NOT NULL UNIQUE,
  id_number text NOT NULL UNIQUE CHECK (id_number ~ '^[0-9]{12}$'),
  full_name text NOT NULL,
  birth_date date NOT NULL,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE identity.ward IS 'A minor for whom a parent or guardian acts. Who has an account as well is the same person by the id number';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.ward FROM motcua_app;

CREATE TABLE identity.represented_subject (
  represented_id uuid NOT NULL,
  node_code text NOT NULL,
  subject text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (represented_id, node_code),
  UNIQUE (node_code, subject)
);
COMMENT ON TABLE identity.represented_subject IS 'Under which opaque subject each other node knows an organisation or a minor without an account: random, stable, different for every node';
COMMENT ON COLUMN identity.represented_subject.represented_id IS 'Organisation or ward';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.represented_subject FROM motcua_app;

CREATE TABLE identity.mandate (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('representative', 'staff', 'person', 'child')),
  acting_account_id uuid REFERENCES identity.account,
  represented_account_id uuid REFERENCES identity.account,
  organisation_id uuid REFERENCES identity.organisation,
  ward_id uuid REFERENCES identity.ward,
  offered_by text NOT NULL CHECK (offered_by IN ('acting', 'represented')),
  offered_account_id uuid NOT NULL REFERENCES identity.account,
  invited_id_number text CHECK (invited_id_number ~ '^[0-9]{12}$'),
  invited_name text,
  relation text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('all', 'sectors', 'procedures')),
  scope_codes text[] NOT NULL DEFAULT '{}' CHECK ((scope = 'all') = (scope_codes = '{}')),
  rights text[] NOT NULL CHECK (rights <> '{}' AND rights <@ ARRAY['fill-in', 'submit', 'receive', 'pay']),
  starts_at timestamptz NOT NULL,
  expires_at timestamptz,
  lapses_at timestamptz,
  state text NOT NULL CHECK (state IN ('offered', 'awaiting-paper', 'accepted', 'refused', 'withdrawn', 'lapsed', 'expired')),
  offered_at timestamptz NOT NULL,
  acting_confirmed_at timestamptz,
  represented_confirmed_at timestamptz,
  paper text,
  paper_confirmed_by uuid REFERENCES identity.officer,
  ended_at timestamptz,
  CHECK (expires_at > starts_at),
  CHECK (kind = 'representative' OR expires_at IS NOT NULL),
  CHECK (num_nonnulls(represented_account_id, organisation_id, ward_id) <= 1),
  CHECK ((kind IN ('representative', 'staff')) = (organisation_id IS NOT NULL)),
  CHECK ((kind = 'child') = (ward_id IS NOT NULL)),
  CHECK (represented_account_id <> acting_account_id),
  -- In force only when both sides have said so; for a minor the parent alone, for an organisation the register or its representative.
  CHECK (state <> 'accepted' OR (acting_account_id IS NOT NULL AND acting_confirmed_at IS NOT NULL AND num_nonnulls(represented_account_id, organisation_id, ward_id) = 1)),
  CHECK (state <> 'accepted' OR kind <> 'person' OR represented_confirmed_at IS NOT NULL),
  CHECK ((state IN ('offered', 'awaiting-paper', 'accepted')) = (ended_at IS NULL))
);
CREATE INDEX mandate_acting ON identity.mandate (acting_account_id);
CREATE INDEX mandate_represented ON identity.mandate (represented_account_id) WHERE represented_account_id IS NOT NULL;
CREATE INDEX mandate_organisation ON identity.mandate (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX mandate_ward ON identity.mandate (ward_id) WHERE ward_id IS NOT NULL;
CREATE INDEX mandate_invited ON identity.mandate (invited_id_number) WHERE state = 'offered';
CREATE INDEX mandate_expires ON identity.mandate (expires_at) WHERE state IN ('offered', 'awaiting-paper', 'accepted');
CREATE UNIQUE INDEX mandate_one_representative ON identity.mandate (organisation_id) WHERE kind = 'representative' AND state = 'accepted';
COMMENT ON TABLE identity.mandate IS 'That one person may act for a person or an organisation (đại diện, ủy quyền): by law, or as both agreed. Kept by the national node; never deleted';
COMMENT ON COLUMN identity.mandate.kind IS 'representative: legal representative of an organisation; staff: named by that representative; person: by agreement of two persons; child: parent or guardian of a minor';
COMMENT ON COLUMN identity.mandate.invited_id_number IS 'Whom the offering side means. Whether such an account exists is not said: the person finds the offer when logged in';
COMMENT ON COLUMN identity.mandate.expires_at IS 'First moment at which it no longer holds; empty only for a legal representative, whom the register ends';
COMMENT ON COLUMN identity.mandate.lapses_at IS 'Until when an offer may be accepted';
COMMENT ON COLUMN identity.mandate.paper IS 'Kind, number and date of the paper by which an officer confirmed a parent or guardian';
REVOKE DELETE, TRUNCATE ON identity.mandate FROM motcua_app;

CREATE TABLE identity.mandate_rule (
  rule text NOT NULL CHECK (rule IN ('adult-age', 'youngest-agent', 'longest-years', 'usual-years', 'offer-days', 'register-hours')),
  valid_from date NOT NULL,
  valid_to date,
  value int NOT NULL CHECK (value > 0),
  basis text NOT NULL,
  PRIMARY KEY (rule, valid_from),
  CHECK (valid_to > valid_from)
);
COMMENT ON TABLE identity.mandate_rule IS 'Figures of the law of representation, dated: age of majority, terms of a mandate, life of an offer';
INSERT INTO identity.mandate_rule (rule, valid_from, value, basis) VALUES
  ('adult-age', '2017-01-01', 18, 'Bộ luật Dân sự 2015 (91/2015/QH13), Điều 20, Điều 21, Điều 136, Điều 140'),
  ('youngest-agent', '2017-01-01', 15, 'Bộ luật Dân sự 2015, Điều 138 khoản 3'),
  ('longest-years', '2017-01-01', 5, 'Bộ luật Dân sự 2015, Điều 563: thời hạn do các bên thỏa thuận; giới hạn do hệ thống đặt ra'),
  ('usual-years', '2017-01-01', 1, 'Bộ luật Dân sự 2015, Điều 563: không có thỏa thuận thì hiệu lực 01 năm'),
  ('offer-days', '2017-01-01', 30, 'Quy tắc của hệ thống'),
  ('register-hours', '2017-01-01', 72, 'Quy tắc của hệ thống: dữ liệu đăng ký doanh nghiệp cũ hơn thì không dùng để thực hiện thay');
REVOKE UPDATE, DELETE, TRUNCATE ON identity.mandate_rule FROM motcua_app;

CREATE TABLE identity.mandate_draft (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES identity.account,
  answers jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX mandate_draft_account ON identity.mandate_draft (account_id);
COMMENT ON TABLE identity.mandate_draft IS 'A mandate in preparation, answered page by page; removed when it is offered, or after a week';

CREATE TABLE identity.mandate_copy (
  mandate_id uuid PRIMARY KEY,
  acting_account_id uuid NOT NULL REFERENCES identity.account,
  kind text NOT NULL,
  represented_kind text NOT NULL CHECK (represented_kind IN ('person', 'organisation')),
  subject text NOT NULL,
  name text NOT NULL,
  facts jsonb NOT NULL,
  scope text NOT NULL,
  scope_codes text[] NOT NULL,
  rights text[] NOT NULL,
  starts_at timestamptz NOT NULL,
  expires_at timestamptz,
  learnt_at timestamptz NOT NULL,
  absent_since timestamptz
);
CREATE INDEX mandate_copy_acting ON identity.mandate_copy (acting_account_id);
COMMENT ON TABLE identity.mandate_copy IS 'At a local node: mandates of those who logged in there, as the national node told them at the last log-in';
COMMENT ON COLUMN identity.mandate_copy.facts IS 'Number and birth date of who is represented, to fill in forms';
COMMENT ON COLUMN identity.mandate_copy.absent_since IS 'Since which log-in the national node no longer names it';
REVOKE DELETE, TRUNCATE ON identity.mandate_copy FROM motcua_app;

CREATE TABLE identity.mandate_notice (
  mandate_id uuid NOT NULL,
  at timestamptz NOT NULL,
  usable boolean NOT NULL,
  PRIMARY KEY (mandate_id, at)
);
COMMENT ON TABLE identity.mandate_notice IS 'At a local node: what the national node said about a mandate between log-ins. The last word counts, also about one that is learnt only afterwards';
REVOKE UPDATE, DELETE, TRUNCATE ON identity.mandate_notice FROM motcua_app;

ALTER TABLE identity.session ADD COLUMN mandate_id uuid;
COMMENT ON COLUMN identity.session.mandate_id IS 'For whom the person acts in this session; judged anew at every request';

-- Every mandate that would let somebody act, with its dates: what is not here lets nobody act, whatever a session says.
CREATE VIEW identity.acting_right AS
  SELECT m.id AS mandate_id, m.acting_account_id, m.kind, CASE WHEN o.id IS NULL THEN 'person' ELSE 'organisation' END AS represented_kind,
    coalesce(a.id, wa.id, o.id) AS represented_id, coalesce(m.ward_id, o.id) AS party_id, coalesce(a.subject, wa.subject, o.subject, w.subject) AS subject, coalesce(a.full_name, o.name, w.full_name) AS name,
    jsonb_strip_nulls(jsonb_build_object('idNumber', coalesce(a.id_number, w.id_number), 'birthDate', coalesce(a.birth_date, w.birth_date), 'taxCode', o.tax_code)) AS facts,
    m.scope, m.scope_codes, m.rights, m.starts_at, m.expires_at
  FROM identity.mandate m
  LEFT JOIN identity.account a ON a.id = m.represented_account_id
  LEFT JOIN identity.organisation o ON o.id = m.organisation_id
  LEFT JOIN identity.ward w ON w.id = m.ward_id
  LEFT JOIN identity.account wa ON wa.id_number = w.id_number
  WHERE m.state = 'accepted' AND coalesce(a.state, wa.state, 'active') <> 'closed'
    AND (o.id IS NULL OR (o.state = 'active' AND (m.kind = 'representative'
      OR EXISTS (SELECT 1 FROM identity.mandate r WHERE r.organisation_id = o.id AND r.kind = 'representative' AND r.state = 'accepted'))))
  UNION ALL
  SELECT c.mandate_id, c.acting_account_id, c.kind, c.represented_kind, a.id, NULL::uuid, c.subject, c.name, c.facts, c.scope, c.scope_codes, c.rights, c.starts_at, c.expires_at
  FROM identity.mandate_copy c
  LEFT JOIN identity.account a ON a.subject = c.subject
  WHERE c.absent_since IS NULL
    AND NOT EXISTS (SELECT 1 FROM (SELECT n.usable FROM identity.mandate_notice n WHERE n.mandate_id = c.mandate_id ORDER BY n.at DESC LIMIT 1) AS last WHERE NOT last.usable);
COMMENT ON VIEW identity.acting_right IS 'Who may act for whom, at the national node by mandates, at a local node by what the national node told';
GRANT SELECT ON identity.acting_right TO motcua_app;
