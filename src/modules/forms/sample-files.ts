import { crc32, deflateSync } from 'node:zlib'
import { sha256 } from '../../platform/ids.ts'
import type { FileAnswer } from './answers.ts'
import type { FileType } from './definition.ts'
import { mimeTypes } from './fields/file.ts'

export interface SampleFile extends FileAnswer { bytes: Buffer }

/** A one-page PDF with a line of text. */
function pdf(): Buffer {
  const content = 'BT /F1 18 Tf 72 760 Td (Sample paper, not a document) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const at = body.length
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1')
}

/** A grey portrait of 240 × 320: every block is "no change", two bits each. */
function jpeg(): Buffer {
  const segment = (marker: number, ...data: number[]): number[] => [0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255, ...data]
  const oneCode = [1, ...Array<number>(15).fill(0), 0]
  const blocks = (240 / 8) * (320 / 8)
  return Buffer.from([
    0xff, 0xd8,
    ...segment(0xe0, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0),
    ...segment(0xdb, 0, ...Array<number>(64).fill(1)),
    ...segment(0xc0, 8, 320 >> 8, 320 & 255, 0, 240, 1, 1, 0x11, 0),
    ...segment(0xc4, 0x00, ...oneCode), ...segment(0xc4, 0x10, ...oneCode),
    ...segment(0xda, 1, 1, 0, 0, 63, 0),
    ...Array<number>((blocks * 2) / 8).fill(0),
    0xff, 0xd9,
  ])
}

/** A grey square of 64 × 64. */
function png(): Buffer {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, check])
  }
  const head = Buffer.from([0, 0, 0, 64, 0, 0, 0, 64, 8, 0, 0, 0, 0])
  const rows = Buffer.alloc(64 * 65, 0x99)
  for (let row = 0; row < 64; row++) rows[row * 65] = 0
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function sample(type: FileType, name: string, bytes: Buffer): SampleFile {
  return { id: sha256(bytes).toString('hex'), name, type: mimeTypes[type], size: bytes.length, bytes }
}

/** Small real files of each type; put their bytes into a node's file store before filing sample answers that name them. */
export const sampleFiles: Readonly<Record<FileType, SampleFile>> = { pdf: sample('pdf', 'giay-to-mau.pdf', pdf()), jpeg: sample('jpeg', 'anh-mau.jpg', jpeg()), png: sample('png', 'anh-mau.png', png()) }
