CREATE TABLE dossiers.return_choice (
  dossier_id uuid PRIMARY KEY,
  desk_code text,
  recipient jsonb,
  chosen_at timestamptz NOT NULL
);
COMMENT ON TABLE dossiers.return_choice IS 'Where the result goes, beside the way that the dossier itself bears: the desk at which it is collected, or who gets it by post. Personal data';
COMMENT ON COLUMN dossiers.return_choice.desk_code IS 'Agency at whose desk it is collected; empty for the one that handles the dossier';
