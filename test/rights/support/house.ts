import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp, modules } from '../../../src/app.ts'
import { forgetAccessRules } from '../../../src/modules/identity/access/access-rule.ts'
import { freeRange } from '../../../src/modules/identity/testing/small-country.tsx'
import { competentAgency } from '../../../src/modules/organisations/index.ts'
import { nodeConfig, type NodeSlug } from '../../../src/nodes.ts'
import { csrfToken } from '../../../src/platform/http/csrf.ts'
import type { Access } from '../../../src/platform/http/route.ts'
import { newId } from '../../../src/platform/ids.ts'
import type { Module } from '../../../src/platform/module.ts'
import { createNode, type Node } from '../../../src/platform/node.ts'
import { testDatabase } from '../../../src/platform/testing/database.ts'
import { startStandIns } from '../../../src/stand-ins/main.ts'
import type { Made } from './objects/made.ts'
import { csrfCookie, takeSeats, type Seat, type Side } from './seats.ts'

export { csrfCookie, markers, type Seat, type Side } from './seats.ts'

/** A route of the live router whose declared access the test may take away. */
export interface LiveRoute { readonly method: string; readonly path: string; readonly declared: Access; set(access: Access): void; readonly kind: string }

export interface House {
  readonly slug: NodeSlug
  readonly node: Node
  readonly server: FastifyInstance
  readonly routes: readonly LiveRoute[]
  readonly agencies: Readonly<Record<Side, string>>
  readonly seats: readonly Seat[]
  /** The stand-ins, and for a province the national node, answer. */
  readonly hasNeighbours: boolean
  seat(name: string): Seat
  /** Objects that nobody has used up yet, by maker and side. */
  readonly made: Map<string, Promise<Made>>
}

type Scope = { after(stop: () => Promise<unknown>): void }
type Slug = 'national' | 'province'

/** Phường Pleiku and phường Diên Hồng of Gia Lai. */
export const communes: Readonly<Record<Side, string>> = { own: '23575', other: '23563' }

/** Whose officers are at home, and whose are the colleagues elsewhere: two offices that edit the national catalogue, two communes of the province. */
async function agenciesOf(node: Node, slug: Slug): Promise<Readonly<Record<Side, string>>> {
  if (slug === 'national') return { own: 'G01', other: 'H21' }
  const [own, other] = await Promise.all(Object.values(communes).map((communeCode) => competentAgency(node.db, { level: 'commune', communeCode, at: node.now() })))
  return { own: own!.code, other: other!.code }
}

/** One whole node as it runs, over a database of its own, and everybody who could sit before it. */
export async function openHouse(t: Scope, slug: Slug, options: { neighbours?: boolean } = {}): Promise<House> {
  const firstPort = options.neighbours ? await standInsAt(t) : undefined
  if (firstPort && slug === 'province') await openNational(t, firstPort)
  return build(t, slug, firstPort)
}

/** The stand-ins, the national node and a province that talks to it. */
export async function openCountry(t: Scope): Promise<Readonly<Record<Slug, House>>> {
  const firstPort = await standInsAt(t)
  return { national: await build(t, 'national', firstPort), province: await build(t, 'province', firstPort) }
}

async function build(t: Scope, slug: Slug, firstPort: number | undefined): Promise<House> {
  const routes: LiveRoute[] = []
  const watched = modules.map((module): Module => ({ ...module, ...(module.routes ? { routes: (node: Node) => module.routes!(node).map((route) => {
    const live = { ...route }
    routes.push({ method: route.method, path: route.path, declared: route.access, kind: route.kind ?? 'page', set: (access) => void Object.assign(live, { access }) })
    return live
  }) } : {}) }))
  const { node, owner } = await nodeOf(t, slug, watched, firstPort)
  for (const module of node.modules) await module.seed?.(node)
  await furnish(node, owner)
  const { server } = await buildApp(node)
  t.after(() => server.close())
  if (firstPort && slug === 'national') await server.listen({ host: '127.0.0.1', port: firstPort })
  const agencies = await agenciesOf(node, slug)
  const seats = await takeSeats({ node, agencies })
  return { slug, node, server, routes, agencies, seats, hasNeighbours: firstPort !== undefined, seat: (name) => seats.find((s) => s.name === name)!, made: new Map() }
}

async function nodeOf(t: Scope, slug: NodeSlug, own: readonly Module[], firstPort: number | undefined) {
  const database = await testDatabase(t)
  const config = nodeConfig(slug, { ...(firstPort ? { firstPort } : {}), databaseUrl: () => database.url, dataDir: join(tmpdir(), `motcua-rights-${newId()}`), demo: false, logLevel: 'silent' })
  return { node: createNode(config, own, { db: database.db, log: pino({ level: process.env.TEST_LOG ?? 'silent' }) }), owner: database.owner }
}

/** Every way to log in is open, as in the demonstration; administrators need their token, as the regulation says; each agency has a unit. */
async function furnish(node: Node, owner: Node['db']): Promise<void> {
  await owner`INSERT INTO identity.log_in_way (way, holder, valid_from, basis) SELECT way, holder, valid_to, 'rights test' FROM identity.log_in_way WHERE valid_to = '2026-07-20' ON CONFLICT DO NOTHING`
  await owner`UPDATE identity.access_rule SET needs_certificate = true WHERE audience = 'administrator'`
  forgetAccessRules()
  await owner`INSERT INTO organisations.unit (id, agency_code, name_vi, name_en, position) SELECT DISTINCT code || '.rights-test', code, 'Đơn vị thử', 'Test unit', 99 FROM organisations.agency`
}

async function standInsAt(t: Scope): Promise<number> {
  const firstPort = await freeRange()
  const standIns = await startStandIns({ host: '127.0.0.1', firstPort: firstPort + 900, key: 'demo-stand-in-key-000' })
  t.after(() => standIns.stop())
  return firstPort
}

async function openNational(t: Scope, firstPort: number): Promise<void> {
  const { node } = await nodeOf(t, 'national', modules, firstPort)
  const { server } = await buildApp(node)
  t.after(() => server.close())
  await server.listen({ host: '127.0.0.1', port: firstPort })
}

/** What a form, a query or the JSON of an API is filled in with. */
export type Fields = Readonly<Record<string, unknown>>
export interface Got { status: number; location: string; body: string }

/** The request of somebody who has opened the page before: with the token that every form carries. `fields` fill in the form, the query of a GET, or the JSON of an API. */
export async function request({ node, server }: House, seat: Seat, route: Pick<LiveRoute, 'method' | 'kind'>, url: string, { fields = {}, cookie }: { fields?: Fields; cookie?: string | undefined } = {}): Promise<Got> {
  const isPage = route.kind === 'page'
  const isGet = route.method === 'GET'
  const query = isGet && Object.keys(fields).length > 0 ? `?${new URLSearchParams(fields as Made)}` : ''
  const typed = new URLSearchParams({ ...(fields as Made), _csrf: csrfToken(node.config.secret, csrfCookie) }).toString()
  const reply = await server.inject({
    method: route.method as 'GET' | 'POST', url: url + query,
    headers: { cookie: cookie ? `${seat.cookie}; ${cookie}` : seat.cookie, accept: isPage ? 'text/html' : '*/*', ...(isGet ? {} : { 'content-type': isPage ? 'application/x-www-form-urlencoded' : 'application/json', 'idempotency-key': newId() }) },
    ...(isGet ? {} : { payload: isPage ? typed : JSON.stringify(fields) }),
  })
  return { status: reply.statusCode, location: reply.headers.location ?? '', body: reply.body }
}
