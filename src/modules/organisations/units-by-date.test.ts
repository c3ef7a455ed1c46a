import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../app.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { organisations, unitsByDate } from './index.ts'

suite('units by date', () => {
let database: TestDatabase
let server: FastifyInstance
const today = '2026-11-22'

before(async () => {
  database = await testDatabase()
  const node = testNode(database.db, { modules: [organisations], now: () => new Date(`${today}T03:00:00Z`) })
  await organisations.seed!(node)
  server = (await buildApp(node)).server
})
after(() => server.close())

/** 'asked (period) → unit, unit (part)'. */
const ask = async (q: string, day: string): Promise<string[]> => (await unitsByDate(database.db, q, day)).items.map(({ asked, then }) =>
  `${asked.fullName} ${asked.validFrom?.slice(0, 4) ?? ''}-${asked.validTo?.slice(0, 4) ?? ''} → ${then.map(({ unit, whole }) => `${unit.code} ${unit.fullName}${whole ? '' : ' (part)'}`).join(', ')}`)

test('a ward that went whole into another', async () => {
  assert.deepEqual(await ask('00001', today), ['Phường Phúc Xá -2025 → 00097 Phường Hồng Hà'])
  const { items } = await unitsByDate(database.db, 'phuc xa', today)
  const hanoi = items.find((i) => i.asked.code === '00001')
  assert.deepEqual(hanoi?.asked.above.map((a) => a.fullName), ['Quận Ba Đình', 'Thành phố Hà Nội'], 'where it lay then')
  assert.deepEqual(hanoi?.then[0]?.unit.above.map((a) => a.fullName), ['Thành phố Hà Nội'], 'and where it lies now')
})

test('a ward that was divided among several', async () => {
  const [line] = await ask('00007', today)
  assert.match(line ?? '', /^Phường Cống Vị -2025 → /)
  for (const part of ['00008 Phường Ngọc Hà', '00025 Phường Giảng Võ']) assert.ok(line?.includes(part), String(line))
  assert.ok(line!.includes('(part)'))
})

test('a code that stayed while the place grew: both periods answer, each for itself', async () => {
  const [then, now] = await ask('00004', today)
  assert.match(then!, /^Phường Trúc Bạch -2025 → 00004 Phường Ba Đình/)
  assert.equal(now, 'Phường Ba Đình 2025- → 00004 Phường Ba Đình')
})

test('backwards: what a ward of today was made of', async () => {
  const [, back] = await ask('00004', '2025-06-30')
  for (const old of ['00004 Phường Trúc Bạch', '00013 Phường Quán Thánh']) assert.ok(back?.includes(old), String(back))
})

test('the reform of 30 April 2026, and a walk through both reforms', async () => {
  const dongNai = await ask('75', today)
  assert.ok(dongNai.some((l) => l === 'Tỉnh Đồng Nai 2025-2026 → 75 Thành phố Đồng Nai'), dongNai.join('\n'))
  assert.deepEqual((await ask('75', '2026-04-29')).at(-1), 'Thành phố Đồng Nai 2026- → 75 Tỉnh Đồng Nai')
  const back = (await ask('75', '2025-06-30')).at(-1)!
  assert.match(back, /70 Tỉnh Bình Phước/)
  assert.match(back, /75 Tỉnh Đồng Nai/)
  assert.ok((await ask('Bình Phước', today)).some((l) => /^Tỉnh Bình Phước -2025 → 75 Thành phố Đồng Nai$/.test(l)), 'two reforms forward')
})

test('the two codes that the source writes wrongly lead to the right units', async () => {
  assert.match((await ask('06973', today))[0]!, /06978/)
  assert.ok((await ask('23938', today))[0]!.includes('23938'))
})

test('names are found without marks, with either place of the tone mark, and narrowed by the province', async () => {
  const plain = await ask('dong nai', today)
  assert.ok(plain.some((l) => l.startsWith('Thành phố Đồng Nai')))
  assert.deepEqual((await ask('Hoà Bình', today)).sort(), (await ask('Hòa Bình', today)).sort())
  const narrow = (await unitsByDate(database.db, 'Hòa Bình, Kon Tum', '2025-06-30')).items
  assert.ok(narrow.length > 0 && narrow.every((i) => i.asked.above.some((a) => a.fullName.includes('Kon Tum'))))
  assert.deepEqual(await ask('100%_', today), [])
})

test('a district is followed where it became a special zone, and said to be gone where it did not', async () => {
  const island = await ask('Côn Đảo', today)
  assert.ok(island.some((l) => /^Huyện Côn Đảo -2025 → \d{5} Đặc khu Côn Đảo$/.test(l)), island.join('\n'))
  assert.equal((await ask('001', today))[0], 'Quận Ba Đình -2025 → ')
})

test('the page answers in both directions, keeps what was asked in the address, and refuses a day that is none', async () => {
  const get = async (path: string, lang = 'vi') => {
    const { statusCode, body } = await server.inject({ url: path, headers: { cookie: `mc_lang=${lang}` } })
    return { status: statusCode, body, text: body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') }
  }
  const now = await get('/don-vi-hanh-chinh?q=ph%C3%BAc+x%C3%A1')
  assert.deepEqual([now.status, now.text.includes('Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội'), now.text.includes('Nay (22/11/2026) thuộc: Phường Hồng Hà, Thành phố Hà Nội')], [200, true, true])
  const then = await get('/don-vi-hanh-chinh?q=00004&ngay-day=30&ngay-month=6&ngay-year=2025', 'en')
  assert.ok(then.text.includes('On 30/06/2025 this place was:'))
  assert.ok(then.text.includes('Trúc Bạch Ward'))
  assert.match(then.body, /value="2025"/)
  const wrong = await get('/don-vi-hanh-chinh?q=00004&ngay-day=31&ngay-month=2&ngay-year=2025')
  assert.deepEqual([wrong.status, wrong.text.includes('Nhập một ngày có thật')], [400, true])
  assert.ok((await get('/don-vi-hanh-chinh?q=zzzz')).text.includes('Không có đơn vị nào'))
  assert.equal((await get(`/don-vi-hanh-chinh?q=${encodeURIComponent('<b>\' % \u0000')}&trang=9999`)).status, 200)
  assert.equal((await get('/don-vi-hanh-chinh?q=ph%C6%B0%E1%BB%9Dng&trang=3')).status, 200)
})

test('the API gives the same as data', async () => {
  const reply = (await server.inject('/api/v1/administrative-units?q=00001&on=2026-11-22')).json() as { on: string; total: number; items: { asked: { code: string }; then: { unit: { code: string; fullName: string }; whole: boolean }[] }[] }
  assert.deepEqual([reply.on, reply.total, reply.items[0]?.asked.code, reply.items[0]?.then[0]?.unit.code, reply.items[0]?.then[0]?.whole], ['2026-11-22', 1, '00001', '00097', true])
})
})
