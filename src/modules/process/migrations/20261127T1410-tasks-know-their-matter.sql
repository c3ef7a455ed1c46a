ALTER TABLE process.instance ADD COLUMN procedure_code text;
ALTER TABLE process.instance ADD COLUMN sector_code text;
ALTER TABLE process.instance ADD COLUMN unit_id text;
COMMENT ON COLUMN process.instance.procedure_code IS 'What is handled, so that an officer limited to a procedure, a sector or a unit finds only his tasks; empty in what began before this was kept';
COMMENT ON COLUMN process.instance.unit_id IS 'Unit of the agency that handled such matters when the instance began';
ALTER TABLE process.task ADD COLUMN in_place_of uuid;
COMMENT ON COLUMN process.task.in_place_of IS 'Officer in whose place done_by did it';
