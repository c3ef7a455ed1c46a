import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { newId } from '../../../platform/ids.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import { listDocuments, storeDocument } from '../../documents/index.ts'
import { send, TryLater } from '../../exchange/index.ts'
import { accountForSubject, unitInCharge } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAgency, nodeOfAgency } from '../../organisations/index.ts'
import { startProcess } from '../../process/index.ts'
import { insertTransfer } from '../competence/competence.store.ts'
import { factsOf, type AttachedFile, type Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { addAttachments, findDossier, saveProgress, saveReason } from '../dossiers.store.ts'
import { insertReception } from '../reception/reception.store.ts'
import { saveReturnChoice } from '../return-way/return-choice.ts'
import { answerTransfer, countTransferFiles, findNodeTransfer, insertNodeTransfer, keepTransferFile, takeOver, takeOverClock, takeOverContent, takeTransferFiles, type ClockPast, type TransferredFile } from './node-transfer.store.ts'
import type { TransferFileMessage, TransferMessage } from './transfer-to-node.ts'

/** With so many files of a node waiting no further transfer of it begins, and no single one has more: a dossier with every paper it may have is far below. */
export const mostWaiting = { files: 500, bytes: 2 * 1024 ** 3 }

/**
 * A file of a transfer, kept until the dossier itself comes (service dossier.transfer-file); if that never does, it is forgotten (`forget-early.ts`). What goes beyond the measure
 * stays at the sender, and the dossier behind it. A transfer that has begun is not held up by others: they might all wait for each other. @throws TryLater
 */
export async function receiveTransferFile(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const { transferId, bytes, ...f } = message.payload as TransferFileMessage
  const of = { from: message.from, transferId }
  const kept = await countTransferFiles(tx, of)
  const [files, size] = kept.ownFiles > 0 ? [kept.ownFiles, kept.ownBytes] : [kept.files, kept.bytes]
  if (files >= mostWaiting.files || size >= mostWaiting.bytes) throw new TryLater(`${kept.files} files of ${kept.bytes} bytes from ${message.from} wait already for their dossiers`)
  const stored = await ctx.node.files.put(Buffer.from(bytes, 'base64'))
  await keepTransferFile(tx, of, { ...f, fileId: stored.id, size: stored.size }, ctx.now)
}

/**
 * A dossier that another node transfers to one of our agencies (service dossier.transfer): taken over with its papers, its process begins here, and the other node is told. A
 * repeat changes nothing. What cannot be taken goes back with the reason, so that it is never lost. @throws NOT_COMPETENT_HERE for what is not the sender's to give
 */
export async function receiveTransfer(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as TransferMessage
  const own = ctx.node.config.code
  if (m.dossier.id !== message.subject || nodeOfAgency(m.fromAgency) !== message.from || nodeOfAgency(m.toAgency) !== own) throw errors.NOT_COMPETENT_HERE({ place: m.toAgency })
  if (await findNodeTransfer(tx, m.id)) return
  const known = await findDossier(tx, message.subject)
  if (known && known.nodeCode !== message.from) throw errors.NOT_COMPETENT_HERE({ place: m.toAgency })
  const files = await takeTransferFiles(tx, { from: message.from, transferId: m.id })
  const [agency, procedure] = await Promise.all([findAgency(tx, m.toAgency, ctx.now), getProcedureVersion(tx, m.dossier.procedureCode, m.dossier.procedureVersion)])
  const why = !agency ? 'Cơ quan nhận không còn hoạt động.' : !procedure?.content.service ? 'Hệ thống nhận chưa có phiên bản này của thủ tục.' : undefined
  if (why !== undefined || !procedure?.content.service) {
    await send(tx, ctx, { to: message.from, service: 'dossier.transfer-refused', subject: message.subject, payload: { id: m.id, reason: why } })
    await appendEvent(tx, ctx, { type: 'transfer.declined', subject: message.subject, data: { transferId: m.id, from: m.fromAgency, to: m.toAgency } })
    return
  }
  const dossier = await keepDossier(tx, ctx, m, files)
  if (dossier.receivedAt) {
    const matter = { procedureCode: dossier.procedureCode, sectorCode: procedure.content.sector.code }
    await startProcess(tx, ctx, { processKey: procedure.content.service.processKey, subject: dossier.id, agencyCode: dossier.agencyCode, variables: {}, matter: { ...matter, unitId: await unitInCharge(tx, dossier.agencyCode, matter, ctx.now) } })
  }
  await insertNodeTransfer(tx, { id: m.id, dossierId: dossier.id, fromAgency: m.fromAgency, toAgency: m.toAgency, reason: m.reason, sentAt: ctx.now, sentBy: `node:${message.from}`, state: 'taken', answeredAt: ctx.now })
  if (m.returns) await answerTransfer(tx, m.returns, { from: 'taken', to: 'returned', at: ctx.now, answer: m.reason })
  // First the word that it is ours, then what happens to it here: the nodes that know of it hear in this order.
  await send(tx, ctx, { to: message.from, service: 'dossier.taken', subject: dossier.id, payload: { id: m.id } })
  const saved = await saveProgress(tx, dossier)
  await appendEvent(tx, ctx, { type: 'dossier.transferred', subject: saved.id, data: { ...factsOf(saved), from: m.fromAgency } })
}

async function keepDossier(tx: Tx, ctx: Ctx, m: TransferMessage, files: readonly TransferredFile[]): Promise<Dossier> {
  const date = (iso: unknown): Date | null => (iso ? new Date(String(iso)) : null)
  const { dossier: d } = m
  const account = d.ownerNode && d.ownerSubject ? await accountForSubject(tx, d.ownerNode, d.ownerSubject) : undefined
  const dossier: Dossier = {
    ...d, nodeCode: ctx.node.config.code, agencyCode: m.toAgency, accountId: account?.id ?? null, mandateId: null, filerAccountId: null,
    submittedAt: date(d.submittedAt)!, receivedAt: date(d.receivedAt), promisedAt: date(d.promisedAt), dueAt: date(d.dueAt), pausedAt: null, finishedAt: null, returnedAt: null,
  }
  await takeOver(tx, dossier)
  await takeOverContent(tx, dossier.id, m.content)
  await takeOverClock(tx, dossier.id, revived(m.clock))
  await addAttachments(tx, dossier.id, files.filter((f) => f.kind === 'attachment').map(attachmentOf), ctx.now)
  for (const f of files.filter((one) => one.kind === 'paper')) await keepPaper(tx, ctx, dossier.id, f)
  if (m.reception) await insertReception(tx, dossier.id, { ...m.reception, visitId: null })
  if (m.returnTo.deskCode || m.returnTo.recipient) await saveReturnChoice(tx, dossier.id, { way: dossier.returnWay, ...m.returnTo }, ctx.now)
  await saveReason(tx, dossier.id, 'transfer', m.reason, ctx.now)
  await insertTransfer(tx, { id: newId(ctx.now.getTime()), dossierId: dossier.id, fromAgency: m.fromAgency, toAgency: m.toAgency, reason: m.reason, at: ctx.now, by: `node:${nodeOfAgency(m.fromAgency)}` })
  return dossier
}

const attachmentOf = ({ id, fileId, meta }: TransferredFile): AttachedFile => ({ ...(meta as Omit<AttachedFile, 'id' | 'fileId'>), id, fileId })

/** Once: what this node has already, of its own or as a letter, is the same bytes or the same key. */
async function keepPaper(tx: Tx, ctx: Ctx, dossierId: string, f: TransferredFile): Promise<void> {
  if ((await listDocuments(tx, dossierId)).some((d) => d.fileId === f.fileId)) return
  const { kind, title, number, fileName, signedAt } = f.meta as { kind: string; title: string; number: string | null; fileName: string; signedAt: string | null }
  await storeDocument(tx, ctx, { kind, subject: dossierId, title, number: number ?? undefined, fileName, bytes: await ctx.node.files.get(f.fileId), signedAt: signedAt ? new Date(signedAt) : undefined, key: `mirror:${f.id}` })
}

function revived({ pauses, extensions }: ClockPast): ClockPast {
  const date = <T extends Date | null>(value: T): T => (value === null ? value : new Date(value) as T)
  return {
    pauses: pauses.map((p) => ({ ...p, startedAt: date(p.startedAt), endedAt: date(p.endedAt), dueBefore: date(p.dueBefore), dueAfter: date(p.dueAfter) })),
    extensions: extensions.map((e) => ({ ...e, dueBefore: date(e.dueBefore), dueAfter: date(e.dueAfter), extendedAt: date(e.extendedAt) })),
  }
}
