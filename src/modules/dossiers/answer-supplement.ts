import { transact, within, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { InboundMessage } from '../../platform/module.ts'
import { calendarOf, loadCalendar, runClock } from '../calendar/index.ts'
import { makeOrderedPapers } from '../documents/index.ts'
import { send } from '../exchange/index.ts'
import { resumeProcess } from '../process/index.ts'
import type { AttachedFile, Dossier } from './dossier.ts'
import { readClockFacts } from './clock/clock.store.ts'
import { transition } from './dossier-states.ts'
import { errors } from './dossiers.errors.ts'
import { addAttachments, answerOpenSupplement, closePause, findDossier, lockDossier } from './dossiers.store.ts'
import { assertMayAct, maySee } from './on-behalf.ts'
import { recordStep } from './record-step.ts'

export interface SupplementAnswer { dossierId: string; answer: string; files: readonly AttachedFile[] }

/**
 * The applicant completes the dossier. Where it is handled, the clock goes on with the time that was left; from another node
 * the answer travels to the handling node and the state comes back as an event. @throws NOT_FOUND, NOT_IN_STATE
 */
export async function answerSupplement(ctx: Ctx, input: SupplementAnswer): Promise<void> {
  const seen = await findDossier(ctx.db, input.dossierId)
  if (!seen || ctx.actor.kind !== 'person' || !(await maySee(ctx, ctx.actor, seen))) throw errors.NOT_FOUND()
  await assertMayAct(ctx, ctx.actor, seen)
  transition(seen, 'answer-supplement')
  if (seen.nodeCode === ctx.node.config.code) {
    await makeOrderedPapers(ctx, seen.id)
    await transact(ctx, (tx) => applyAnswer(tx, ctx, input))
    return
  }
  const files = await Promise.all(input.files.map(async (f) => ({ ...f, bytes: (await ctx.node.files.get(f.fileId)).toString('base64') })))
  await transact(ctx, async (tx) => {
    await addAttachments(tx, seen.id, input.files, ctx.now)
    await answerOpenSupplement(tx, seen.id, ctx.now, input.answer)
    await send(tx, ctx, { to: seen.nodeCode, service: 'dossier.answer', subject: seen.id, payload: { answer: input.answer, files } })
  })
}

/** The same answer, arriving from the node at which the dossier was filed (service dossier.answer). */
export async function receiveAnswer(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as { answer: string; files: (AttachedFile & { bytes: string })[] }
  const dossier = await lockDossier(tx, message.subject, ctx.node.config.code)
  if (dossier.originNode !== message.from && message.from !== ctx.node.config.national.code) throw errors.NOT_FOUND()
  await makeOrderedPapers(within(ctx, tx), dossier.id)
  const files = await Promise.all(m.files.map(async ({ bytes, ...f }) => ({ ...f, fileId: (await ctx.node.files.put(Buffer.from(bytes, 'base64'))).id })))
  await applyAnswer(tx, ctx, { dossierId: message.subject, answer: m.answer, files })
}

async function applyAnswer(tx: Tx, ctx: Ctx, input: SupplementAnswer): Promise<Dossier> {
  const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
  const dueAt = await dueAfterStop(tx, ctx, dossier)
  const resumed = await recordStep(tx, ctx, dossier, 'answer-supplement', { dueAt, pausedAt: null })
  await addAttachments(tx, dossier.id, input.files, ctx.now)
  await answerOpenSupplement(tx, dossier.id, ctx.now, input.answer)
  await closePause(tx, dossier.id, ctx.now, dueAt)
  if (dossier.receivedAt) await resumeProcess(tx, ctx, { subject: dossier.id })
  return resumed
}

/** The date when the clock goes on now: counted through from the reception, and never earlier than the one in force. */
export async function dueAfterStop(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<Date | null> {
  const facts = dossier.dueAt && dossier.pausedAt ? (await readClockFacts(tx, [dossier])).get(dossier.id) : undefined
  if (!facts) return dossier.dueAt
  const at = ctx.now > dossier.pausedAt! ? ctx.now : dossier.pausedAt!
  const { due } = runClock(calendarOf(await loadCalendar(tx), dossier.agencyCode), { ...facts, changes: [...facts.changes, { kind: 'resume', at }] })
  return due > dossier.dueAt! ? due : dossier.dueAt
}
