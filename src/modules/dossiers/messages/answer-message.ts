import { transact, type Ctx } from '../../../platform/ctx.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { lockDossier } from '../dossiers.store.ts'
import { recordMessage } from './record-message.ts'
import type { MessageInput } from './write-message.ts'

/** The unit that handles the dossier writes to the person; what the person had asked waits no longer. @throws NOT_FOUND, NOT_HANDLED_HERE */
export async function answerMessage(ctx: Ctx, input: MessageInput): Promise<void> {
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    await recordMessage(tx, ctx, dossier, { id: input.id, side: 'office', body: input.body, sentAt: ctx.now, files: [...input.files] })
  })
}
