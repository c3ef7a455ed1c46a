import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { listToReturnHere, saveServed } from './places.store.ts'
import { returnInPlace } from './return-in-place.ts'

const longestName = 200

/** The finished dossier of another agency, where its result is handed out at this officer's desk. @throws NOT_FOUND */
export async function findToReturn(ctx: OfficerCtx, id: string): Promise<Dossier> {
  const [found] = await listToReturnHere(ctx.db, ctx.node.config.code, ctx.actor.agencyCode, id)
  const dossier = found && await findDossier(ctx.db, found)
  if (!dossier) throw errors.NOT_FOUND()
  return dossier
}

/**
 * Hands out the result of another agency at the desk that the person chose, or where he had brought the dossier ("trả kết quả không phụ thuộc địa giới hành chính").
 * Returns what is wrong with the input. @throws NOT_FOUND, WRONG_TASK
 */
export async function returnHere(ctx: OfficerCtx, input: { dossierId: string; recipient: string }): Promise<FieldError[]> {
  const dossier = await findToReturn(ctx, input.dossierId)
  const recipient = input.recipient.trim()
  if (recipient === '') return [{ field: 'recipient', key: 'dossiers.postal.recipientMissing' }]
  if ([...recipient].length > longestName) return [{ field: 'recipient', key: 'dossiers.desk.reasonTooLong', params: { max: longestName } }]
  // First to whom: a repeat after a torn connection finds the step still open.
  await transact(ctx, async (tx) => {
    await saveServed(tx, dossier.id, { what: 'return', agencyCode: ctx.actor.agencyCode, officerId: ctx.actor.id, at: ctx.now, recipient })
    await appendEvent(tx, ctx, { type: 'reception.returned_elsewhere', subject: dossier.id, data: { agency: ctx.actor.agencyCode, decides: dossier.agencyCode } })
  })
  await returnInPlace(ctx, dossier)
  return []
}
