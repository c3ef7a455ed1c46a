import type { Db } from '../../../platform/db.ts'
import { createMemory } from '../../../platform/memory.ts'
import { IndexDraft, SearchIndex } from './search-index.ts'

interface Row { code: string; name: string; nameEn: string | null; keywords: string[]; others: string[]; hasService: boolean; translated: boolean; levels: string[]; subjects: string[]; events: number }

interface Kept { stamp: string; index: SearchIndex }

/** Rows that are taken in before others have their turn: some milliseconds. */
const batch = 60
const looks = createMemory({ capacity: 1 })
const last = new WeakMap<object, Promise<Kept | undefined>>()

/** The index of a database. When the public data have changed, whoever asks next waits for the look whether the search rows are among what changed. */
export async function readIndex(db: Db): Promise<SearchIndex> {
  return (await looks.remember(db, 'index', () => renew(db))).index
}

function renew(db: Db): Promise<Kept> {
  const before = last.get(db)
  const look = async (): Promise<Kept> => {
    const stamp = await readStamp(db)
    const known = await before
    return known?.stamp === stamp ? known : { stamp, index: await buildIndex(db) }
  }
  const value = look()
  last.set(db, value.catch(() => before))
  return value
}

async function readStamp(db: Db): Promise<string> {
  const [row] = await db<{ stamp: string }[]>`SELECT concat_ws(' ', count(*), max(updated_at), sum(version), count(abolished_on)) AS stamp FROM catalogue.procedure`
  return row!.stamp
}

async function buildIndex(db: Db): Promise<SearchIndex> {
  const draft = new IndexDraft()
  for (let after = ''; ;) {
    const rows = await db<Row[]>`
      SELECT code, name_vi AS name, CASE WHEN translated THEN name_en END AS "nameEn", keywords_plain AS keywords, tsvector_to_array(ts_filter(words, '{d}')) AS others,
        has_service AS "hasService", translated, levels, subjects, cardinality(life_events) AS events
      FROM catalogue.procedure WHERE code > ${after} AND abolished_on IS NULL ORDER BY code LIMIT ${batch}`
    for (const row of rows) draft.add({ ...row, prior: priorOf(row) })
    const last = rows.at(-1)
    if (!last || rows.length < batch) return new SearchIndex(draft)
    after = last.code
  }
}

/** How common a procedure is, as far as its entry tells: what can be filed here first, then what belongs to an event of life, then what any citizen does at the commune. */
function priorOf(row: Row): number {
  const near = row.levels.includes('commune') && row.subjects.includes('citizen') ? 0.25 : row.subjects.includes('citizen') ? 0.12 : 0
  return Math.min(1, (row.hasService ? 0.5 : 0) + (row.translated ? 0.35 : 0) + (row.events > 0 ? 0.15 : 0) + near)
}
