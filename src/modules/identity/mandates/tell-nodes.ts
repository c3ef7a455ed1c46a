import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { broadcast } from '../../exchange/index.ts'

export const mandateService = 'identity.mandate'

/** Tells every other node in the caller's transaction that a mandate is usable or no longer so: it need not wait for the next log-in. */
export async function tellNodes(tx: Tx, ctx: Ctx, mandateId: string, usable: boolean): Promise<void> {
  await broadcast(tx, ctx, { service: mandateService, subject: mandateId, payload: { usable, at: ctx.now.toISOString() } })
}

/** At a local node: the word of the national node about a mandate (service identity.mandate). Anyone else's is dropped. A repeat changes nothing. */
export async function hearOfMandate(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const { usable, at } = message.payload as { usable?: unknown; at?: unknown }
  const when = new Date(String(at))
  if (message.from !== ctx.node.config.national.code || typeof usable !== 'boolean' || Number.isNaN(when.getTime())) return
  await tx`INSERT INTO identity.mandate_notice (mandate_id, at, usable) VALUES (${message.subject}, ${when}, ${usable}) ON CONFLICT DO NOTHING`
}
