-- Only built-in functions, so that a restored dump finds them whatever its search path.
CREATE FUNCTION platform.plain(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  btrim(regexp_replace(translate(lower(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g')), 'đ', 'd'), '[^[:alnum:].]+', ' ', 'g'));
COMMENT ON FUNCTION platform.plain IS 'Lower case without diacritics and punctuation: what is typed in search meets what is written';
