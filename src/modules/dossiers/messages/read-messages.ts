import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { Dossier } from '../dossier.ts'
import { otherSide, type MessageSide } from './message.ts'
import { countUnread, markRead } from './message.store.ts'
import { tellNodes } from './tell-nodes.ts'

/** `reader` has opened the conversation: what the other side wrote bears a read mark from now on, on every node. */
export async function readMessages(ctx: Ctx, dossier: Dossier, reader: MessageSide): Promise<void> {
  const side = otherSide(reader)
  if (await countUnread(ctx.db, dossier.id, side) === 0) return
  await transact(ctx, async (tx) => {
    if (await markRead(tx, dossier.id, side, ctx.now) === 0) return
    await appendEvent(tx, ctx, { type: 'dossier.messages_read', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, reader } })
    await tellNodes(tx, ctx, dossier, { kind: 'read', side, at: ctx.now.toISOString() })
  })
}
