CREATE FUNCTION platform.enqueue(p_queue text, p_payload jsonb) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO platform.job (queue, payload, run_at) VALUES (p_queue, p_payload, 'epoch') RETURNING id
$$;
COMMENT ON FUNCTION platform.enqueue IS 'Asks for work inside an act that is one statement';
