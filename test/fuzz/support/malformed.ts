import type { House, LiveRoute, Seat } from '../../rights/support/house.ts'
import { csrfCookie } from '../../rights/support/house.ts'
import { csrfToken } from '../../../src/platform/http/csrf.ts'

/** One request that no page of ours would send. */
export interface Malformed { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: string; headers: Record<string, string>; payload?: string | Buffer; remoteAddress: string }

/** Numbers that follow from a seed, so that a failing request can be sent again (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

/** Values that have broken programs before: wrong types, other alphabets, times that never were, numbers without end. */
const values: readonly string[] = [
  '', ' ', '0', '-1', '1e309', '9'.repeat(400), 'NaN', 'null', 'undefined', 'true', '[]', '{}', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '\u0000\u0001\u001f', '\ud800', 'a\udfff', '\u202e\u2066abc', 'é'.repeat(300), 'e\u0301'.repeat(200), '😀'.repeat(500),
  "' OR 1=1 --", '"; DROP TABLE x; --', '%00', '%', '%zz', '%c0%af', '../../etc/passwd', '//evil.example', '\\\\evil', 'javascript:alert(1)', '<script>alert(1)</script>', '${7*7}', '{{7*7}}', '\r\nset-cookie: a=b', 'x'.repeat(3000), 'x'.repeat(70_000),
  '0000-00-00', '9999-99-99', '2026-02-30', '-000001-01-01', '275760-09-13', '31', '13', '00', '2026', '99999', '1970-01-01T00:00:00Z', '2026-11-27T25:61:61+99:99', '00000000-0000-0000-0000-000000000000', '01900000-0000-7000-8000-000000000000', '0190000000007000800000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '052090000011', '052090000097', '000000000000', '０５２０９００００011', '0909000011', '+84909000011', 'ten@example.com', '@', 'a@b', `${'a'.repeat(300)}@example.com`, '123456', '000000', '１２３４５６', 'Nguyễn Văn A', 'loa3', 'H21', 'G01.08', 'VN', '052090000011|||||', '052090000011||Nguyễn Văn A|01011990|Nam|x|01012020|a|b|c', 'MC1:AAAA', 'MC1:', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'AAAA'.repeat(50),
]

const bodies: readonly ((names: readonly string[], pick: <T>(of: readonly T[]) => T) => { type: string; payload: string | Buffer })[] = [
  (names, pick) => ({ type: 'application/json', payload: JSON.stringify(Object.fromEntries(names.map((n) => [n, pick<unknown>([...values, 1, -1, 1e300, null, true, [], {}, [[]], { a: { b: [1] } }])]))) }),
  () => ({ type: 'application/json', payload: deep(5000) }),
  () => ({ type: 'application/json', payload: `[${'['.repeat(20_000)}` }),
  () => ({ type: 'application/json', payload: '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}' }),
  () => ({ type: 'application/json', payload: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x7b]) }),
  () => ({ type: 'application/x-www-form-urlencoded', payload: '%&%%=&=&==&%zz=%c3%28&a=%ff' }),
  (names) => ({ type: 'application/x-www-form-urlencoded', payload: names.map((n) => `${encodeURIComponent(n)}=1&${encodeURIComponent(n)}=2`).join('&') }),
  () => ({ type: 'multipart/form-data; boundary=x', payload: '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x"\r\n\r\n' }),
  () => ({ type: 'multipart/form-data', payload: 'no boundary' }),
  () => ({ type: 'multipart/form-data; boundary=x', payload: `--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n${'x'.repeat(1000)}\r\n--x--\r\n` }),
  () => ({ type: 'text/plain', payload: 'plain' }),
  () => ({ type: 'application/xml', payload: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' }),
  () => ({ type: 'x'.repeat(200), payload: '\u0000' }),
]

/** A malformed request to a route; `names` are the fields that its module reads anywhere. */
export function malformed(house: House, route: LiveRoute, seat: Seat, names: readonly string[], random: () => number): Malformed {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const text = (): string => (random() < 0.8 ? pick(values) : String.fromCharCode(...Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 0xffff))))
  const inUrl = (value: string): string => (random() < 0.2 && /^[\x21-\x7e]*$/.test(value) ? value.slice(0, 200).replace(/[ #]/g, '') : encodeURIComponent(value.toWellFormed().slice(0, 400)))
  const path = route.path.replace(/:(\w+)/g, () => inUrl(text()) || 'x')
  const query = Array.from({ length: Math.floor(random() * 4) }, () => `${inUrl(pick(['tiep', 'ma', 'muc', 'lang', 'q', 'page', 'trang', 'luu', 'state', 'code', 'error', 'iss', ...names]))}=${inUrl(text())}`).join('&')
  const headers: Record<string, string> = { cookie: seat.cookie, accept: pick(['text/html', '*/*', 'application/json', '', ';;;', 'x'.repeat(300)]) }
  if (random() < 0.1) headers.cookie += `; mc_step_${house.node.config.code.toLowerCase()}=${pick(['x', '%', 'A'.repeat(43), 'A'.repeat(5000)])}; =; a; ;;`
  if (random() < 0.1) headers.authorization = pick(['Bearer', 'Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic !!!', 'x'.repeat(4000)])
  if (random() < 0.05) headers['accept-language'] = pick(['x'.repeat(1000), '*;q=9', 'vi;en;;;'])
  if (random() < 0.05) headers['x-forwarded-for'] = pick(['::::', '1.2.3.4, '.repeat(50), "'"])
  if (random() < 0.05) headers['idempotency-key'] = pick(['', 'x'.repeat(300), '\u00e9', "'"])
  const remoteAddress = `10.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}`
  const target = { method: route.method as Malformed['method'], url: query ? `${path}?${query}` : path, headers, remoteAddress }
  if (route.method === 'GET') return target
  if (random() < 0.75) {
    const form = new URLSearchParams({ _csrf: csrfToken(house.node.config.secret, csrfCookie) })
    for (const name of names) if (random() < 0.5) form.append(name, text().toWellFormed())
    headers['content-type'] = 'application/x-www-form-urlencoded'
    return { ...target, payload: form.toString() }
  }
  const { type, payload } = pick(bodies)(names, pick)
  headers['content-type'] = type
  return { ...target, payload }
}
