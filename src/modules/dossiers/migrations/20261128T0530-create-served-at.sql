CREATE TABLE dossiers.served_at (
  dossier_id uuid NOT NULL,
  what text NOT NULL CHECK (what IN ('help', 'receipt', 'return')),
  agency_code text NOT NULL,
  officer_id uuid NOT NULL,
  at timestamptz NOT NULL,
  recipient text CHECK (recipient IS NULL OR what = 'return'),
  PRIMARY KEY (dossier_id, what)
);
COMMENT ON TABLE dossiers.served_at IS 'At which desk a person was helped, the dossier received, the result handed out, where that is not the agency that decides (không phụ thuộc địa giới hành chính)';
COMMENT ON COLUMN dossiers.served_at.recipient IS 'Who signed for the result; personal data';
