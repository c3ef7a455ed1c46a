import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { markRead, settle } from './message.store.ts'
import { recordMessage } from './record-message.ts'
import { tellNodes, type ConversationMessage } from './tell-nodes.ts'

/**
 * What another node tells about a conversation (service dossier.conversation). The handling node speaks for the office, the nodes of filing and the national
 * one for the person; neither for the other. @throws NOT_FOUND
 */
export async function receiveConversation(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const said = message.payload as ConversationMessage
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || !mayTell(ctx, dossier, message.from, said)) throw errors.NOT_FOUND()
  if (said.kind === 'message') {
    const files = await Promise.all(said.files.map(async ({ bytes, ...f }) => ({ ...f, fileId: (await ctx.node.files.put(Buffer.from(bytes, 'base64'))).id })))
    await recordMessage(tx, ctx, dossier, { id: said.id, side: said.side, body: said.body, sentAt: new Date(said.sentAt), files }, message.from)
    return
  }
  if (said.kind === 'read') await markRead(tx, dossier.id, said.side, new Date(said.at))
  else await settle(tx, dossier.id, new Date(said.at))
  await tellNodes(tx, ctx, dossier, said, message.from)
}

function mayTell(ctx: Ctx, d: Dossier, from: string, said: ConversationMessage): boolean {
  // Whoever told us that handles it may tell all that it knows, also what the person wrote elsewhere.
  if (from === d.nodeCode) return true
  const speaker = said.kind === 'message' ? said.side : said.kind === 'read' && said.side === 'office' ? 'person' : 'office'
  return d.nodeCode === ctx.node.config.code && (from === d.originNode || from === ctx.node.config.national.code) && speaker === 'person'
}
