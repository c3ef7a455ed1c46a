import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { appendEvent } from '../../ledger/index.ts'
import { allowedActions } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier, lockDossier, saveReason } from '../dossiers.store.ts'
import { recordStep } from '../record-step.ts'
import { insertUndo, saveChild, type GroupView } from './linked.store.ts'
import { tellNode } from './tell-node.ts'

/** Only the node where a dossier was filed speaks for its group. @throws NOT_FOUND */
async function assertParent(tx: Tx, message: InboundMessage): Promise<void> {
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || dossier.originNode !== message.from) throw errors.NOT_FOUND()
}

/** How the group of a dossier stands (service linked.news). @throws NOT_FOUND */
export async function receiveNews(tx: Tx, _ctx: Ctx, message: InboundMessage): Promise<void> {
  await assertParent(tx, message)
  const { view, at } = message.payload as { view: GroupView; at: string }
  await saveChild(tx, { dossierId: message.subject, groupId: view.groupId, part: view.part, parentNode: message.from, limitValue: view.limit?.value ?? null, limitUnit: view.limit?.unit ?? null, view, toldAt: new Date(at) })
}

/** The person or the group no longer wants a part (service linked.withdraw). Where its result is decided already, that came first and stays. @throws NOT_FOUND */
export async function receiveGroupWithdrawal(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  await assertParent(tx, message)
  const dossier = await lockDossier(tx, message.subject, ctx.node.config.code)
  if (!allowedActions(dossier.state).includes('request-withdrawal')) return
  await recordStep(tx, ctx, dossier, 'request-withdrawal')
  await saveReason(tx, dossier.id, 'request-withdrawal', String((message.payload as { reason?: unknown }).reason ?? ''), ctx.now)
}

/** The group stopped, and what this part decided should be undone (service linked.undo): an officer answers. @throws NOT_FOUND */
export async function receiveUndo(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  await assertParent(tx, message)
  const { because } = message.payload as { because: string }
  if (await insertUndo(tx, message.subject, because, ctx.now)) await appendEvent(tx, ctx, { type: 'linked.undo_received', subject: message.subject, data: {} })
}

/** The result of a part tells what later parts need (service linked.gives), to the node where the group was filed. */
export async function tellFacts(tx: Tx, ctx: Ctx, to: string, dossierId: string, facts: Record<string, string>): Promise<void> {
  await tellNode(tx, ctx, { to, service: 'linked.gives', subject: dossierId, payload: { facts } })
}
