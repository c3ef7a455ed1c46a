import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'

/** Linked groups in force to which a procedure belongs. */
export async function groupsOf(db: Db, code: string, day: string, lang: Lang): Promise<{ code: string; name: string }[]> {
  return await db<{ code: string; name: string }[]>`
    SELECT DISTINCT ON (code) code, coalesce(content->'name'->>${lang}, content->'name'->>'vi') AS name FROM catalogue.procedure_version
    WHERE content ? 'linked' AND content->'linked'->'members' @> ${db.json([{ code }])} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY code, version DESC`
}
