import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { send } from '../../exchange/index.ts'
import type { Dossier } from '../dossier.ts'
import { toldNodes } from '../told-nodes.ts'
import type { Message, MessageFile, MessageSide } from './message.ts'

/** What one node tells another: a message with its files, that a side read, or that the office needs not answer. */
export type ConversationMessage =
  | { kind: 'message'; id: string; side: MessageSide; body: string; sentAt: string; files: (MessageFile & { bytes: string })[] }
  | { kind: 'read' | 'settled'; side: MessageSide; at: string }

/** Nodes where the person may read: the one of filing and the national one; from these the handling node is told, which tells the others. */
function targets(ctx: Ctx, d: Dossier, from: string | undefined): string[] {
  const own = ctx.node.config.code
  const all = own === d.nodeCode ? toldNodes(ctx.node, d.originNode) : [d.nodeCode]
  return all.filter((code) => code !== own && code !== from)
}

/** Tells the other nodes; `from` is the one that told us. */
export async function tellNodes(tx: Tx, ctx: Ctx, dossier: Dossier, said: ConversationMessage, from?: string): Promise<void> {
  for (const to of targets(ctx, dossier, from)) await send(tx, ctx, { to, service: 'dossier.conversation', subject: dossier.id, payload: said })
}

export async function asTold(ctx: Ctx, m: Pick<Message, 'id' | 'side' | 'body' | 'sentAt' | 'files'>): Promise<ConversationMessage> {
  const files = await Promise.all(m.files.map(async (f) => ({ ...f, bytes: (await ctx.node.files.get(f.fileId)).toString('base64') })))
  return { kind: 'message', id: m.id, side: m.side, body: m.body, sentAt: m.sentAt.toISOString(), files }
}
