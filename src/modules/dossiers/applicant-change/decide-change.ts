import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { makeOrderedPapers } from '../../documents/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { allowedActions } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier, lockDossier } from '../dossiers.store.ts'
import { applyContent, prepareContent, type Prepared } from './apply-change.ts'
import { findOpenChange, insertChange, saveDecision, type Decision, type NewChange } from './applicant-change.store.ts'
import { isChangeable } from './request-change.ts'
import { tellOrigin, type DecisionMessage } from './tell-origin.ts'

const longestReason = 1000

/**
 * An officer confirms a change that another wrote down or the applicant asked for: declaration and unsigned draft say the new data from now on, papers that were issued stay.
 * @throws NOT_FOUND, CHANGE_MISSING, CHANGE_OWN, NOT_IN_STATE
 */
export async function confirmChange(ctx: Ctx, input: { dossierId: string; changeId: string }): Promise<void> {
  const seen = await findOpenChange(ctx.db, input.dossierId)
  if (seen?.id !== input.changeId) throw errors.CHANGE_MISSING()
  const dossier = await findDossier(ctx.db, input.dossierId)
  const prepared = dossier && await prepareContent(ctx, dossier, seen.changes)
  // What was issued and only waits to be typeset still says the old data.
  await makeOrderedPapers(ctx, input.dossierId)
  await transact(ctx, (tx) => decide(tx, ctx, input, { isConfirmed: true, reason: null }, prepared))
}

/** An officer does not agree; the applicant reads why. Returns what is wrong with the input. @throws NOT_FOUND, CHANGE_MISSING, CHANGE_OWN */
export async function declineChange(ctx: Ctx, input: { dossierId: string; changeId: string; reason: string }): Promise<FieldError[]> {
  const reason = input.reason.trim()
  if (reason === '') return [{ field: 'declineReason', key: 'dossiers.desk.reasonMissing' }]
  if ([...reason].length > longestReason) return [{ field: 'declineReason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }]
  await transact(ctx, (tx) => decide(tx, ctx, input, { isConfirmed: false, reason }, undefined))
  return []
}

async function decide(tx: Tx, ctx: Ctx, input: { dossierId: string; changeId: string }, verdict: Pick<Decision, 'isConfirmed' | 'reason'>, prepared: Prepared | undefined): Promise<void> {
  const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
  await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
  const change = await findOpenChange(tx, dossier.id)
  if (change?.id !== input.changeId) throw errors.CHANGE_MISSING()
  if (change.askedBy === actorKey(ctx.actor)) throw errors.CHANGE_OWN()
  if (verdict.isConfirmed && !isChangeable(dossier)) throw errors.NOT_IN_STATE({ state: dossier.state, action: 'change-applicant', allowed: allowedActions(dossier.state).join(', ') })
  const decision: Decision = { at: ctx.now, by: actorKey(ctx.actor), ...verdict }
  if (prepared) await applyContent(tx, dossier.id, prepared)
  await settle(tx, ctx, dossier, change, decision)
  await tellOrigin(tx, ctx, dossier, change, decision)
}

async function settle(tx: Tx, ctx: Ctx, dossier: Dossier, change: NewChange, decision: Decision, mark: { mirrored?: true } = {}): Promise<void> {
  if (!(await saveDecision(tx, change.id, decision))) return
  const data = { node: dossier.nodeCode, origin: dossier.originNode, changeId: change.id, fields: change.changes.map((c) => c.fact), ...mark }
  if (decision.isConfirmed) await appendEvent(tx, ctx, { type: 'dossier.applicant_changed', subject: dossier.id, data })
  else await appendEvent(tx, ctx, { type: 'dossier.applicant_kept', subject: dossier.id, data })
}

/** The decision of the handling node at the node of filing (service dossier.applicant); a repeat changes nothing. @throws NOT_FOUND */
export async function receiveDecision(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as DecisionMessage
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || dossier.nodeCode !== message.from) throw errors.NOT_FOUND()
  const open = await findOpenChange(tx, dossier.id)
  // Written down at a desk of the handling node: nobody has heard of it here.
  const by = `node:${message.from}`
  const change: NewChange = open?.id === m.id ? open : { id: m.id, dossierId: dossier.id, changes: m.changes, ground: m.ground, way: m.way, askedBy: `desk:${message.from}`, askedAt: new Date(m.askedAt) }
  // What waits here and was never heard of there gives way to what holds.
  if (open && open.id !== m.id) await saveDecision(tx, open.id, { at: new Date(m.decidedAt), by, isConfirmed: false, reason: null })
  if (open?.id !== m.id && !(await insertChange(tx, change))) return
  if (m.isConfirmed) {
    const prepared = await prepareContent(ctx, dossier, m.changes, tx)
    if (prepared) await applyContent(tx, dossier.id, prepared)
  }
  await settle(tx, ctx, dossier, change, { at: new Date(m.decidedAt), by, isConfirmed: m.isConfirmed, reason: m.reason }, { mirrored: true })
}
