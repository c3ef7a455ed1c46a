import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { administers } from './administration.ts'
import { applyChange } from './apply-change.ts'
import { tellRequester } from './notices.ts'
import { assertMayChange } from './right-change.ts'
import { closeRequest, findRequest, type RightRequest } from './right-request.store.ts'

/**
 * Whether the actor may be the second person: a high-level account of the agency of who asked or of one above, neither who asked nor whom it
 * concerns. `undefined` where he may; else why not.
 */
export async function whyNotDecide(ctx: Ctx, request: RightRequest): Promise<'own-request' | 'own-account' | 'not-allowed' | undefined> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return 'not-allowed'
  if (actor.id === request.requestedBy) return 'own-request'
  if (actor.id === request.change.officerId) return 'own-account'
  if (!administers(ctx, request.requestedAgency)) return 'not-allowed'
  return assertMayChange(ctx, request.change).then(() => undefined, () => 'not-allowed' as const)
}

/**
 * The second administrator approves or refuses, with a reason. Approval makes the change in the same transaction.
 * @throws REQUEST_NOT_FOUND, REQUEST_DECIDED (also when its time is over), SECOND_PERSON_NEEDED, and what the change itself meets
 */
export async function decideRequest(ctx: Ctx, input: { requestId: string; approve: boolean; reason: string }): Promise<void> {
  const request = await findRequest(ctx.db, input.requestId)
  if (!request || !administers(ctx, request.officerAgency)) throw errors.REQUEST_NOT_FOUND()
  if (request.state !== 'pending' || request.expiresAt <= ctx.now) throw errors.REQUEST_DECIDED()
  if (ctx.actor.kind !== 'officer' || (await whyNotDecide(ctx, request))) throw errors.SECOND_PERSON_NEEDED()
  const by = ctx.actor.id
  await transact(ctx, async (tx) => {
    if (!(await closeRequest(tx, request.id, { state: input.approve ? 'approved' : 'refused', at: ctx.now, by, reason: input.reason }))) throw errors.REQUEST_DECIDED()
    const told = { subject: request.change.officerId, data: { requestId: request.id, change: request.change.kind, requestedBy: request.requestedBy } }
    if (input.approve) await appendEvent(tx, ctx, { type: 'identity.right_approved', ...told })
    else await appendEvent(tx, ctx, { type: 'identity.right_refused', ...told })
    if (input.approve) await applyChange(tx, ctx, request.change, request.reason)
    await tellRequester(tx, ctx, request, input.approve)
  })
}

/** Who asked takes the request back. @throws REQUEST_NOT_FOUND, REQUEST_DECIDED */
export async function cancelRequest(ctx: Ctx, requestId: string): Promise<void> {
  const request = await findRequest(ctx.db, requestId)
  if (!request || ctx.actor.kind !== 'officer' || request.requestedBy !== ctx.actor.id) throw errors.REQUEST_NOT_FOUND()
  const by = ctx.actor.id
  await transact(ctx, async (tx) => {
    if (!(await closeRequest(tx, request.id, { state: 'cancelled', at: ctx.now, by, reason: '' }))) throw errors.REQUEST_DECIDED()
    await appendEvent(tx, ctx, { type: 'identity.right_request_cancelled', subject: request.change.officerId, data: { requestId: request.id, change: request.change.kind } })
  })
}
