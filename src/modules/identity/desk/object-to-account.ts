import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countAttempt, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { errors } from '../identity.errors.ts'
import { objectionHash } from './objection-code.ts'

export const objectionService = 'identity.account-objection'

export type ObjectionOutcome = { kind: 'wait'; seconds: number } | { kind: 'unknown' } | { kind: 'objected'; locked: boolean }

interface Opening { id: string; accountId: string; outcome: 'opened' | 'existing'; nodeCode: string; agencyCode: string }

/**
 * At the national node: a person objects to an account that a desk opened for him, by the code of the message. An account that was opened so
 * is locked and its sessions end; one that was there before stays as it was. The desk's node is told, where the head sees it.
 */
export async function objectToAccount(ctx: Ctx, input: { code: string; source: string }): Promise<ObjectionOutcome> {
  const { node, now } = ctx
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const outcome = await transact(ctx, async (tx): Promise<ObjectionOutcome> => {
    const [opening] = await tx<Opening[]>`SELECT id, account_id AS "accountId", outcome, node_code AS "nodeCode", agency_code AS "agencyCode" FROM identity.account_opening WHERE objection_hash = ${objectionHash(node, input.code)}`
    if (!opening) return { kind: 'unknown' }
    const locked = opening.outcome === 'opened'
    const fresh = await tx`INSERT INTO identity.account_objection (opening_id, at) VALUES (${opening.id}, ${now}) ON CONFLICT DO NOTHING`
    if (fresh.count === 0) return { kind: 'objected', locked }
    if (locked) await lockAccount(tx, opening.accountId, now)
    await appendEvent(tx, ctx, { type: 'identity.account_objected', subject: opening.accountId, data: { requestId: opening.id, nodeCode: opening.nodeCode, agencyCode: opening.agencyCode, locked } })
    if (opening.nodeCode === node.config.code) await markObjected(tx, ctx, opening.id, locked)
    else await send(tx, ctx, { to: opening.nodeCode, service: objectionService, subject: opening.id, payload: { locked }, key: `${objectionService}:${opening.id}` })
    return { kind: 'objected', locked }
  })
  if (outcome.kind === 'objected') await giveBack(ctx.db, sourceKey)
  return outcome
}

/** At the node of the desk (service identity.account-objection): the copy is locked as well, and the head is told. @throws NOT_FROM_ITS_NODE */
export async function receiveObjection(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_FROM_ITS_NODE()
  const locked = (message.payload as { locked?: unknown }).locked === true
  const accountId = await markObjected(tx, ctx, message.subject, locked)
  if (accountId && locked) await lockAccount(tx, accountId, ctx.now)
}

async function markObjected(tx: Tx, ctx: Ctx, requestId: string, locked: boolean): Promise<string | undefined> {
  const [row] = await tx<{ accountId: string | null; agencyCode: string }[]>`
    UPDATE identity.account_request SET objected_at = ${ctx.now} WHERE id = ${requestId} AND objected_at IS NULL RETURNING account_id AS "accountId", agency_code AS "agencyCode"`
  if (row) await appendEvent(tx, ctx, { type: 'identity.desk_told_of_objection', subject: requestId, data: { agencyCode: row.agencyCode, locked } })
  return row?.accountId ?? undefined
}

async function lockAccount(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx`UPDATE identity.account SET state = 'locked', updated_at = ${now} WHERE id = ${accountId} AND state = 'active'`
  await tx`UPDATE identity.session SET ended_at = ${now} WHERE account_id = ${accountId} AND ended_at IS NULL`
}
