-- Every list of a desk is read from an index in the order in which it is shown, for a commune and for a whole node with a million dossiers alike.
CREATE INDEX dossier_urgency ON dossiers.dossier (node_code, ((finished_at IS NOT NULL)::int), due_at NULLS FIRST, submitted_at);
CREATE INDEX dossier_state ON dossiers.dossier (node_code, state, due_at NULLS FIRST, submitted_at) WHERE state <> 'returned';
CREATE INDEX dossier_submitted ON dossiers.dossier (node_code, submitted_at);
CREATE INDEX dossier_procedure ON dossiers.dossier (node_code, procedure_code, ((finished_at IS NOT NULL)::int), due_at NULLS FIRST, submitted_at);
CREATE INDEX dossier_received_node ON dossiers.dossier (node_code, received_at, code) WHERE received_at IS NOT NULL;
-- In the order of bytes an agency and those below it lie together; in that of a language they need not.
CREATE INDEX dossier_agency ON dossiers.dossier (agency_code COLLATE "C", received_at);
CREATE INDEX dossier_agency_open ON dossiers.dossier (agency_code COLLATE "C", due_at) WHERE state <> 'returned';
DROP INDEX dossiers.dossier_desk;
DROP INDEX dossiers.dossier_received;

CREATE INDEX accountability_dossier ON dossiers.accountability (dossier_id);
CREATE INDEX accountability_answered ON dossiers.accountability (answered_at DESC) WHERE answered_at IS NOT NULL;
CREATE INDEX consultation_answered ON dossiers.consultation (asked_agency, answered_at DESC) WHERE answered_at IS NOT NULL;
