import type { Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { newId } from '../../../../platform/ids.ts'
import { enqueue } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { encrypt } from '../../secrets.ts'
import { limitEnds, type LifeRuleName } from '../life-rules.ts'
import { newReference } from '../reference.ts'
import { tellOwner } from '../tell.ts'
import { requestUse, type RequestKind } from './data-request.ts'
import { requestClockQueue } from './watch-requests.ts'

export interface NewRequest { kind: RequestKind; purpose?: string; thirdParties: boolean; words: string }

/**
 * A person's request about his data, with its clocks: answered in two working days, done in 15 or 20 days (Decree 356/2025). A deletion may
 * be called back for a while. A withdrawn consent has had its effect here already; where nobody else has the data, it is done at once.
 * @returns its reference; undefined where one of this kind is open already.
 */
export async function askForData(tx: Tx, ctx: Ctx & { actor: Person }, { kind, purpose, thirdParties, words }: NewRequest): Promise<string | undefined> {
  const { actor, now } = ctx
  const [id, reference] = [newId(now.getTime()), newReference('DL', now)]
  const limit: LifeRuleName = kind === 'deletion' ? 'deletion-done' : thirdParties ? 'withdrawal-done-third-parties' : 'withdrawal-done'
  const [answerBy, dueBy] = [await limitEnds(tx, 'request-answer', now), await limitEnds(tx, limit, now)]
  const coolsUntil = kind === 'deletion' ? await limitEnds(tx, 'deletion-cooling-off', now) : null
  const state = kind !== 'withdrawal' ? 'asked' : thirdParties ? 'accepted' : 'done'
  const answeredAt = state === 'asked' ? null : now
  const fresh = await tx`
    INSERT INTO identity.data_request (id, reference, account_id, kind, purpose, statement, third_parties, lang, state, asked_at, cools_until, answer_by, answered_at, answered_by, due_by, ended_at)
    VALUES (${id}, ${reference}, ${actor.id}, ${kind}, ${purpose ?? null}, ${words ? encrypt(ctx.node.config.secret, requestUse(id), words) : null}, ${thirdParties}, ${ctx.lang}, ${state}, ${now}, ${coolsUntil}, ${answerBy}, ${answeredAt}, ${answeredAt ? 'system:identity' : null}, ${dueBy}, ${state === 'done' ? now : null})
    ON CONFLICT DO NOTHING`
  if (fresh.count === 0) return undefined
  await appendEvent(tx, ctx, { type: 'identity.data_requested', subject: id, data: { kind, purpose: purpose ?? null, accountId: actor.id, answerBy: answerBy.toISOString(), dueBy: dueBy.toISOString() } })
  if (state === 'asked') await enqueue(tx, { queue: requestClockQueue, payload: { id, clock: 'answer' }, runAt: answerBy, key: `${id} answer` })
  if (state !== 'done') await enqueue(tx, { queue: requestClockQueue, payload: { id, clock: 'due' }, runAt: dueBy, key: `${id} due` })
  await tellOwner(tx, ctx, actor.id, { base: `identity.life.request.told.${kind}.`, key: `identity.request:${id}:asked`, lang: ctx.lang, params: { reference, due: formatDateTime(new Date(dueBy.getTime() - 60_000)), until: formatDateTime(coolsUntil ?? dueBy) } })
  return reference
}
