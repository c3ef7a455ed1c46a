CREATE TABLE calendar.override (
  date date PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('off', 'working')),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 200),
  set_by text NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE calendar.override IS 'Yearly decisions that depart from the rules of the Labour Code: announced days off, make-up days, swaps';
COMMENT ON COLUMN calendar.override.kind IS 'off: no work although the rules say so; working: a make-up day';
COMMENT ON COLUMN calendar.override.reason IS 'Official text, shown to people as it stands';
COMMENT ON COLUMN calendar.override.set_by IS 'Actor key (kind:id), never a name';

CREATE TABLE calendar.office_hours (
  valid_from date PRIMARY KEY,
  sessions jsonb NOT NULL,
  source text NOT NULL
);
COMMENT ON TABLE calendar.office_hours IS 'Opening times of the offices, each valid from its date until the next row';
COMMENT ON COLUMN calendar.office_hours.sessions IS 'Minutes after midnight in order: [{"start": 420, "end": 690}, {"start": 810, "end": 1020}]';

INSERT INTO calendar.office_hours (valid_from, sessions, source) VALUES
  ('1970-01-01', '[{"start": 420, "end": 690}, {"start": 810, "end": 1020}]', 'Giờ hành chính: 7:00–11:30, 13:30–17:00');

-- What was announced for the years whose dossiers may still be open; later years come through the administration page.
INSERT INTO calendar.override (date, kind, reason, source, set_by) VALUES
  ('2025-01-27', 'off', 'Nghỉ Tết Nguyên đán Ất Tỵ', 'Thông báo nghỉ lễ, Tết năm 2025', 'system:migration'),
  ('2025-02-03', 'working', 'Ngày làm việc sau Tết Nguyên đán Ất Tỵ', 'Thông báo nghỉ lễ, Tết năm 2025', 'system:migration'),
  ('2025-04-26', 'working', 'Làm bù cho ngày 02/5/2025', 'Thông báo nghỉ lễ, Tết năm 2025', 'system:migration'),
  ('2025-05-02', 'off', 'Hoán đổi với ngày 26/4/2025', 'Thông báo nghỉ lễ, Tết năm 2025', 'system:migration'),
  ('2026-01-02', 'off', 'Hoán đổi với ngày 10/01/2026', 'Thông báo nghỉ lễ, Tết năm 2026', 'system:migration'),
  ('2026-01-10', 'working', 'Làm bù cho ngày 02/01/2026', 'Thông báo nghỉ lễ, Tết năm 2026', 'system:migration'),
  ('2026-08-22', 'working', 'Làm bù cho ngày 31/8/2026', 'Thông báo nghỉ lễ, Tết năm 2026', 'system:migration'),
  ('2026-08-31', 'off', 'Hoán đổi với ngày 22/8/2026', 'Thông báo nghỉ lễ, Tết năm 2026', 'system:migration');
