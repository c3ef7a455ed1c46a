import type { Tx } from '../../../platform/db.ts'
import { contentHash } from '../../../platform/canonical-json.ts'
import type { DigestEntry } from './catalogue-digest.ts'

export type Difference = 'missing' | 'differing' | 'extra' | 'damaged'
export interface CopyEntry { code: string; version: number; is: Difference }
export interface Comparison { versions: number; entries: CopyEntry[] }

/**
 * What a local copy lacks or has otherwise than this (national) node, by content. Of the copies that provinces make of a ministry's
 * procedure a node holds only its own. What is to be sent is looked at here too: a version that is
 * damaged at this node is not offered as the truth.
 */
export async function compareCopy(tx: Tx, nodeCode: string, digest: readonly DigestEntry[]): Promise<Comparison> {
  const rows = await tx<{ code: string; version: number; is: Difference }[]>`
    WITH theirs AS (SELECT code, version, hash FROM unnest(${digest.map((d) => d[0])}::text[], ${digest.map((d) => d[1])}::int[], ${digest.map((d) => d[2])}::text[]) AS d (code, version, hash))
    SELECT coalesce(v.code, t.code) AS code, coalesce(v.version, t.version) AS version, CASE WHEN t.code IS NULL THEN 'missing' WHEN v.code IS NULL THEN 'extra' ELSE 'differing' END AS is
    FROM (SELECT code, version, content_hash FROM catalogue.procedure_version WHERE base_version IS NULL OR right(code, 3) = ${nodeCode}) v FULL JOIN theirs t ON t.code = v.code AND t.version = v.version WHERE v.content_hash IS DISTINCT FROM t.hash ORDER BY 1, 2`
  const [count] = await tx<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.procedure_version WHERE base_version IS NULL OR right(code, 3) = ${nodeCode}`
  return { versions: count!.n, entries: await markDamaged(tx, rows) }
}

async function markDamaged(tx: Tx, rows: readonly CopyEntry[]): Promise<CopyEntry[]> {
  const entries: CopyEntry[] = []
  for (const row of rows) {
    if (row.is === 'extra') entries.push(row)
    else {
      const [own] = await tx<{ content: unknown; hash: string }[]>`SELECT content, content_hash AS hash FROM catalogue.procedure_version WHERE code = ${row.code} AND version = ${row.version}`
      entries.push(own && contentHash(own.content) === own.hash ? row : { ...row, is: 'damaged' })
    }
  }
  return entries
}
