import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { Dossier } from '../dossier.ts'
import type { Message } from './message.ts'
import { insertMessage, settle } from './message.store.ts'
import { asTold, tellNodes } from './tell-nodes.ts'

export type NewMessage = Pick<Message, 'id' | 'side' | 'body' | 'sentAt' | 'files'>

/**
 * Keeps a message, with its event and for the other nodes; an answer of the office settles what the person had asked. A repeat does nothing.
 * `from` is the node that told it. The event says that there is a message, never what it says.
 */
export async function recordMessage(tx: Tx, ctx: Ctx, dossier: Dossier, m: NewMessage, from?: string): Promise<boolean> {
  if (!(await insertMessage(tx, { ...m, dossierId: dossier.id, author: from ? `node:${from}` : actorKey(ctx.actor) }))) return false
  if (m.side === 'office') await settle(tx, dossier.id, m.sentAt)
  await appendEvent(tx, { ...ctx, now: m.sentAt }, { type: 'dossier.message_sent', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, messageId: m.id, side: m.side, files: m.files.length } })
  await tellNodes(tx, ctx, dossier, await asTold(ctx, m), from)
  return true
}
