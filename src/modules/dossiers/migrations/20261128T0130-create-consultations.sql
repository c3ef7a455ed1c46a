CREATE TABLE dossiers.consultation (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  dossier_code text NOT NULL,
  procedure_code text NOT NULL,
  asking_agency text NOT NULL,
  asked_agency text NOT NULL,
  question text NOT NULL,
  due_at timestamptz NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by text NOT NULL,
  answer text,
  answered_at timestamptz,
  answered_by text,
  reminded_at timestamptz,
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX consultation_dossier ON dossiers.consultation (dossier_id);
CREATE INDEX consultation_asked ON dossiers.consultation (asked_agency, due_at) WHERE answered_at IS NULL;
COMMENT ON TABLE dossiers.consultation IS 'Opinion asked of another agency on a dossier (lấy ý kiến phối hợp), with its own date; kept at the asking and at the asked node. The time limit of the dossier does not stop for it';

CREATE TABLE dossiers.consultation_file (
  id uuid PRIMARY KEY,
  consultation_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('question', 'answer')),
  file_id text NOT NULL,
  file_name text NOT NULL,
  mime_type text NOT NULL,
  size int NOT NULL
);
CREATE INDEX consultation_file_of ON dossiers.consultation_file (consultation_id);
COMMENT ON TABLE dossiers.consultation_file IS 'Files that came with a question or its answer';

CREATE TABLE dossiers.note (
  id uuid PRIMARY KEY,
  dossier_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('note', 'task')),
  text text NOT NULL,
  due_on date,
  written_at timestamptz NOT NULL,
  written_by text NOT NULL,
  done_at timestamptz,
  done_by text
);
CREATE INDEX note_dossier ON dossiers.note (dossier_id, written_at);
COMMENT ON TABLE dossiers.note IS 'Internal notes and things to do on a dossier, for its officers only: never asked of the applicant, never sent to other nodes';
