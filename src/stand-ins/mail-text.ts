/** Subject and plain text of a mail (RFC 5322 with the MIME parts that senders really use). */
export function readMail(source: string): { subject: string; text: string } {
  const { headers, body } = split(source)
  return { subject: decodeWords(headers.get('subject') ?? ''), text: textOf(headers, body).trim() }
}

interface Entity { headers: Map<string, string>; body: string }

function split(source: string): Entity {
  const end = source.indexOf('\r\n\r\n')
  const head = (end < 0 ? source : source.slice(0, end)).replace(/\r\n[ \t]+/g, ' ')
  const headers = new Map(head.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  return { headers, body: end < 0 ? '' : source.slice(end + 4) }
}

function textOf(headers: Map<string, string>, body: string): string {
  const type = headers.get('content-type') ?? 'text/plain'
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (!boundary) return decodeBody(body, headers.get('content-transfer-encoding') ?? '')
  const parts = body.split(`--${boundary}`).slice(1, -1).map((part) => split(part.replace(/^\r\n/, '')))
  const part = parts.find((p) => /^(text\/plain|multipart\/)/i.test(p.headers.get('content-type') ?? 'text/plain')) ?? parts[0]
  return part ? textOf(part.headers, part.body) : ''
}

function decodeBody(body: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8')
  if (/quoted-printable/i.test(encoding)) return quotedPrintable(body.replace(/=\r\n/g, ''))
  return Buffer.from(body, 'latin1').toString('utf8')
}

const quotedPrintable = (text: string): string => Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')

/** Encoded words (RFC 2047). Bytes of neighbours are joined first: a letter may be cut in two. */
function decodeWords(value: string): string {
  return value.replace(/(=\?utf-8\?[bq]\?[^?]*\?=\s*)+/gi, (run) => {
    const bytes = [...run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)].map(([, kind, text = '']) =>
      kind!.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : Buffer.from(text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1'))
    return Buffer.concat(bytes).toString('utf8')
  })
}
