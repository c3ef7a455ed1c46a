import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './exchange.errors.ts'
import { renumberFrom } from './outbox.store.ts'

interface Dead { to: string; subject: string; seq: number }

/**
 * Sends a dead letter again, and after it what stands behind it, when the reason for the refusal is gone.
 * @throws NOT_DEAD when it is not a dead letter (any more).
 */
export async function redriveMessage(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const dead = await takeDead(tx, id, 'queued')
    await appendEvent(tx, ctx, { type: 'exchange.redriven', subject: id, data: { to: dead.to } })
  })
  ctx.node.nudge('exchange')
}

/**
 * Gives up a dead letter, so that what stands behind it can go. It stays in the list of messages, but never goes out.
 * @throws NOT_DEAD
 */
export async function setMessageAside(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const dead = await takeDead(tx, id, 'set_aside')
    // The receiver waits for this number: the next message about the subject gets it.
    await renumberFrom(tx, dead.to, dead.subject, dead.seq)
    await appendEvent(tx, ctx, { type: 'exchange.set_aside', subject: id, data: { to: dead.to } })
  })
  ctx.node.nudge('exchange')
}

async function takeDead(tx: Tx, id: string, state: 'queued' | 'set_aside'): Promise<Dead> {
  const [dead] = isId(id) ? await tx<Dead[]>`SELECT to_node AS to, subject, seq FROM exchange.outbox WHERE id = ${id} AND state = 'dead'` : []
  if (!dead) throw errors.NOT_DEAD()
  // The order of locks is that of the courier: first the peer, then its messages.
  await tx`SELECT FROM exchange.peer WHERE code = ${dead.to} FOR UPDATE`
  const [changed] = await tx`UPDATE exchange.outbox SET state = ${state}, seq = CASE WHEN ${state === 'queued'} THEN seq END WHERE id = ${id} AND state = 'dead' RETURNING id`
  if (!changed) throw errors.NOT_DEAD()
  await tx`UPDATE exchange.stream SET dead = false, failures = 0, retry_at = NULL WHERE to_node = ${dead.to} AND subject = ${dead.subject}`
  return dead
}
