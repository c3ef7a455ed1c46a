import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { InboundMessage } from '../../platform/module.ts'
import { send } from '../exchange/index.ts'
import { cancelProcess } from '../process/index.ts'
import type { Dossier } from './dossier.ts'
import { transition } from './dossier-states.ts'
import { assertOfDesk } from './desk-scope.ts'
import { errors } from './dossiers.errors.ts'
import { findDossier, lockDossier, saveReason } from './dossiers.store.ts'
import { assertMayAct, maySee } from './on-behalf.ts'
import { recordStep } from './record-step.ts'

/** The owner asks to withdraw before a result is decided ("rút hồ sơ"). @throws NOT_FOUND, NOT_IN_STATE */
export async function requestWithdrawal(ctx: Ctx, input: { dossierId: string; reason: string }): Promise<void> {
  const seen = await findDossier(ctx.db, input.dossierId)
  if (!seen || ctx.actor.kind !== 'person' || !(await maySee(ctx, ctx.actor, seen))) throw errors.NOT_FOUND()
  await assertMayAct(ctx, ctx.actor, seen)
  transition(seen, 'request-withdrawal')
  await transact(ctx, async (tx) => {
    if (seen.nodeCode === ctx.node.config.code) await applyWithdrawal(tx, ctx, input)
    else await send(tx, ctx, { to: seen.nodeCode, service: 'dossier.withdraw', subject: seen.id, payload: { reason: input.reason } })
  })
}

/** The same wish, arriving from the node of the owner (service dossier.withdraw). */
export async function receiveWithdrawal(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const dossier = await lockDossier(tx, message.subject, ctx.node.config.code)
  if (dossier.originNode !== message.from && message.from !== ctx.node.config.national.code) throw errors.NOT_FOUND()
  await applyWithdrawal(tx, ctx, { dossierId: message.subject, reason: String((message.payload as { reason?: unknown }).reason ?? '') })
}

async function applyWithdrawal(tx: Tx, ctx: Ctx, input: { dossierId: string; reason: string }): Promise<void> {
  const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
  await recordStep(tx, ctx, dossier, 'request-withdrawal')
  await saveReason(tx, dossier.id, 'request-withdrawal', input.reason, ctx.now)
}

/** The desk confirms the withdrawal: handling stops, the stop notice (form 05) follows. @throws NOT_IN_STATE, NOT_FOUND */
export async function stopDossier(ctx: Ctx, input: { dossierId: string }): Promise<Dossier> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.receive', tx)
    if (dossier.receivedAt) await cancelProcess(tx, ctx, { subject: dossier.id })
    return recordStep(tx, ctx, dossier, 'stop', { finishedAt: ctx.now, pausedAt: null }, by)
  })
}
