import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { appendEvents } from '../ledger/index.ts'
import { contentHash } from '../../platform/canonical-json.ts'
import { errors } from './catalogue.errors.ts'
import { findVersionRow, lockLastVersions, project, readHashes, readStoredContent, replaceCopy, type NewVersion } from './procedure.store.ts'
import type { ExchangedProcedure } from './procedure-version.ts'
import { checkContent, keepVersions } from './publish-procedure.ts'

export type Applied = 'new' | 'known' | 'corrected'

/** As applyProcedures, for one. */
export async function applyProcedure(tx: Tx, ctx: Ctx, record: ExchangedProcedure): Promise<Applied> {
  return (await applyProcedures(tx, ctx, [record]))[0]!
}

/**
 * Takes over versions that the national node published, each once. A version that is here with the same hash stays as it is; one that
 * differs is drift: the national content wins, and the ledger says so.
 * @throws HASH_MISMATCH when a content is not what its hash says, CONTENT_INVALID
 */
export async function applyProcedures(tx: Tx, ctx: Ctx, records: readonly ExchangedProcedure[]): Promise<Applied[]> {
  const rows = records.map(rowOf)
  await lockLastVersions(tx, [])
  const known = await readHashes(tx, rows)
  // What the column beside the content says is not believed where the national node found the content to differ.
  for (const [i, row] of rows.entries()) if (records[i]!.repair && known.has(`${row.code} ${row.version}`)) known.set(`${row.code} ${row.version}`, contentHash(await readStoredContent(tx, row.code, row.version)))
  const applied = rows.map((row): Applied => {
    const hash = known.get(`${row.code} ${row.version}`)
    return hash === undefined ? 'new' : hash === row.hash ? 'known' : 'corrected'
  })
  const of = (which: Applied): NewVersion[] => rows.filter((_, i) => applied[i] === which)
  await keepVersions(tx, ctx, of('new'))
  const corrected = of('corrected')
  for (const row of corrected) await replaceCopy(tx, row)
  if (corrected.length > 0) await project(tx, corrected.map((r) => r.code), civilDate(ctx.now), ctx.now)
  await appendEvents(tx, ctx, rows.flatMap((row, i) => (applied[i] === 'known' ? [] : [told(row, applied[i] === 'new')])))
  return applied
}

function told({ code, version, hash }: NewVersion, isNew: boolean) {
  const type = isNew ? 'catalogue.procedure_applied' : 'catalogue.copy_corrected'
  return { type, subject: code, data: { code, version, hash } }
}

function rowOf(record: ExchangedProcedure): NewVersion {
  const content = checkContent(record.content)
  if (contentHash(content) !== record.hash) throw errors.HASH_MISMATCH({ code: content.code, version: record.version })
  return { code: content.code, version: record.version, content, hash: record.hash, origin: record.origin, decisionNumber: record.decisionNumber, decisionDate: record.decisionDate, validFrom: record.validFrom, publishedAt: new Date(record.publishedAt), baseVersion: record.baseVersion ?? null }
}

/** A version as it travels to other nodes. @throws VERSION_NOT_FOUND */
export async function procedureForExchange(db: Db, id: { code: string; version: number }): Promise<ExchangedProcedure> {
  const row = await findVersionRow(db, id.code, id.version)
  if (!row) throw errors.VERSION_NOT_FOUND(id)
  const { version, hash, origin, decisionNumber, decisionDate, validFrom, publishedAt, baseVersion } = row
  return { content: await readStoredContent(db, id.code, id.version), version, hash, origin, decisionNumber, decisionDate, validFrom, publishedAt: publishedAt.toISOString(), ...(baseVersion === null ? {} : { baseVersion }) }
}
