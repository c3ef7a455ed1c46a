-- Until now only the account filled in answers, and the names of the fields were enough.
UPDATE dossiers.draft SET filled = (SELECT coalesce(jsonb_agg(jsonb_build_object('field', name, 'from', 'account')), '[]') FROM jsonb_array_elements_text(filled) AS name) WHERE filled <> '[]';
COMMENT ON COLUMN dossiers.draft.filled IS 'Answers that were filled in beforehand and not changed since: field, and from where: account, or dossier with code and day';
