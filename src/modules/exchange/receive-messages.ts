import { z } from 'zod'
import type { Node } from '../../platform/node.ts'
import { digestOf, EnvelopeFault, openSealed, sealedHeader, type OpenedMessage } from './envelope.ts'
import { errors } from './exchange.errors.ts'
import { handleMessages, type Outcome } from './handle-messages.ts'
import { recordRejections, type Rejection } from './inbox.store.ts'
import { maxBatch } from './limits.ts'
import type { NodeKeys } from './node-keys.ts'
import { signReceipt, type MessageAnswer } from './receipt.ts'
import type { Registry } from './registry.ts'
import type { RejectionBudget } from './rejection-budget.ts'

const requestSchema = z.object({ messages: z.array(z.string()).min(1).max(maxBatch) })

export interface ReceivingMeans { readonly keys: NodeKeys; readonly registry: Registry; readonly rejectionBudget: RejectionBudget }

interface Arrived { claimedSender: string | null; digest: string; size: number; opened?: OpenedMessage; outcome?: Outcome; rejected?: string }

/**
 * Takes a request of sealed messages: proves each, handles them, and answers about each with a signed receipt.
 * Everything turned away at the door, and every replay, is recorded with the sender it claims and the reason.
 * @throws MALFORMED when the request as a whole is not one.
 */
export async function receiveMessages(node: Node, means: ReceivingMeans, body: unknown, address: string): Promise<{ receipt: string }> {
  const request = requestSchema.safeParse(body)
  if (!request.success) throw errors.MALFORMED()
  const arrived = await Promise.all(request.data.messages.map((sealed) => open(node, means, sealed)))
  const bySender = Map.groupBy(arrived.filter((a) => a.opened), (a) => a.opened!.claims.iss)
  for (const [sender, own] of bySender) await handle(node, sender, own)
  await recordRejections(node.db, means.rejectionBudget.take(arrived.flatMap(toRejection)), address, node.now())
  const aud = bySender.keys().next().value ?? arrived[0]!.claimedSender ?? ''
  const receipt = await signReceipt(means.keys.signing, { iss: node.config.code, aud, iat: Math.floor(node.now().getTime() / 1000), answers: arrived.map((a): MessageAnswer => ({ digest: a.digest, ...a.outcome! })) })
  return { receipt }
}

async function open(node: Node, means: ReceivingMeans, sealed: string): Promise<Arrived> {
  const about = { claimedSender: claimedSender(sealed), digest: digestOf(sealed), size: sealed.length }
  try {
    return { ...about, opened: await openSealed(sealed, { self: node.config.code, encryption: means.keys.encryption, signer: (kid) => means.registry.signer(kid), now: node.now() }) }
  } catch (error) {
    if (!(error instanceof EnvelopeFault)) throw error
    return { ...about, outcome: { status: 'refused', code: error.code }, rejected: error.code }
  }
}

async function handle(node: Node, sender: string, own: Arrived[]): Promise<void> {
  const { outcomes, replayed } = await handleMessages(node, sender, own.map((a) => a.opened!))
  const again = new Set(replayed)
  own.forEach((a, i) => {
    a.outcome = outcomes[i]!
    if (again.has(a.opened!)) a.rejected = 'REPLAYED'
  })
}

function toRejection(a: Arrived): Rejection[] {
  return a.rejected ? [{ claimedSender: a.claimedSender, code: a.rejected, digest: a.digest, size: a.size }] : []
}

function claimedSender(sealed: string): string | null {
  const iss = sealedHeader(sealed)?.iss
  return typeof iss === 'string' ? iss.slice(0, 20).replaceAll('\u0000', '') : null
}
