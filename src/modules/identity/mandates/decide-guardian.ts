import type { Officer } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import { stateAt } from './mandate.ts'
import { noticeBoth } from './mandate-notices.ts'
import { lockMandate, saveEnd, savePaper } from './mandates.store.ts'

/**
 * An officer has compared the paper of a parent or guardian (birth certificate, decision on guardianship): the mandate comes into force, or
 * without such a paper is refused. `paper`: its kind, number, date and office, at most 200 characters.
 * @throws MANDATE_NOT_FOUND, MANDATE_NOT_IN_STATE
 */
export async function decideGuardian(ctx: Ctx, officer: Officer, mandateId: string, decision: { paper: string } | 'refused'): Promise<void> {
  await transact(ctx, async (tx) => {
    const mandate = await lockMandate(tx, mandateId)
    if (!mandate || mandate.kind !== 'child') throw errors.MANDATE_NOT_FOUND()
    if (stateAt(mandate, ctx.now) !== 'awaiting-paper') throw errors.MANDATE_NOT_IN_STATE()
    if (decision === 'refused') {
      await saveEnd(tx, mandate.id, 'refused', ctx.now)
      await appendEvent(tx, ctx, { type: 'identity.mandate_refused', subject: mandate.id, data: { kind: 'child', by: 'officer' } })
      return noticeBoth(tx, mandate.id, 'refused')
    }
    await savePaper(tx, mandate.id, decision.paper, officer.id, ctx.now)
    await appendEvent(tx, ctx, { type: 'identity.mandate_accepted', subject: mandate.id, data: { kind: 'child', by: 'officer' } })
    await noticeBoth(tx, mandate.id, 'accepted')
  })
}
