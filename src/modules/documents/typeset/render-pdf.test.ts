import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { needs, run } from '../testing/tools.ts'
import { templateNames, templates, type TemplateData } from '../templates/templates.ts'
import { renderPdf } from './render-pdf.ts'
import { createTypesetter, typesetter } from './typesetter.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('render-pdf', () => {
const node = { now: () => new Date('2026-11-23T02:00:00Z') }
const slip = (change: Partial<TemplateData<'appointment-slip'>> = {}): TemplateData<'appointment-slip'> => ({ ...templates['appointment-slip'].sample, ...change })
const words = async (pdf: Buffer): Promise<string> => (await run('pdftotext', ['-layout', 'a.pdf', '-'], { 'a.pdf': pdf })).stdout.replace(/\s+/g, ' ').normalize('NFC')
after(() => typesetter.stop())

test('what somebody waits for is typeset before what nobody waits for, which has its turn after five', async () => {
  const setter = createTypesetter()
  const order: string[] = []
  const typeset = async (name: string, later: boolean): Promise<void> => {
    await setter.typeset({ template: 'appointment-slip', data: {}, qr: null, createdAt: 0 }, { later }).catch(() => undefined)
    order.push(name)
  }
  // The first goes at once; the others wait for it. That their data do not fit costs them nothing of their turn.
  await Promise.all([typeset('first', true), ...['l1', 'l2'].map((name) => typeset(name, true)), ...['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7'].map((name) => typeset(name, false))])
  await setter.stop()
  assert.deepEqual(order, ['first', 'q1', 'q2', 'q3', 'q4', 'q5', 'l1', 'q6', 'q7', 'l2'])
})

test('every paper is typeset as tagged PDF/A-2a in Vietnamese on A4 with a title', needs('pdfinfo', 'pdffonts'), async () => {
  for (const name of templateNames) {
    const pdf = await renderPdf(node, name, templates[name].sample)
    const info = (await run('pdfinfo', ['a.pdf'], { 'a.pdf': pdf })).stdout
    const meta = (await run('pdfinfo', ['-meta', 'a.pdf'], { 'a.pdf': pdf })).stdout
    assert.match(info, /Tagged: +yes/, name)
    assert.match(info, /Page size: .*A4/, name)
    assert.match(info, /Title: +\S/, name)
    assert.match(meta, /<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A<\/pdfaid:conformance>/, name)
    assert.match(pdf.toString('latin1'), /\/Lang\s*\(vi/, name)
    const fonts = (await run('pdffonts', ['a.pdf'], { 'a.pdf': pdf })).stdout.split('\n').slice(2).filter(Boolean)
    assert.ok(fonts.length > 0 && fonts.every((line) => /\+Tinos/.test(line)), `${name}: ${fonts.join('\n')}`)
  }
})

test('the head follows Decree 30/2020 and the code stands in letters beside its QR code', needs('pdftotext'), async () => {
  const text = await words(await renderPdf(node, 'appointment-slip', slip()))
  for (const part of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Gia Lai, ngày 23 tháng 11 năm 2026', '08 giờ 42 phút, ngày 30/11/2026', 'H21.15-261123-0007 Quét mã', '115.000 đồng']) {
    assert.ok(text.includes(part), `${part} is missing in: ${text}`)
  }
})

test('a day below ten and the months January and February are written with a leading zero, other months without', needs('pdftotext'), async () => {
  const on = async (date: string) => words(await renderPdf(node, 'appointment-slip', slip({ head: { ...slip().head, date } })))
  assert.match(await on('2026-02-03'), /ngày 03 tháng 02 năm 2026/)
  assert.match(await on('2026-03-10'), /ngày 10 tháng 3 năm 2026/)
})

test('the same data at the same time give the same bytes', async () => {
  const [first, second] = await Promise.all([renderPdf(node, 'refusal', templates.refusal.sample), renderPdf(node, 'refusal', templates.refusal.sample)])
  assert.ok(first.equals(second))
})

test('page numbers stand at the top from the second page on', needs('pdftotext'), async () => {
  const papers = Array.from({ length: 70 }, (_, i) => ({ name: `Giấy tờ thứ ${i + 1}`, originals: 1 }))
  const pages = (await run('pdftotext', ['-layout', 'a.pdf', '-'], { 'a.pdf': await renderPdf(node, 'appointment-slip', slip({ papers })) })).stdout.split('\f').filter((page) => page.trim())
  assert.ok(pages.length >= 2)
  assert.match(pages[0] ?? '', /^\s*ỦY BAN/)
  assert.match(pages[1] ?? '', /^\s*2\s*\n/)
})

test('what a person typed never becomes markup', needs('pdftotext'), async () => {
  const typed = '#panic("x") $ *in* `a` @b <c> "d" \\ #let data = 1 // [e] 1 = 2'
  const text = await words(await renderPdf(node, 'appointment-slip', slip({ request: typed })))
  assert.ok(text.replaceAll(' ', '').includes(typed.replaceAll(' ', '')), text)
})

test('all Vietnamese letters are printed, also when they come as base letter and marks', needs('pdftotext'), async () => {
  const letters = 'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵdđ'
  const text = await words(await renderPdf(node, 'appointment-slip', slip({ request: `${letters} ${letters.toLocaleUpperCase('vi')}`.normalize('NFD') })))
  const printed = new Set(text)
  for (const letter of letters + letters.toLocaleUpperCase('vi')) assert.ok(printed.has(letter), `${letter} is missing in: ${text}`)
})

test('a very long word is broken and stays on the page', needs('pdftotext'), async () => {
  const text = await words(await renderPdf(node, 'appointment-slip', slip({ request: `${'x'.repeat(400)}END` })))
  assert.match(text, /x+END/)
})

test('a character that the font lacks is printed as a box and does not stop the paper', needs('pdftotext'), async () => {
  const text = await words(await renderPdf(node, 'appointment-slip', slip({ request: 'Tên 王 😀 \u0007\u200b\u0e01 hết' })))
  assert.match(text, /Tên □ □ □□ hết/)
})

test('every character that passes the filter is in the font', async () => {
  const ranges: [number, number][] = [[0x20, 0x24f], [0x250, 0x3ff], [0x400, 0x4ff], [0x1e00, 0x1eff], [0x2000, 0x26ff]]
  for (const [from, to] of ranges) {
    const request = Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join(' ')
    await renderPdf(node, 'appointment-slip', slip({ request: `x ${request}` }))
  }
})

test('data that do not fit the template are refused before typesetting', async () => {
  await assert.rejects(renderPdf(node, 'birth-certificate', { ...templates['birth-certificate'].sample, registeredOn: '31/12/2026' }), { name: 'ZodError' })
})

const job = { template: 'refusal', data: {}, qr: null, createdAt: 0 }

test('a faulty document fails alone; the next one is made by the same process', async () => {
  const pid = typesetter.pid()
  await assert.rejects(typesetter.typeset(job), /refusal\.typ/)
  await renderPdf(node, 'refusal', templates.refusal.sample)
  assert.equal(typesetter.pid(), pid)
})

test('when the process dies, waiting documents are made by a new one', async () => {
  await renderPdf(node, 'refusal', templates.refusal.sample)
  const pid = typesetter.pid()
  assert.ok(pid)
  const waiting = Array.from({ length: 5 }, () => renderPdf(node, 'refusal', templates.refusal.sample))
  process.kill(pid, 'SIGKILL')
  for (const pdf of await Promise.all(waiting)) assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  assert.notEqual(typesetter.pid(), pid)
})

test('without work the process ends', async () => {
  const short = createTypesetter({ idleMs: 20 })
  await assert.rejects(short.typeset(job))
  assert.ok(short.pid())
  await new Promise((resolve) => setTimeout(resolve, 200))
  assert.equal(short.pid(), null)
})

test('a process that has grown too large is replaced', async () => {
  const small = createTypesetter({ maxBytes: 1 })
  await assert.rejects(small.typeset(job))
  assert.equal(small.pid(), null)
  await assert.rejects(small.typeset(job))
  await small.stop()
})

test('a document that takes too long is given up', async () => {
  const hasty = createTypesetter({ timeoutMs: 1 })
  await assert.rejects(hasty.typeset(job), /longer than 1 ms/)
  await hasty.stop()
})
})
