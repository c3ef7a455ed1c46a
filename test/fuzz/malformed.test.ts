import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { literalsOf } from '../../scripts/docs/literals.ts'
import { sourceFiles } from '../../scripts/docs/source-files.ts'
import { identity } from '../../src/modules/identity/index.ts'
import { openHouse, type House, type LiveRoute } from '../rights/support/house.ts'
import { malformed, randomFrom, type Malformed } from './support/malformed.ts'

/** How many to each address: FUZZ_REQUESTS=10000 for the whole, a taste in every run. FUZZ_SEED repeats a run. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 60)
const seed = Number(process.env.FUZZ_SEED ?? 20261127)

/** What tells an attacker how the program is made. */
const innards = /at .+\(.*:\d+:\d+\)|node_modules|postgres(ql)?:\/\/|SELECT .+ FROM|INSERT INTO|syntax error at or near|invalid input syntax|PostgresError/

/** Words that the module's code reads from forms and queries. */
async function fieldNames(): Promise<string[]> {
  const files = sourceFiles().filter((file) => !file.isTest && file.path.startsWith('src/modules/identity/'))
  const literals = (await literalsOf(files)).filter((l) => /\b(get|all|body|query\.|field)\(?\s*$/.test(l.before) && /^[a-zA-Z][\w-]{0,30}$/.test(l.text)).map((l) => l.text)
  return [...new Set([...literals, 'birthDate-day', 'birthDate-month', 'birthDate-year'])]
}

interface Bad { request: Malformed; status: number; why: string }

async function attack(house: House, route: LiveRoute, names: readonly string[], count: number): Promise<Bad[]> {
  const random = randomFrom(seed ^ [...`${route.method} ${route.path}`].reduce((sum, c) => (Math.imul(sum, 31) + c.charCodeAt(0)) | 0, 7))
  const bad: Bad[] = []
  for (let i = 0; i < count && bad.length < 3; i++) {
    const seat = house.seats[Math.floor(random() * house.seats.length)]!
    const request = malformed(house, route, seat, names, random)
    const begun = performance.now()
    const reply = await house.server.inject(request as never).catch((error: unknown) => ({ statusCode: 599, body: String(error) }))
    const why = reply.statusCode >= 500 ? 'a fault' : innards.test(reply.body) ? 'shows its innards' : performance.now() - begun > 5000 ? 'hangs' : ''
    if (why) bad.push({ request, status: reply.statusCode, why })
    if (i % 50 === 49) await house.node.db`DELETE FROM identity.throttle`
  }
  await house.node.db`UPDATE identity.session SET ended_at = NULL WHERE ended_at IS NOT NULL`
  return bad
}

const told = ({ request, status, why }: Bad): string => `${request.method} ${request.url.slice(0, 200)} ${JSON.stringify(request.headers).slice(0, 200)} ${String(request.payload ?? '').slice(0, 300)}: ${status}, ${why}`

for (const slug of ['national', 'province'] as const) {
  suite(`malformed requests to the identity module of the ${slug} node`, () => {
    let house: House
    let names: string[]
    const closing: (() => Promise<unknown>)[] = []
    before(async () => {
      house = await openHouse({ after: (stop) => void closing.push(stop) }, slug, { neighbours: true })
      names = await fieldNames()
    })
    after(async () => { for (const stop of closing.reverse()) await stop() })

    test('none ends in a fault, hangs, or shows how the program is made', async () => {
      assert.ok(names.length > 5, names.join())
      const own = new Set(identity.routes!(house.node).map((route) => `${route.method} ${route.path}`))
      const routes = house.routes.filter((route) => own.has(`${route.method} ${route.path}`))
      const heap = process.memoryUsage().rss
      const bad: Bad[] = []
      for (const route of routes) bad.push(...await attack(house, route, names, requests))
      const grown = (process.memoryUsage().rss - heap) / 1_048_576
      console.log(`${slug}: ${routes.length} addresses × ${requests} requests, ${bad.length} bad, memory ${grown >= 0 ? '+' : ''}${Math.round(grown)} MB`)
      assert.deepEqual(bad.map(told), [])
    })

    test('a planted fault is found', async () => {
      const planted: LiveRoute = { method: 'GET', path: '/planted/:id', declared: 'public', kind: 'page', set: () => {} }
      const broken = { ...house, server: { inject: async ({ url }: { url: string }) => ({ statusCode: url.includes('%') ? 500 : 200, body: '' }) } as unknown as House['server'] }
      assert.ok((await attack(broken, planted, names, 100)).length > 0)
    })
  })
}
