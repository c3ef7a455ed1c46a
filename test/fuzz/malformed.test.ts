import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { openHouse, type House, type LiveRoute } from '../rights/support/house.ts'
import { addressesOf, arm, attack, told, type Bad } from './support/attack.ts'
import type { Arms } from './support/malformed.ts'

/** A taste in every run; `npm run fuzz:identity` sends 10,000 to each address. FUZZ_SEED repeats a run, FUZZ_ONLY limits it to addresses. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 8)
const seed = Number(process.env.FUZZ_SEED ?? 20261127)
const only = new RegExp(process.env.FUZZ_ONLY ?? '')

for (const slug of ['national', 'province'] as const) {
  suite(`malformed requests to the identity module of the ${slug} node`, () => {
    let house: House
    let arms: Arms
    const closing: (() => Promise<unknown>)[] = []
    before(async () => {
      house = await openHouse({ after: (stop) => void closing.push(stop) }, slug, { neighbours: true })
      arms = await arm(house, addressesOf(house))
    })
    after(async () => { for (const stop of closing.reverse()) await stop() })

    test('none ends in a fault, hangs, or shows how the program is made', async () => {
      assert.ok(arms.names.length > 5, arms.names.join())
      const routes = addressesOf(house).filter((route) => only.test(`${route.method} ${route.path}`))
      const heap = process.memoryUsage().rss
      const bad: Bad[] = []
      let deep = 0
      for (const route of routes) {
        const tally = await attack(arms, route, requests, seed)
        bad.push(...tally.bad)
        deep += tally.deep
      }
      console.log(`${slug}: ${routes.length} addresses × ${requests} requests, ${Math.round((100 * deep) / (routes.length * requests))} % past the door, ${bad.length} bad, memory ${Math.round((process.memoryUsage().rss - heap) / 1_048_576)} MB more`)
      assert.deepEqual(bad.map(told), [])
    })

    test('a planted fault is found', async () => {
      const planted: LiveRoute = { method: 'GET', path: '/planted/:id', declared: 'public', kind: 'page', set: () => {} }
      const broken = { ...house, server: { inject: async ({ url }: { url: string }) => ({ statusCode: url.includes('%') ? 500 : 200, body: '', headers: {} }) } as unknown as House['server'] }
      assert.ok((await attack({ ...arms, house: broken }, planted, 100, seed)).bad.length > 0)
    })
  })
}
