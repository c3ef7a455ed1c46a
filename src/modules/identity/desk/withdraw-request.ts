import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'

/** Gives a request up before the person agreed; what was typed is forgotten. @throws REQUEST_NOT_OPEN */
export async function withdrawRequest(ctx: Ctx, requestId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const given = await tx`UPDATE identity.account_request SET state = 'withdrawn', sealed = NULL, updated_at = ${ctx.now} WHERE id = ${requestId} AND state = 'consent'`
    if (given.count === 0) throw errors.REQUEST_NOT_OPEN()
    await appendEvent(tx, ctx, { type: 'identity.account_request_withdrawn', subject: requestId, data: {} })
  })
}
