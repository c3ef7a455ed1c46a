import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { endSession } from './session.store.ts'

/** Ends the session of this request. Nothing happens for who is not logged in. */
export async function logOut(ctx: Ctx): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'person' && actor.kind !== 'officer') return
  await transact(ctx, async (tx) => {
    if (await endSession(tx, actor.sessionId, ctx.now)) await appendEvent(tx, ctx, { type: 'identity.logged_out', subject: actor.id, data: { sessionId: actor.sessionId, from: 'own' } })
  })
}
