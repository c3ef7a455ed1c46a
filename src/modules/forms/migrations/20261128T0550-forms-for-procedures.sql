CREATE TABLE forms.form_purpose (
  key text PRIMARY KEY,
  procedure_code text NOT NULL UNIQUE,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL
);
COMMENT ON TABLE forms.form_purpose IS 'For which procedure an officer began a form: until the procedure is filed by it, this says whose form it is and which components it may ask for';
COMMENT ON COLUMN forms.form_purpose.made_by IS 'Actor key (kind:id), never a name';

ALTER TABLE forms.form_draft DROP CONSTRAINT form_draft_base_version_check, ADD CONSTRAINT form_draft_base_version_check CHECK (base_version >= 0);
COMMENT ON COLUMN forms.form_draft.base_version IS 'The version that it began with; 0 for a form that has none yet';
