import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Officer } from '../../../platform/actor.ts'
import { createCtx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Module } from '../../../platform/module.ts'
import { eventually, exchangeCountry, type TestNode } from '../../exchange/testing/exchange-country.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { organisations } from '../../organisations/index.ts'
import { catalogue } from '../module.ts'
import { changeEntry } from './change-entry.ts'
import { listFeed, listService, receiveListChange } from './list-feed.ts'

const feed = (code: string): Module[] => [code === 'VN' ? { name: 'catalogue', followers: () => [listFeed] } : { name: 'catalogue', services: { [listService]: receiveListChange } }]
const officer: Officer = { kind: 'officer', id: newId(), name: 'Cán bộ', agencyCode: 'G01', unitId: null, roles: [], permissions: new Set(), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' }

const sectors = async (n: TestNode): Promise<string[]> => (await n.database.db<{ line: string }[]>`SELECT concat_ws(' ', code, name_vi, valid_to) AS line FROM catalogue.sector WHERE code LIKE 'thu-%' ORDER BY code`).map((r) => r.line)
const prepare = async (n: TestNode): Promise<void> => {
  await organisations.seed!(n.node)
  await catalogue.seed!(n.node)
}

test('a change of a shared catalogue is at the local nodes soon after, and a node that enrols later gets them all; a copy cannot be sent by another', async (t) => {
  const { VN, H21, G01 } = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'], modules: feed })
  for (const n of [VN!, H21!, G01!]) await prepare(n)
  const change = async (key: string, nameVi: string, action: 'add' | 'adjust' | 'disable', revision: number) => {
    const result = await changeEntry(createCtx(VN!.node, { actor: officer }), 'sectors', { key, action, values: { nameVi, nameEn: null, ownerCode: 'G01' }, from: '2026-01-01', basis: 'QĐ 1', revision })
    assert.ok('done' in result)
  }
  await VN!.start()
  await H21!.start()
  await change('thu-mot', 'Một', 'add', 0)
  await change('thu-mot', 'Một mới', 'adjust', 1)
  await eventually('the copy', async () => {
    await drainFollowers(VN!.node)
    return (await sectors(H21!))[0] === 'thu-mot Một mới'
  })
  await G01!.start()
  await eventually('the later node', async () => {
    await drainFollowers(VN!.node)
    return (await sectors(G01!))[0] === 'thu-mot Một mới'
  })
  const history = (n: TestNode) => n.database.db`SELECT id, revision, after, changed_at FROM catalogue.list_change ORDER BY revision`
  assert.deepEqual([...(await history(H21!))], [...(await history(VN!))])
  const id = await G01!.send({ to: 'H21', service: listService, subject: 'sectors/thu-mot', payload: {} })
  await eventually('the refusal', async () => (await G01!.database.db`SELECT FROM exchange.outbox WHERE id = ${id} AND state = 'dead' AND last_code = 'catalogue.NOT_AUTHOR'`).length === 1)
})
