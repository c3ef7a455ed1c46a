import { transact } from '../../../platform/ctx.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { deleteVisitDrafts } from '../drafts.store.ts'
import { markVisitClosed, type Visit } from './reception.store.ts'

/** Ends a visit: what was filed stays, what was not and what is known of the person goes. */
export async function closeVisit(ctx: OfficerCtx, visit: Visit): Promise<void> {
  await transact(ctx, async (tx) => {
    await deleteVisitDrafts(tx, visit.id)
    await markVisitClosed(tx, visit.id, ctx.now)
    await appendEvent(tx, ctx, { type: 'reception.visit_closed', subject: visit.id, data: { agency: visit.agencyCode, channel: visit.channel } })
  })
}
