import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { testDatabase, type TestDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { isRefusal } from '../../platform/errors.ts'
import { agenciesInWords, competentAgency, findAdministrativeUnit, findAgency, getAgency, listAgencies, listCommunes, listProvinces, listUnits, newToOld, nodeOfAgency, oldToNew, organisations, provinceOf, serviceCentreOf, unitName } from './index.ts'
import { partName } from './administrative-unit.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('organisations', () => {
let database: TestDatabase
const today = '2026-11-22'

before(async () => {
  database = await testDatabase()
  await organisations.seed!(testNode(database.db))
})

test('each generation of administrative units has the number that the law made', async () => {
  const counts = async (at: string) => {
    const provinces = await listProvinces(database.db, at)
    const [{ n }] = await database.owner<[{ n: number }]>`SELECT count(*)::int AS n FROM organisations.administrative_unit WHERE level = 'commune' AND valid_from <= ${at} AND (valid_to IS NULL OR valid_to > ${at})`
    return [provinces.length, provinces.filter((p) => p.type === 'city').length, n]
  }
  assert.deepEqual(await counts('2025-06-30'), [63, 6, 10_035])
  assert.deepEqual(await counts('2025-07-01'), [34, 6, 3_321])
  assert.deepEqual(await counts('2026-04-30'), [34, 7, 3_321])
})

test('a code is read together with a date: 52 was Bình Định and is Gia Lai', async () => {
  assert.equal((await findAdministrativeUnit(database.db, '52', '2025-06-30'))?.fullName, 'Tỉnh Bình Định')
  const now = await findAdministrativeUnit(database.db, '52', today)
  assert.equal(now?.fullName, 'Tỉnh Gia Lai')
  assert.equal(unitName(now!, 'en'), 'Gia Lai Province')
  assert.equal((await findAdministrativeUnit(database.db, '75', '2026-04-29'))?.fullName, 'Tỉnh Đồng Nai')
  assert.equal((await findAdministrativeUnit(database.db, '75', '2026-04-30'))?.fullName, 'Thành phố Đồng Nai')
})

test('an instant late in the evening in UTC is the next day in Vietnam', async () => {
  assert.equal((await findAdministrativeUnit(database.db, '75', new Date('2026-04-29T17:00:00Z')))?.type, 'city')
})

test('communes of a province are found on both sides of the reform', async () => {
  assert.equal((await listCommunes(database.db, '52', today)).length, 135)
  const before = await listCommunes(database.db, '01', '2025-06-30')
  assert.ok(before.some((c) => c.fullName === 'Phường Phúc Xá'))
  assert.equal(await provinceOf(database.db, before[0]!.code, '2025-06-30'), '01')
})

test('an old commune leads to its successors and back, with the two wrong codes of the source put right', async () => {
  assert.deepEqual((await oldToNew(database.db, '00001')).map((s) => s.code), ['00097'])
  assert.ok((await oldToNew(database.db, '06973')).some((s) => s.code === '06978' && s.whole))
  assert.deepEqual((await oldToNew(database.db, '23938')).map((s) => s.code), ['23938'])
  assert.deepEqual((await newToOld(database.db, '52')).map((s) => s.code), ['52', '64'])
  const [dangling] = await database.owner<[{ n: number }]>`
    SELECT count(*)::int AS n FROM organisations.administrative_unit_succession s WHERE NOT EXISTS (SELECT 1 FROM organisations.administrative_unit u WHERE u.code = s.new_code AND u.valid_from = '2025-07-01')`
  assert.equal(dangling.n, 0)
})

test('every commune of today has at least one predecessor', async () => {
  const [row] = await database.owner<[{ n: number }]>`
    SELECT count(*)::int AS n FROM organisations.administrative_unit u WHERE level = 'commune' AND valid_to IS NULL AND NOT EXISTS (SELECT 1 FROM organisations.administrative_unit_succession s WHERE s.new_code = u.code)`
  assert.equal(row.n, 0)
})

test('a name that starts with no known type is refused', () => {
  assert.throws(() => partName('00001', 'Làng Phúc Xá'), /no known type/)
})

test('the competent agency of a commune matter is that commune\'s People\'s Committee', async () => {
  const [commune] = await listCommunes(database.db, '52', today)
  const agency = await competentAgency(database.db, { level: 'commune', communeCode: commune!.code, at: today })
  assert.equal(agency?.code, 'H21.101')
  assert.equal(agency?.nodeCode, 'H21')
  assert.match(agency!.nameVi, /^Ủy ban nhân dân (phường|xã) /)
  assert.match(agency!.nameEn, /^People's Committee of /)
  assert.equal((await serviceCentreOf(database.db, 'H21.101'))?.code, 'H21.101.01')
  assert.equal((await competentAgency(database.db, { level: 'province', communeCode: commune!.code, at: today }))?.code, 'H21')
})

test('a ministry matter goes to the named executing agency', async () => {
  assert.equal((await competentAgency(database.db, { level: 'ministry', nodeCode: 'G01', agencyCode: 'G01.08', at: today }))?.nameVi, 'Cục Cảnh sát giao thông')
  assert.equal((await competentAgency(database.db, { level: 'ministry', nodeCode: 'G24', at: today }))?.nameEn, 'Vietnam Social Insurance')
})

test('no agency is competent for a commune of an unconnected province, without a commune, or for an unknown code', async () => {
  assert.equal(await competentAgency(database.db, { level: 'commune', communeCode: '00004', at: today }), undefined)
  assert.equal(await competentAgency(database.db, { level: 'commune', at: today }), undefined)
  assert.equal(await competentAgency(database.db, { level: 'commune', communeCode: "'; DROP", at: today }), undefined)
})

test('agencies keep their names in time, and an unknown one is refused with its code', async () => {
  assert.equal((await findAgency(database.db, 'G10', '2024-01-01'))?.nameVi, 'Bộ Nông nghiệp và Phát triển nông thôn')
  assert.equal((await findAgency(database.db, 'G10', today))?.nameVi, 'Bộ Nông nghiệp và Môi trường')
  assert.equal(await findAgency(database.db, 'G04', today), undefined)
  await assert.rejects(getAgency(database.db, 'H21.999'), (e) => isRefusal(e, 'AGENCY_UNKNOWN'))
  assert.equal((await listAgencies(database.db, { level: 'province', kind: 'peoples-committee' })).length, 34)
  assert.equal((await listAgencies(database.db, { nodeCode: 'H21', level: 'commune' })).length, 270)
  assert.equal(nodeOfAgency('H21.101.01'), 'H21')
})

test('people read the name of an agency with its code, and the code alone where nobody bears it', async () => {
  assert.deepEqual(Object.fromEntries(await agenciesInWords(database.db, ['G12', 'G12', 'X99'], 'vi')), { G12: 'Bộ Tài chính (G12)', X99: 'X99' })
  assert.deepEqual([...(await agenciesInWords(database.db, ['G12'], 'en')).values()], ['Ministry of Finance (G12)'])
})

test('every agency of today has a name in both languages, and units belong to agencies that exist', async () => {
  const agencies = await listAgencies(database.db, { at: today })
  for (const agency of agencies) assert.ok(agency.nameVi && agency.nameEn, agency.code)
  assert.ok((await listUnits(database.db, 'H21.101')).length >= 3)
  const [orphans] = await database.owner<[{ n: number }]>`SELECT count(*)::int AS n FROM organisations.unit u WHERE NOT EXISTS (SELECT 1 FROM organisations.agency a WHERE a.code = u.agency_code AND a.valid_to IS NULL)`
  assert.equal(orphans.n, 0)
})

test('a second seed loads nothing', async () => {
  const read = () => database.owner`SELECT name, hash, loaded_at FROM organisations.reference_table ORDER BY name`
  const before = await read()
  const started = performance.now()
  await organisations.seed!(testNode(database.db))
  assert.ok(performance.now() - started < 500)
  assert.deepEqual([...(await read())], [...before])
})
})
