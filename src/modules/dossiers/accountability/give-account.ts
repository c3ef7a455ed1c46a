import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier, lockDossier } from '../dossiers.store.ts'
import { saveAccount } from './accountability.store.ts'

const longestText = 4000

/** An officer who handles the dossier accounts for it ("giải trình"); the person reads the answer where he asked. Returns what is wrong with the input. @throws NOT_FOUND */
export async function giveAccount(ctx: Ctx, input: { dossierId: string; answer: string }): Promise<FieldError[]> {
  const answer = input.answer.trim()
  if (answer === '') return [{ field: 'account', key: 'dossiers.accountability.answerMissing' }]
  if ([...answer].length > longestText) return [{ field: 'account', key: 'dossiers.desk.reasonTooLong', params: { max: longestText } }]
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const request = await saveAccount(tx, dossier.id, { answer, at: ctx.now, by: actorKey(ctx.actor) })
    if (!request) throw errors.ANSWERED_ALREADY()
    const isElsewhere = request.askingNode !== ctx.node.config.code
    await appendEvent(tx, ctx, { type: 'accountability.answered', subject: dossier.id, data: { node: dossier.nodeCode, origin: request.askingNode, requestId: request.id, late: request.dueAt !== null && ctx.now > request.dueAt } })
    if (isElsewhere) await send(tx, ctx, { to: request.askingNode, service: 'accountability.answer', subject: dossier.id, payload: { answer, at: ctx.now.toISOString() } })
  })
  return []
}

/** The account of the handling node, for the person who asked here (service accountability.answer); a repeat changes nothing. @throws NOT_FOUND */
export async function receiveAccount(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as { answer: string; at: string }
  const dossier = await findDossier(tx, message.subject)
  if (!dossier || dossier.nodeCode !== message.from) throw errors.NOT_FOUND()
  const request = await saveAccount(tx, dossier.id, { answer: m.answer, at: new Date(m.at), by: `node:${message.from}` })
  if (request) await appendEvent(tx, ctx, { type: 'accountability.answered', subject: dossier.id, data: { node: dossier.nodeCode, origin: ctx.node.config.code, requestId: request.id, late: false } })
}
