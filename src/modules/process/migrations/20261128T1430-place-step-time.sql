-- Lists behind a step in their order, also where the readings of a procedure are planned once for all: procedure, version and step go together, and as three columns look rarer than they are.
ALTER TABLE process.step_time
  ADD COLUMN place text COLLATE "C" GENERATED ALWAYS AS (procedure_code || '|' || definition_id::text || '|' || element_id) STORED,
  ADD COLUMN office text COLLATE "C" GENERATED ALWAYS AS (split_part(agency_code, '.', 1) || '.' || split_part(agency_code, '.', 2)) STORED;
DROP INDEX process.step_time_standing;
DROP INDEX process.step_time_slowest;
DROP INDEX process.step_time_of_agency;
CREATE INDEX step_time_standing ON process.step_time (place, began_at, task_id) INCLUDE (agency_code, unit_id) WHERE ended IS NULL;
CREATE INDEX step_time_standing_office ON process.step_time (office, place, began_at, task_id) INCLUDE (agency_code, unit_id) WHERE ended IS NULL;
CREATE INDEX step_time_slowest ON process.step_time (place, busy DESC, task_id) INCLUDE (agency_code, unit_id, since) WHERE ended = 'done';
CREATE INDEX step_time_slowest_office ON process.step_time (office, place, busy DESC, task_id) INCLUDE (agency_code, unit_id, since) WHERE ended = 'done';
COMMENT ON COLUMN process.step_time.place IS 'Procedure, version and step as one value: how many stand behind it is then known to who plans a reading';
COMMENT ON COLUMN process.step_time.office IS 'The agency right below the node''s own, with whose steps lists begin';
