import { createCtx, transact, type Ctx } from '../../platform/ctx.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Tx } from '../../platform/db.ts'
import type { ServiceHandler } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import type { OpenedMessage } from './envelope.ts'
import { countDuplicates, findKnown, lastHandled, lockSender, recordHandled, recordRefused } from './inbox.store.ts'
import { markHeardFrom } from './peer.store.ts'
import { TryLater, type RefusalCode } from './refusal-codes.ts'

export type Outcome = { status: 'accepted' | 'duplicate' } | { status: 'refused'; code: RefusalCode; expected?: number }
type Outcomes = { outcomes: Outcome[]; replayed: OpenedMessage[] }

/**
 * Handles the proved messages of one sender in their order. Normally all of them are one transaction; when one fails, each gets a
 * transaction of its own, so that only the failing one stays behind, and what follows it about the same subject.
 * Inbox row and effect are always one transaction: the effect happens exactly once.
 */
export async function handleMessages(node: Node, sender: string, messages: readonly OpenedMessage[]): Promise<Outcomes> {
  try {
    return await handleTogether(node, sender, messages)
  } catch (error) {
    if (messages.length === 1) return { outcomes: [await refuse(node, sender, messages[0]!, error)], replayed: [] }
  }
  const all: Outcomes = { outcomes: [], replayed: [] }
  for (const message of messages) {
    const one = await handleMessages(node, sender, [message])
    all.outcomes.push(...one.outcomes)
    all.replayed.push(...one.replayed)
  }
  return all
}

async function handleTogether(node: Node, sender: string, messages: readonly OpenedMessage[]): Promise<Outcomes> {
  const ctx = createCtx(node, { actor: { kind: 'node', id: sender } })
  return transact(ctx, async (tx) => {
    await lockSender(tx, sender)
    const known = await findKnown(tx, sender, messages.map((m) => m.claims.jti))
    const next = await lastHandled(tx, sender, [...new Set(messages.map((m) => m.claims.subject))])
    const handled: OpenedMessage[] = []
    const duplicates: OpenedMessage[] = []
    const outcomes: Outcome[] = []
    for (const message of messages) {
      const outcome = place(message, next, known)
      if (outcome.status === 'accepted') {
        await handlerOf(node, message.claims.service)(tx, ctx, inbound(message))
        handled.push(message)
        known.set(message.claims.jti, { state: 'handled', evidence: message.evidence })
        next.set(message.claims.subject, message.claims.seq)
      }
      if (outcome.status === 'duplicate') duplicates.push(message)
      outcomes.push(outcome)
    }
    await recordHandled(tx, handled, ctx.now)
    await countDuplicates(tx, sender, duplicates.map((m) => m.claims.jti))
    await markHeardFrom(tx, sender, ctx.now)
    return { outcomes, replayed: duplicates.filter((m) => known.get(m.claims.jti)!.evidence === m.evidence) }
  })
}

/** Where a message stands in the order of its subject. */
function place(message: OpenedMessage, last: ReadonlyMap<string, number>, known: ReadonlyMap<string, { state: string }>): Outcome {
  const { jti, subject, seq } = message.claims
  if (known.get(jti)?.state === 'handled') return { status: 'duplicate' }
  const expected = last.get(subject)! + 1
  if (seq > expected) return { status: 'refused', code: 'GAP', expected }
  if (seq < expected) return { status: 'refused', code: 'SEQUENCE_USED', expected }
  return { status: 'accepted' }
}

class UnknownService extends Error {}
class UnreadablePayload extends Error {}

function handlerOf(node: Node, service: string): ServiceHandler {
  for (const module of node.modules) {
    if (module.services && Object.hasOwn(module.services, service)) return module.services[service]!
  }
  throw new UnknownService(service)
}

function inbound({ claims, payload }: OpenedMessage): Parameters<ServiceHandler>[2] {
  return { id: claims.jti, from: claims.iss, service: claims.service, subject: claims.subject, payload: parsePayload(payload), sentAt: new Date(claims.iat * 1000) }
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnreadablePayload('the payload is not JSON', { cause })
  }
}

/** What the sender is told about a message that could not be handled. A refusal is final and recorded; what is put off and a fault are tried again by the sender. */
async function refuse(node: Node, sender: string, message: OpenedMessage, error: unknown): Promise<Outcome> {
  const { jti, service } = message.claims
  const code: RefusalCode | undefined = error instanceof Refusal ? `${error.module}.${error.code}` : error instanceof UnknownService ? 'UNKNOWN_SERVICE' : error instanceof UnreadablePayload ? 'MALFORMED' : undefined
  if (error instanceof TryLater) {
    node.log.warn({ from: sender, message: jti, service, reason: error.message }, 'message put off; the sender will try again')
    return { status: 'refused', code: 'LATER' }
  }
  if (!code) {
    node.log.error({ err: error, from: sender, message: jti, service }, 'message could not be handled; the sender will try again')
    return { status: 'refused', code: 'FAULT' }
  }
  node.log.warn({ from: sender, message: jti, service, code }, 'message refused')
  const ctx: Ctx = createCtx(node, { actor: { kind: 'node', id: sender } })
  await transact(ctx, async (tx: Tx) => {
    await lockSender(tx, sender)
    await recordRefused(tx, message, code, ctx.now)
  })
  return { status: 'refused', code }
}
