import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { onCommit } from '../../platform/safe-begin.ts'
import { errors } from './exchange.errors.ts'
import { maxPayloadBytes } from './limits.ts'
import { isNodeCode } from './node-certificate.ts'

export interface NewOutboxMessage {
  /** Code of the node that gets it. It need not be enrolled yet: the message waits. */
  to: string
  /** Name under which a module of the receiver handles it: 'dossier.file'. */
  service: string
  /** What it is about (a dossier id, a procedure code). Messages about one subject arrive in the order in which they were sent. */
  subject: string
  /** Anything JSON; at most 16 MiB as JSON text, files in it as base64. */
  payload: unknown
  /** A second message with the same key to the same node is not sent. */
  key?: string
}

/**
 * Sends a message to another node: writes it in the caller's transaction, so it goes out if and only if the transaction commits.
 * Whoever sends about one subject from several transactions holds a lock on that subject's row, as acts do anyway.
 * @returns the message id; with a known key, the id of the message that was sent first.
 * @throws PAYLOAD_TOO_LARGE
 */
export async function send(tx: Tx, ctx: Ctx, message: NewOutboxMessage): Promise<string> {
  if (!isNodeCode(message.to)) throw new Error(`"${message.to}" is not the code of a node (VN, G.. or H..).`)
  if (message.to === ctx.node.config.code) throw new Error(`Node ${message.to} sends a message to itself. Call the act instead.`)
  const { payload, size } = payloadText(message.payload)
  const id = newId()
  const key = message.key ?? null
  const [written] = await tx<{ id: string }[]>`
    INSERT INTO exchange.outbox (id, to_node, service, subject, payload, size, key, queued_at)
    VALUES (${id}, ${message.to}, ${message.service}, ${message.subject}, ${payload}, ${size}, ${key}, ${ctx.now})
    ON CONFLICT (to_node, key) WHERE key IS NOT NULL DO NOTHING RETURNING id`
  onCommit(tx, () => ctx.node.nudge('exchange'))
  if (written) return written.id
  const [first] = await tx<{ id: string }[]>`SELECT id FROM exchange.outbox WHERE to_node = ${message.to} AND key = ${key}`
  return first!.id
}

/** Codes of the other nodes that are enrolled. */
export async function enrolledNodes(db: Db, ctx: Ctx): Promise<string[]> {
  const nodes = await db<{ code: string }[]>`SELECT node_code AS code FROM exchange.node_certificate WHERE status = 'active' AND node_code <> ${ctx.node.config.code} ORDER BY node_code`
  return [...new Set(nodes.map((n) => n.code))]
}

/** Every enrolled node and where it is reached, by code. */
export async function nodeAddresses(db: Db): Promise<{ code: string; baseUrl: string }[]> {
  return await db<{ code: string; baseUrl: string }[]>`SELECT node_code AS code, base_url AS "baseUrl" FROM exchange.node_certificate WHERE status = 'active' ORDER BY node_code`
}

/**
 * Sends a message to every other enrolled node, in the caller's transaction.
 * @returns to how many nodes.
 * @throws PAYLOAD_TOO_LARGE
 */
export async function broadcast(tx: Tx, ctx: Ctx, message: Omit<NewOutboxMessage, 'to'>): Promise<number> {
  const { payload, size } = payloadText(message.payload)
  const nodes = await tx<{ code: string }[]>`SELECT node_code AS code FROM exchange.node_certificate WHERE status = 'active' AND node_code <> ${ctx.node.config.code} ORDER BY node_code`
  const rows = nodes.map(({ code }) => ({ id: newId(), code }))
  await tx`
    INSERT INTO exchange.outbox (id, to_node, service, subject, payload, size, key, queued_at)
    SELECT n.id, n.code, ${message.service}, ${message.subject}, ${payload}, ${size}::int, ${message.key ?? null}, ${ctx.now}
    FROM unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.code)}::text[]) AS n (id, code)
    ON CONFLICT (to_node, key) WHERE key IS NOT NULL DO NOTHING`
  onCommit(tx, () => ctx.node.nudge('exchange'))
  return rows.length
}

/**
 * Sends many messages in few statements, in their order; `key` is not looked at. For bulk: a whole catalogue to a new node.
 * @throws PAYLOAD_TOO_LARGE
 */
export async function sendMany(tx: Tx, ctx: Ctx, messages: readonly Omit<NewOutboxMessage, 'key'>[]): Promise<void> {
  for (let i = 0; i < messages.length; i += 200) {
    const rows = messages.slice(i, i + 200).map((m) => ({ ...m, ...payloadText(m.payload), id: newId() }))
    await tx`
      INSERT INTO exchange.outbox (id, to_node, service, subject, payload, size, queued_at)
      SELECT n.id, n.to_node, n.service, n.subject, n.payload, n.size, ${ctx.now}
      FROM unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.to)}::text[], ${rows.map((r) => r.service)}::text[], ${rows.map((r) => r.subject)}::text[], ${rows.map((r) => r.payload)}::text[], ${rows.map((r) => r.size)}::int[])
        WITH ORDINALITY AS n (id, to_node, service, subject, payload, size, place) ORDER BY n.place`
  }
  onCommit(tx, () => ctx.node.nudge('exchange'))
}

function payloadText(value: unknown): { payload: string; size: number } {
  let payload = JSON.stringify(value) ?? 'null'
  // The receiver's database takes every character in jsonb but U+0000.
  if (payload.includes('\\u0000')) payload = JSON.stringify(value, (_key, v: unknown) => (typeof v === 'string' ? v.replaceAll('\u0000', '') : v))
  const size = Buffer.byteLength(payload)
  if (size > maxPayloadBytes) throw errors.PAYLOAD_TOO_LARGE({ mb: Math.floor(maxPayloadBytes / 1024 / 1024) })
  return { payload, size }
}
