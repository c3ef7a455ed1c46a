import type { KeyHolder } from '../signing/authority.ts'

/** A node as far as keys are concerned, with its files in `dataDir`. */
export function sampleKeys(dataDir: string, name = 'Ủy ban nhân dân tỉnh Gia Lai', now: () => Date = () => new Date()): KeyHolder {
  return { now, config: { code: 'H21', name: { vi: name, en: name }, dataDir } }
}

/** A small PDF with one page of text, in either kind of cross-reference; `trailer` adds to its trailer. */
export function samplePdf(options: { text?: string; xrefStream?: boolean; trailer?: string } = {}): Buffer {
  const content = `BT /F1 24 Tf 72 720 Td (${options.text ?? 'Amount: 100'}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.7\n'
  const places = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = file.length
  file += options.xrefStream ? xrefStream(places, start, options.trailer) : xrefTable(places, options.trailer)
  return Buffer.from(`${file}startxref\n${start}\n%%EOF\n`, 'latin1')
}

function xrefTable(places: number[], extra = ''): string {
  const lines = places.map((at) => `${String(at).padStart(10, '0')} 00000 n\r\n`).join('')
  return `xref\n0 ${places.length + 1}\n0000000000 65535 f\r\n${lines}trailer\n<< /Size ${places.length + 1} /Root 1 0 R ${extra} >>\n`
}

function xrefStream(places: number[], start: number, extra = ''): string {
  const rows = [[0, 0, 255], ...[...places, start].map((at) => [1, at, 0])]
  const data = Buffer.concat(rows.map(([type = 0, at = 0, gen = 0]) => Buffer.from([type, at >> 8, at & 255, gen]))).toString('latin1')
  return `${places.length + 1} 0 obj\n<< /Type /XRef /Size ${rows.length} /W [1 2 1] /Root 1 0 R /Length ${data.length} ${extra} >>\nstream\n${data}\nendstream\nendobj\n`
}
