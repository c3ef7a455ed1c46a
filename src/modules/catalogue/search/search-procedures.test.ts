import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Sql } from '../../../platform/db.ts'
import { publicChanged } from '../../../platform/public-state.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { catalogue, publishProcedure } from '../index.ts'
import { plainText } from '../plain-text.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { everydayQuestions } from './everyday-questions.ts'
import { hintsFor } from './hints.ts'
import { wordsOf } from './search-index.ts'
import { suggest } from './suggest.ts'
import { alternativesOf, coreOf } from './query-words.ts'
import { listLifeEvents, listSectors, searchProcedures, type ProcedureQuery } from './search-procedures.ts'
import { distance } from './vocabulary.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('search-procedures', () => {
let db: Sql

before(async () => {
  db = (await testDatabase()).db
  await catalogue.seed!(testNode(db, { code: 'VN', modules: [catalogue] }))
})

const first = async (q: string): Promise<string | undefined> => (await searchProcedures(db, { q })).rows[0]?.code

test('a procedure is found without diacritics, with them, and in English', async () => {
  for (const [q, code] of [['khai sinh', '1.001193'], ['dang ky khai sinh', '1.001193'], ['ĐĂNG KÝ KHAI SINH', '1.001193'], ['đăng ký kết hôn', '1.000894'], ['birth registration', '1.001193'], ['driving licence', '3.000347'], ['food safety', '2.001827']] as const) assert.equal(await first(q), code, q)
})

test('typing errors do not hide it', async () => {
  for (const [q, code] of [['khai sih', '1.001193'], ['giay phep lai se', '3.000347'], ['dang ky ket hom', '1.000894'], ['hộ kinh doah', '1.001612'], ['pasport', '1.001456'], ['chứgn thực bản sao', '2.000815']] as const) assert.equal(await first(q), code, q)
})

test('what people say leads to what the law calls it', async () => {
  for (const [q, code] of [['bằng lái xe', '3.000347'], ['sổ đỏ', '1.012783'], ['mở quán ăn', '1.001612'], ['bảo hiểm thất nghiệp', '1.001978'], ['sang tên xe', '1.013076'], ['sao y bản chính', '2.000815'], ['giấy xác nhận độc thân', '1.004873']] as const) assert.equal(await first(q), code, q)
})

test('a question in a whole sentence is reduced to what it is about', async () => {
  assert.equal(await first('Cho tôi hỏi thủ tục đăng ký tạm trú cần những gì?'), '1.004194')
  assert.deepEqual(alternativesOf('Thủ tục khai sinh').map((a) => coreOf(a.words)), ['khai sinh'])
  assert.deepEqual(alternativesOf('thủ tục').map((a) => coreOf(a.words)), ['thu tuc'])
})

test('the beginning of a code finds the code', async () => {
  assert.equal(await first('1.001612'), '1.001612')
  assert.ok((await searchProcedures(db, { q: '3.0003' })).rows.every((r) => r.code.startsWith('3.0003')))
})

test('nonsense finds nothing and breaks nothing', async () => {
  for (const q of ['zzzz', '   ', '!!!', "' | & ! :* ( ) <->", '%_\\', '🙂', 'a'.repeat(5000), 'khai & sinh | \'x\':*']) await searchProcedures(db, { q })
  assert.equal((await searchProcedures(db, { q: 'qqqqzzzz' })).total, 0)
})

test('filters narrow together with the words and with each other', async () => {
  const codes = async (query: ProcedureQuery): Promise<string[]> => (await searchProcedures(db, { size: 100, ...query })).rows.map((r) => r.code)
  assert.deepEqual((await codes({ online: 'here' })).sort(), ['1.000656', '1.000894', '1.001193', '1.001612', '1.001939', '1.002759', '1.003197', '1.004194', '1.004222', '1.004873', '1.013225', '2.000815', '2.000986', '2.001283', '2.001610', '2.002622', '3.000347', '9.000001', '9.000002', '9.000003', '9.000004', '9.000005'])
  assert.ok((await codes({ lifeEvent: 'mo-cua-hang', level: 'commune' })).includes('1.001612'))
  assert.deepEqual(await codes({ lifeEvent: 'mo-cua-hang', owner: 'G01', online: 'here' }), [])
  assert.ok((await codes({ subject: 'foreigner', sector: 'sat-hach-cap-giay-phep-lai-xe' })).length >= 2)
  assert.deepEqual(await codes({ q: 'đăng ký', lifeEvent: 'ket-hon' }), ['1.000894'])
})

test('pages do not overlap and one beyond the end gives the last', async () => {
  const all = shippedProcedures.length
  const one = await searchProcedures(db, { size: 20, page: 1, sort: 'name' })
  const two = await searchProcedures(db, { size: 20, page: 2, sort: 'name' })
  assert.deepEqual([one.total, one.pages], [all, Math.ceil(all / 20)])
  assert.equal(one.rows.filter((r) => two.rows.some((o) => o.code === r.code)).length, 0)
  assert.equal((await searchProcedures(db, { size: 20, page: 999 })).page, one.pages)
  assert.equal((await searchProcedures(db, { size: 100_000 })).rows.length, all)
  assert.equal((await searchProcedures(db, { size: -5, page: Number.NaN })).rows.length, 1)
})

test('names are in the order of the dictionary', async () => {
  const names = (await searchProcedures(db, { size: 100, sort: 'name' })).rows.map((r) => r.name.vi)
  assert.ok(names.findIndex((n) => n.startsWith('Cấp')) < names.findIndex((n) => n.startsWith('Đăng')))
  assert.ok(names.findIndex((n) => n.startsWith('Đăng')) < names.findIndex((n) => n.startsWith('Hỗ')))
})

test('sectors and life events have names in both languages', async () => {
  assert.ok((await listSectors(db)).every((s) => s.procedures > 0 && s.name.en !== s.name.vi))
  assert.ok((await listLifeEvents(db)).length >= 10)
})

test('everyday questions find their procedure among the first five, with diacritics and without', async () => {
  const shipped = new Set(shippedProcedures.map((p) => p.content.code))
  const asked = everydayQuestions.filter((e) => e.codes.some((c) => shipped.has(c)))
  assert.ok(asked.length >= 30)
  for (const strip of [false, true]) {
    const missed: string[] = []
    for (const { question, codes } of asked) {
      const q = strip ? plainText(question) : question
      if (!(await searchProcedures(db, { q, size: 5 })).rows.some((r) => codes.includes(r.code))) missed.push(q)
    }
    assert.ok(missed.length <= asked.length * 0.08, `missed: ${missed.join(' | ')}`)
  }
})

test('abbreviations of papers and offices are read out', async () => {
  for (const [q, code] of [['gplx', '3.000346'], ['bhyt', '1.001939'], ['lltp', '3.000333'], ['GCN QSDĐ', '1.012783'], ['bhtn', '1.001978']] as const) assert.ok((await searchProcedures(db, { q, size: 3 })).rows.some((r) => r.code === code), q)
})

test('the place of the tone mark, Roman figures and the order of nothing else matter', () => {
  assert.deepEqual(wordsOf('thủy THUỶ Loại II loại 02').map((w) => w.exact === wordsOf('thuỷ')[0]!.exact || w.plain), [true, true, 'loai', '2', 'loai', '2'])
  assert.notEqual(wordsOf('cá')[0]!.exact, wordsOf('ca')[0]!.exact)
})

test('the index follows the catalogue after a publication, and leaves out what was abolished', async () => {
  const own = await testDatabase()
  const ctx = systemCtx(testNode(own.db, { code: 'VN', modules: [catalogue] }), 'test')
  const { content } = shippedProcedures[0]!
  await transact(ctx, (tx) => publishProcedure(tx, ctx, { content: { ...content, name: { vi: 'Cấp phép thả diều', en: 'Kite permit' } } }))
  assert.equal((await searchProcedures(own.db, { q: 'thả diều' })).rows[0]?.code, content.code)
  await transact(ctx, async (tx) => {
    await tx`UPDATE catalogue.procedure SET abolished_on = '2026-01-01'`
    publicChanged(tx)
  })
  assert.equal((await searchProcedures(own.db, { q: 'thả diều' })).total, 0)
  await own[Symbol.asyncDispose]()
})

test('suggestions are procedures, life events and sectors, at most eight, in the language of the reader', async () => {
  const kinds = (await suggest(db, 'lai xe', 'vi')).map((s) => s.kind)
  assert.ok(kinds.includes('life-event') && kinds.includes('procedure') && kinds.length <= 8)
  assert.ok((await suggest(db, 'hộ tị', 'vi')).some((s) => s.kind === 'sector' && s.text === 'Hộ tịch'))
  assert.equal((await suggest(db, 'drivi', 'en')).find((s) => s.kind === 'procedure')?.text.includes('riving'), true)
  assert.ok((await suggest(db, 'đăng ký', 'vi')).length === 8)
  assert.ok((await suggest(db, 'bằng l', 'vi')).some((s) => s.href === '/thu-tuc/3.000347'), 'the beginning of an everyday word')
  assert.ok((await suggest(db, 'đăng ký k', 'vi')).some((s) => s.href === '/thu-tuc/1.000894'), 'the beginning of a word')
  assert.deepEqual(await suggest(db, ' ', 'vi'), [])
  assert.deepEqual((await suggest(db, '1.00119', 'vi')).map((s) => s.href), ['/thu-tuc/1.001193'])
})

test('hints put slips right and name the life events of a question', async () => {
  const events = await listLifeEvents(db)
  assert.equal((await hintsFor(db, 'khai sih', events)).meant, 'khai sinh')
  assert.equal((await hintsFor(db, 'khai sinh', events)).meant, undefined)
  assert.deepEqual((await hintsFor(db, 'tôi muốn kết hôn', events)).lifeEvents.map((e) => e.code), ['ket-hon'])
})

test('distance counts added, dropped, changed and swapped letters', () => {
  assert.deepEqual([distance('sinh', 'sih', 2), distance('sinh', 'sanh', 2), distance('sinh', 'sihn', 2), distance('sinh', 'sinh', 2), distance('sinh', 'ket', 1) > 1], [1, 1, 1, 0, true])
})
})
