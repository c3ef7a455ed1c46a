import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import { forgetKeys } from './provider.ts'
import { addSigningKey, keyState, listSigningKeys, lockKeys } from './signing-keys.ts'

/** Relying parties read the published keys at least daily. */
export const aheadMs = 24 * 3600_000

/**
 * Makes the next key and publishes it a day before it signs; the one in use signs until then.
 * @throws KEY_ANNOUNCED while the next one waits already
 */
export async function rotateSigningKey(ctx: Ctx): Promise<{ kid: string; usedFrom: Date }> {
  const usedFrom = new Date(ctx.now.getTime() + aheadMs)
  const kid = await transact(ctx, async (tx) => {
    await lockKeys(tx)
    if ((await listSigningKeys(tx)).some((key) => keyState(key, ctx.now) === 'announced')) throw errors.KEY_ANNOUNCED()
    await tx`UPDATE identity.signing_key SET retired_at = ${usedFrom} WHERE retired_at IS NULL`
    const made = await addSigningKey(tx, ctx.node, usedFrom)
    await appendEvent(tx, ctx, { type: 'identity.signing_key_announced', subject: made, data: { usedFrom: usedFrom.toISOString() } })
    return made
  })
  forgetKeys(ctx.node)
  return { kid, usedFrom }
}

/** Another may know the key: a new one signs at once, and nothing that an earlier one signed is worth anything any more. */
export async function replaceSigningKey(ctx: Ctx): Promise<string> {
  const kid = await transact(ctx, async (tx) => {
    await lockKeys(tx)
    await tx`UPDATE identity.signing_key SET retired_at = least(retired_at, ${ctx.now}), withdrawn_at = ${ctx.now} WHERE withdrawn_at IS NULL`
    const made = await addSigningKey(tx, ctx.node, ctx.now)
    await appendEvent(tx, ctx, { type: 'identity.signing_key_replaced', subject: made, data: {} })
    return made
  })
  forgetKeys(ctx.node)
  return kid
}

export const rotateQueue = 'identity.rotate-signing-key'

/** The first of every month at three in the morning. */
export async function planRotation(node: Node): Promise<void> {
  const ctx = systemCtx(node, 'identity')
  const [year, month] = [ctx.now.getUTCFullYear(), ctx.now.getUTCMonth() + 1]
  const next = new Date(Date.UTC(year, month, 1) - 4 * 3600_000)
  await transact(ctx, (tx) => enqueue(tx, { queue: rotateQueue, payload: {}, runAt: next, key: `before ${next.toISOString().slice(0, 10)}` }))
}

/** A repeat finds the next key announced, or one that is young, and makes none. */
export const rotateJob: JobHandler = async (node) => {
  if (node.config.kind !== 'national') return
  const ctx = systemCtx(node, 'identity')
  const young = ctx.now.getTime() - 7 * aheadMs
  if (!(await listSigningKeys(node.db)).some((key) => key.createdAt.getTime() > young && !key.withdrawnAt)) await rotateSigningKey(ctx)
  await planRotation(node)
}
