import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { translator } from '../../../platform/i18n.ts'
import { samplePdf } from '../testing/sample-pdf.ts'
import { inspectUpload } from './inspect-upload.ts'

const keyOf = (bytes: Buffer, name: string): string => {
  const verdict = inspectUpload(bytes, name)
  if (verdict.ok) return verdict.type
  for (const lang of ['vi', 'en'] as const) {
    const sentence: string = translator(lang)(verdict.key, verdict.params)
    assert.ok(sentence.includes(name) && !sentence.includes('{'), sentence)
  }
  return verdict.key.replace('documents.upload.', '')
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
function png(width = 2, height = 2): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(6))), chunk('IEND', Buffer.alloc(0))])
}
const jpeg = (height = 16, width = 16): Buffer => Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]), Buffer.from('ffda0008010100003f00aabbccffd9', 'hex')])

function zip(...names: string[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  for (const name of names) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(name.length, 28)
    local.push(head, Buffer.from(name))
    central.push(entry, Buffer.from(name))
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(Buffer.concat(local).length, 16)
  return Buffer.concat([...local, ...central, end])
}
const docx = ['[Content_Types].xml', 'word/document.xml']

test('whole files of the accepted kinds are taken by content', () => {
  assert.equal(keyOf(samplePdf(), 'a.pdf'), 'application/pdf')
  assert.equal(keyOf(samplePdf({ xrefStream: true }), 'A.PDF'), 'application/pdf')
  assert.equal(keyOf(png(), 'a.png'), 'image/png')
  assert.equal(keyOf(jpeg(), 'a.JPG'), 'image/jpeg')
  assert.match(keyOf(zip(...docx), 'a.docx'), /wordprocessingml/)
  assert.equal(keyOf(samplePdf(), 'no ending'), 'application/pdf')
})

test('each kind of bad file gets a sentence of its own in both languages', () => {
  const cases: [Buffer, string, string][] = [
    [Buffer.alloc(0), 'a.pdf', 'empty'],
    [Buffer.alloc(10 * 1024 * 1024 + 1, 'x'), 'a.pdf', 'too_large'],
    [Buffer.from('MZ\u0090\u0000'), 'a.exe', 'unknown_type'],
    [Buffer.from('<html>'), 'a.pdf', 'unknown_type'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc', 'old_office'],
    [samplePdf(), 'a.png', 'wrong_name'],
    [png(), 'a.pdf', 'wrong_name'],
    [samplePdf({ trailer: '/Encrypt << /Filter /Standard >>' }), 'a.pdf', 'encrypted'],
    [samplePdf().subarray(0, 400), 'a.pdf', 'damaged'],
    [Buffer.from('%PDF-1.7\n%%EOF'), 'a.pdf', 'damaged'],
    [png().subarray(0, -14), 'a.png', 'damaged'],
    [jpeg().subarray(0, -2), 'a.jpg', 'damaged'],
    [zip('word/document.xml'), 'a.docx', 'damaged'],
    [zip(...docx, 'word/vbaProject.bin'), 'a.docx', 'macros'],
    [png(20_000, 20_000), 'a.png', 'image_too_large'],
    [jpeg(20_000, 20_000), 'a.jpg', 'image_too_large'],
  ]
  for (const [bytes, name, expected] of cases) assert.equal(keyOf(bytes, name), expected, `${name}: ${expected}`)
})

test('a file that the form reader cut at its limit is too large, whatever its beginning', () => {
  const verdict = inspectUpload(samplePdf(), 'a.pdf', { truncated: true })
  assert.deepEqual(verdict, { ok: false, key: 'documents.upload.too_large', params: { name: 'a.pdf', max: 10 } })
})

test('a PDF that viewers repair is taken: junk before the header, wrong cross-reference', () => {
  assert.equal(keyOf(Buffer.concat([Buffer.from('\r\n junk\n'), samplePdf()]), 'a.pdf'), 'application/pdf')
  assert.equal(keyOf(Buffer.from(samplePdf().toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1'), 'a.pdf'), 'application/pdf')
})

test('no damage to a byte makes the inspection fail instead of answering', () => {
  const whole = samplePdf({ xrefStream: true })
  for (let at = 0; at < whole.length; at += 3) {
    const bytes = Buffer.from(whole)
    bytes[at]! ^= 0x55
    inspectUpload(bytes, 'a.pdf')
    inspectUpload(whole.subarray(0, at), 'a.pdf')
  }
  for (let at = 0; at < jpeg().length; at++) inspectUpload(jpeg().subarray(0, at), 'a.jpg')
  for (let at = 0; at < zip(...docx).length; at++) inspectUpload(zip(...docx).subarray(0, at), 'a.docx')
})
