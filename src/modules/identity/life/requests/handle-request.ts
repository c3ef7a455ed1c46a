import { actorKey, type Person } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { enqueue } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { encrypt } from '../../secrets.ts'
import { limitEnds } from '../life-rules.ts'
import { deletionObstacles } from '../own-data/own-data.ts'
import { tellOwner } from '../tell.ts'
import { lockRequest, refusals, requestUse, type DataRequest, type RefusalReason } from './data-request.ts'
import { deleteQueue } from './delete-account.ts'
import { requestClockQueue } from './watch-requests.ts'

/** Grants a request. A deletion then waits for the end of its cooling-off. @throws REQUEST_ANSWERED, DELETION_HINDERED */
export async function acceptRequest(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state !== 'asked') throw errors.REQUEST_ANSWERED()
    if (request.kind === 'deletion' && (await deletionObstacles(tx, request.accountId)) > 0) throw errors.DELETION_HINDERED()
    await tx`UPDATE identity.data_request SET state = 'accepted', answered_at = ${ctx.now}, answered_by = ${actorKey(ctx.actor)} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.data_request_accepted', subject: id, data: { kind: request.kind } })
    if (request.kind === 'deletion') await enqueue(tx, { queue: deleteQueue, payload: { id }, runAt: request.coolsUntil! > ctx.now ? request.coolsUntil! : ctx.now, key: id })
    await told(tx, ctx, request, 'accepted')
  })
}

/** Refuses a request for one of the reasons that the law knows. */
export async function refuseRequest(ctx: Ctx, id: string, reason: string): Promise<FieldError[]> {
  if (!refusals.includes(reason as RefusalReason)) return [{ field: 'refusal', key: 'identity.life.request.refusal.missing' }]
  await transact(ctx, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state !== 'asked') throw errors.REQUEST_ANSWERED()
    await tx`UPDATE identity.data_request SET state = 'refused', refusal = ${reason}, answered_at = ${ctx.now}, answered_by = ${actorKey(ctx.actor)}, ended_at = ${ctx.now} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.data_request_refused', subject: id, data: { kind: request.kind, reason } })
    await told(tx, ctx, request, 'refused', { reason: ctx.t(`identity.life.request.refusal.${reason}`) })
  })
  return []
}

/** Once, by 15 days, with a reason that the person reads (Decree 356/2025). @throws REQUEST_EXTENDED */
export async function extendRequest(ctx: Ctx, id: string, reason: string): Promise<FieldError[]> {
  if (reason.length < 10) return [{ field: 'reason', key: 'identity.life.request.reason.missing' }]
  await transact(ctx, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.extendedAt) throw errors.REQUEST_EXTENDED()
    // From the end of the first limit, whose last instant belongs to the day before.
    const dueBy = await limitEnds(tx, 'request-extension', new Date(request.dueBy.getTime() - 1))
    await tx`UPDATE identity.data_request SET due_by = ${dueBy}, extended_at = ${ctx.now}, extension_reason = ${encrypt(ctx.node.config.secret, requestUse(id), reason)} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.data_request_extended', subject: id, data: { dueBy: dueBy.toISOString() } })
    await enqueue(tx, { queue: requestClockQueue, payload: { id, clock: 'due' }, runAt: dueBy, key: `${id} extended` })
    await told(tx, ctx, request, 'extended', { reason, due: formatDateTime(new Date(dueBy.getTime() - 60_000)) })
  })
  return []
}

/** Says that processing has stopped, with third parties too. A deletion is done by its own job. @throws REQUEST_NOT_ACCEPTED */
export async function finishRequest(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state !== 'accepted' || request.kind === 'deletion') throw errors.REQUEST_NOT_ACCEPTED()
    await tx`UPDATE identity.data_request SET state = 'done', ended_at = ${ctx.now} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.data_request_done', subject: id, data: { kind: request.kind } })
    await told(tx, ctx, request, 'done')
  })
}

/** The owner calls a request back; a deletion only until its cooling-off is over. @throws REQUEST_NOT_FOUND for another's */
export async function cancelRequest(ctx: Ctx & { actor: Person }, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.accountId !== ctx.actor.id || request.kind === 'withdrawal') throw errors.REQUEST_NOT_FOUND()
    if (request.kind === 'deletion' && request.state === 'accepted' && request.coolsUntil! <= ctx.now) throw errors.REQUEST_ENDED()
    await tx`UPDATE identity.data_request SET state = 'cancelled', ended_at = ${ctx.now} WHERE id = ${id}`
    await appendEvent(tx, ctx, { type: 'identity.data_request_cancelled', subject: id, data: { kind: request.kind } })
    await told(tx, ctx, request, 'cancelled')
  })
}

async function told(tx: Tx, ctx: Ctx, request: DataRequest, what: 'accepted' | 'refused' | 'extended' | 'done' | 'cancelled', params: Record<string, string> = {}): Promise<void> {
  await tellOwner(tx, ctx, request.accountId, { base: `identity.life.request.told.${what}.`, key: `identity.request:${request.id}:${what}`, lang: request.lang, params: { reference: request.reference, ...params } })
}
