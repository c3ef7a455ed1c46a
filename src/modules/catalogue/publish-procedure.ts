import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { appendEvents } from '../ledger/index.ts'
import { contentHash } from '../../platform/canonical-json.ts'
import { errors } from './catalogue.errors.ts'
import { procedureContentSchema } from './content.ts'
import { cascadeToCopies } from './decisions/copies.ts'
import { keepVersions, publishedEvent } from './keep-versions.ts'
import { lockLastVersions, type NewVersion } from './procedure.store.ts'
import type { Origin } from './procedure-version.ts'

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

export { keepVersions, projectQueue } from './keep-versions.ts'

/**
 * Publishes a procedure, or a new version of it (công bố thủ tục hành chính). Content that is the same as the last version's makes none.
 * @throws NOT_AUTHOR on a local node, CONTENT_INVALID, CODE_ABOLISHED
 */
export async function publishProcedure(tx: Tx, ctx: Ctx, publication: Publication): Promise<Published> {
  return (await publishProcedures(tx, ctx, [publication]))[0]!
}

/**
 * As publishProcedure, for many at once and each code once: a few statements for all. Copies that provinces made of an original get their
 * version with it.
 */
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
    if (isNew && before?.isAbolished) throw errors.CODE_ABOLISHED({ codes: content.code })
    const version = (before?.version ?? 0) + (isNew ? 1 : 0)
    published.push({ code: content.code, version, hash, isNew })
    if (isNew) fresh.push({ code: content.code, version, content, hash, origin: publication.origin ?? 'authored', decisionNumber: publication.decisionNumber ?? null, decisionDate: publication.decisionDate ?? null, validFrom: publication.validFrom ?? today, publishedAt: ctx.now })
  }
  await keepVersions(tx, ctx, fresh)
  await appendEvents(tx, ctx, fresh.map(publishedEvent))
  await cascadeToCopies(tx, ctx, fresh)
  return published
}

/** @throws CONTENT_INVALID with the first mistakes by field. */
export function checkContent(content: unknown) {
  const parsed = procedureContentSchema.safeParse(content)
  if (parsed.success) return parsed.data
  throw errors.CONTENT_INVALID({ mistakes: parsed.error.issues.slice(0, 5).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') })
}
