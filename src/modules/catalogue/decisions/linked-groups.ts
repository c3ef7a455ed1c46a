import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { createMemory } from '../../../platform/memory.ts'

interface Group { code: string; vi: string; en: string; members: string[] }

const groups = createMemory({ capacity: 4 })

/** Linked groups in force to which a procedure belongs. They are few and every page asks, so all of a day are read together. */
export async function groupsOf(db: Db, code: string, day: string, lang: Lang): Promise<{ code: string; name: string }[]> {
  const all = await groups.remember(db, day, async () => await db<Group[]>`
    SELECT DISTINCT ON (code) code, content->'name'->>'vi' AS vi, coalesce(content->'name'->>'en', content->'name'->>'vi') AS en,
      ARRAY(SELECT m->>'code' FROM jsonb_array_elements(content->'linked'->'members') m) AS members
    FROM catalogue.procedure_version WHERE content ? 'linked' AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY code, version DESC`)
  return all.filter((g) => g.members.includes(code)).map((g) => ({ code: g.code, name: g[lang] }))
}
