import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage, ServiceHandler } from '../../../platform/module.ts'
import { send, TryLater } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { nodeOfAgency } from '../../organisations/index.ts'
import { cancelProcess, resumeProcess } from '../../process/index.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { toldNodes } from '../told-nodes.ts'
import { answerTransfer, countEarly, findNodeTransfer, keepEarly, listOfDossier, setHandler, takeEarly, type NodeTransfer } from './node-transfer.store.ts'

/** The transfer that a node answers, sent by us to it. @throws NOT_FOUND */
async function answered(tx: Tx, message: InboundMessage): Promise<NodeTransfer> {
  const transfer = await findNodeTransfer(tx, String((message.payload as { id?: unknown }).id))
  if (!transfer || transfer.dossierId !== message.subject || nodeOfAgency(transfer.toAgency) !== message.from) throw errors.NOT_FOUND()
  return transfer
}

/** The other node has it (service dossier.taken): what ran here ends, and the nodes that know of the dossier hear from us who tells about it from now on. */
export async function receiveTaken(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const transfer = await answered(tx, message)
  if (!(await answerTransfer(tx, transfer.id, { from: 'sent', to: 'taken', at: ctx.now, answer: null }))) return
  const dossier = await findDossier(tx, transfer.dossierId)
  if (!dossier) throw errors.NOT_FOUND()
  if (dossier.receivedAt) await cancelProcess(tx, ctx, { subject: dossier.id })
  await appendEvent(tx, ctx, { type: 'transfer.taken', subject: dossier.id, data: { transferId: transfer.id, from: transfer.fromAgency, to: transfer.toAgency } })
  for (const to of toldNodes(ctx.node, dossier.originNode)) if (to !== message.from) await send(tx, ctx, { to, service: 'dossier.handed-over', subject: dossier.id, payload: { to: message.from, agency: transfer.toAgency } })
}

/** The other node could not take it (service dossier.transfer-refused): it is ours again, and goes on where it was. */
export async function receiveRefusedTransfer(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const transfer = await answered(tx, message)
  const reason = String((message.payload as { reason?: unknown }).reason ?? '')
  if (!(await answerTransfer(tx, transfer.id, { from: 'sent', to: 'refused', at: ctx.now, answer: reason }))) return
  const dossier = await findDossier(tx, transfer.dossierId)
  if (!dossier) throw errors.NOT_FOUND()
  await setHandler(tx, dossier.id, ctx.node.config.code, transfer.fromAgency)
  if (dossier.receivedAt) await resumeProcess(tx, ctx, { subject: dossier.id })
  await appendEvent(tx, ctx, { type: 'transfer.refused', subject: dossier.id, data: { transferId: transfer.id, from: transfer.fromAgency, to: transfer.toAgency } })
}

/** At a node that knows of a dossier: only who handles it says who handles it next (service dossier.handed-over). What that one has told already is heard now. */
export const receiveHandedOver = (handlers: Readonly<Record<string, ServiceHandler>>): ServiceHandler => async (tx, ctx, message) => {
  const { to, agency } = message.payload as { to: string; agency: string }
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || dossier.nodeCode !== message.from || nodeOfAgency(agency) !== to || to === ctx.node.config.code) throw errors.NOT_FOUND()
  await setHandler(tx, dossier.id, to, agency)
  for (const early of await takeEarly(tx, dossier.id, to)) await handlers[early.service]?.(tx, ctx, early)
}

/** So much is kept of one node before its word counts: what a great many transfers on their way at once tell, with their letters. */
export const mostEarly = { messages: 500, bytes: 256 * 1024 * 1024 }

/**
 * What comes from a node of which nobody has told yet that it handles the dossier waits until its handler tells so; if that never comes, it is never heard
 * (`forget-early.ts`). What goes beyond the measure stays at the sender. @throws TryLater
 */
export const waitForHandler = (handle: ServiceHandler): ServiceHandler => async (tx, ctx, message) => {
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || dossier.nodeCode === message.from || dossier.nodeCode === ctx.node.config.code) return handle(tx, ctx, message)
  const kept = await countEarly(tx, message.from)
  if (kept.messages >= mostEarly.messages || kept.bytes >= mostEarly.bytes) throw new TryLater(`${kept.messages} messages of ${kept.bytes} bytes from ${message.from} wait already to be heard`)
  await keepEarly(tx, message, ctx.now)
}

/**
 * What a person asks of a dossier that this node has given away goes on to who handles it now; and who had it before us speaks for the node of filing, which did not know yet.
 * So nothing is lost while a dossier is on its way.
 */
export const passOn = (handle: ServiceHandler): ServiceHandler => async (tx, ctx, message) => {
  const own = ctx.node.config.code
  const dossier = await findDossier(tx, message.subject)
  const isOwner = dossier === undefined || message.from === dossier.originNode || message.from === ctx.node.config.national.code
  if (dossier && dossier.nodeCode !== own && dossier.nodeCode !== message.from && isOwner && (await wasTransferred(tx, dossier.id, { from: own, to: dossier.nodeCode }))) {
    await send(tx, ctx, { to: dossier.nodeCode, service: message.service, subject: message.subject, payload: message.payload })
  } else if (dossier?.nodeCode === own && !isOwner && (await wasTransferred(tx, dossier.id, { from: message.from, to: own }))) await handle(tx, ctx, { ...message, from: dossier.originNode })
  else await handle(tx, ctx, message)
}

async function wasTransferred(tx: Tx, dossierId: string, between: { from: string; to: string }): Promise<boolean> {
  return (await listOfDossier(tx, dossierId)).some((t) => nodeOfAgency(t.fromAgency) === between.from && nodeOfAgency(t.toAgency) === between.to && t.state !== 'refused')
}
