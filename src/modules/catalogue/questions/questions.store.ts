import type { Db, Tx } from '../../../platform/db.ts'
import { isId } from '../../../platform/ids.ts'
import { createMemory } from '../../../platform/memory.ts'
import { publicChanged } from '../../../platform/public-state.ts'
import { plainWords } from '../search/search-index.ts'
import type { PublishedQuestion, Question, QuestionContent, QuestionState } from './question.ts'

const columns = (db: Db) => db`q.id, q.agency_code AS agency, q.sector_code AS sector, q.life_events AS "lifeEvents", q.procedures, jsonb_build_object('vi', q.question_vi, 'en', q.question_en) AS question,
  jsonb_build_object('vi', q.answer_vi, 'en', q.answer_en) AS answer, q.state, q.revision, q.published_version AS "publishedVersion", q.review, q.updated_at AS "updatedAt"`

export async function findQuestion(db: Db, id: string): Promise<Question | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<Question[]>`SELECT ${columns(db)} FROM catalogue.question q WHERE q.id = ${id}`
  return row
}

export async function lockQuestion(tx: Tx, id: string): Promise<Question | undefined> {
  if (!isId(id)) return undefined
  const [row] = await tx<Question[]>`SELECT ${columns(tx)} FROM catalogue.question q WHERE q.id = ${id} FOR UPDATE`
  return row
}

export interface QuestionFilter { q?: string | undefined; sector?: string | undefined; lifeEvent?: string | undefined; procedure?: string | undefined; state?: QuestionState | undefined; page?: number; size?: number }
export interface QuestionPage<T> { rows: T[]; total: number; page: number; pages: number }

const words = (q: string | undefined): string[] => (q ? plainWords(q).split(' ').filter((w) => w !== '').slice(0, 12).map((w) => `%${w}%`) : [])

async function paged<T>(filter: QuestionFilter, count: () => Promise<number>, read: (size: number, offset: number) => Promise<T[]>): Promise<QuestionPage<T>> {
  const size = filter.size ?? 20
  const total = await count()
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(Math.max(filter.page ?? 1, 1), pages)
  return { rows: total === 0 ? [] : await read(size, (page - 1) * size), total, page, pages }
}

/** What the authors have, the flagged first. Words are looked for as they are typed, in both languages. */
export async function listQuestions(db: Db, filter: QuestionFilter): Promise<QuestionPage<Question>> {
  const where = () => db`(${filter.state ?? null}::text IS NULL OR q.state = ${filter.state ?? null}) AND (${filter.sector ?? null}::text IS NULL OR q.sector_code = ${filter.sector ?? null})
    AND q.words LIKE ALL (${words(filter.q)}::text[])`
  return paged(filter, async () => (await db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.question q WHERE ${where()}`)[0]!.n,
    (size, offset) => db<Question[]>`SELECT ${columns(db)} FROM catalogue.question q WHERE ${where()} ORDER BY (q.state = 'needs-review') DESC, q.updated_at DESC, q.id LIMIT ${size} OFFSET ${offset}`)
}

interface PublishedRow { id: string; version: number; publishedAt: Date; content: QuestionContent; underReview: boolean }
const published = ({ content, ...row }: PublishedRow): PublishedQuestion => ({ ...row, ...content })

/** What is public; the tags of the public version count, not those of a draft in work. */
export async function listPublishedQuestions(db: Db, filter: QuestionFilter): Promise<QuestionPage<PublishedQuestion>> {
  const where = () => db`q.published_version IS NOT NULL AND (${filter.sector ?? null}::text IS NULL OR v.content->>'sector' = ${filter.sector ?? null})
    AND (${filter.lifeEvent ?? null}::text IS NULL OR v.content->'lifeEvents' ? ${filter.lifeEvent ?? ''}) AND (${filter.procedure ?? null}::text IS NULL OR v.content->'procedures' ? ${filter.procedure ?? ''})
    AND q.words LIKE ALL (${words(filter.q)}::text[])`
  const from = () => db`catalogue.question q JOIN catalogue.question_version v ON v.question_id = q.id AND v.version = q.published_version`
  return paged(filter, async () => (await db<{ n: number }[]>`SELECT count(*)::int AS n FROM ${from()} WHERE ${where()}`)[0]!.n, async (size, offset) => (await db<PublishedRow[]>`
    SELECT q.id, v.version, v.published_at AS "publishedAt", v.content, q.state = 'needs-review' AS "underReview" FROM ${from()} WHERE ${where()} ORDER BY v.published_at DESC, q.id LIMIT ${size} OFFSET ${offset}`).map(published))
}

const asked = createMemory({ capacity: 1 })

/** Some of the public questions that are tied to a procedure. Most have none, and every page asks: which have is read for all together. */
export async function questionsAbout(db: Db, procedure: string, size: number): Promise<QuestionPage<PublishedQuestion>> {
  const all = await asked.remember(db, 'procedures', async () => new Set((await db<{ code: string }[]>`
    SELECT DISTINCT jsonb_array_elements_text(v.content->'procedures') AS code FROM catalogue.question q JOIN catalogue.question_version v ON v.question_id = q.id AND v.version = q.published_version`).map((r) => r.code)))
  return all.has(procedure) ? await listPublishedQuestions(db, { procedure, size }) : { rows: [], total: 0, page: 1, pages: 1 }
}

export async function findPublishedQuestion(db: Db, id: string): Promise<PublishedQuestion | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<PublishedRow[]>`
    SELECT q.id, v.version, v.published_at AS "publishedAt", v.content, q.state = 'needs-review' AS "underReview"
    FROM catalogue.question q JOIN catalogue.question_version v ON v.question_id = q.id AND v.version = q.published_version WHERE q.id = ${id}`
  return row && published(row)
}

export async function insertQuestion(tx: Tx, id: string, agency: string | null, c: QuestionContent, by: string, now: Date): Promise<void> {
  await tx`
    INSERT INTO catalogue.question (id, agency_code, sector_code, life_events, procedures, question_vi, question_en, answer_vi, answer_en, state, words, updated_at, updated_by)
    VALUES (${id}, ${agency}, ${c.sector}, ${c.lifeEvents}, ${c.procedures}, ${c.question.vi}, ${c.question.en}, ${c.answer.vi}, ${c.answer.en}, 'draft', ${wordsIn(c)}, ${now}, ${by})`
}

export async function updateQuestion(tx: Tx, id: string, c: QuestionContent, by: string, now: Date): Promise<void> {
  await tx`
    UPDATE catalogue.question SET sector_code = ${c.sector}, life_events = ${c.lifeEvents}, procedures = ${c.procedures}, question_vi = ${c.question.vi}, question_en = ${c.question.en}, answer_vi = ${c.answer.vi}, answer_en = ${c.answer.en},
      revision = revision + 1, words = CASE WHEN published_version IS NULL THEN ${wordsIn(c)} ELSE words END, updated_at = ${now}, updated_by = ${by} WHERE id = ${id}`
}

/** The working copy becomes what the public read; returns its number. */
export async function insertQuestionVersion(tx: Tx, question: Question, by: string, now: Date): Promise<number> {
  publicChanged(tx)
  const { sector, lifeEvents, procedures, question: asked, answer } = question
  const content: QuestionContent = { sector, lifeEvents, procedures, question: asked, answer }
  const [row] = await tx<{ version: number }[]>`
    INSERT INTO catalogue.question_version (question_id, version, content, published_at, published_by)
    SELECT ${question.id}, coalesce(max(version), 0) + 1, ${tx.json(content as never)}, ${now}, ${by} FROM catalogue.question_version WHERE question_id = ${question.id} RETURNING version`
  await tx`UPDATE catalogue.question SET state = 'published', published_version = ${row!.version}, review = '[]', words = ${wordsIn(content)}, revision = revision + 1, updated_at = ${now}, updated_by = ${by} WHERE id = ${question.id}`
  return row!.version
}

export async function withdrawPublished(tx: Tx, id: string, by: string, now: Date): Promise<void> {
  publicChanged(tx)
  await tx`UPDATE catalogue.question SET state = 'draft', published_version = NULL, review = '[]', revision = revision + 1, updated_at = ${now}, updated_by = ${by} WHERE id = ${id}`
}

/** Marks the public questions that are tied to a procedure; those that were published after it are left alone. Returns the ids marked. */
export async function flagQuestions(tx: Tx, changed: { code: string; version: number }, at: Date): Promise<string[]> {
  publicChanged(tx)
  const mark = tx.json([changed] as never)
  const rows = await tx<{ id: string }[]>`
    UPDATE catalogue.question q SET state = 'needs-review', review = q.review || ${mark}, revision = q.revision + 1
    FROM catalogue.question_version v WHERE v.question_id = q.id AND v.version = q.published_version AND v.content->'procedures' ? ${changed.code} AND NOT q.review @> ${mark} AND v.published_at <= ${at} RETURNING q.id`
  return rows.map((r) => r.id)
}

const wordsIn = (c: QuestionContent): string => plainWords([c.question.vi, c.question.en, c.answer.vi, c.answer.en].join(' '))
