import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { drainFollowers } from '../ledger/index.ts'
import type { Module } from '../../platform/module.ts'
import { eventually, exchangeCountry, type TestNode } from '../exchange/testing/exchange-country.ts'
import { abolitionService, catalogueFeed, pageService, procedureService, receiveAbolition, receivePage, receiveProcedure } from './catalogue-feed.ts'
import { abolishProcedures } from './decisions/abolish-procedures.ts'
import { localiseProcedures } from './decisions/copies.ts'
import type { ProcedureInput } from './content.ts'
import { publishProcedure } from './publish-procedure.ts'

const sampleProcedure: ProcedureInput = {
  code: '1.000001', name: { vi: 'Thủ tục thử nghiệm' }, sector: { code: 'TEST', name: { vi: 'Lĩnh vực thử nghiệm' } }, levels: ['province'],
  agencies: { executing: [], competent: [], authorised: [], cooperating: [] }, subjects: ['citizen'], steps: [], methods: [], components: [], requirements: [], legalBases: [], results: [],
  onlineLevel: 'none', filingScope: 'province', related: [], keywords: [], lifeEvents: [],
}

const feed = (code: string): Module[] => [code === 'VN' ? { name: 'catalogue', followers: () => [catalogueFeed] } : { name: 'catalogue', services: { [procedureService]: receiveProcedure, [pageService]: receivePage, [abolitionService]: receiveAbolition } }]
const copies = async (n: TestNode): Promise<string[]> => (await n.database.db<{ line: string }[]>`SELECT code || ' v' || version || coalesce(' until ' || valid_to, '') AS line FROM catalogue.procedure_version ORDER BY code, version`).map((r) => r.line)

async function publish(n: TestNode, change: object): Promise<void> {
  const ctx = systemCtx(n.node, 'test')
  await transact(ctx, (tx) => publishProcedure(tx, ctx, { content: { ...sampleProcedure, ...change }, validFrom: '2026-01-01' }))
  await drainFollowers(n.node)
}

test('what the national node publishes is at every local node soon after, version by version', async (t) => {
  const { VN, H21, G01 } = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'], modules: feed })
  for (const n of [VN!, H21!, G01!]) await n.start()
  await eventually('enrolment', async () => (await VN!.database.db`SELECT FROM exchange.node_certificate WHERE status = 'active'`).length === 3)
  await publish(VN!, {})
  await publish(VN!, { keywords: ['khác'] })
  for (const n of [H21!, G01!]) await eventually('the copies', async () => (await copies(n)).length === 2)
  assert.deepEqual(await copies(H21!), await copies(VN!))
  assert.deepEqual(await copies(G01!), await copies(VN!))
})

test('a node that enrols later gets everything that was published before', async (t) => {
  const { VN, H21 } = await exchangeCountry(t, { modules: feed })
  await VN!.start()
  for (let i = 1; i <= 3; i++) await publish(VN!, { code: `1.00000${i}` })
  await publish(VN!, { code: '1.000001', keywords: ['khác'] })
  await H21!.start()
  await eventually('its enrolment', async () => {
    await drainFollowers(VN!.node)
    return (await copies(H21!)).length === 4
  })
  assert.deepEqual(await copies(H21!), await copies(VN!))
})

test('a procedure that another local node sends is refused', async (t) => {
  const { VN, H21, G01 } = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'], modules: feed })
  for (const n of [VN!, H21!, G01!]) await n.start()
  const id = await G01!.send({ to: 'H21', service: procedureService, subject: '1.000001', payload: {} })
  await eventually('the refusal', async () => (await G01!.database.db`SELECT FROM exchange.outbox WHERE id = ${id} AND state = 'dead' AND last_code = 'catalogue.NOT_AUTHOR'`).length === 1)
  assert.deepEqual(await copies(H21!), [])
})

test('abolitions and copies travel too: a copy to its own province, an abolition to whom it concerns, many versions in pages', async (t) => {
  const { VN, H21, G01 } = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'], modules: feed })
  for (const n of [VN!, H21!]) await n.start()
  await eventually('enrolment', async () => (await VN!.database.db`SELECT FROM exchange.node_certificate WHERE status = 'active'`).length === 2)
  const ctx = systemCtx(VN!.node, 'test')
  await transact(ctx, async (tx) => {
    for (let i = 0; i < 12; i++) await publishProcedure(tx, ctx, { content: { ...sampleProcedure, code: `1.00001${String.fromCharCode(48 + (i % 10))}`, keywords: [String(i)] }, validFrom: '2026-01-01' })
    await tx`INSERT INTO catalogue.decision (id, number, issued_on, issuer, effective_on, state, author, author_name, created_at) VALUES ('01900000-0000-7000-8000-000000000001', 'x', '2026-01-01', 'H21', '2026-01-01', 'draft', 'a', 'a', now())`
    await localiseProcedures(tx, ctx, ['H21', 'H01'].map((p) => ({ code: `1.000011.000.00.00.${p}`, part: {} })), { id: '01900000-0000-7000-8000-000000000001', number: 'x', issuedOn: null, effectiveOn: '2026-01-01' })
  })
  await transact(ctx, (tx) => abolishProcedures(tx, ctx, ['1.000011'], { number: 'x', issuedOn: null, effectiveOn: '2026-01-01' }))
  await drainFollowers(VN!.node)
  const concerned = async (code: string) => (await copies(VN!)).filter((line) => !/\.[GH]\d\d v/.test(line) || line.includes(`.${code} v`))
  await eventually('the copies', async () => JSON.stringify(await copies(H21!)) === JSON.stringify(await concerned('H21')))
  assert.ok((await copies(H21!)).some((line) => line.startsWith('1.000011.000.00.00.H21 v')))
  // One that enrols after it all comes to the same end.
  await G01!.start()
  await eventually('the late copies', async () => {
    await drainFollowers(VN!.node)
    return JSON.stringify(await copies(G01!)) === JSON.stringify(await concerned('G01'))
  })
  const abolished = async (n: TestNode) => (await n.database.db<{ code: string }[]>`SELECT code FROM catalogue.abolition ORDER BY code`).map((r) => r.code)
  await eventually('the abolitions', async () => (await abolished(H21!)).length === 2 && (await abolished(G01!)).length === 1)
  assert.deepEqual(await abolished(H21!), ['1.000011', '1.000011.000.00.00.H21'])
})
