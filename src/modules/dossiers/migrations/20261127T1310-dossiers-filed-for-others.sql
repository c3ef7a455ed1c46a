ALTER TABLE dossiers.dossier ADD COLUMN mandate_id uuid;
ALTER TABLE dossiers.dossier ADD COLUMN filer_account_id uuid;
ALTER TABLE dossiers.dossier ADD CHECK ((mandate_id IS NULL) = (filer_account_id IS NULL));
COMMENT ON COLUMN dossiers.dossier.mandate_id IS 'Mandate under which somebody filed it for its owner; empty where the owner filed';
COMMENT ON COLUMN dossiers.dossier.filer_account_id IS 'Who filed it for its owner, at the node of filing';
CREATE INDEX dossier_filer ON dossiers.dossier (filer_account_id, submitted_at DESC) WHERE filer_account_id IS NOT NULL;

ALTER TABLE dossiers.draft ADD COLUMN mandate_id uuid;
ALTER TABLE dossiers.draft ADD COLUMN party_subject text;
ALTER TABLE dossiers.draft ADD CHECK ((mandate_id IS NULL) = (party_subject IS NULL));
COMMENT ON COLUMN dossiers.draft.party_subject IS 'For whom it is prepared, where that is not the account itself: everybody who may act for that party finds it';
CREATE INDEX draft_party ON dossiers.draft (party_subject, updated_at DESC) WHERE party_subject IS NOT NULL;

-- As before, and under which mandate by whom.
CREATE OR REPLACE FUNCTION dossiers.file(d jsonb, p_answers jsonb, p_summary jsonb, p_applicant jsonb, files jsonb, actor text, event jsonb)
RETURNS TABLE (id uuid, reference text, fresh boolean, same boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  new_id uuid := (d->>'id')::uuid;
  at timestamptz := (d->>'submittedAt')::timestamptz;
BEGIN
  INSERT INTO dossiers.dossier (id, reference, filing_key, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, state, return_way, account_id, owner_node, owner_subject, mandate_id, filer_account_id, limit_value, limit_unit, submitted_at)
  VALUES (new_id, d->>'reference', d->>'filingKey', d->>'procedureCode', (d->>'procedureVersion')::int, d->>'nodeCode', d->>'originNode', d->>'agencyCode', d->>'placeCode', d->>'channel', 'new', d->>'returnWay', (d->>'accountId')::uuid, d->>'ownerNode', d->>'ownerSubject', (d->>'mandateId')::uuid, (d->>'filerAccountId')::uuid, (d->>'limitValue')::int, d->>'limitUnit', at)
  ON CONFLICT (filing_key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT o.id, o.reference, false, o.procedure_code = d->>'procedureCode' AND c.answers = p_answers FROM dossiers.dossier o JOIN dossiers.content c ON c.dossier_id = o.id WHERE o.filing_key = d->>'filingKey';
    RETURN;
  END IF;
  INSERT INTO dossiers.content (dossier_id, form_key, form_version, answers, summary, applicant) VALUES (new_id, d->>'formKey', (d->>'formVersion')::int, p_answers, p_summary, p_applicant);
  IF jsonb_array_length(files) > 0 THEN
    INSERT INTO dossiers.attachment (id, dossier_id, field, file_id, file_name, mime_type, size, added_at)
    SELECT (f->>'id')::uuid, new_id, f->>'field', f->>'fileId', f->>'fileName', f->>'mimeType', (f->>'size')::int, at FROM jsonb_array_elements(files) AS f;
  END IF;
  PERFORM ledger.append('dossier.submitted', new_id::text, actor, event, at);
  RETURN QUERY SELECT new_id, d->>'reference', true, true;
END $$;
