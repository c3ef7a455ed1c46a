import { systemCtx } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { expireMandates } from './expire-mandates.ts'
import { recheckAll } from './recheck-organisation.ts'

const every = 5 * 60_000
const timers = new WeakMap<Node, NodeJS.Timeout>()

/** Notes what is over, and asks the register about organisations not asked about for a day; a row asked about is not asked again. */
export async function lookAfterMandates(node: Node): Promise<void> {
  const ctx = systemCtx(node, 'identity.mandates')
  while (await expireMandates(ctx) === 500);
  await recheckAll(ctx)
  await node.db`DELETE FROM identity.mandate_draft WHERE created_at < ${ctx.now}::timestamptz - interval '7 days'`
}

export function startNightly(node: Node): void {
  const timer = setInterval(() => lookAfterMandates(node).catch((error: unknown) => node.log.warn({ err: error }, 'mandates could not be looked after')), every)
  timer.unref()
  timers.set(node, timer)
}

export function stopNightly(node: Node): void {
  clearInterval(timers.get(node))
}
