import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { lockDossier } from '../dossiers.store.ts'
import { settle } from './message.store.ts'
import { tellNodes } from './tell-nodes.ts'

/** An officer says that the person's messages need no answer, such as a mere thanks. @throws NOT_FOUND, NOT_HANDLED_HERE */
export async function settleMessages(ctx: Ctx, input: { dossierId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    if ((await settle(tx, dossier.id, ctx.now)) === 0) return
    await appendEvent(tx, ctx, { type: 'dossier.messages_settled', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode } })
    await tellNodes(tx, ctx, dossier, { kind: 'settled', side: 'person', at: ctx.now.toISOString() })
  })
}
