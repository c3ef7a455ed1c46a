import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { newId } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { accessRule } from '../../access/access-rule.ts'
import { errors } from '../../identity.errors.ts'
import { applyChange } from './apply-change.ts'
import { tellDeciders } from './notices.ts'
import { insertRequest, isPending } from './right-request.store.ts'
import { assertMayChange, needsSecondPerson, type RightChange } from './right-change.ts'

export type Proposed = { kind: 'done' } | { kind: 'requested'; requestId: string }

/**
 * A high-level account changes what an officer may do, with a reason. What touches administrative rights waits for a second administrator, of the
 * same agency or one above; everything else has effect at once. @throws as assertMayChange; REQUEST_EXISTS when the same was asked for already
 */
export async function proposeChange(ctx: Ctx, change: RightChange, reason: string): Promise<Proposed> {
  await assertMayChange(ctx, change)
  return transact(ctx, async (tx) => {
    const { actor, now } = ctx
    if (actor.kind !== 'officer' || !(await needsSecondPerson(tx, change, now))) {
      await applyChange(tx, ctx, change, reason)
      return { kind: 'done' }
    }
    if (await isPending(tx, change, now)) throw errors.REQUEST_EXISTS()
    const { requestDays } = await accessRule(tx, 'administrator', now)
    const request = { id: newId(now.getTime()), change, reason, requestedAt: now, requestedBy: actor.id, requestedAgency: actor.agencyCode, expiresAt: new Date(now.getTime() + requestDays * 86_400_000) }
    await insertRequest(tx, request)
    await appendEvent(tx, ctx, { type: 'identity.right_requested', subject: change.officerId, data: { requestId: request.id, change: change.kind, ...(change.kind === 'grant' ? { role: change.grant.role, agencyCode: change.grant.agencyCode } : {}) } })
    await tellDeciders(tx, ctx, request.id, actor, change.officerId)
    return { kind: 'requested', requestId: request.id }
  })
}
