import type { Db } from '../../../../platform/db.ts'
import { civilDate } from '../../../../platform/i18n.ts'

/** What a log-in by electronic identity is worth here. */
export interface Worth { assurance: 1 | 2 | 3; methods: string[] }

/** By the levels that the provider names and the level of the identity account, as the table stands on that day; the weakest counts. Undefined where one of them is unknown. */
export async function worthOf(db: Db, levels: readonly string[], identityLevel: number, at: Date): Promise<Worth | undefined> {
  const day = civilDate(at)
  const rows = await db<(Worth & { level: string })[]>`
    SELECT DISTINCT ON (level) level, assurance, methods FROM identity.provider_level
    WHERE level IN ${db(levels)} AND identity_level <= ${identityLevel} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})
    ORDER BY level, identity_level DESC`
  if (levels.some((level) => !rows.some((row) => row.level === level))) return undefined
  const [weakest] = [...rows].sort((a, b) => a.assurance - b.assurance || a.level.localeCompare(b.level))
  return weakest && { assurance: weakest.assurance, methods: weakest.methods }
}
