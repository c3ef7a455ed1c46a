import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { noticeBoth } from './mandate-notices.ts'
import { lockOverdue, saveEnd } from './mandates.store.ts'

/**
 * Notes what is over by the clock: mandates expire, offers lapse. Nobody waits for it: from its last moment on a mandate lets nobody act;
 * this writes the event and tells both sides. Returns how many; a second run notes nothing twice.
 */
export async function expireMandates(ctx: Ctx): Promise<number> {
  return transact(ctx, async (tx) => {
    const overdue = await lockOverdue(tx, ctx.now)
    for (const m of overdue) {
      const isExpired = m.state === 'accepted'
      await saveEnd(tx, m.id, isExpired ? 'expired' : 'lapsed', ctx.now)
      if (!isExpired) {
        await appendEvent(tx, ctx, { type: 'identity.mandate_lapsed', subject: m.id, data: { kind: m.kind } })
        continue
      }
      await appendEvent(tx, ctx, { type: 'identity.mandate_expired', subject: m.id, data: { kind: m.kind } })
      await noticeBoth(tx, m.id, 'expired')
    }
    return overdue.length
  })
}
