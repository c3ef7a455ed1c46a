import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import { send } from '../../exchange/index.ts'

/** A message of a group to the node of a part, or back. Where that is this node itself, the same service hears it at once, in the caller's transaction. */
export async function tellNode(tx: Tx, ctx: Ctx, message: { to: string; service: string; subject: string; payload: unknown }): Promise<void> {
  const own = ctx.node.config.code
  if (message.to !== own) return void await send(tx, ctx, message)
  const hear = ctx.node.modules.map((module) => module.services?.[message.service]).find((one) => one !== undefined)
  if (!hear) throw new Error(`no module hears ${message.service}`)
  await hear(tx, ctx, { id: newId(), from: own, service: message.service, subject: message.subject, payload: message.payload, sentAt: ctx.now })
}
