import type { Db, Tx } from '../../../platform/db.ts'
import type { CopyEntry } from './compare-copy.ts'

export interface CopyCheck {
  nodeCode: string
  /** When the local node made its digest. */
  madeAt: Date
  checkedAt: Date
  /** Versions at the national node. */
  versions: number
  missing: number
  differing: number
  extra: number
  damaged: number
  /** The first hundred. */
  entries: CopyEntry[]
  /** Since when not equal; null while equal. */
  since: Date | null
  equalAt: Date | null
}

/** Keeps the last comparison of a node; since when it differs stays until it is equal again. An older digest than the one known changes nothing. */
export async function keepCopyCheck(tx: Tx, check: Omit<CopyCheck, 'since' | 'equalAt'>): Promise<void> {
  const isEqual = check.entries.length === 0
  await tx`
    INSERT INTO catalogue.copy_check AS c (node_code, made_at, checked_at, versions, missing, differing, extra, damaged, entries, since, equal_at)
    VALUES (${check.nodeCode}, ${check.madeAt}, ${check.checkedAt}, ${check.versions}, ${check.missing}, ${check.differing}, ${check.extra}, ${check.damaged}, ${tx.json(check.entries.slice(0, 100) as never)}, ${isEqual ? null : check.checkedAt}, ${isEqual ? check.checkedAt : null})
    ON CONFLICT (node_code) DO UPDATE SET made_at = excluded.made_at, checked_at = excluded.checked_at, versions = excluded.versions, missing = excluded.missing, differing = excluded.differing, extra = excluded.extra, damaged = excluded.damaged,
      entries = excluded.entries, since = CASE WHEN ${isEqual} THEN NULL ELSE coalesce(c.since, excluded.since) END, equal_at = coalesce(excluded.equal_at, c.equal_at)
    WHERE c.made_at <= excluded.made_at`
}

export async function listCopyChecks(db: Db): Promise<CopyCheck[]> {
  return await db<CopyCheck[]>`
    SELECT node_code AS "nodeCode", made_at AS "madeAt", checked_at AS "checkedAt", versions, missing, differing, extra, damaged, entries, since, equal_at AS "equalAt" FROM catalogue.copy_check ORDER BY node_code`
}
