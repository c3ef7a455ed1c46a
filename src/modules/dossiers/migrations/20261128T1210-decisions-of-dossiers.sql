CREATE TABLE dossiers.table_decision (
  dossier_id uuid NOT NULL REFERENCES dossiers.dossier (id),
  purpose text NOT NULL CHECK (purpose IN ('routing', 'time-limit', 'components')),
  decision_id uuid NOT NULL,
  PRIMARY KEY (dossier_id, purpose)
);
COMMENT ON TABLE dossiers.table_decision IS 'What a decision table has decided about a dossier: who decides it, how long that may take, which components it needs. A fee stands at its payment request';
COMMENT ON COLUMN dossiers.table_decision.decision_id IS 'decisions.decision_taken: the table with its version, what went in and what came out';
