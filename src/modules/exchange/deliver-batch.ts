import { z } from 'zod'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import type { Node } from '../../platform/node.ts'
import { appendEvent } from '../ledger/index.ts'
import { backOffMs } from './back-off.ts'
import { digestOf } from './envelope.ts'
import { failuresUntilLost, maxBatch } from './limits.ts'
import type { NodeKeys } from './node-keys.ts'
import { markDead, markDelivered, markFailed, realign, takeBatch, type TakenMessage } from './outbox.store.ts'
import { sealParcel } from './parcel.ts'
import { leasePeer, leaseRenewalMs, markPeerFailed, markPeerReached, renewLease } from './peer.store.ts'
import { PeerAnswerError, postJson } from './post-json.ts'
import { readReceipt, type MessageAnswer } from './receipt.ts'
import { keyTroubles, mayRetry } from './refusal-codes.ts'
import type { Registry } from './registry.ts'

export interface Courier { readonly node: Node; readonly keys: NodeKeys; readonly registry: Registry; readonly owner: string; readonly signal: AbortSignal }

/** 'done': there may be more; 'empty': nothing can go now; 'failed': the other node was not reached. */
export type DeliveryResult = 'done' | 'empty' | 'failed'

const requestTimeoutMs = 60_000
const answerSchema = z.object({ receipt: z.string() })

/** The other node could not open what we sent: its keys or ours have changed, or a clock is wrong. No message is at fault. */
class ParcelRefused extends Error {
  readonly code: string
  constructor(code: string) {
    super(`the other node refused the parcel: ${code}`)
    this.name = 'ParcelRefused'
    this.code = code
  }
}

/** Delivers the next messages for one node: take → seal → post → read the signed receipt → settle. A crash at any point repeats at most this batch. */
export async function deliverBatch(courier: Courier, to: string): Promise<DeliveryResult> {
  const { node, registry } = courier
  const recipient = registry.recipient(to)
  if (!recipient) return 'empty'
  const batch = await take(courier, to)
  if (batch.length === 0) return 'empty'
  const ctx = systemCtx(node, 'exchange')
  let delivery: { jws: string; answers: readonly MessageAnswer[] }
  try {
    delivery = await whileLeased(courier, to, () => post(courier, recipient, batch))
  } catch (error) {
    if (courier.signal.aborted) return 'empty'
    await settleFailure(ctx, to, error)
    if (error instanceof ParcelRefused && keyTroubles.has(error.code)) await registry.refresh().catch(() => {})
    return 'failed'
  }
  await settle(ctx, to, batch, delivery)
  if (delivery.answers.some((a) => a.status === 'refused' && keyTroubles.has(a.code))) await registry.refresh().catch(() => {})
  return 'done'
}

async function take(courier: Courier, to: string): Promise<TakenMessage[]> {
  const now = courier.node.now()
  return await courier.node.db.begin(async (transaction) => {
    const tx = transaction as Tx
    const peer = await leasePeer(tx, to, courier.owner, now)
    if (!peer) return []
    // A lost connection is probed with one message.
    return takeBatch(tx, to, peer.lostSince ? 1 : maxBatch, now)
  }) as TakenMessage[]
}

/** Keeps other processes of this node from taking the same messages while a slow answer is on its way. */
async function whileLeased<T>({ node, owner }: Courier, to: string, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void renewLease(node.db, to, owner, node.now()).catch(() => {}), leaseRenewalMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

async function post(courier: Courier, recipient: { code: string; baseUrl: string; kid: string; key: CryptoKey }, batch: readonly TakenMessage[]): Promise<{ jws: string; answers: readonly MessageAnswer[] }> {
  const self = courier.node.config.code
  const now = courier.node.now()
  const parcel = await sealParcel(batch.map((m) => ({ ...m, from: self, to: recipient.code })), courier.keys.signing, recipient, now)
  const { receipt } = answerSchema.parse(await postJson(`${recipient.baseUrl}/exchange/v1/messages`, { parcel }, { timeoutMs: requestTimeoutMs, signal: courier.signal }))
  const { refused, answers } = await readReceipt(receipt, courier.registry, { from: recipient.code, self, parcel: digestOf(parcel), count: batch.length })
  if (refused !== undefined) throw new ParcelRefused(refused)
  return { jws: receipt, answers }
}

async function settle(ctx: Ctx, to: string, batch: readonly TakenMessage[], delivery: { jws: string; answers: readonly MessageAnswer[] }): Promise<void> {
  await ctx.db.begin(async (transaction) => {
    const tx = transaction as Tx
    const restored = await markPeerReached(tx, to, ctx.now)
    const receiptId = newId()
    await tx`INSERT INTO exchange.receipt (id, peer, at, jws) VALUES (${receiptId}, ${to}, ${ctx.now}, ${delivery.jws})`
    await markDelivered(tx, to, batch.filter((_, i) => delivery.answers[i]!.status !== 'refused'), receiptId, ctx.now)
    const stopped = new Set<string>()
    for (const [i, message] of batch.entries()) {
      const answer = delivery.answers[i]!
      // What follows a refused message about the same subject was refused only for that.
      if (answer.status !== 'refused' || stopped.has(message.subject)) continue
      stopped.add(message.subject)
      await settleRefused(tx, ctx, to, message, answer)
    }
    if (restored) await appendEvent(tx, ctx, { type: 'exchange.connection_restored', subject: to, data: {} })
  })
}

async function settleRefused(tx: Tx, ctx: Ctx, to: string, message: TakenMessage, answer: { code: string; expected?: number }): Promise<void> {
  if (!mayRetry(answer.code)) {
    ctx.log.warn({ to, message: message.id, service: message.service, code: answer.code }, 'message became a dead letter')
    return markDead(tx, to, message, answer.code)
  }
  ctx.log.warn({ to, message: message.id, service: message.service, code: answer.code }, 'message refused for now')
  await markFailed(tx, to, message, answer.code, after(ctx.now))
  if (answer.expected !== undefined && answer.expected !== message.seq) await realign(tx, to, message.subject, answer.expected)
}

async function settleFailure(ctx: Ctx, to: string, error: unknown): Promise<void> {
  const message = error instanceof Error ? [error.message, (error.cause as Error | undefined)?.message].filter(Boolean).join(': ') : String(error)
  ctx.log.warn({ to, reason: message }, 'messages could not be delivered')
  const asked = error instanceof PeerAnswerError && error.retryAfter ? error.retryAfter * 1000 : 0
  const nextAt = (failures: number): Date => new Date(ctx.now.getTime() + Math.max(asked, backOffMs(failures)))
  await ctx.db.begin(async (transaction) => {
    const tx = transaction as Tx
    const lost = await markPeerFailed(tx, to, { message, nextAt, lostAfter: failuresUntilLost, now: ctx.now })
    if (lost) await appendEvent(tx, ctx, { type: 'exchange.connection_lost', subject: to, data: {} })
  })
}

const after = (now: Date) => (failures: number): Date => new Date(now.getTime() + backOffMs(failures))
