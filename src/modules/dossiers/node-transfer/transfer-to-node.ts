import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { bytesOf, listDocuments } from '../../documents/index.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAgency, nodeOfAgency } from '../../organisations/index.ts'
import { pauseProcess } from '../../process/index.ts'
import { markPlaced } from '../competence/competence.store.ts'
import { isMovable } from '../competence/transfer-dossier.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { allowedActions } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findContent, listAttachments, lockDossier, saveReason, type Content } from '../dossiers.store.ts'
import { findReception, type Reception } from '../reception/reception.store.ts'
import { findReturnChoice, type ReturnChoice } from '../return-way/return-choice.ts'
import { answerTransfer, findLastTransfer, insertNodeTransfer, readClockPast, setHandler, type ClockPast } from './node-transfer.store.ts'

export interface NodeTransferInput { dossierId: string; agencyCode: string; reason: string }

/** A dossier on its way, after its files, which come one by one before it. Times are ISO 8601. */
export interface TransferMessage {
  id: string
  fromAgency: string
  toAgency: string
  reason: string
  /** The transfer that an officer of the sending side did not agree to. */
  returns: string | null
  dossier: Omit<Dossier, 'accountId' | 'mandateId' | 'filerAccountId'>
  content: Content
  clock: ClockPast
  reception: Reception | null
  returnTo: Pick<ReturnChoice, 'deskCode' | 'recipient'>
}
export interface TransferFileMessage { transferId: string; id: string; kind: 'attachment' | 'paper'; meta: Record<string, unknown>; bytes: string }

const longestReason = 1000

/**
 * Transfers a dossier to an agency of another node ("chuyển hồ sơ đến cơ quan có thẩm quyền thuộc hệ thống khác"), with its papers: from this moment nobody moves it here, and the
 * other node takes it over when it arrives. Code and date stay. What it cannot take comes back. Returns what is wrong with the input. @throws NOT_FOUND, NOT_IN_STATE
 */
export async function transferToNode(ctx: Ctx, input: NodeTransferInput): Promise<FieldError[]> {
  const files = await readFiles(ctx, input.dossierId)
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const agency = await findAgency(tx, input.agencyCode, ctx.now)
    const isElsewhere = agency && ![ctx.node.config.code, ctx.node.config.national.code].includes(nodeOfAgency(agency.code))
    const wrong = [...(isElsewhere ? [] : [{ field: 'toAgency', key: 'dossiers.nodeTransfer.agencyMissing' }]), ...checkReason(input.reason)]
    if (wrong.length === 0) await sendAway(tx, ctx, dossier, { toAgency: input.agencyCode, reason: input.reason.trim(), returns: null }, files)
    return wrong
  })
}

/** What came from another node goes back to the agency that sent it: it is not ours. Returns what is wrong with the input. @throws NOT_FOUND, NOT_IN_STATE, TRANSFER_MISSING */
export async function returnTransfer(ctx: Ctx, input: Omit<NodeTransferInput, 'agencyCode'>): Promise<FieldError[]> {
  const files = await readFiles(ctx, input.dossierId)
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const last = await findLastTransfer(tx, dossier.id)
    if (!last || last.state !== 'taken' || nodeOfAgency(last.toAgency) !== ctx.node.config.code) throw errors.TRANSFER_MISSING()
    const wrong = checkReason(input.reason)
    if (wrong.length > 0) return wrong
    await answerTransfer(tx, last.id, { from: 'taken', to: 'returned', at: ctx.now, answer: input.reason.trim() })
    await sendAway(tx, ctx, dossier, { toAgency: last.fromAgency, reason: input.reason.trim(), returns: last.id }, files)
    return []
  })
}

const checkReason = (reason: string): FieldError[] => (reason.trim() === '' ? [{ field: 'transferReason', key: 'dossiers.desk.reasonMissing' }] : [...reason].length > longestReason ? [{ field: 'transferReason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }] : [])

type Files = Omit<TransferFileMessage, 'transferId'>[]

/** Before the transaction: papers that were only ordered are typeset now, and bytes are read. */
async function readFiles(ctx: Ctx, dossierId: string): Promise<Files> {
  const files: Files = []
  for (const f of await listAttachments(ctx.db, dossierId)) files.push({ id: f.id, kind: 'attachment', meta: { ...f }, bytes: (await ctx.node.files.get(f.fileId)).toString('base64') })
  for (const d of await listDocuments(ctx.db, dossierId)) files.push({ id: d.id, kind: 'paper', meta: { kind: d.kind, title: d.title, number: d.number ?? null, fileName: d.fileName, signedAt: d.signedAt?.toISOString() ?? null }, bytes: (await bytesOf(ctx, d)).toString('base64') })
  return files
}

async function sendAway(tx: Tx, ctx: Ctx, dossier: Dossier, t: Pick<TransferMessage, 'toAgency' | 'reason' | 'returns'>, files: Files): Promise<void> {
  if (!isMovable(dossier)) throw errors.NOT_IN_STATE({ state: dossier.state, action: 'transfer', allowed: allowedActions(dossier.state).join(', ') })
  const content = await findContent(tx, dossier.id)
  if (!content) throw errors.NOT_FOUND()
  const [id, to] = [newId(ctx.now.getTime()), nodeOfAgency(t.toAgency)]
  if (dossier.receivedAt) await pauseProcess(tx, ctx, { subject: dossier.id })
  await markPlaced(tx, dossier.id, ctx.now)
  await saveReason(tx, dossier.id, 'transfer', t.reason, ctx.now)
  await insertNodeTransfer(tx, { id, dossierId: dossier.id, fromAgency: dossier.agencyCode, toAgency: t.toAgency, reason: t.reason, sentAt: ctx.now, sentBy: actorKey(ctx.actor), state: 'sent', answeredAt: null })
  await setHandler(tx, dossier.id, to, t.toAgency)
  await appendEvent(tx, ctx, { type: 'transfer.sent', subject: dossier.id, data: { transferId: id, from: dossier.agencyCode, to: t.toAgency, returns: t.returns } })
  for (const f of files) await send(tx, ctx, { to, service: 'dossier.transfer-file', subject: dossier.id, payload: { transferId: id, ...f } satisfies TransferFileMessage })
  const { accountId: _, mandateId: __, filerAccountId: ___, ...facts } = dossier
  const payload: TransferMessage = { id, fromAgency: dossier.agencyCode, ...t, dossier: facts, content, clock: await readClockPast(tx, dossier.id), reception: (await findReception(tx, dossier.id)) ?? null, returnTo: await findReturnChoice(tx, dossier.id) }
  await send(tx, ctx, { to, service: 'dossier.transfer', subject: dossier.id, payload })
}
