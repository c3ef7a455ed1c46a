import { csrfToken } from '../../../src/platform/http/csrf.ts'
import { holdersOf } from '../../../src/modules/identity/index.ts'
import { csrfCookie, type House, type LiveRoute, type Seat } from '../../rights/support/house.ts'
import type { Corpus, FormSeen } from './corpus.ts'
import { fileContents, fileNames, hugeValue, passkeyAnswers, plausible, values } from './values.ts'

/** One request that no page of ours would send. */
export interface Malformed { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: string; headers: Record<string, string>; payload?: string | Buffer; remoteAddress: string; seat: Seat }

/** What the requests to one node share. */
export interface Arms { house: House; corpus: Corpus; /** Fields that the module's code reads anywhere. */ names: readonly string[]; /** Cookies that answers gave to a seat: steps, kept forms. */ jars: Map<Seat, Map<string, string>> }

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

interface Draw { (): number; pick<T>(of: readonly T[]): T; chance(p: number): boolean; broken(): string }

export function drawFrom(random: () => number): Draw {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const broken = (): string => {
    const r = random()
    if (r < 0.8) return pick(values)
    if (r < 0.82) return hugeValue
    return r < 0.9 ? pick(passkeyAnswers) : String.fromCharCode(...Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 0xffff)))
  }
  return Object.assign(() => random(), { pick, chance: (p: number) => random() < p, broken })
}

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const inUrl = (draw: Draw, value: string): string => (draw.chance(0.2) && /^[\x21-\x7e]*$/.test(value) ? value.slice(0, 200).replace(/[ #]/g, '') : encodeURIComponent(value.toWellFormed().slice(0, 400)))

/** Half of them get past the first checks: an object that exists, a seat with the right, a form with one broken field. The others are broken all over. */
export function malformed(arms: Arms, route: LiveRoute, random: () => number): Malformed {
  const draw = drawFrom(random)
  const { house, corpus } = arms
  const known = corpus.of(route)
  const isDeep = draw.chance(0.7)
  const seat = seatFor(arms, route, draw, isDeep)
  const url = addressOf(arms, route, draw, isDeep)
  const headers = headersOf(arms, seat, draw)
  const target = { method: route.method as Malformed['method'], url, headers, seat, remoteAddress: `10.${Math.floor(draw() * 256)}.${Math.floor(draw() * 256)}.${Math.floor(draw() * 256)}` }
  if (route.method === 'GET') return target
  const csrf = csrfToken(house.node.config.secret, csrfCookie)
  if (route.kind === 'oidc') return { ...target, ...oidcBody(arms, draw, headers) }
  if (route.kind !== 'page') return { ...target, ...rawBody(arms, draw, headers, isDeep) }
  if (!isDeep && draw.chance(0.5)) return { ...target, ...rawBody(arms, draw, headers, false) }
  const form = isDeep && known.forms.length > 0 ? filled(draw.pick(known.forms), corpus, draw) : loose(arms, draw)
  return { ...target, ...encoded([['_csrf', csrf], ...form.fields], form.files, draw, headers) }
}

function seatFor({ house, corpus }: Arms, route: LiveRoute, draw: Draw, isDeep: boolean): Seat {
  const seen = [...corpus.of(route).seats]
  if (isDeep && seen.length > 0 && draw.chance(0.7)) return draw.pick(seen)
  const fit = isDeep ? house.seats.filter((s) => mayEnter(route, s)) : []
  return draw.pick(fit.length > 0 ? fit : house.seats)
}

export function mayEnter({ declared }: LiveRoute, seat: Seat): boolean {
  if (declared === 'public' || declared === 'node') return true
  if (declared === 'person' || (typeof declared === 'object' && 'assurance' in declared)) return seat.kind === 'person'
  return seat.kind === 'officer' && (declared === 'officer' || holdersOf(declared.permission).includes(seat.role!))
}

function addressOf({ corpus, names }: Arms, route: LiveRoute, draw: Draw, isDeep: boolean): string {
  const known = corpus.of(route)
  const params = isDeep && known.params.length > 0 ? draw.pick(known.params) : {}
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = draw.chance(0.1) ? draw.broken() : params[name] ?? (isDeep && corpus.ids.length > 0 ? draw.pick(corpus.ids) : draw.broken())
    return inUrl(draw, value) || 'x'
  })
  const asked = [...known.queries, 'tiep', 'ma', 'muc', 'lang', 'q', 'page', 'trang', 'luu', 'lai', 'done', 've', 'l', 'loi', 'state', 'code', 'error', 'iss', ...oidcWhere(route)]
  const query = Array.from({ length: Math.floor(draw() * 4) + (route.kind === 'oidc' ? 5 : 0) }, () => {
    const name = draw.chance(0.7) ? draw.pick(asked) : draw.pick(names)
    return `${inUrl(draw, name)}=${inUrl(draw, route.kind === 'oidc' && draw.chance(0.7) ? oidcValue(name, draw) : draw.chance(0.3) ? plausible(name, draw.pick) : draw.broken())}`
  })
  return query.length > 0 ? `${path}?${query.join('&')}` : path
}

function headersOf({ house, jars }: Arms, seat: Seat, draw: Draw): Record<string, string> {
  const code = house.node.config.code.toLowerCase()
  const jar = [...(jars.get(seat) ?? [])].map(([name, value]) => `${name}=${value}`)
  const headers: Record<string, string> = { cookie: [seat.cookie, ...(draw.chance(0.7) ? jar : [])].join('; '), accept: draw.chance(0.8) ? 'text/html' : draw.pick(['*/*', 'application/json', '', ';;;', 'x'.repeat(300)]) }
  const session = new RegExp(`mc_session_${code}=([^;]+)`).exec(seat.cookie)?.[1]
  if (session && draw.chance(0.08)) headers.authorization = `Bearer ${session}`
  if (draw.chance(0.07)) headers.cookie += `; mc_${draw.pick(['step', 'form', 'sso', 'identity', 'applicant'])}_${code}=${draw.pick(['x', '%', 'A'.repeat(43), 'A'.repeat(5000), '%00'])}; =; a; ;;`
  if (draw.chance(0.07)) headers.authorization = draw.pick(['Bearer', 'Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic !!!', `Basic ${Buffer.from('H21:x').toString('base64')}`, 'x'.repeat(4000)])
  if (draw.chance(0.05)) headers['accept-language'] = draw.pick(['x'.repeat(1000), '*;q=9', 'vi;en;;;'])
  if (draw.chance(0.05)) headers['x-forwarded-for'] = draw.pick(['::::', '1.2.3.4, '.repeat(50), "'"])
  if (draw.chance(0.05)) headers['user-agent'] = draw.pick(['', 'x'.repeat(2000), "'"])
  if (draw.chance(0.05)) headers['idempotency-key'] = draw.pick(['', 'x'.repeat(300), "'", '01900000-0000-7000-8000-000000000000'])
  return headers
}

interface Filled { fields: (readonly [string, string])[]; files: string[] }

/** The form of a page with what a person would type, and in nine of ten one thing broken: a value, a name too many, one too few. */
function filled({ fields, files }: FormSeen, corpus: Corpus, draw: Draw): Filled {
  const typed: [string, string][] = fields.map(([name, options]) => {
    const given = options.filter((o) => o !== '')
    return [name, given.length > 0 ? draw.pick(given) : /id$|officer|task/i.test(name) && corpus.ids.length > 0 ? draw.pick(corpus.ids) : plausible(name, draw.pick)]
  })
  if (typed.length > 0 && draw.chance(0.9)) {
    const at = Math.floor(draw() * typed.length)
    const way = draw()
    if (way < 0.75) typed[at]![1] = draw.broken()
    else if (way < 0.85) typed.splice(at, 1)
    else typed.push([typed[at]![0], draw.broken()])
  }
  return { fields: typed, files: [...files] }
}

function loose({ names }: Arms, draw: Draw): Filled {
  const fields: [string, string][] = Array.from({ length: 1 + Math.floor(draw() * 15) }, () => { const name = draw.pick(names); return [name, draw.chance(0.4) ? plausible(name, draw.pick) : draw.broken()] })
  return { fields, files: draw.chance(0.2) ? [draw.pick(['file', 'scan', 'signature', 'certificate', 'x'])] : [] }
}

function encoded(fields: readonly (readonly [string, string])[], files: readonly string[], draw: Draw, headers: Record<string, string>): { payload: string | Buffer } {
  if (files.length === 0 && !draw.chance(0.03)) {
    const form = new URLSearchParams()
    for (const [name, value] of fields) form.append(name, value.toWellFormed())
    headers['content-type'] = 'application/x-www-form-urlencoded'
    return { payload: form.toString() }
  }
  headers['content-type'] = 'multipart/form-data; boundary=----x'
  const parts: Buffer[] = fields.map(([name, value]) => Buffer.from(`------x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`))
  for (const name of files) parts.push(Buffer.from(`------x\r\nContent-Disposition: form-data; name="${name}"; filename="${draw.pick(fileNames)}"\r\nContent-Type: ${draw.pick(['application/octet-stream', 'text/csv', 'application/pdf', 'image/png', 'x'])}\r\n\r\n`), draw.pick(fileContents), Buffer.from('\r\n'))
  return { payload: Buffer.concat([...parts, Buffer.from(draw.chance(0.95) ? '------x--\r\n' : '')]) }
}

/** Bodies that are no form: for addresses of programs, and where a form is waited for. */
function rawBody({ names }: Arms, draw: Draw, headers: Record<string, string>, isDeep: boolean): { payload: string | Buffer } {
  const any = (): unknown => (draw.chance(0.6) ? draw.broken() : draw.pick<unknown>([1, -1, 1e300, null, true, [], {}, [[]], { a: { b: [1] } }]))
  const json = (count: number): string => JSON.stringify(Object.fromEntries(Array.from({ length: count }, () => { const name = draw.pick([...names, 'idNumber', 'taxCode', 'qr', 'reason', 'purpose', 'code', 'by', 'value']); return [name, draw.chance(0.5) ? plausible(name, draw.pick) : any()] })))
  const bodies: [type: string, payload: string | Buffer][] = [
    ['application/json', json(1 + Math.floor(draw() * 8))], ['application/json', json(3)], ['application/json', JSON.stringify(any())],
    ['application/x-www-form-urlencoded', `logout_token=${encodeURIComponent(draw.broken().toWellFormed())}`],
    ['application/json', draw.chance(0.1) ? deep(5000) : '{'], ['application/json', draw.chance(0.1) ? '['.repeat(20_000) : '[1,'], ['application/json', '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'], ['application/json', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x7b])],
    ['application/x-www-form-urlencoded', '%&%%=&=&==&%zz=%c3%28&a=%ff'], ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="file"; filename="../../x"\r\n\r\n'], ['multipart/form-data', 'no boundary'],
    ['multipart/form-data; boundary=x', `--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n${'x'.repeat(1000)}\r\n--x--\r\n`], ['text/plain', 'plain'], ['application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'], ['x'.repeat(200), '\u0000'], ['application/jose', 'a.b.c'],
  ]
  const [type, payload] = isDeep ? bodies[Math.floor(draw() * 4)]! : draw.pick(bodies)
  headers['content-type'] = type
  return { payload }
}

const oidcNames = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'nonce', 'code_challenge', 'code_challenge_method', 'prompt', 'acr_values', 'max_age', 'claims', 'login_hint', 'id_token_hint', 'ui_locales', 'response_mode', 'request', 'request_uri', 'post_logout_redirect_uri', 'grant_type', 'code', 'code_verifier', 'refresh_token', 'token', 'token_type_hint', 'client_secret', 'client_assertion', 'client_assertion_type', 'logout', 'xsrf', 'resource']
const oidcWhere = (route: LiveRoute): string[] => (route.kind === 'oidc' ? oidcNames : [])

function oidcValue(name: string, draw: Draw): string {
  const fit: Record<string, string[]> = {
    client_id: ['H21', 'G01', 'G24', 'x'], response_type: ['code', 'code id_token', 'none'], scope: ['openid person', 'openid', 'openid offline_access', 'x'], code_challenge: ['A'.repeat(43)], code_challenge_method: ['S256', 'plain'], prompt: ['none', 'login', 'consent', 'create', 'none login'], acr_values: ['loa3', 'loa2', 'loa9'], max_age: ['0', '-1', '9'.repeat(30), '1e3'],
    claims: ['{"id_token":{"acr":{"essential":true,"values":["loa3"]}}}', '{"id_token":null}', '{"id_token":{"acr":null}}', '{"id_token":{"acr":{"values":{}}}}', '{"userinfo":{"x":1}}', '{"id_token":[]}', '[]', '{', 'null'], response_mode: ['query', 'form_post', 'fragment', 'x'], grant_type: ['authorization_code', 'refresh_token', 'client_credentials', 'x'], token_type_hint: ['access_token', 'refresh_token', 'x'],
    id_token_hint: ['eyJhbGciOiJub25lIn0.e30.', 'a.b.c', 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOjF9.AAAA'], ui_locales: ['vi en', 'x'.repeat(100)], client_secret: ['x', 'A'.repeat(43)], client_assertion_type: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'], logout: ['yes'], nonce: ['x'], state: ['x'],
  }
  return draw.pick(fit[name] ?? values)
}

/** As `application/x-www-form-urlencoded` mostly, since nothing else is taken; with the secret of a node now and then, so that codes and tokens are looked at. */
function oidcBody({ house }: Arms, draw: Draw, headers: Record<string, string>): { payload: string | Buffer } {
  const peer = house.node.config.peers[0]
  if (peer && draw.chance(0.5)) headers.authorization = `Basic ${Buffer.from(`${peer.code}:${encodeURIComponent(peer.clientSecret)}`).toString('base64')}`
  headers['content-type'] = draw.chance(0.9) ? 'application/x-www-form-urlencoded' : draw.pick(['application/json', 'text/plain', '', 'multipart/form-data; boundary=x'])
  const form = new URLSearchParams()
  for (let i = 0; i < 6; i++) { const name = draw.pick(oidcNames); form.append(name, (draw.chance(0.7) ? oidcValue(name, draw) : draw.broken()).toWellFormed()) }
  return { payload: draw.chance(0.95) ? form.toString() : '%&%%=&=&==&%zz=%c3%28' }
}
