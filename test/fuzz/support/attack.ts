import { literalsOf } from '../../../scripts/docs/literals.ts'
import { sourceFiles } from '../../../scripts/docs/source-files.ts'
import { identity } from '../../../src/modules/identity/index.ts'
import type { House, LiveRoute, Seat } from '../../rights/support/house.ts'
import { makers } from '../../rights/support/objects.ts'
import { rulesOf } from '../../rights/support/rules.ts'
import { Corpus } from './corpus.ts'
import { malformed, mayEnter, randomFrom, type Arms, type Malformed } from './malformed.ts'

export interface Bad { request: Malformed; status: number; why: string }
export interface Tally { requests: number; deep: number; bad: Bad[] }

/** What tells an attacker how the program is made. */
const innards = /at .+\(.*:\d+:\d+\)|node_modules|postgres(ql)?:\/\/|SELECT .+ FROM|INSERT INTO|syntax error at or near|invalid input syntax|PostgresError/
const atOnce = 16
const slowMs = 5000

/** Beside the router: what the OpenID provider of the national node answers. */
const oidcAddresses: readonly (readonly [string, string])[] = [
  ['GET', '/oidc/auth'], ['POST', '/oidc/auth'], ['GET', '/oidc/auth/:uid'], ['POST', '/oidc/token'], ['GET', '/oidc/me'], ['POST', '/oidc/me'], ['POST', '/oidc/token/introspection'], ['POST', '/oidc/token/revocation'],
  ['GET', '/oidc/session/end'], ['POST', '/oidc/session/end'], ['POST', '/oidc/session/end/confirm'], ['GET', '/oidc/session/end/success'], ['GET', '/oidc/jwks'], ['GET', '/oidc/.well-known/openid-configuration'], ['GET', '/oidc/:uid'],
]

/** Every address of the identity module of a node. */
export function addressesOf(house: House): LiveRoute[] {
  const own = new Set(identity.routes!(house.node).map((route) => `${route.method} ${route.path}`))
  const oidc = house.slug === 'national' ? oidcAddresses.map(([method, path]): LiveRoute => ({ method, path, declared: 'public', kind: 'oidc', set: () => {} })) : []
  return [...house.routes.filter((route) => own.has(`${route.method} ${route.path}`)), ...oidc]
}

/** Words that the module's code reads from forms and queries. */
async function fieldNames(): Promise<string[]> {
  const files = sourceFiles().filter((file) => !file.isTest && file.path.startsWith('src/modules/identity/'))
  const literals = (await literalsOf(files)).filter((l) => /\b(get|all|body|query\.|field)\(?\s*$/.test(l.before) && /^[a-zA-Z][\w-]{0,30}$/.test(l.text)).map((l) => l.text)
  return [...new Set([...literals, 'birthDate-day', 'birthDate-month', 'birthDate-year'])]
}

/** Goes through the pages as everybody, and learns which objects and forms there are. */
export async function arm(house: House, routes: readonly LiveRoute[]): Promise<Arms> {
  const corpus = new Corpus(routes)
  const oneOfEach = [...new Map(house.seats.map((seat) => [seat.role ?? seat.name, seat])).values()]
  for (const seat of oneOfEach) {
    const asked = new Set<string>()
    let next = routes.filter((r) => r.method === 'GET' && !r.path.includes('/:') && r.kind !== 'oidc' && mayEnter(r, seat)).map((r) => r.path)
    for (let depth = 0; depth < 3 && next.length > 0; depth++) {
      const found: string[] = []
      for (const url of next.slice(0, 60)) {
        if (asked.has(url) || /logout|dang-xuat/.test(url)) continue
        asked.add(url)
        const reply = await house.server.inject({ url, headers: { cookie: seat.cookie, accept: 'text/html' } })
        if (reply.statusCode === 200 && String(reply.headers['content-type']).includes('html')) {
          corpus.of({ method: 'GET', path: url.split('?')[0]! } as LiveRoute).seats.add(seat)
          found.push(...corpus.learn(seat, url, reply.body))
        }
      }
      next = found
    }
  }
  return { house, corpus, names: await fieldNames(), jars: new Map() }
}

const slow = 'hangs'

/** So many malformed requests to one address; what they end in that they must not. */
export async function attack(arms: Arms, route: LiveRoute, count: number, seed: number): Promise<Tally> {
  const random = randomFrom(seed ^ [...`${route.method} ${route.path}`].reduce((sum, c) => (Math.imul(sum, 31) + c.charCodeAt(0)) | 0, 7))
  const tally: Tally = { requests: 0, deep: 0, bad: [] }
  await furnish(arms, route, Math.min(6, Math.ceil(count / 16)))
  for (let from = 0; from < count && tally.bad.length < 3; from += atOnce) {
    // All are made before the first is sent, so that a seed makes the same ones again.
    const batch = Array.from({ length: Math.min(atOnce, count - from) }, () => malformed(arms, route, random))
    const replies = await Promise.all(batch.map((request) => judge(arms, request)))
    tally.requests += batch.length
    for (const { bad, reached } of replies) {
      if (bad && (bad.why !== slow || await isSlowAlone(arms.house, bad.request))) tally.bad.push(bad)
      if (reached) tally.deep++
    }
    if ((from / atOnce) % 8 === 7) {
      await repair(arms.house)
      // Acts use their objects up.
      if (route.method !== 'GET') await furnish(arms, route, 2)
    }
  }
  await repair(arms.house)
  return tally
}

/** Objects that stand at the address, as the rights matrix makes them, the newest first to be drawn; and its form filled in. */
async function furnish({ house, corpus, jars }: Arms, route: LiveRoute, count: number): Promise<void> {
  const rules = rulesOf(`${route.method} ${route.path}`).filter((rule) => !rule.on || rule.on === house.slug)
  const known = corpus.of(route)
  for (let at = 0; at < count; at++) {
    const { object, form } = rules[at % rules.length] ?? {}
    if (typeof object !== 'string') continue
    // What was sent before may have taken away what an object is made from.
    const made = await makers[object](house, at % 3 === 2 ? 'other' : 'own').catch(() => undefined)
    if (!made) continue
    known.params.unshift(made)
    if (Array.isArray(form)) known.forms.unshift({ fields: form.map((name: string) => [name, [made[name] ?? '']]), files: [] })
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(made.cookie ?? '') ?? []
    if (name) for (const seat of house.seats) jarOf(jars, seat).set(name, value!)
  }
  known.params.splice(12)
  known.forms.splice(12)
}

async function judge(arms: Arms, request: Malformed): Promise<{ bad?: Bad; reached: boolean }> {
  const { seat, ...sent } = request
  const begun = performance.now()
  const reply = await arms.house.server.inject(sent as never).catch((error: unknown) => ({ statusCode: 599, body: String(error), headers: {} as Record<string, string | string[] | undefined> }))
  const took = performance.now() - begun
  const why = reply.statusCode >= 500 ? 'a fault' : innards.test(reply.body) ? 'shows its innards' : took > slowMs ? slow : ''
  keepCookies(arms, seat, reply.headers['set-cookie'])
  if (reply.statusCode === 200 && request.method === 'GET' && reply.body.includes('<form')) arms.corpus.learn(seat, request.url.split('?')[0]!, reply.body)
  const location = String(reply.headers.location ?? '')
  return { ...(why ? { bad: { request, status: reply.statusCode, why } } : {}), reached: reply.statusCode < 400 ? !/^\/(dang-nhap|desk\/login)\?tiep=/.test(location) : [400, 409, 422].includes(reply.statusCode) }
}

/** Many wait for each other; what is slow must be so when nobody else asks, each of three times. */
async function isSlowAlone(house: House, { seat: _, ...sent }: Malformed): Promise<boolean> {
  for (let at = 0; at < 3; at++) {
    const begun = performance.now()
    await house.server.inject(sent as never).catch(() => undefined)
    if (performance.now() - begun <= slowMs) return false
  }
  return true
}

/** Steps of a journey go on in the browser where they began; the session of the seat stays. */
function keepCookies({ jars }: Arms, seat: Seat, lines: string | string[] | undefined): void {
  for (const line of [lines ?? []].flat()) {
    const [, name, value] = /^(mc_(?:step|form|sso|identity|applicant|oidc)[\w.]*)=([^;]*)/.exec(line) ?? []
    if (!name) continue
    const jar = jarOf(jars, seat)
    if (value) jar.set(name, value)
    else jar.delete(name)
  }
}

function jarOf(jars: Arms['jars'], seat: Seat): Map<string, string> {
  const jar = jars.get(seat) ?? new Map<string, string>()
  jars.set(seat, jar)
  return jar
}

/** Who was logged out, locked or slowed down sits there again. */
async function repair({ node: { db }, seats }: House): Promise<void> {
  const ids = seats.flatMap(({ ctx: { actor } }) => ('sessionId' in actor ? [{ session: actor.sessionId, who: actor.id }] : []))
  const who = ids.map((i) => i.who)
  await db`DELETE FROM identity.throttle`
  await db`UPDATE identity.session SET ended_at = NULL, last_seen_at = now(), mandate_id = NULL WHERE id = ANY (${ids.map((i) => i.session)}::uuid[])`
  await db`UPDATE identity.officer SET state = 'active', state_reason = NULL WHERE id = ANY (${who}::uuid[]) AND password_hash IS NOT NULL AND totp_secret IS NOT NULL`
  await db`UPDATE identity.role_grant SET revoked_at = NULL, valid_to = NULL WHERE officer_id = ANY (${who}::uuid[]) AND revoked_at IS NOT NULL AND id IN (SELECT DISTINCT ON (officer_id) id FROM identity.role_grant WHERE officer_id = ANY (${who}::uuid[]) ORDER BY officer_id, id)`
  await db`UPDATE identity.account SET state = 'active' WHERE id = ANY (${who}::uuid[])`
}

export const told = ({ request, status, why }: Bad): string => `${request.seat.name}: ${request.method} ${request.url.slice(0, 300)} ${JSON.stringify(request.headers).slice(0, 400)} ${String(request.payload ?? '').slice(0, 600)}: ${status}, ${why}`
