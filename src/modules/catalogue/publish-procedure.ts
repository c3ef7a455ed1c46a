import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { enqueue } from '../../platform/jobs.ts'
import { appendEvent } from '../ledger/index.ts'
import { contentHash } from './canonical-json.ts'
import { errors } from './catalogue.errors.ts'
import { procedureContentSchema } from './content.ts'
import { forgetCurrent } from './get-procedure.ts'
import { insertVersions, lockLastVersions, project, type NewVersion } from './procedure.store.ts'
import type { Origin } from './procedure-version.ts'
import { forgetSearch } from './search/read-index.ts'

export interface Publication {
  /** A ProcedureInput; checked here. */
  content: unknown
  /** First day in force, 'YYYY-MM-DD'; today unless told. */
  validFrom?: string
  decisionNumber?: string | undefined
  decisionDate?: string | undefined
  origin?: Origin
}

export interface Published { code: string; version: number; hash: string; isNew: boolean }

export const projectQueue = 'catalogue.project'

/**
 * Publishes a procedure, or a new version of it (công bố thủ tục hành chính). Content that is the same as the last version's makes none.
 * @throws NOT_AUTHOR on a local node, CONTENT_INVALID
 */
export async function publishProcedure(tx: Tx, ctx: Ctx, publication: Publication): Promise<Published> {
  return (await publishProcedures(tx, ctx, [publication]))[0]!
}

/** As publishProcedure, for many at once and each code once: a few statements for all. */
export async function publishProcedures(tx: Tx, ctx: Ctx, publications: readonly Publication[]): Promise<Published[]> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  const checked = publications.map((publication) => ({ publication, content: checkContent(publication.content) }))
  const last = await lockLastVersions(tx, checked.map((c) => c.content.code))
  const today = civilDate(ctx.now)
  const published: Published[] = []
  const fresh: NewVersion[] = []
  for (const { publication, content } of checked) {
    const hash = contentHash(content)
    const before = last.get(content.code)
    const isNew = before?.hash !== hash
    const version = (before?.version ?? 0) + (isNew ? 1 : 0)
    published.push({ code: content.code, version, hash, isNew })
    if (isNew) fresh.push({ code: content.code, version, content, hash, origin: publication.origin ?? 'authored', decisionNumber: publication.decisionNumber ?? null, decisionDate: publication.decisionDate ?? null, validFrom: publication.validFrom ?? today, publishedAt: ctx.now })
  }
  await keepVersions(tx, ctx, fresh)
  await Promise.all(fresh.map((v) => appendEvent(tx, ctx, { type: 'catalogue.procedure_published', subject: v.code, data: { code: v.code, version: v.version, hash: v.hash, validFrom: v.validFrom } })))
  return published
}

/** @throws CONTENT_INVALID with the first mistakes by field. */
export function checkContent(content: unknown) {
  const parsed = procedureContentSchema.safeParse(content)
  if (parsed.success) return parsed.data
  throw errors.CONTENT_INVALID({ mistakes: parsed.error.issues.slice(0, 5).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') })
}

/** Writes the versions, draws the search rows, and plans to draw them again on the day when a later version comes into force. */
export async function keepVersions(tx: Tx, ctx: Ctx, versions: readonly NewVersion[]): Promise<void> {
  if (versions.length === 0) return
  const today = civilDate(ctx.now)
  await insertVersions(tx, versions)
  forgetCurrent()
  forgetSearch()
  await project(tx, versions.map((v) => v.code), today, ctx.now)
  for (const v of versions.filter((later) => later.validFrom > today)) {
    await enqueue(tx, { queue: projectQueue, payload: { code: v.code }, runAt: new Date(`${v.validFrom}T00:00:00+07:00`), key: `${v.code} ${v.version}` })
  }
}
