import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { systemCtx, type Ctx } from '../../../platform/ctx.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { organisations } from '../../organisations/index.ts'
import { catalogue, getCurrentProcedure, importFile, importReport } from '../index.ts'
import { readFee } from './convert-fee.ts'
import { readLaws } from './convert-laws.ts'
import { readLevels, readSubjects } from './convert-people.ts'
import { readTime } from './convert-time.ts'
import { Oddities } from './oddities.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('import-file', () => {
/** The published procedures are not part of the project: MOTCUA_DATA names the folder where procedures.jsonl.gz lies. */
const realFile = process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'procedures.jsonl.gz') : undefined
const skip = realFile && existsSync(realFile) ? false : 'set MOTCUA_DATA to the folder that holds procedures.jsonl.gz'
const folder = mkdtempSync(join(tmpdir(), 'motcua-import-'))
let ctx: Ctx

before(async () => {
  const { db } = await testDatabase()
  const node = testNode(db, { code: 'VN', modules: [organisations, catalogue] })
  await organisations.seed!(node)
  await catalogue.seed!(node)
  ctx = systemCtx(node, 'test')
})

function fileOf(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const row = (change: object = {}) => JSON.stringify({ code: '1.900001', name: 'Thủ tục cấp giấy thử', ministry: 'Bộ Tư pháp', decision: 'Quyết định số 12/QĐ-BTP', levels: ['Cấp Xã'], field: 'Hộ tịch', subjects: ['Công dân Việt Nam'], executing_agency: 'Ủy ban nhân dân cấp xã', steps: 'Bước 1: Nộp. Bước 2: Nhận.', conditions: 'Không', methods: [{ channel: 'Trực tuyến', time: '5 Ngày làm việc', fee: '10,000 Việt Nam Đồng', note: '' }], components: [{ case: '', name: 'Tờ khai', originals: 1, copies: 0 }], legal_basis: ['60/2014/QH13'], results: [{ name: 'Giấy', code: 'KQ.G15.000001' }], ...change })
const kindsOf = (work: (o: Oddities) => unknown): string[] => {
  const oddities = new Oddities('1.000000')
  work(oddities)
  return oddities.list.map((o) => o.kind)
}

test('a row becomes a procedure that the catalogue accepts, and a second import changes nothing', async () => {
  const file = fileOf('one.jsonl', `${row()}\n`)
  const first = await importFile(ctx, { file })
  assert.deepEqual([first.lines, first.created, first.refused], [1, 1, 0])
  const procedure = await getCurrentProcedure(ctx.db, '1.900001', ctx.now)
  assert.equal(procedure?.content.name.vi, 'Cấp giấy thử')
  assert.equal(procedure?.decisionNumber, '12/QĐ-BTP')
  assert.deepEqual(procedure?.content.methods, [{ channel: 'online', limit: { value: 5, unit: 'working-day' }, fees: [{ amount: 10_000 }] }])
  assert.deepEqual(procedure?.content.steps.map((s) => s.text.vi), ['Bước 1: Nộp.', 'Bước 2: Nhận.'])
  assert.equal(procedure?.content.owner?.code, 'G15')
  const recorded = async () => (await ctx.db<{ line: string }[]>`SELECT d.issuer || ' ' || d.number || ' ' || i.action || ' ' || i.published_version AS line FROM catalogue.decision d JOIN catalogue.decision_item i ON i.decision_id = d.id WHERE i.code = '1.900001'`).map((r) => r.line)
  assert.deepEqual(await recorded(), ['G15 12/QĐ-BTP create 1'])
  const second = await importFile(ctx, { file })
  assert.deepEqual([second.created, second.amended, second.unchanged], [0, 0, 1])
  assert.deepEqual(await recorded(), ['G15 12/QĐ-BTP create 1'])
  const third = await importFile(ctx, { file: fileOf('changed.jsonl', row({ conditions: 'Đủ 18 tuổi' })) })
  assert.deepEqual([third.amended, (await getCurrentProcedure(ctx.db, '1.900001', ctx.now))?.version], [1, 2])
})

test('a shipped procedure is left as it is, and the report says so', async () => {
  const result = await importFile(ctx, { file: fileOf('own.jsonl', row({ code: '1.001193', name: 'Khác' })) })
  assert.deepEqual([result.kept, result.created], [1, 0])
  assert.equal((await getCurrentProcedure(ctx.db, '1.001193', ctx.now))?.content.name.vi, 'Đăng ký khai sinh')
  assert.match(importReport(result, 'own.jsonl', ctx.now), /kept-own-edition.*1 \| 1/)
})

test('lines that are no procedure are refused one by one and the rest goes on', async () => {
  const lines = ['not json', '[]', '{"code":"abc"}', row({ code: '1.900002' }), row({ code: '1.900002' }), '', row({ code: '1.900003', results: 'x', methods: null, components: null, levels: null, subjects: null, legal_basis: null, name: null, steps: null, conditions: 7 })]
  const result = await importFile(ctx, { file: fileOf('bad.jsonl.gz', gzipSync(lines.join('\n'))) })
  assert.deepEqual([result.lines, result.created, result.refused], [6, 2, 4])
  const report = importReport(result, 'bad.jsonl.gz', ctx.now)
  for (const kind of ['line-unreadable', 'code-invalid', 'code-twice', 'name-missing', 'levels-missing', 'papers-missing']) assert.ok(report.includes(`## ${kind}`), kind)
})

test('an empty file gives nothing, a damaged or missing one says so', async () => {
  assert.equal((await importFile(ctx, { file: fileOf('empty.jsonl', '') })).lines, 0)
  await assert.rejects(importFile(ctx, { file: fileOf('cut.gz', gzipSync(row()).subarray(0, 40)) }), /unexpected end/)
  await assert.rejects(importFile(ctx, { file: join(folder, 'nowhere.jsonl') }), { code: 'ENOENT' })
})

test('time is not guessed: a number without a unit is a note, money in the column of time is a fee', () => {
  const read = (value: unknown, after = '') => readTime(value, after, new Oddities('x'))
  assert.deepEqual(read('15 Ngày làm việc'), { limit: { value: 15, unit: 'working-day' } })
  assert.deepEqual(read('03 tháng'), { limit: { value: 3, unit: 'month' } })
  assert.deepEqual(read('24 Giờ'), { limit: { value: 24, unit: 'hour' } })
  assert.equal(read('30').limit, undefined)
  assert.equal(read('120,000', 'VNĐ(20.000 vnđ /tờ khai)').rest, '120,000 VNĐ(20.000 vnđ /tờ khai)')
  assert.deepEqual(kindsOf((o) => readTime('5 năm', '', o)), ['time-unit-unknown'])
  assert.deepEqual(kindsOf((o) => readTime('', '', o)), ['time-missing'])
  assert.deepEqual(kindsOf((o) => readTime('0 Ngày', '', o)), ['time-zero'])
})

test('a fee that is printed as free but speaks of money is not free', () => {
  const read = (value: unknown) => readFee(value, new Oddities('x'))
  assert.deepEqual(read('Miễn phí'), { amount: 0 })
  assert.deepEqual(read('Miễn phí(Không quy định.)'), { amount: 0 })
  assert.deepEqual(read('Miễn phí(- Lệ phí cấp giấy phép lái xe: 135.000 đồng/lần.)'), { amount: null, note: '- Lệ phí cấp giấy phép lái xe: 135.000 đồng/lần.' })
  assert.equal(read('Miễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh)')?.amount, null)
  assert.deepEqual(read('10,000 Việt Nam Đồng(10.000 đồng/giấy.)'), { amount: 10_000, note: '10.000 đồng/giấy.' })
  assert.deepEqual(read('Phí : 2.000.000 Đồng (Thẩm định)'), { amount: 2_000_000, note: 'Thẩm định' })
  assert.deepEqual(read('Phí : 0 Đồng'), { amount: 0 })
  assert.equal(read('700 VNĐ(Phí thẩm định 700.000 đồng)')?.amount, null)
  assert.equal(read('10 USD(/bản)')?.amount, null)
  assert.equal(read(''), undefined)
})

test('levels in three spellings are one, subjects cut at a comma are joined, glued law numbers are parted', () => {
  assert.deepEqual(readLevels(['Cấp bộ', 'Cấp Bộ', 'Bộ', 'Xã'], new Oddities('x')), ['ministry', 'commune'])
  assert.deepEqual(kindsOf((o) => readLevels(['Huyện'], o)), ['level-unknown'])
  assert.deepEqual(readSubjects(['Tổ chức (không bao gồm doanh nghiệp', 'HTX)', 'Đảng viên'], new Oddities('x')), { subjects: ['organisation'], note: 'Đảng viên' })
  const laws = (legal_basis: string[]) => readLaws({ legal_basis }, new Oddities('x')).map((l) => l.number)
  assert.deepEqual(laws(['202076/2025/QH15', '12/2025/TT-BCA', '12/2025/TT-BCAT', '29/6/202443/2024/QH15', '54/2014/QH1354/2014/QH13', '32/2024/QH1561/2025/TT-NHNN']), ['76/2025/QH15', '12/2025/TT-BCA', '43/2024/QH15', '54/2014/QH13', '32/2024/QH15', '61/2025/TT-NHNN'])
})

test('the real file: every line is a procedure in the catalogue, within a minute, and a second import changes nothing', { skip }, async () => {
  const first = await importFile(ctx, { file: realFile! })
  assert.equal(first.lines, 2126)
  assert.deepEqual([first.refused, first.created + first.kept], [0, 2126])
  assert.ok(first.seconds < 60, `${first.seconds} s`)
  const [row] = await ctx.db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.procedure WHERE code <> ALL (ARRAY['1.900001', '1.900002', '1.900003'])`
  assert.ok(row!.n >= 2126)
  const [recorded] = await ctx.db<{ decisions: number; items: number }[]>`SELECT count(DISTINCT d.id)::int AS decisions, count(*)::int AS items FROM catalogue.decision d JOIN catalogue.decision_item i ON i.decision_id = d.id WHERE d.origin = 'imported'`
  assert.ok(recorded!.decisions > 100 && recorded!.items > 1500, JSON.stringify(recorded))
  const events = async () => (await ctx.db<{ n: number }[]>`SELECT count(*)::int AS n FROM ledger.event`)[0]!.n
  const before = await events()
  const second = await importFile(ctx, { file: realFile! })
  assert.deepEqual([second.created, second.amended, second.unchanged + second.kept, await events()], [0, 0, 2126, before])
})
})
