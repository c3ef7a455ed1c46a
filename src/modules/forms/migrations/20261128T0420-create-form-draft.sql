ALTER TABLE forms.form_version
  ADD COLUMN origin text NOT NULL DEFAULT 'shipped' CHECK (origin IN ('shipped', 'authored')),
  ADD COLUMN published_by text,
  ADD COLUMN published_name text;
COMMENT ON COLUMN forms.form_version.origin IS 'shipped with the program, or authored by officers at the national node';
COMMENT ON COLUMN forms.form_version.published_by IS 'Who published it, "officer:…"; empty for what was shipped or came from the national node';

CREATE TABLE forms.form_draft (
  key text PRIMARY KEY,
  base_version int NOT NULL CHECK (base_version >= 1),
  definition jsonb NOT NULL,
  trial jsonb,
  revision int NOT NULL DEFAULT 1 CHECK (revision >= 1),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'in-check')),
  edited_by text NOT NULL,
  edited_name text NOT NULL,
  edited_at timestamptz NOT NULL,
  started_at timestamptz NOT NULL,
  note text
);
COMMENT ON TABLE forms.form_draft IS 'The next version of a form while officers work on it: one for each form, gone when it is published or given up';
COMMENT ON COLUMN forms.form_draft.base_version IS 'The version that it began with';
COMMENT ON COLUMN forms.form_draft.definition IS 'As it stands, perhaps unfinished: pages may still be empty, references may lead nowhere';
COMMENT ON COLUMN forms.form_draft.trial IS 'Made-up answers with which the form was last tried out; sample answers where there are none';
COMMENT ON COLUMN forms.form_draft.revision IS 'Goes up with every change, so that the second of two windows overwrites nothing';
COMMENT ON COLUMN forms.form_draft.edited_by IS 'Who changed it last, "officer:…": somebody else publishes';
COMMENT ON COLUMN forms.form_draft.note IS 'What the second pair of eyes wants changed, when it sent the draft back';
