import type { Db } from '../../../platform/db.ts'
import { IndexDraft, SearchIndex } from './search-index.ts'

interface Row { code: string; name: string; nameEn: string | null; keywords: string[]; others: string[]; hasService: boolean; translated: boolean; levels: string[]; subjects: string[]; events: number }

interface Kept { stamp: string; index: SearchIndex }

/** How often a reader has the catalogue looked at for changes. A publication in this process is seen at once, one elsewhere by the next reader after that. */
const lifetimeMs = 4_000
const batch = 400

interface Entry { until: number; generation: number; value: Promise<Kept> }
const kept = new WeakMap<object, Entry>()
let generation = 0

/** After a publication in this process: the next search asks whether the catalogue has changed. */
export function forgetSearch(): void {
  generation++
}

/** The index of a database. Nobody waits for the look whether it is still right, unless something was published here meanwhile. */
export async function readIndex(db: Db): Promise<SearchIndex> {
  const known = kept.get(db)
  if (known && known.generation === generation) {
    if (known.until <= performance.now()) {
      known.until = performance.now() + lifetimeMs
      renew(db, known).catch(() => undefined)
    }
    return (await known.value).index
  }
  return (await renew(db, known)).index
}

function renew(db: Db, known: Entry | undefined): Promise<Kept> {
  const before = known?.value.catch(() => undefined)
  const look = async (): Promise<Kept> => {
    const stamp = await readStamp(db)
    const last = await before
    return last?.stamp === stamp ? last : { stamp, index: await buildIndex(db) }
  }
  const value = look()
  const entry: Entry = { until: performance.now() + lifetimeMs, generation, value }
  if (!known || known.generation !== generation) kept.set(db, entry)
  else value.then(() => { if (kept.get(db) === known) kept.set(db, entry) }, () => undefined)
  value.catch(() => { if (kept.get(db) === entry) kept.delete(db) })
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
