import { transact } from '../../../platform/ctx.ts'
import type { UploadedFile } from '../../../platform/http/route.ts'
import type { OfficerCtx } from '../desk/look-up-person.ts'
import { errors } from '../identity.errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countKnown, findImport, insertImport, insertOldAccounts, takeRows } from './old-account-import.store.ts'
import { readOldAccounts } from './read-old-accounts.ts'

export type PreviewOutcome = { kind: 'invalid'; reason: 'missing' | 'format' | 'columns' | 'lines' | 'size' } | { kind: 'ready'; importId: string }

/** First step of an import: the file is read and counted; nothing is taken over yet. */
export async function previewOldAccounts(ctx: OfficerCtx, file: UploadedFile | undefined): Promise<PreviewOutcome> {
  if (file?.truncated) return { kind: 'invalid', reason: 'size' }
  const read = readOldAccounts(file?.bytes ?? Buffer.alloc(0))
  if (!read.ok) return { kind: 'invalid', reason: read.reason }
  const known = await countKnown(ctx.db, read.rows.map((r) => r.localId))
  const importId = await transact(ctx, (tx) => insertImport(tx, ctx.node, { officerId: ctx.actor.id, fileName: file!.fileName.replaceAll('\u0000', '').toWellFormed(), rows: read.rows, fresh: read.rows.length - known, known, mistakes: read.mistakes }, ctx.now))
  return { kind: 'ready', importId }
}

/** Second step: takes the rows over that are not known yet. A repeat has no effect. @throws IMPORT_NOT_FOUND */
export async function takeOldAccounts(ctx: OfficerCtx, importId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const rows = await takeRows(tx, ctx.node, importId)
    if (!rows) {
      if ((await findImport(tx, importId))?.doneAt) return
      throw errors.IMPORT_NOT_FOUND()
    }
    const added = await insertOldAccounts(tx, importId, rows, ctx.now)
    await tx`UPDATE identity.old_account_import SET added = ${added}, done_at = ${ctx.now}, sealed = NULL WHERE id = ${importId}`
    await appendEvent(tx, ctx, { type: 'identity.old_accounts_imported', subject: importId, data: { added } })
  })
}
