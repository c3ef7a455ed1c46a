import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { returnInPlace } from '../places/return-in-place.ts'
import { assertDelegated } from './delegation.ts'
import { listInHand, saveDelivery } from './postal.store.ts'

const longestName = 200

/**
 * Postal staff hand a result to its owner ("trả kết quả") in place of the one-stop desk: its step of returning is done by them, and no other. Only of what they signed for.
 * Returns what is wrong with the input. @throws NOT_FOUND, NOT_DELEGATED and the refusals of completeStep
 */
export async function deliverResult(ctx: OfficerCtx, input: { dossierId: string; recipient: string }): Promise<FieldError[]> {
  await assertDelegated(ctx, 'return')
  const dossier = await findInHand(ctx, input.dossierId)
  const recipient = input.recipient.trim()
  if (recipient === '') return [{ field: 'recipient', key: 'dossiers.postal.recipientMissing' }]
  if ([...recipient].length > longestName) return [{ field: 'recipient', key: 'dossiers.desk.reasonTooLong', params: { max: longestName } }]
  // First to whom: a repeat after a torn connection finds the step still open.
  await transact(ctx, (tx) => saveDelivery(tx, { dossierId: dossier.id, officerId: ctx.actor.id, recipient, at: ctx.now }))
  await returnInPlace(ctx, dossier)
  return []
}

async function findInHand(ctx: OfficerCtx, id: string): Promise<Dossier> {
  const isInHand = (await listInHand(ctx.db, ctx.actor.id)).some((one) => one.dossierId === id && one.what === 'result')
  const dossier = isInHand ? await findDossier(ctx.db, id) : undefined
  if (!dossier) throw errors.NOT_FOUND()
  return dossier
}
