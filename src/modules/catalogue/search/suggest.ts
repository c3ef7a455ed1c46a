import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { createMemory } from '../../../platform/memory.ts'
import { listHref, procedureHref } from '../pages/hrefs.ts'
import { codeOf } from './query-words.ts'
import { readIndex } from './read-index.ts'
import { scoreQuestion } from './score.ts'
import { listLifeEvents, listSectors, type LifeEvent, type SectorChoice } from './search-procedures.ts'
import { plainWords } from './search-index.ts'

export const suggestionKinds = ['procedure', 'life-event', 'sector'] as const
export interface Suggestion { kind: (typeof suggestionKinds)[number]; text: string; href: string }

const most = 8
interface Occasion { plain: string; suggestion: Suggestion }
const occasions = createMemory({ capacity: 1 })

/** What the beginning of a question may become: at most two life events and two sectors, then procedures; eight in all. */
export async function suggest(db: Db, typed: string, lang: Lang): Promise<Suggestion[]> {
  const plain = plainWords(typed.slice(0, 200))
  if (plain.length < 2) return []
  const known = (await readOccasions(db))[lang].filter((o) => ` ${o.plain}`.includes(` ${plain}`)).map((o) => o.suggestion)
  const events = known.filter((s) => s.kind === 'life-event').slice(0, 2)
  const sectors = known.filter((s) => s.kind === 'sector').slice(0, 2)
  const rest = most - events.length - sectors.length
  return [...events, ...(await procedures(db, typed, lang, rest)), ...sectors]
}

async function procedures(db: Db, typed: string, lang: Lang, size: number): Promise<Suggestion[]> {
  const start = codeOf(typed)
  const codes = start ? undefined : scoreQuestion(await readIndex(db), typed, { typing: !/\s$/.test(typed) }).slice(0, size).map((s) => s.code)
  const rows = await db<{ code: string; vi: string; en: string }[]>`
    SELECT code, name_vi AS vi, name_en AS en FROM catalogue.procedure
    WHERE abolished_on IS NULL AND ${codes ? db`code = ANY(${codes})` : db`code LIKE ${`${start!}%`}`}
    ORDER BY ${codes ? db`array_position(${codes}::text[], code)` : db`code`} LIMIT ${size}`
  return rows.map((r) => ({ kind: 'procedure', text: r[lang].length > 160 ? `${r[lang].slice(0, 159)}…` : r[lang], href: procedureHref(r.code) }))
}

function readOccasions(db: Db): Promise<Record<Lang, Occasion[]>> {
  return occasions.remember(db, 'all', async () => {
    const [events, sectors] = await Promise.all([listLifeEvents(db), listSectors(db)])
    return { vi: drawUp(events, sectors, 'vi'), en: drawUp(events, sectors, 'en') }
  })
}

function drawUp(events: readonly LifeEvent[], sectors: readonly SectorChoice[], lang: Lang): Occasion[] {
  const ranked = [...sectors].sort((a, b) => b.procedures - a.procedures)
  return [
    ...events.map((e) => ({ plain: plainWords(e.name[lang]), suggestion: { kind: 'life-event' as const, text: e.name[lang], href: listHref({ 'su-kien': e.code }) } })),
    ...ranked.map((s) => ({ plain: plainWords(s.name[lang]), suggestion: { kind: 'sector' as const, text: s.name[lang], href: listHref({ 'linh-vuc': s.code }) } })),
  ]
}
