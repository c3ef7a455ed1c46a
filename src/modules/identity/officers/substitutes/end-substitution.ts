import { actorKey } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { isId } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { mayNameFor } from './name-substitute.ts'
import { findSubstitution } from './substitution.store.ts'

/** Ends a substitution before its day; the substitute himself may lay it down as well. @throws SUBSTITUTION_NOT_FOUND */
export async function endSubstitution(ctx: Ctx, id: string): Promise<void> {
  const found = isId(id) ? await findSubstitution(ctx.db, id) : undefined
  const isSubstitute = ctx.actor.kind === 'officer' && ctx.actor.id === found?.substituteId
  if (!found || !(isSubstitute || (await mayNameFor(ctx, found.officerId)))) throw errors.SUBSTITUTION_NOT_FOUND()
  await transact(ctx, async (tx) => {
    const ended = await tx`UPDATE identity.substitution SET ended_at = ${ctx.now}, ended_by = ${actorKey(ctx.actor)} WHERE id = ${id} AND ended_at IS NULL`
    if (ended.count > 0) await appendEvent(tx, ctx, { type: 'identity.substitution_ended', subject: found.officerId, data: { substitutionId: id, substituteId: found.substituteId } })
  })
}

/** With a transfer or a leave: whom the officer stood in for and who stood in for him. How many ended. */
export async function endSubstitutionsOf(tx: Tx, ctx: Ctx, officerId: string): Promise<number> {
  const ended = await tx<{ id: string; officerId: string; substituteId: string }[]>`
    UPDATE identity.substitution SET ended_at = ${ctx.now}, ended_by = ${actorKey(ctx.actor)} WHERE ${officerId} IN (officer_id, substitute_id) AND ended_at IS NULL
    RETURNING id, officer_id AS "officerId", substitute_id AS "substituteId"`
  for (const one of ended) await appendEvent(tx, ctx, { type: 'identity.substitution_ended', subject: one.officerId, data: { substitutionId: one.id, substituteId: one.substituteId } })
  return ended.length
}
