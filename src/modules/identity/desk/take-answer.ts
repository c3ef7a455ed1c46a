import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAccountBySubject, upsertFromNational } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { lockRequest } from './account-request.store.ts'
import { deskAnswer, type DeskAnswer } from './open-for-desk.ts'

/** The national node's answer to a request of this node's desk (service identity.account-answer). @throws NOT_FROM_ITS_NODE */
export async function receiveDeskAnswer(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_FROM_ITS_NODE()
  await takeAnswer(tx, ctx, message.subject, deskAnswer.parse(message.payload))
}

/** Links the local copy of the account and closes the request; what was typed is forgotten. A second answer has no effect. */
export async function takeAnswer(tx: Tx, ctx: Ctx, requestId: string, answer: DeskAnswer): Promise<void> {
  const request = await lockRequest(tx, ctx.node, requestId)
  if (request?.state !== 'waiting') return
  const accountId = answer.outcome === 'refused' ? null : await localCopy(tx, ctx, answer.person)
  await tx`
    UPDATE identity.account_request SET state = ${answer.outcome}, reason = ${answer.outcome === 'refused' ? answer.reason : null}, account_id = ${accountId}, sealed = NULL, updated_at = ${ctx.now} WHERE id = ${requestId}`
  await appendEvent(tx, ctx, { type: 'identity.account_request_answered', subject: requestId, data: { outcome: answer.outcome, agencyCode: request.agencyCode, ...(accountId ? { accountId } : {}) } })
}

async function localCopy(tx: Tx, ctx: Ctx, person: Extract<DeskAnswer, { person: unknown }>['person']): Promise<string> {
  if (ctx.node.config.kind === 'national') return (await findAccountBySubject(tx, person.subject))!.id
  const { account, isNew } = await upsertFromNational(tx, person, ctx.now)
  if (isNew) await appendEvent(tx, ctx, { type: 'identity.account_registered', subject: account.id, data: { assurance: person.assurance, checkedAgainst: 'national-node', channel: 'assisted' } })
  return account.id
}
