import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { demoCitizens, demoRegistered } from '../../../stand-ins/demo-people.ts'
import { findAccountByIdNumber } from '../citizens/account.store.ts'
import { externalOf, linkExternal } from './external-identifier.store.ts'

const basis = 'Bản trình diễn: mở mọi phương thức để dùng thử / Demonstration: every way is open to be tried'

/**
 * A demonstration shows all ways on the day after the law left one: rows of its own say so. Never in production. The invented citizens who
 * have an account can log in by their social-insurance number. A second run changes nothing.
 */
export async function seedDemoWays(node: Node): Promise<void> {
  const { demo, production, kind } = node.config
  if (!demo || production || kind !== 'national') return
  const ctx = systemCtx(node, 'seed')
  await transact(ctx, async (tx) => {
    await tx`
      INSERT INTO identity.log_in_way (way, holder, valid_from, basis)
      SELECT way, holder, valid_to, ${basis} FROM identity.log_in_way WHERE valid_to = '2026-07-20'
      ON CONFLICT DO NOTHING`
    for (const citizen of demoCitizens.filter((c) => demoRegistered.has(c.idNumber))) {
      const account = await findAccountByIdNumber(tx, citizen.idNumber)
      if (account && !(await externalOf(tx, 'social-insurance', account.id))) await linkExternal(tx, { scheme: 'social-insurance', value: citizen.socialInsurance, accountId: account.id, now: ctx.now })
    }
  })
}
