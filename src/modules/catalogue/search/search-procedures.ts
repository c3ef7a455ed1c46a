import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import type { Level, OnlineLevel, Subject } from '../content.ts'
import { lists } from '../list-memory.ts'
import { codeOf } from './query-words.ts'
import { readIndex } from './read-index.ts'
import { scoreQuestion, type Scored } from './score.ts'
import { plainWords } from './search-index.ts'

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
  const size = Math.min(Math.max(Math.trunc(query.size ?? 20), 1), 100)
  const question = query.q?.trim() ?? ''
  const scored = question === '' ? undefined : await scoreProcedures(db, question)
  // The index holds what is in force only: without filters nothing more has to be counted.
  const plain = scored !== undefined && !codeOf(question) && !isFiltered(query)
  const total = plain || scored?.length === 0 ? scored!.length : await count(db, query, scored)
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(Math.max(Math.trunc(query.page ?? 1) || 1, 1), pages)
  const rows = total === 0 ? [] : await (plain && (query.sort ?? 'relevance') === 'relevance' ? readPage(db, query, scored.slice((page - 1) * size, page * size), size, 0) : readPage(db, query, scored, size, (page - 1) * size))
  return { rows, total, page, pages }
}

/** How many answers a question has at most: who looks further asks more closely. */
const mostAnswers = 200

/** Codes by how well they answer the question, the best first. */
export async function scoreProcedures(db: Db, question: string): Promise<Scored[]> {
  const code = codeOf(question)
  if (code) return (await db<{ code: string }[]>`SELECT code FROM catalogue.procedure WHERE code LIKE ${`${code}%`} ORDER BY code`).map((r) => ({ code: r.code, score: 1 }))
  const rows = scoreQuestion(await readIndex(db), question)
  const best = rows[0]?.score ?? 0
  if (best > 0) return rows.filter((r) => r.score >= best * cutOff).slice(0, mostAnswers)
  return await findAlike(db, question)
}

/** As a last resort, what looks alike letter by letter. */
async function findAlike(db: Db, question: string): Promise<Scored[]> {
  const plain = plainWords(question).slice(0, 80)
  if (plain.length < 4) return []
  return await db<Scored[]>`SELECT s.code, s.score FROM catalogue.similar(${plain}) s JOIN catalogue.procedure p ON p.code = s.code AND p.abolished_on IS NULL ORDER BY s.score DESC, s.code LIMIT 50`
}

const isFiltered = (q: ProcedureQuery): boolean => [q.sector, q.level, q.subject, q.online, q.lifeEvent, q.owner].some((value) => value !== undefined)

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
  return await lists.remember(db, `count ${JSON.stringify([sector, level, subject, online, lifeEvent, owner])}`, load)
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
  return await lists.remember(db, 'sectors', async () => await db<SectorChoice[]>`
    SELECT s.code, jsonb_build_object('vi', s.name_vi, 'en', coalesce(s.name_en, s.name_vi)) AS name, count(*)::int AS procedures
    FROM catalogue.sector s JOIN catalogue.procedure p ON p.sector_code = s.code AND p.abolished_on IS NULL GROUP BY s.code ORDER BY s.name_vi`)
}

export interface OwnerChoice { code: string; name: string; procedures: number }

/** Ministries and agencies that own procedures, with how many, the one with most first. */
export async function listOwners(db: Db): Promise<OwnerChoice[]> {
  return await lists.remember(db, 'owners', async () => await db<OwnerChoice[]>`
    SELECT owner_code AS code, max(owner_name) AS name, count(*)::int AS procedures FROM catalogue.procedure WHERE abolished_on IS NULL AND owner_code IS NOT NULL GROUP BY owner_code ORDER BY count(*) DESC, owner_code`)
}

export interface LifeEvent { code: string; audience: 'person' | 'business'; name: { vi: string; en: string } }

export async function listLifeEvents(db: Db): Promise<LifeEvent[]> {
  return await lists.remember(db, 'life events', async () => await db<LifeEvent[]>`SELECT code, audience, jsonb_build_object('vi', name_vi, 'en', name_en) AS name FROM catalogue.life_event ORDER BY position`)
}
