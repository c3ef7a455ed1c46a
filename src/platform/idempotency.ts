import { actorKey } from './actor.ts'
import { transact, type Ctx } from './ctx.ts'
import type { Tx } from './db.ts'
import { defineErrors } from './errors.ts'
import { sha256 } from './ids.ts'

const errors = defineErrors('platform', { IDEMPOTENCY_KEY_REUSED: { status: 409 } })

/**
 * Runs an act once per (act, actor, key): a repeat returns the first answer without a second effect; the same key with another
 * request is refused. Without a key the act just runs. The answer must be plain JSON.
 */
export async function once<T>(ctx: Ctx, act: string, key: string | undefined, request: unknown, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!key) return transact(ctx, work)
  const ownKey = sha256(`${actorKey(ctx.actor)}\n${key}`).toString('hex')
  const requestHash = sha256(JSON.stringify(request)).toString('hex')
  return transact(ctx, async (tx) => {
    const [fresh] = await tx`INSERT INTO platform.idempotency (act, key, request_hash) VALUES (${act}, ${ownKey}, ${requestHash}) ON CONFLICT DO NOTHING RETURNING key`
    if (!fresh) {
      const [first] = await tx<{ request_hash: string; response: T }[]>`SELECT request_hash, response FROM platform.idempotency WHERE act = ${act} AND key = ${ownKey}`
      if (first!.request_hash !== requestHash) throw errors.IDEMPOTENCY_KEY_REUSED()
      return first!.response
    }
    const response = await work(tx)
    await tx`UPDATE platform.idempotency SET response = ${tx.json(response as never)} WHERE act = ${act} AND key = ${ownKey}`
    return response
  })
}

/**
 * For acts that open their own transaction and refuse a repeat by the state of what they move: the first answer is kept after the act, for ever, and
 * given again to the same key. Where the process dies in between, the repeat meets the act's own refusal: never a second effect.
 * What `isAnswer` denies, such as mistakes in the request, is not kept.
 */
export async function answerOnce<T>(ctx: Ctx, act: string, key: string | undefined, request: unknown, work: () => Promise<T>, isAnswer: (response: T) => boolean = () => true): Promise<T> {
  if (!key) return work()
  const ownKey = sha256(`${actorKey(ctx.actor)}\n${key}`).toString('hex')
  const requestHash = sha256(JSON.stringify(request)).toString('hex')
  const [first] = await ctx.db<{ request_hash: string; response: T }[]>`SELECT request_hash, response FROM platform.idempotency WHERE act = ${act} AND key = ${ownKey}`
  if (first && first.request_hash !== requestHash) throw errors.IDEMPOTENCY_KEY_REUSED()
  if (first) return first.response
  const response = await work()
  if (isAnswer(response)) await ctx.db`INSERT INTO platform.idempotency (act, key, request_hash, response) VALUES (${act}, ${ownKey}, ${requestHash}, ${ctx.db.json(response as never)}) ON CONFLICT DO NOTHING`
  return response
}
