ALTER TABLE process.task ADD COLUMN token int;
ALTER TABLE process.task ADD COLUMN item jsonb;
ALTER TABLE process.timer ADD COLUMN token int;
ALTER TABLE process.instance ADD COLUMN signals text[] NOT NULL DEFAULT '{}';
CREATE INDEX instance_signals ON process.instance USING gin (signals) WHERE signals <> '{}';
COMMENT ON COLUMN process.task.token IS 'Token of the instance that stands at this step; empty in steps closed before tokens had numbers';
COMMENT ON COLUMN process.task.item IS 'Where the step is done for each of several things: this one; codes and numbers, no personal data';
COMMENT ON COLUMN process.timer.token IS 'Token of the instance that this moment moves';
COMMENT ON COLUMN process.timer.task_id IS 'The task at whose edge the timer sits; null for any other timer';
COMMENT ON COLUMN process.instance.signals IS 'Names of the signals that it waits to hear';
COMMENT ON COLUMN process.instance.marking IS 'The tokens: {"tokens": [{"id", "at": element, "in": token that holds it, "by": flow whose token waits at a join, "armed": an event beside the flow, …}], "next": next id, "done": completed activities that can be undone}';

-- Until now a marking was {"waiting": [elements], "arrived": [flows]}, with one token per place and the timers at the edge of a task known by their rows alone.
WITH place AS (
  SELECT i.id AS instance_id, w.at, NULL AS by, NULL::text AS host FROM process.instance i, jsonb_array_elements_text(i.marking->'waiting') AS w (at) WHERE i.state IN ('running', 'paused')
  UNION ALL
  SELECT i.id, flow->>'to', a.by, NULL FROM process.instance i JOIN process.definition d ON d.id = i.definition_id, jsonb_array_elements_text(i.marking->'arrived') AS a (by), jsonb_array_elements(d.model->'flows') AS flow
  WHERE i.state IN ('running', 'paused') AND flow->>'id' = a.by
  UNION ALL
  SELECT t.instance_id, t.element_id, NULL, k.element_id FROM process.timer t JOIN process.task k ON k.id = t.task_id JOIN process.instance i ON i.id = t.instance_id
  WHERE i.state IN ('running', 'paused') AND t.fired_at IS NULL AND t.cancelled_at IS NULL
), numbered AS (
  SELECT *, row_number() OVER (PARTITION BY instance_id ORDER BY host NULLS FIRST, by NULLS FIRST, at) AS id FROM place
), token AS (
  SELECT n.*, h.id AS holder FROM numbered n LEFT JOIN numbered h ON h.instance_id = n.instance_id AND h.at = n.host AND h.host IS NULL AND h.by IS NULL
), marking AS (
  SELECT instance_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', id, 'at', at, 'in', holder, 'by', by, 'armed', CASE WHEN host IS NOT NULL THEN true END)) ORDER BY id) AS tokens, max(id) + 1 AS next FROM token GROUP BY instance_id
), moved AS (
  UPDATE process.instance i SET marking = jsonb_build_object('tokens', m.tokens, 'next', m.next, 'done', '[]'::jsonb) FROM marking m WHERE m.instance_id = i.id
), tasks AS (
  UPDATE process.task k SET token = t.id FROM token t WHERE t.instance_id = k.instance_id AND t.at = k.element_id AND t.host IS NULL AND t.by IS NULL AND k.done_at IS NULL AND k.cancelled_at IS NULL
)
UPDATE process.timer r SET token = t.id FROM token t
WHERE t.instance_id = r.instance_id AND t.at = r.element_id AND (r.task_id IS NULL) = (t.host IS NULL) AND t.by IS NULL AND r.fired_at IS NULL AND r.cancelled_at IS NULL;
UPDATE process.instance SET marking = '{"tokens": [], "next": 1, "done": []}' WHERE marking ? 'waiting' AND state IN ('running', 'paused');
