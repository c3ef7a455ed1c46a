import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { AccountRequest } from './account-request.store.ts'
import { openForDesk, type DeskRequest } from './open-for-desk.ts'
import { takeAnswer } from './take-answer.ts'

export const openService = 'identity.account-request'

/**
 * The person agreed: the request goes to the national node, which alone opens accounts. It waits in the outbox while that node is away.
 * The national node's own desk is answered at once.
 */
export async function forwardRequest(tx: Tx, ctx: Ctx, request: AccountRequest): Promise<void> {
  const { node, now } = ctx
  await tx`UPDATE identity.account_request SET state = 'waiting', consented_at = ${now}, updated_at = ${now} WHERE id = ${request.id}`
  await appendEvent(tx, ctx, { type: 'identity.consent_given', subject: request.id, data: { consent: request.consentKind, consentNumber: request.consentNumber, agencyCode: request.agencyCode } })
  const asked: DeskRequest = { person: { ...request.person!, email: request.person!.email ?? null }, agencyCode: request.agencyCode, officer: `officer:${request.officerId}`, consent: { kind: request.consentKind, number: request.consentNumber } }
  if (node.config.kind === 'national') return takeAnswer(tx, ctx, request.id, await openForDesk(tx, ctx, { id: request.id, from: node.config.code, asked }))
  await send(tx, ctx, { to: node.config.national.code, service: openService, subject: request.id, payload: asked, key: `${openService}:${request.id}` })
}
