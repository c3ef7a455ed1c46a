import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Officer } from '../../../platform/actor.ts'
import { createCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { listEvents } from '../../ledger/index.ts'
import { findAgency, organisations } from '../../organisations/index.ts'
import { catalogue } from '../index.ts'
import { changeEntry, type EntryRequest } from './change-entry.ts'
import { declareService } from './declare-offer.ts'
import { listChanges } from './list-change.store.ts'
import { findList, sharedLists } from './list-definitions.ts'

const officer = (agencyCode: string): Officer => ({ kind: 'officer', id: newId(), name: 'Cán bộ', agencyCode, unitId: null, roles: ['catalogue-editor'], permissions: new Set(['catalogue.edit-lists']), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' })

suite('change entry', () => {
let database: TestDatabase
let node: Node
let now = new Date('2026-11-22T03:00:00Z')

before(async () => {
  database = await testDatabase()
  node = testNode(database.db, { code: 'VN', modules: [organisations, catalogue], now: () => now })
  await organisations.seed!(node)
  await catalogue.seed!(node)
})

const as = (agencyCode: string): Ctx => createCtx(node, { actor: officer(agencyCode) })
const request = (given: Partial<EntryRequest> & { key: string }): EntryRequest => ({ action: 'add', values: {}, from: '2026-11-22', basis: 'QĐ 1/QĐ-BCA', revision: 0, ...given })
const change = async (agencyCode: string, list: string, given: Partial<EntryRequest> & { key: string }) => changeEntry(as(agencyCode), list, request(given))
const done = async (agencyCode: string, list: string, given: Partial<EntryRequest> & { key: string }) => {
  const result = await change(agencyCode, list, given)
  assert.ok('done' in result, JSON.stringify('prepared' in result ? result.prepared.errors : ''))
  return result.done
}
const mistakes = async (agencyCode: string, list: string, given: Partial<EntryRequest> & { key: string }) => {
  const result = await change(agencyCode, list, given)
  return 'prepared' in result ? result.prepared.errors.map((e) => `${e.field} ${e.key.replace('catalogue.lists.invalid.', '')}`) : []
}
const find = (list: string, key: string, on = '2026-11-22') => findList(list)!.table.find(database.db, key, on)

test('an entry is added, adjusted from a day on and disabled; every act leaves who, when, before and after, and an event', async () => {
  const values = { nameVi: 'Lệ phí thử', nameEn: null, section: '2850', source: null }
  const key = '2851'
  assert.equal((await done('G12.30', 'revenue-types', { key, values })).revision, 1)
  await done('G12.30', 'revenue-types', { key, action: 'adjust', values: { ...values, nameVi: 'Lệ phí thử, tên mới' }, from: '2027-01-01', revision: 1 })
  assert.equal((await find('revenue-types', key))?.values.nameVi, 'Lệ phí thử')
  assert.equal((await find('revenue-types', key, '2027-01-01'))?.values.nameVi, 'Lệ phí thử, tên mới')
  await done('G12.30', 'revenue-types', { key, action: 'disable', from: '2028-01-01', revision: 2 })
  assert.equal((await find('revenue-types', key, '2027-12-31'))?.state, 'valid')
  assert.equal((await find('revenue-types', key, '2028-01-01'))?.state, 'disabled')
  const history = await listChanges(database.db, 'revenue-types', key)
  assert.deepEqual(history.map((c) => [c.revision, c.action, c.fromDate, c.before?.nameVi ?? null, c.after?.nameVi ?? null]), [
    [3, 'disable', '2028-01-01', 'Lệ phí thử, tên mới', null], [2, 'adjust', '2027-01-01', 'Lệ phí thử', 'Lệ phí thử, tên mới'], [1, 'add', '2026-11-22', null, 'Lệ phí thử']])
  assert.match(history[0]!.actor, /^officer:/)
  assert.equal(history[0]!.rightSource, 'Quy chế Cổng Dịch vụ công Quốc gia, Điều 49 khoản 3')
  const events = await listEvents(database.db, `revenue-types/${key}`)
  assert.deepEqual(events.map((e) => [e.type, e.data.action]), [['catalogue.list_changed', 'add'], ['catalogue.list_changed', 'adjust'], ['catalogue.list_changed', 'disable']])
  assert.ok(!JSON.stringify(events).includes('Cán bộ'))
})

test('an entry that ended can be taken up again, from its end on', async () => {
  const values = { nameVi: 'Ví thử', shortName: 'ViThu', providerKind: 'intermediary', swiftCode: '' }
  await done('G19', 'payment-providers', { key: 'VITHU', values, from: '2026-01-01' })
  await done('G19', 'payment-providers', { key: 'VITHU', action: 'disable', from: '2026-06-01', revision: 1 })
  assert.deepEqual(await mistakes('G19', 'payment-providers', { key: 'VITHU', action: 'adjust', values, revision: 2 }), ['key disabled'])
  assert.deepEqual(await mistakes('G19', 'payment-providers', { key: 'VITHU', values, from: '2026-05-01', revision: 2 }), ['from beforeLast'])
  await done('G19', 'payment-providers', { key: 'VITHU', values, from: '2026-11-01', revision: 2 })
  assert.deepEqual((await findList('payment-providers')!.table.periods(database.db, 'VITHU')).map((p) => [p.validFrom, p.validTo]), [['2026-01-01', '2026-06-01'], ['2026-11-01', null]])
})

test('the second of two editors is told what the first changed, and nothing is overwritten', async () => {
  const at = { key: '970425', values: { nameVi: 'Ngân hàng TMCP An Bình', shortName: 'ABBANK', providerKind: 'bank', swiftCode: 'ABBKVNVX' }, action: 'adjust' as const }
  await done('G19', 'payment-providers', at)
  const second = await change('G19', 'payment-providers', { ...at, values: { ...at.values, shortName: 'An Bình' } })
  assert.ok('prepared' in second)
  assert.deepEqual(second.prepared.since.map((c) => [c.before?.shortName, c.after?.shortName]), [['AB Bank', 'ABBANK']])
  assert.equal((await find('payment-providers', '970425'))?.values.shortName, 'ABBANK')
})

test('of editors at the very same moment one wins', async () => {
  const values = { nameVi: 'Ngân hàng TMCP Bắc Á', providerKind: 'bank', swiftCode: '' }
  const results = await Promise.all(['một', 'hai', 'ba'].map((shortName) => change('G19', 'payment-providers', { key: '970409', action: 'adjust', values: { ...values, shortName } })))
  assert.equal(results.filter((r) => 'done' in r).length, 1)
  assert.equal((await listChanges(database.db, 'payment-providers', '970409')).length, 1)
})

test('what an agency has no right to is refused, whatever it types', async () => {
  const sector = { key: 'thu-nghiem', values: { nameVi: 'Thử nghiệm', nameEn: null, ownerCode: 'G01' } }
  await assert.rejects(change('H21', 'sectors', sector), (e) => isRefusal(e, 'LIST_RIGHT_MISSING'))
  await assert.rejects(change('VN', 'sectors', sector), (e) => isRefusal(e, 'LIST_RIGHT_MISSING'))
  await assert.rejects(change('H21.101', 'agencies', { key: 'H21.101.99', values: {} }), (e) => isRefusal(e, 'LIST_RIGHT_MISSING'))
  await assert.rejects(change('G15', 'sectors', sector), (e) => isRefusal(e, 'ENTRY_NOT_OWN'))
  await done('G01', 'sectors', sector)
  await assert.rejects(change('G01', 'sectors', { ...sector, action: 'adjust', values: { ...sector.values, ownerCode: 'G15' }, revision: 1 }), (e) => isRefusal(e, 'ENTRY_NOT_OWN'), 'nor handed to another')
  await assert.rejects(change('G15', 'sectors', { ...sector, action: 'adjust', values: { ...sector.values, ownerCode: 'G15' }, revision: 1 }), (e) => isRefusal(e, 'ENTRY_NOT_OWN'), 'nor taken from another')
  await assert.rejects(change('G01', 'procedures', { key: '1.001193', action: 'disable' }), (e) => isRefusal(e, 'LIST_RIGHT_MISSING'), 'procedures change by decision')
  await assert.rejects(change('G01', 'nonsense', sector), (e) => isRefusal(e, 'LIST_NOT_FOUND'))
  const local = testNode(database.db, { code: 'H21', modules: [catalogue] })
  await assert.rejects(changeEntry(createCtx(local, { actor: officer('G01') }), 'sectors', request(sector)), (e) => isRefusal(e, 'NOT_AUTHOR'))
})

test('a province keeps its own communes and agencies, and no other\'s', async () => {
  await done('H21', 'administrative-units', { key: '23575', action: 'adjust', values: { fullName: 'Phường Pleiku Mới', parentCode: '52' }, from: '2027-01-01' })
  await assert.rejects(change('H21', 'administrative-units', { key: '00004', action: 'adjust', values: { fullName: 'Phường Ba Đình Mới', parentCode: '01' } }), (e) => isRefusal(e, 'ENTRY_NOT_OWN'))
  assert.equal((await find('administrative-units', '23575'))?.values.fullName, 'Phường Pleiku')
  assert.equal((await find('administrative-units', '23575', '2027-01-01'))?.values.fullName, 'Phường Pleiku Mới')
  const agency = { nameVi: 'Sở Thử nghiệm', nameEn: 'Department of Testing', kind: 'department', level: 'province', parentCode: 'H21', unitCode: '52' }
  await done('H21', 'agencies', { key: 'H21.90', values: agency })
  assert.deepEqual(await findAgency(database.db, 'H21.90', '2026-11-22').then((a) => [a?.nameVi, a?.nodeCode]), ['Sở Thử nghiệm', 'H21'])
  await assert.rejects(change('H21', 'agencies', { key: 'G01.90', values: { ...agency, parentCode: 'G01' } }), (e) => isRefusal(e, 'ENTRY_NOT_OWN'))
})

test('a new edition of the shipped tables leaves alone what officers changed', async () => {
  await database.owner`UPDATE organisations.reference_table SET hash = 'older'`
  await organisations.seed!(node)
  assert.equal((await find('administrative-units', '23575', '2027-01-01'))?.values.fullName, 'Phường Pleiku Mới')
  assert.deepEqual((await findList('administrative-units')!.table.periods(database.db, '23575')).map((p) => p.validTo).slice(-2), ['2027-01-01', null])
})

test('a province\'s result type needs a procedure that the law left to it', async () => {
  const values = { nameVi: 'Giấy thử', nameEn: null, ownerCode: 'H21', procedureCode: '1.001193', source: null }
  await assert.rejects(change('H21', 'result-types', { key: 'KQ.H21.000001', values }), (e) => isRefusal(e, 'RESULT_NOT_LEFT_TO_PROVINCE'))
  await database.owner`UPDATE catalogue.procedure SET owner_code = 'H21' WHERE code = '1.001612'`
  await done('H21', 'result-types', { key: 'KQ.H21.000001', values: { ...values, procedureCode: '1.001612' } })
})

test('where a list has one row for each code, a change for a later day waits for it', async () => {
  const values = { nameVi: 'Giấy khai sinh (mẫu mới)', nameEn: 'Birth certificate', ownerCode: 'G15', procedureCode: null, source: null }
  await done('G15', 'result-types', { key: 'KQ0001', action: 'adjust', values, from: '2026-12-01' })
  assert.equal((await find('result-types', 'KQ0001'))?.values.nameVi, 'Giấy khai sinh')
  await runDue(node)
  assert.equal((await find('result-types', 'KQ0001'))?.values.nameVi, 'Giấy khai sinh')
  now = new Date('2026-12-01T00:00:00+07:00')
  await database.owner`UPDATE platform.job SET run_at = now() - interval '1 second'`
  await runDue(node)
  now = new Date('2026-11-22T03:00:00Z')
  assert.equal((await find('result-types', 'KQ0001'))?.values.nameVi, 'Giấy khai sinh (mẫu mới)')
})

test('mistakes are named by field', async () => {
  assert.deepEqual(await mistakes('G12.30', 'revenue-types', { key: 'abc', values: {}, from: '2026-02-31', basis: ' ' }), ['key key.revenue-types', 'from day', 'basis basis', 'nameVi empty'])
  assert.deepEqual(await mistakes('G12.30', 'revenue-types', { key: '2801', values: { nameVi: 'x' } }), ['key taken'])
  assert.deepEqual(await mistakes('G01', 'accounts', { key: 'VCB-001100', values: { nameVi: 'Thu phí', accountKind: 'secret', holder: 'Bộ Công an', institution: 'VCB', ownerCode: 'G01.777' } }), ['accountKind choice', 'ownerCode unknown.agency'])
  assert.deepEqual(await mistakes('G12.30', 'revenue-types', { key: '2801', action: 'adjust', values: { nameVi: 'Lệ phí trước bạ nhà đất', nameEn: 'Registration fee, land and houses', section: '2800', source: 'Thông tư 324/2016/TT-BTC' } }), ['nameVi unchanged'])
  await assert.rejects(change('G12.30', 'revenue-types', { key: '9999', action: 'disable' }), (e) => isRefusal(e, 'ENTRY_NOT_FOUND'))
})

test('an online service enters the list by its onboarding, not before it', async () => {
  const values = { nameVi: 'Đăng ký khai sinh', nameEn: null, procedureCode: '1.001193', onlineLevel: 'full', ownerCode: 'G15' }
  assert.deepEqual(await mistakes('G15', 'online-services', { key: '1.001193.77', values }), ['key notOnboarded'])
  const service = { serviceCode: '1.001193.77', procedureCode: '1.001193', agencyCode: 'G15', approvalNumber: 'QĐ 9/QĐ-BTP' }
  for (const _ of [1, 2]) await transact(as('VN'), (tx) => declareService(tx, as('VN'), service))
  assert.deepEqual((await listChanges(database.db, 'online-services', '1.001193.77')).map((c) => [c.action, c.basis]), [['add', 'QĐ 9/QĐ-BTP']])
  assert.equal((await find('online-services', '1.001193.77'))?.values.ownerCode, 'G15')
  await done('G15', 'online-services', { key: '1.001193.77', action: 'disable', from: '2027-01-01', revision: 1 })
})

test('every shipped entry in force keeps the rules of its list, so that an officer can adjust it', async () => {
  for (const list of sharedLists.filter((l) => l.changedBy === 'act')) {
    const entries = (await list.table.all(database.db, '2026-11-22')).filter((e) => e.state === 'valid')
    const wrong = entries.flatMap((e) => [
      ...(list.keyPattern.test(e.key) ? [] : [`${e.key} key`]), ...list.columns.filter((c) => !c.schema.safeParse(e.values[c.field] ?? '').success).map((c) => `${e.key} ${c.field} ${e.values[c.field]}`), ...(list.check?.(e.key, e.values) ? [`${e.key} rule`] : []),
    ])
    assert.deepEqual(wrong.filter((w) => !/ ownerCode null$/.test(w)), [], list.name)
  }
})

test('entries and their history cannot be deleted by the program', async () => {
  for (const table of ['catalogue.revenue_type', 'catalogue.sector', 'catalogue.document_type', 'catalogue.list_change', 'catalogue.list_right', 'organisations.agency', 'organisations.administrative_unit']) {
    await assert.rejects(async () => database.db.unsafe(`DELETE FROM ${table}`), { code: '42501' }, table)
  }
  await assert.rejects(async () => database.db`UPDATE catalogue.list_change SET basis = 'x'`, { code: '42501' })
})

test('lists are searched without diacritics, filtered by state, sorted and cut into pages', async () => {
  const search = (list: string, query: object) => findList(list)!.table.search(database.db, query, '2026-11-22')
  assert.ok((await search('payment-providers', { q: 'ngoai thuong' })).rows.some((r) => r.key === '970436'))
  assert.equal((await search('payment-providers', { q: '100%_' })).total, 0)
  assert.equal((await search('administrative-units', { state: 'valid' })).total, 34 + 3321)
  const old = await search('administrative-units', { q: 'quận hoàn kiếm' })
  assert.deepEqual(old.rows.map((r) => r.state), ['disabled'])
  const sorted = await search('payment-providers', { sort: 'shortName', descending: true, size: 5, page: 2 })
  assert.deepEqual([sorted.rows.length, sorted.page, sorted.pages > 5], [5, 2, true])
  assert.ok((await search('procedures', {})).total >= 40)
  assert.ok((await search('online-services', {})).total > 0)
  assert.equal((await search('master-data', {})).total, 34)
})
})
