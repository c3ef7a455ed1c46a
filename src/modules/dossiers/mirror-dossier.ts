import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { InboundMessage } from '../../platform/module.ts'
import { storeDocument } from '../documents/index.ts'
import { accountForSubject } from '../identity/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { saveClockStory } from './clock/clock.store.ts'
import { markPlaced } from './competence/competence.store.ts'
import { reasonOfEvent, type EventMessage, type LetterMessage } from './dossier-feed.ts'
import { findDossier, insertSupplementRequest, answerOpenSupplement, saveReason } from './dossiers.store.ts'
import { edges, transferEvent } from './dossier-states.ts'
import { insertPaymentRequest, settlePaymentRequest } from './payment/payment.store.ts'
import { errors } from './dossiers.errors.ts'

const date = (iso: string | null): Date | null => (iso ? new Date(iso) : null)

/**
 * Takes over one step of a dossier that another node handles (service dossier.event): the mirror row and the same event in our own
 * ledger, so that our followers count it like our own. Steps come in order and count once; only the handling node may tell them.
 */
export async function mirrorEvent(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as EventMessage
  if (m.facts.node !== message.from) throw errors.NOT_HANDLED_HERE({ node: m.facts.node })
  const fresh = await saveMirror(tx, ctx, message.subject, m)
  if (!fresh) return
  if (m.supplement) await insertSupplementRequest(tx, message.subject, { ...m.supplement, requestedAt: new Date(m.at), requestedBy: `node:${message.from}` })
  if (m.type === edges['answer-supplement'].event) await answerOpenSupplement(tx, message.subject, new Date(m.at), '')
  if (m.payment) await insertPaymentRequest(tx, message.subject, { ...m.payment, requestedAt: new Date(m.at), requestedBy: `node:${message.from}` })
  if (m.type === edges['confirm-payment'].event) await settlePaymentRequest(tx, message.subject, { at: new Date(m.at), receipt: null, by: `node:${message.from}` })
  if (m.clock) await saveClockStory(tx, message.subject, m.clock)
  const action = reasonOfEvent[m.type]
  if (m.reason && action) await saveReason(tx, message.subject, action, m.reason, new Date(m.at))
  if (m.type === transferEvent) await markPlaced(tx, message.subject, new Date(m.at))
  await appendEvent(tx, { ...ctx, now: new Date(m.at) }, { type: m.type, subject: message.subject, data: { ...m.facts, mirrored: true } })
}

/** Inserts or moves the mirror row; false when this step (or a later one) is already known. */
async function saveMirror(tx: Tx, ctx: Ctx, id: string, m: EventMessage): Promise<boolean> {
  const f = m.facts
  const moved = await tx`
    UPDATE dossiers.dossier SET agency_code = ${f.agency}, code = ${f.code}, state = ${f.state}, received_at = ${date(f.receivedAt)}, promised_at = ${date(f.promisedAt)}, due_at = ${date(f.dueAt)}, paused_at = ${date(f.pausedAt)},
      finished_at = ${date(f.finishedAt)}, returned_at = ${date(f.returnedAt)}, supplements = ${f.supplements}, is_late = ${f.late ?? false}, event_seq = ${f.seq}
    WHERE id = ${id} AND node_code = ${f.node} AND event_seq < ${f.seq} RETURNING id`
  if (moved.length > 0) return true
  if (await findDossier(tx, id)) return false
  const account = m.owner ? await accountForSubject(tx, m.owner.node, m.owner.subject) : undefined
  await tx`
    INSERT INTO dossiers.dossier (id, reference, code, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, state, return_way, account_id, owner_node, owner_subject,
      submitted_at, received_at, promised_at, due_at, paused_at, finished_at, returned_at, supplements, is_late, event_seq)
    VALUES (${id}, ${f.reference}, ${f.code}, ${f.procedure}, ${f.version}, ${f.node}, ${f.origin}, ${f.agency}, ${f.place}, ${f.channel}, ${f.state}, ${m.returnWay}, ${account?.id ?? null}, ${m.owner?.node ?? null}, ${m.owner?.subject ?? null},
      ${date(f.submittedAt)}, ${date(f.receivedAt)}, ${date(f.promisedAt)}, ${date(f.dueAt)}, ${date(f.pausedAt)}, ${date(f.finishedAt)}, ${date(f.returnedAt)}, ${f.supplements}, ${f.late ?? false}, ${f.seq})`
  return true
}

/** A letter or a result issued by the handling node (service dossier.letter), kept for the owner who reads it here. */
export async function mirrorLetter(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as LetterMessage
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || dossier.nodeCode !== message.from) throw errors.NOT_FOUND()
  const documentId = await storeDocument(tx, ctx, { kind: m.kind, subject: dossier.id, title: m.title, number: m.number ?? undefined, fileName: m.fileName, bytes: Buffer.from(m.bytes, 'base64'), signedAt: date(m.signedAt) ?? undefined, key: `mirror:${m.documentId}` })
  await appendEvent(tx, ctx, { type: 'dossier.letter_issued', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId, kind: m.kind, mirrored: true } })
}
