import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { appendEvent } from '../ledger/index.ts'
import { contentHash } from './canonical-json.ts'
import { errors } from './catalogue.errors.ts'
import { findVersionRow, lockLastVersions, project, readStoredContent, replaceCopy, type NewVersion } from './procedure.store.ts'
import type { ExchangedProcedure } from './procedure-version.ts'
import { checkContent, keepVersions } from './publish-procedure.ts'

export type Applied = 'new' | 'known' | 'corrected'

/**
 * Takes over a version that the national node published. A version that is here with the same hash stays as it is; one that differs is
 * drift: the national content wins, and the ledger says so.
 * @throws HASH_MISMATCH when the content is not what its hash says, CONTENT_INVALID
 */
export async function applyProcedure(tx: Tx, ctx: Ctx, record: ExchangedProcedure): Promise<Applied> {
  const content = checkContent(record.content)
  if (contentHash(content) !== record.hash) throw errors.HASH_MISMATCH({ code: content.code, version: record.version })
  await lockLastVersions(tx, [content.code])
  const row: NewVersion = { code: content.code, version: record.version, content, hash: record.hash, origin: record.origin, decisionNumber: record.decisionNumber, decisionDate: record.decisionDate, validFrom: record.validFrom, publishedAt: new Date(record.publishedAt) }
  const known = await findVersionRow(tx, row.code, row.version)
  const isDamaged = known !== undefined && record.repair === true && contentHash(await readStoredContent(tx, row.code, row.version)) !== row.hash
  if (known?.hash === row.hash && !isDamaged) return 'known'
  if (known) {
    await replaceCopy(tx, row)
    await project(tx, [row.code], civilDate(ctx.now), ctx.now)
  } else await keepVersions(tx, ctx, [row])
  const type = known ? 'catalogue.copy_corrected' : 'catalogue.procedure_applied'
  await appendEvent(tx, ctx, { type, subject: row.code, data: { code: row.code, version: row.version, hash: row.hash } })
  return known ? 'corrected' : 'new'
}

/** A version as it travels to other nodes. @throws VERSION_NOT_FOUND */
export async function procedureForExchange(db: Db, id: { code: string; version: number }): Promise<ExchangedProcedure> {
  const row = await findVersionRow(db, id.code, id.version)
  if (!row) throw errors.VERSION_NOT_FOUND(id)
  const { version, hash, origin, decisionNumber, decisionDate, validFrom, publishedAt } = row
  return { content: await readStoredContent(db, id.code, id.version), version, hash, origin, decisionNumber, decisionDate, validFrom, publishedAt: publishedAt.toISOString() }
}
