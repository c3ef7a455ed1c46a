import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import type { Level, OnlineLevel, Subject } from '../content.ts'
import { rememberBriefly } from '../remember-briefly.ts'
import { alternativesOf, codeOf, type Alternative } from './query-words.ts'
import { likelyWords, readVocabulary } from './vocabulary.ts'

export const sorts = ['relevance', 'name', 'newest'] as const
export type Sort = (typeof sorts)[number]

export interface ProcedureQuery {
  q?: string
  sector?: string
  level?: Level
  subject?: Subject
  online?: OnlineLevel | 'here'
  lifeEvent?: string
  /** Code of the ministry that owns the procedure. */
  owner?: string
  sort?: Sort
  /** From 1. */
  page?: number
  /** At most 100; 20 unless told. */
  size?: number
  lang?: Lang
}

export interface FoundProcedure {
  code: string
  version: number
  name: { vi: string; en: string }
  summary: { vi: string; en: string } | null
  sector: { code: string; name: { vi: string; en: string } }
  owner: string | null
  levels: Level[]
  onlineLevel: OnlineLevel
  /** Can be filed and decided in this program. */
  hasService: boolean
  translated: boolean
}

export interface Found { rows: FoundProcedure[]; total: number; page: number; pages: number }

/** Shares of the score; the best match of a search keeps those above half of its own. */
const cutOff = 0.55

/**
 * Procedures that meet every given condition. Words are compared without diacritics and with typing errors; a question that begins
 * with a code finds that code. Page numbers beyond the end give the last page.
 */
export async function searchProcedures(db: Db, query: ProcedureQuery): Promise<Found> {
  if (query.q?.trim()) return await findProcedures(db, query)
  const { sector, level, subject, online, lifeEvent, owner, sort, page, size, lang } = query
  return await rememberBriefly(db, `list ${JSON.stringify([sector, level, subject, online, lifeEvent, owner, sort, page, size, lang])}`, () => findProcedures(db, query))
}

async function findProcedures(db: Db, query: ProcedureQuery): Promise<Found> {
  const size = Math.min(Math.max(Math.trunc(query.size ?? 20), 1), 100)
  const question = query.q?.trim() ?? ''
  const scored = question === '' ? undefined : await scoreProcedures(db, question)
  const total = scored?.length === 0 ? 0 : await count(db, query, scored)
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(Math.max(Math.trunc(query.page ?? 1) || 1, 1), pages)
  const rows = total === 0 ? [] : await readPage(db, query, scored, size, (page - 1) * size)
  return { rows, total, page, pages }
}

interface Scored { code: string; score: number }

/** Codes by how well they answer the question, the best first. */
export async function scoreProcedures(db: Db, question: string): Promise<Scored[]> {
  const code = codeOf(question)
  if (code) return (await db<{ code: string }[]>`SELECT code FROM catalogue.procedure WHERE code LIKE ${`${code}%`} ORDER BY code`).map((r) => ({ code: r.code, score: 1 }))
  const alternatives = alternativesOf(question)
  if (alternatives.length === 0) return []
  const candidates = (await Promise.all(alternatives.map((a) => findCandidates(db, a)))).flat()
  if (candidates.length === 0) return []
  const rows = await rank(db, candidates, question)
  const best = rows[0]?.score ?? 0
  return rows.filter((r) => r.score >= best * cutOff)
}

interface Candidate { code: string; plain: string; tokens: number; titled: number; found: number }

/** How many procedures are compared closely; finding them costs one look into the index for each word. */
const close = 100

/** Procedures that hold most of the words. Words that nothing holds count as what they are a slip of; as a last resort, what looks alike. */
async function findCandidates(db: Db, alternative: Alternative): Promise<Candidate[]> {
  const { plain, tokens } = alternative
  const vocabulary = await readVocabulary(db)
  const meant = tokens.map((token) => [token, ...likelyWords(vocabulary, token)])
  const slips = meant.some((words) => words.length > 1)
  const byWords = await findByWords(db, slips ? meant.map((words) => words[1] ?? words[0]!).join(' ') : plain, meant)
  if (byWords.length > 0) return byWords
  const alike = await db<{ code: string }[]>`SELECT code FROM catalogue.similar(${plain}) ORDER BY score DESC, code LIMIT ${close}`
  return alike.map(({ code }) => ({ code, plain, tokens: tokens.length, titled: 0, found: 0 }))
}

async function findByWords(db: Db, plain: string, meant: readonly (readonly string[])[]): Promise<Candidate[]> {
  // The last word may still be on its way.
  const queries = meant.map((words, i) => words.map((w) => `'${w.replaceAll("'", '')}'${i === meant.length - 1 ? ':*' : ''}`).join(' | '))
  const titles = meant.map((words) => words.map((w) => `'${w.replaceAll("'", '')}':AB`).join(' | '))
  const n = meant.length
  const rows = await db<{ code: string; titled: number; found: number }[]>`
    SELECT p.code, (sum(CASE WHEN p.words @@ t.title::tsquery THEN 1 ELSE 0 END) / ${n}::real)::real AS titled, (count(*) / ${n}::real)::real AS found
    FROM unnest(${queries}::text[], ${titles}::text[]) AS t (word, title) JOIN catalogue.procedure p ON p.words @@ t.word::tsquery
    GROUP BY p.code HAVING count(*) >= ${Math.ceil(n * 0.6)} ORDER BY titled DESC, found DESC, p.has_service DESC, p.translated DESC, length(p.name_vi), p.code LIMIT ${close}`
  return rows.map((r) => ({ ...r, plain, tokens: n }))
}

/** The shares of words found weigh most, then how alike the texts are, then whether the words stand together as they were typed. */
async function rank(db: Db, candidates: readonly Candidate[], question: string): Promise<Scored[]> {
  const typed = `%${question.normalize('NFC').toLowerCase().trim().replace(/[\\%_]/g, '\\$&')}%`
  return await db<Scored[]>`
    SELECT p.code, max(2.2 * c.titled + 0.6 * c.found + 1.2 * public.word_similarity(c.plain, p.name_plain) + 0.5 * least(1, c.tokens::real / cardinality(string_to_array(p.name_vi, ' ')))
      + CASE WHEN position(' ' || c.plain || ' ' IN ' ' || p.name_plain || ' ') > 0 THEN 1.0 ELSE 0 END
      + CASE WHEN c.plain = ANY(p.keywords_plain) THEN 0.8 ELSE 0 END
      + CASE WHEN lower(p.name_vi) LIKE ${typed} THEN 0.4 ELSE 0 END
      + CASE WHEN p.has_service THEN 0.45 WHEN p.translated THEN 0.25 ELSE 0 END)::real AS score
    FROM jsonb_to_recordset(${db.json(candidates as never)}) AS c (code text, plain text, tokens int, titled real, found real)
    JOIN catalogue.procedure p ON p.code = c.code GROUP BY p.code ORDER BY score DESC, p.code`
}

function conditions(db: Db, query: ProcedureQuery, scored: readonly Scored[] | undefined) {
  return db`p.abolished_on IS NULL
    ${scored ? db`AND p.code = ANY(${scored.map((s) => s.code)})` : db``}
    ${query.sector ? db`AND p.sector_code = ${query.sector}` : db``}
    ${query.level ? db`AND ${query.level} = ANY(p.levels)` : db``}
    ${query.subject ? db`AND ${query.subject} = ANY(p.subjects)` : db``}
    ${query.online === 'here' ? db`AND p.has_service` : query.online ? db`AND p.online_level = ${query.online}` : db``}
    ${query.lifeEvent ? db`AND ${query.lifeEvent} = ANY(p.life_events)` : db``}
    ${query.owner ? db`AND p.owner_code = ${query.owner}` : db``}`
}

async function count(db: Db, query: ProcedureQuery, scored: readonly Scored[] | undefined): Promise<number> {
  const load = async (): Promise<number> => {
    const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.procedure p WHERE ${conditions(db, query, scored)}`
    return row!.n
  }
  if (scored) return await load()
  const { sector, level, subject, online, lifeEvent, owner } = query
  return await rememberBriefly(db, `count ${JSON.stringify([sector, level, subject, online, lifeEvent, owner])}`, load)
}

function order(db: Db, query: ProcedureQuery, scored: readonly Scored[] | undefined) {
  const name = query.lang === 'en' ? db`left(p.name_en, 100)` : db`left(p.name_vi, 100)`
  if (query.sort === 'name') return db`${name}, p.code`
  if (query.sort === 'newest') return db`p.updated_at DESC, p.code`
  if (scored) return db`array_position(${scored.map((s) => s.code)}::text[], p.code)`
  return db`p.has_service DESC, p.translated DESC, ${name}, p.code`
}

async function readPage(db: Db, query: ProcedureQuery, scored: readonly Scored[] | undefined, size: number, offset: number): Promise<FoundProcedure[]> {
  return await db<FoundProcedure[]>`
    SELECT p.code, p.version, jsonb_build_object('vi', p.name_vi, 'en', p.name_en) AS name,
      CASE WHEN p.summary_vi IS NULL THEN NULL ELSE jsonb_build_object('vi', p.summary_vi, 'en', coalesce(p.summary_en, p.summary_vi)) END AS summary,
      jsonb_build_object('code', p.sector_code, 'name', jsonb_build_object('vi', s.name_vi, 'en', coalesce(s.name_en, s.name_vi))) AS sector,
      p.owner_name AS owner, p.levels, p.online_level AS "onlineLevel", p.has_service AS "hasService", p.translated
    FROM (SELECT * FROM catalogue.procedure p WHERE ${conditions(db, query, scored)} ORDER BY ${order(db, query, scored)} LIMIT ${size} OFFSET ${offset}) p
    LEFT JOIN catalogue.sector s ON s.code = p.sector_code ORDER BY ${order(db, query, scored)}`
}

export interface SectorChoice { code: string; name: { vi: string; en: string }; procedures: number }

/** Sectors that have procedures, with how many. */
export async function listSectors(db: Db): Promise<SectorChoice[]> {
  return await rememberBriefly(db, 'sectors', async () => await db<SectorChoice[]>`
    SELECT s.code, jsonb_build_object('vi', s.name_vi, 'en', coalesce(s.name_en, s.name_vi)) AS name, count(*)::int AS procedures
    FROM catalogue.sector s JOIN catalogue.procedure p ON p.sector_code = s.code AND p.abolished_on IS NULL GROUP BY s.code ORDER BY s.name_vi`)
}

export interface LifeEvent { code: string; audience: 'person' | 'business'; name: { vi: string; en: string } }

export async function listLifeEvents(db: Db): Promise<LifeEvent[]> {
  return await rememberBriefly(db, 'life events', async () => await db<LifeEvent[]>`SELECT code, audience, jsonb_build_object('vi', name_vi, 'en', name_en) AS name FROM catalogue.life_event ORDER BY position`)
}
