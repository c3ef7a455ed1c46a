-- The steps of a whole node in the order of urgency, and those of an agency with all below it.
CREATE INDEX task_open ON process.task (due_at, id) WHERE done_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX task_agency ON process.task (agency_code COLLATE "C", due_at) WHERE done_at IS NULL AND cancelled_at IS NULL;
