import { systemCtx, transact } from '../../../../platform/ctx.ts'
import { enqueue, type JobHandler } from '../../../../platform/jobs.ts'
import { send } from '../../../exchange/index.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { deletionObstacles } from '../own-data/own-data.ts'
import { tellOwner } from '../tell.ts'
import { eraseAccount } from './erase-account.ts'
import { requestColumns, type DataRequest } from './data-request.ts'

export const deleteQueue = 'identity.delete-account'
export const accountClosedService = 'identity.account_closed'
const dayMs = 86_400_000

/**
 * Carries a granted deletion out when its cooling-off is over: the account is closed, everything personal emptied, the other nodes told.
 * Where a dossier was filed meanwhile it waits a day and looks again. A repeat finds the request done.
 */
export const deleteAccount: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, deleteQueue)
  await transact(ctx, async (tx) => {
    const [request] = await tx<DataRequest[]>`SELECT ${requestColumns(tx)} FROM identity.data_request WHERE id = ${String(payload.id)} AND kind = 'deletion' AND state = 'accepted' AND cools_until <= ${ctx.now} FOR UPDATE`
    if (!request) return
    if ((await deletionObstacles(tx, request.accountId)) > 0) {
      await enqueue(tx, { queue: deleteQueue, payload: { id: request.id }, runAt: new Date(ctx.now.getTime() + dayMs), key: `${request.id} ${ctx.now.toISOString()}` })
      return
    }
    // Told while there still is somebody to tell.
    await tellOwner(tx, ctx, request.accountId, { base: 'identity.life.request.told.deleted.', key: `identity.request:${request.id}:deleted`, lang: request.lang, params: { reference: request.reference } })
    const others = await tx<{ node: string; subject: string }[]>`SELECT node_code AS node, subject FROM identity.pairwise_subject WHERE account_id = ${request.accountId} AND node_code <> ${node.config.code}`
    for (const { node: to, subject } of others) await send(tx, ctx, { to, service: accountClosedService, subject: request.id, payload: { subject } })
    await eraseAccount(tx, ctx, request.accountId)
    await tx`UPDATE identity.data_request SET state = 'done', ended_at = ${ctx.now} WHERE id = ${request.id}`
    await appendEvent(tx, ctx, { type: 'identity.account_deleted', subject: request.accountId, data: { requestId: request.id } })
  })
}
