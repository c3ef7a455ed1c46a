import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { forgetLogInWays } from './log-in-ways.ts'

const basis = 'Bản trình diễn: mở mọi phương thức để dùng thử'

/**
 * A demonstration shows all ways also after the law left one: rows of its own, from the day on which the others ended, say so. Never in
 * production. A second run changes nothing.
 */
export async function seedDemoWays(node: Node): Promise<void> {
  const { demo, production, kind } = node.config
  if (!demo || production || kind !== 'national') return
  await transact(systemCtx(node, 'seed'), (tx) => tx`
    INSERT INTO identity.log_in_way (way, holder, valid_from, basis)
    SELECT way, holder, valid_to, ${basis} FROM identity.log_in_way WHERE valid_to = '2026-07-20'
    ON CONFLICT DO NOTHING`)
  forgetLogInWays()
}
