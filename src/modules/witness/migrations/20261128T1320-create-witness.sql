CREATE TABLE witness.log (
  node_code text PRIMARY KEY,
  log_key text NOT NULL,
  witness_key text NOT NULL,
  known_since timestamptz NOT NULL,
  size bigint NOT NULL DEFAULT 0,
  root bytea,
  note text,
  cosigned_at timestamptz,
  mirrored bigint NOT NULL DEFAULT 0,
  frontier bytea NOT NULL DEFAULT ''
);
COMMENT ON TABLE witness.log IS 'The transparency logs of other nodes as this one knows them: their keys, the last checkpoint that it cosigned, and how much of the log it keeps a copy of';
COMMENT ON COLUMN witness.log.note IS 'The checkpoint as the log signed it: what this witness gives back to a node that was restored from a backup';
COMMENT ON COLUMN witness.log.frontier IS 'Hashes of the complete subtrees of what is copied, the largest first: the root follows from them';

CREATE TABLE witness.tile (
  node_code text NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  subjects text[] NOT NULL,
  PRIMARY KEY (node_code, index)
);
COMMENT ON TABLE witness.tile IS 'Copies of the entries of other logs, 256 a row: thirty-two bytes each, and at the national node what each is about, so that a changed one can be named';

CREATE TABLE witness.refusal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  node_code text NOT NULL,
  reason text NOT NULL,
  request text NOT NULL
);
COMMENT ON TABLE witness.refusal IS 'Signed by the key of a log and not consistent with what this witness has seen of it: evidence that history was bent';
REVOKE UPDATE, DELETE, TRUNCATE ON witness.refusal FROM motcua_app;
