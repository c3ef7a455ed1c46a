CREATE TABLE organisations.administrative_unit (
  code text NOT NULL,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date,
  level text NOT NULL CHECK (level IN ('province', 'district', 'commune')),
  type text NOT NULL CHECK (type IN ('province', 'city', 'district', 'urban-district', 'town', 'provincial-city', 'commune', 'ward', 'township', 'special-zone')),
  name text NOT NULL,
  full_name text NOT NULL,
  parent_code text,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX administrative_unit_parent ON organisations.administrative_unit (parent_code, level);
COMMENT ON TABLE organisations.administrative_unit IS 'Đơn vị hành chính in every generation. A code may mean another place after a reform: read it together with a date';
COMMENT ON COLUMN organisations.administrative_unit.valid_to IS 'First day on which the row no longer holds; NULL while it does';
COMMENT ON COLUMN organisations.administrative_unit.parent_code IS 'Province of a district or commune; until 2025-06-30 the district of a commune';

CREATE TABLE organisations.administrative_unit_succession (
  old_code text NOT NULL,
  new_code text NOT NULL,
  level text NOT NULL CHECK (level IN ('province', 'commune')),
  happened_on date NOT NULL,
  whole boolean NOT NULL,
  PRIMARY KEY (old_code, new_code, level, happened_on)
);
CREATE INDEX administrative_unit_succession_new ON organisations.administrative_unit_succession (new_code, level);
COMMENT ON TABLE organisations.administrative_unit_succession IS 'Which unit went into which at a reform; old_code counts on the day before, new_code from that day on';
COMMENT ON COLUMN organisations.administrative_unit_succession.whole IS 'True when the whole old unit went there, false when only a part did';

CREATE TABLE organisations.agency (
  code text NOT NULL CHECK (code ~ '^[GH][0-9]{2}(\.[0-9]{2,3})*$' AND length(code) <= 35),
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  kind text NOT NULL,
  level text NOT NULL CHECK (level IN ('ministry', 'province', 'commune')),
  parent_code text,
  node_code text,
  administrative_unit_code text,
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX agency_parent ON organisations.agency (parent_code);
CREATE INDEX agency_node ON organisations.agency (node_code);
CREATE INDEX agency_territory ON organisations.agency (administrative_unit_code, level);
COMMENT ON TABLE organisations.agency IS 'Cơ quan with its identifier code (mã định danh): groups parted by dots, the highest agency first';
COMMENT ON COLUMN organisations.agency.node_code IS 'Code of the node that handles its dossiers; NULL while no node is connected';

CREATE TABLE organisations.unit (
  id text PRIMARY KEY,
  agency_code text NOT NULL,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  position int NOT NULL,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date
);
CREATE INDEX unit_agency ON organisations.unit (agency_code, position);
COMMENT ON TABLE organisations.unit IS 'Đơn vị inside an agency: division, office, one-stop desk';

CREATE TABLE organisations.reference_table (
  name text PRIMARY KEY,
  hash text NOT NULL,
  loaded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE organisations.reference_table IS 'Which edition of the shipped tables of facts is loaded, so that a start with the same edition loads nothing';
