import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileStore } from '../../platform/files.ts'
import { sha256 } from '../../platform/ids.ts'
import { answerPage } from './answer-page.ts'
import { compileForm } from './compile-form.ts'
import { birthRegistration } from './definitions/birth-registration.ts'
import { drivingLicenceExchange } from './definitions/driving-licence-exchange.ts'
import { errorText } from './error-text.ts'
import type { PostedPage } from './parse-page.ts'
import { sampleFiles } from './samples.ts'
import { testUnits } from './testing-units.ts'

/** A file store in memory: the outside. */
function memory(): FileStore & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>()
  return {
    kept,
    async put(bytes) {
      const id = sha256(bytes).toString('hex')
      kept.set(id, bytes)
      return { id, size: bytes.byteLength }
    },
    get: async (id) => Buffer.from(kept.get(id)!),
  }
}

const form = compileForm(drivingLicenceExchange)
const portrait = drivingLicenceExchange.pages.find((p) => p.id === 'portrait')!
const post = (bytes: Uint8Array, more: { fileName?: string; truncated?: boolean; do?: string } = {}): PostedPage => ({
  get: (name) => (name === '_do' ? (more.do ?? 'continue') : ''), all: () => [],
  files: [{ field: 'portrait', fileName: more.fileName ?? 'anh.jpg', mimeType: 'image/jpeg', bytes, truncated: more.truncated ?? false }],
})
const env = () => ({ now: new Date('2026-11-22T03:00:00Z'), units: testUnits, files: memory() })

const bad: [what: string, body: PostedPage, rule: string][] = [
  ['of 0 bytes', post(new Uint8Array()), 'file.empty'],
  ['that is text named .jpg', post(Buffer.from('hello, this is no picture')), 'file.type'],
  ['that is a PDF where a picture is asked', post(sampleFiles.pdf.bytes), 'file.type'],
  ['cut off on the way', post(sampleFiles.jpeg.bytes.subarray(0, 200)), 'file.damaged'],
  ['longer than the limit of the field', post(Buffer.concat([sampleFiles.jpeg.bytes, Buffer.alloc(5_000_000)])), 'file.tooLarge'],
  ['of 100 MB, of which the server kept the beginning', post(sampleFiles.jpeg.bytes, { truncated: true }), 'file.tooLarge'],
]

for (const [what, body, rule] of bad) {
  test(`a file ${what} is refused once, with its message, and what was attached stays`, async () => {
    const outside = env()
    const { id, name, type, size } = sampleFiles.png
    for (const before of [{}, { portrait: [{ id, name, type, size }], applicantName: 'Nguyễn Văn An' }]) {
      const { answers, errors } = await answerPage(form, portrait, body, before, outside)
      assert.deepEqual(errors.map((e) => [e.field, e.key]), [['portrait', `forms.rule.${rule}`]])
      assert.deepEqual(answers, before)
      for (const lang of ['vi', 'en'] as const) assert.doesNotMatch(errorText(form, errors[0]!, lang), /[{}]/)
    }
    assert.equal(outside.files.kept.size, 0)
  })
}

test('a damaged PDF is refused', async () => {
  const birth = compileForm(birthRegistration)
  const page = birthRegistration.pages.find((p) => p.id === 'commitment')!
  const body: PostedPage = { get: () => '', all: () => [], files: [{ field: 'commitmentFile', fileName: 'a.pdf', mimeType: 'application/pdf', bytes: sampleFiles.pdf.bytes.subarray(0, 300), truncated: false }] }
  const { errors } = await answerPage(birth, page, body, { evidence: 'commitment' }, env())
  assert.deepEqual(errors.map((e) => e.key), ['forms.rule.file.damaged'])
})

test('a good file is stored and named in the answers; a second one takes its place', async () => {
  const outside = env()
  const first = await answerPage(form, portrait, post(sampleFiles.jpeg.bytes, { fileName: '../ảnh thẻ.jpg' }), {}, outside)
  assert.deepEqual(first, { answers: { portrait: [{ id: sampleFiles.jpeg.id, name: '.. ảnh thẻ.jpg', type: 'image/jpeg', size: sampleFiles.jpeg.size }] }, errors: [] })
  const second = await answerPage(form, portrait, post(sampleFiles.png.bytes), first.answers, outside)
  assert.equal((second.answers.portrait as { type: string }[])[0]?.type, 'image/png')
  assert.equal(outside.files.kept.size, 2)
})

test('a file for a field that the page does not have is ignored', async () => {
  const outside = env()
  const body = post(sampleFiles.jpeg.bytes)
  const elsewhere = { ...body, files: body.files!.map((f) => ({ ...f, field: 'healthFile' })) }
  const { errors } = await answerPage(form, portrait, elsewhere, {}, outside)
  assert.deepEqual(errors.map((e) => e.key), ['forms.rule.required.file'])
  assert.equal(outside.files.kept.size, 0)
})

test('an attached file can be taken off by its button', async () => {
  const outside = env()
  const { answers } = await answerPage(form, portrait, post(sampleFiles.jpeg.bytes), {}, outside)
  const body: PostedPage = { get: (name) => (name === '_do' ? 'drop:portrait:0' : ''), all: () => [] }
  assert.deepEqual(await answerPage(form, portrait, body, answers, outside), { answers: {}, errors: [], stay: { at: 'portrait' } })
})
