import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { setActing } from './session-mandate.store.ts'

/** The session acts for the person himself again. Also says that he has read that his right to act has ended. Nothing happens twice. */
export async function stopActing(ctx: Ctx, person: Person): Promise<void> {
  if (!person.actingFor && !person.actingEnded) return
  await transact(ctx, async (tx) => {
    const mandateId = await setActing(tx, person.sessionId, null)
    if (mandateId) await appendEvent(tx, ctx, { type: 'identity.acting_stopped', subject: mandateId, data: { sessionId: person.sessionId } })
  })
}
