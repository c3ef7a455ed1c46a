import type { TestContext } from 'node:test'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { appendEvents, drainFollowers, ledger } from '../../ledger/index.ts'
import { nodeAddresses } from '../../exchange/index.ts'
import { eventually, exchangeCountry, type CountryOptions, type TestNode } from '../../exchange/testing/exchange-country.ts'
import { sealRound, type Memory, type Round } from '../seal-round.ts'
import { witness } from '../module.ts'

export interface LogNode extends TestNode {
  readonly memory: Memory
  /** Appends events and lets the log take them in. */
  act(count: number, subject?: string): Promise<void>
  seal(): Promise<Round>
}

/** Nodes that know each other and whose logs are sealed by hand. */
export async function logCountry(t: TestContext, options: Pick<CountryOptions, 'codes' | 'now'> = {}): Promise<Record<string, LogNode>> {
  const codes = options.codes ?? ['VN', 'H21', 'G01', 'G24']
  const nodes = await exchangeCountry(t, { ...options, codes, modules: () => [ledger, witness], routes: (node) => [...witness.routes!(node), ...ledger.routes!(node)] })
  for (const node of Object.values(nodes)) await node.start()
  for (const { node, refresh } of Object.values(nodes)) await eventually(`${node.config.code} knows all`, async () => {
    await refresh()
    return (await nodeAddresses(node.db)).length === codes.length
  }, 20_000)
  return Object.fromEntries(Object.entries(nodes).map(([code, node]) => [code, withLog(node)]))
}

function withLog(of: TestNode): LogNode {
  const memory: Memory = {}
  return Object.assign(Object.create(of) as TestNode, {
    memory,
    async act(count: number, subject = 'd') {
      const ctx = systemCtx(of.node, 'test')
      await transact(ctx, (tx) => appendEvents(tx, ctx, Array.from({ length: count }, (_, n) => ({ type: 'thing.happened', subject: `${subject}-${n % 5}`, data: { n } }))))
      await drainFollowers(of.node)
    },
    seal: () => sealRound(of.node, memory),
  })
}
