import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { isId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../process.errors.ts'
import { forgetOverrides } from './in-force.ts'
import { lockStepOverride } from './step-override.store.ts'

export const overrideQueue = 'process.step-override'

/**
 * Confirms what another proposed, or drops it; a proposal may be dropped by who made it. Confirmed, it holds for steps that begin from its day on, and where it says so open ones go along then.
 * @throws OVERRIDE_NOT_FOUND, OVERRIDE_DECIDED, SAME_PERSON
 */
export async function decideOverride(ctx: Ctx, input: { id: string; decision: 'confirmed' | 'dropped' }): Promise<void> {
  await transact(ctx, async (tx) => {
    const one = isId(input.id) ? await lockStepOverride(tx, input.id) : undefined
    if (!one) throw errors.OVERRIDE_NOT_FOUND()
    if (one.state !== 'proposed') throw errors.OVERRIDE_DECIDED()
    if (input.decision === 'confirmed' && one.proposedBy === actorKey(ctx.actor)) throw errors.SAME_PERSON()
    // It never holds for a time before it was confirmed.
    const validFrom = input.decision === 'confirmed' && one.validFrom < ctx.now ? ctx.now : one.validFrom
    await tx`UPDATE process.step_override SET state = ${input.decision}, decided_by = ${actorKey(ctx.actor)}, decided_at = ${ctx.now}, valid_from = ${validFrom} WHERE id = ${one.id}`
    if (input.decision === 'confirmed' && one.withOpen) await enqueue(tx, { queue: overrideQueue, payload: { overrideId: one.id }, runAt: validFrom })
    await appendEvent(tx, ctx, { type: input.decision === 'confirmed' ? 'process.step_override_confirmed' : 'process.step_override_dropped', subject: one.processKey, data: { overrideId: one.id, elementId: one.elementId, agencyCode: one.agencyCode, role: one.role, unitId: one.unitId, validFrom } })
    forgetOverrides(ctx.db, tx)
  })
}
