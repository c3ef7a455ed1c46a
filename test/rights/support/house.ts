import type { FastifyInstance } from 'fastify'
import { buildApp, modules } from '../../../src/app.ts'
import { freeRange } from '../../../src/modules/identity/testing/small-country.tsx'
import { startStandIns } from '../../../src/stand-ins/main.ts'
import { addOfficer, authenticate, createSession, roles, type Role } from '../../../src/modules/identity/index.ts'
import { competentAgency } from '../../../src/modules/organisations/index.ts'
import { nodeConfig, type NodeSlug } from '../../../src/nodes.ts'
import type { Actor } from '../../../src/platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../src/platform/ctx.ts'
import { csrfToken } from '../../../src/platform/http/csrf.ts'
import type { Access } from '../../../src/platform/http/route.ts'
import { newId } from '../../../src/platform/ids.ts'
import type { Module } from '../../../src/platform/module.ts'
import { createNode, type Node } from '../../../src/platform/node.ts'
import { testDatabase } from '../../../src/platform/testing/database.ts'
import { pino } from 'pino'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One of the two sides of every object: whose it is, and somebody with the same rights to whom it does not belong. */
export type Side = 'own' | 'other'

/** Who sits at the browser. `side` tells to which of the two objects of a kind he belongs; nobody in particular where it is absent. */
export interface Seat { readonly name: string; readonly kind: 'anonymous' | 'person' | 'officer'; readonly role?: Role; readonly side?: Side | undefined; readonly agencyCode?: string; readonly cookie: string; readonly ctx: Ctx }

/** A route of the live router whose declared access the test may take away. */
export interface LiveRoute { readonly method: string; readonly path: string; readonly declared: Access; set(access: Access): void; readonly kind: string }

export interface House {
  readonly slug: NodeSlug
  readonly node: Node
  readonly server: FastifyInstance
  readonly routes: readonly LiveRoute[]
  readonly agencies: Readonly<Record<Side, string>>
  readonly seats: readonly Seat[]
  seat(name: string): Seat
}

/** Whose officers are at home, and whose are the colleagues elsewhere: two offices that edit the national catalogue, two communes of the province. */
async function agenciesOf(node: Node, slug: 'national' | 'province'): Promise<Readonly<Record<Side, string>>> {
  if (slug === 'national') return { own: 'G01', other: 'H21' }
  const [own, other] = await Promise.all(Object.values(communes).map((communeCode) => competentAgency(node.db, { level: 'commune', communeCode, at: node.now() })))
  return { own: own!.code, other: other!.code }
}

/** Phường Pleiku and phường Diên Hồng of Gia Lai. */
export const communes: Readonly<Record<Side, string>> = { own: '23575', other: '23563' }

/** Of every browser in these tests; a form's token follows from it. */
export const csrfCookie = 'a-cookie-of-the-rights-test'

/** One whole node as it runs, over a database of its own, and everybody who could sit before it. */
export async function openHouse(t: { after(stop: () => Promise<unknown>): void }, slug: 'national' | 'province', options: { neighbours?: boolean } = {}): Promise<House> {
  const firstPort = options.neighbours ? await neighbours(t, slug) : undefined
  const database = await testDatabase(t)
  const config = nodeConfig(slug, { ...(firstPort ? { firstPort } : {}), databaseUrl: () => database.url, dataDir: join(tmpdir(), `motcua-rights-${newId()}`), demo: false, logLevel: 'silent' })
  const routes: LiveRoute[] = []
  const watched = modules.map((module): Module => ({ ...module, ...(module.routes ? { routes: (node: Node) => module.routes!(node).map((route) => {
    const live = { ...route }
    routes.push({ method: route.method, path: route.path, declared: route.access, kind: route.kind ?? 'page', set: (access) => void Object.assign(live, { access }) })
    return live
  }) } : {}) }))
  const node = createNode(config, watched, { db: database.db, log: pino({ level: process.env.TEST_LOG ?? 'silent' }) })
  for (const module of node.modules) await module.seed?.(node)
  const { server } = await buildApp(node)
  t.after(() => server.close())
  if (firstPort && slug === 'national') await server.listen({ host: '127.0.0.1', port: firstPort })
  const agencies = await agenciesOf(node, slug)
  const seats = [nobody(node), ...await persons(node), ...await officers(node, slug, agencies)]
  return { slug, node, server, routes, agencies, seats, seat: (name) => seats.find((s) => s.name === name)! }
}

/** What the node talks to: the stand-ins, and for a province the national node. Gives the port at which the country begins. */
async function neighbours(t: { after(stop: () => Promise<unknown>): void }, slug: 'national' | 'province'): Promise<number> {
  const firstPort = await freeRange()
  const standIns = await startStandIns({ host: '127.0.0.1', firstPort: firstPort + 900, key: 'demo-stand-in-key-000' })
  t.after(() => standIns.stop())
  if (slug === 'national') return firstPort
  const database = await testDatabase(t)
  const national = createNode(nodeConfig('national', { firstPort, databaseUrl: () => database.url, dataDir: join(tmpdir(), `motcua-rights-${newId()}`), demo: false, logLevel: 'silent' }), modules, { db: database.db, log: pino({ level: 'silent' }) })
  const { server } = await buildApp(national)
  t.after(() => server.close())
  await server.listen({ host: '127.0.0.1', port: firstPort })
  return firstPort
}

function nobody(node: Node): Seat {
  return { name: 'nobody', kind: 'anonymous', cookie: cookies(node, undefined), ctx: createCtx(node) }
}

async function persons(node: Node): Promise<Seat[]> {
  return Promise.all((['own', 'other'] as const).map(async (side, index) => {
    const accountId = newId()
    await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, ${`subject-${side}`}, ${`05209000009${index}`}, ${markers[side].name}, '1990-03-12', ${markers[side].phone}, 3, now(), now())`
    return seat(node, side === 'own' ? 'owner' : 'stranger', { kind: 'person', accountId }, { side })
  }))
}

/** What nobody but its owner and the desk that handles it may ever see in an answer. */
export const markers: Readonly<Record<Side, { name: string; phone: string }>> = {
  own: { name: 'Nguyễn Văn Dấu Riêng', phone: '0911000901' },
  other: { name: 'Trần Thị Dấu Khác', phone: '0911000902' },
}

async function officers(node: Node, slug: 'national' | 'province', agencies: Readonly<Record<Side, string>>): Promise<Seat[]> {
  const seats: Seat[] = []
  for (const role of roles) {
    for (const side of ['own', 'other'] as const) {
      // Who administers a node belongs to the agency that runs it.
      const agencyCode = role === 'national-admin' || (role === 'agency-admin' && slug === 'province') ? node.config.code : agencies[side]
      if (agencyCode === node.config.code && side === 'other') continue
      const whose = agencyCode === node.config.code ? undefined : side
      const officerId = await addOfficer(systemCtx(node, 'test'), { login: `${role}.${side}`, password: 'a password of some length', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: `Cán bộ ${role} ${side}`, agencyCode, roles: [role] })
      seats.push(await seat(node, `${role} ${side}`, { kind: 'officer', officerId: officerId! }, { role, side: whose, agencyCode }))
    }
  }
  return seats
}

async function seat(node: Node, name: string, who: { kind: 'person'; accountId: string } | { kind: 'officer'; officerId: string }, more: { role?: Role; side: Side | undefined; agencyCode?: string }): Promise<Seat> {
  const ctx = systemCtx(node, 'test')
  const { token } = await transact(ctx, (tx) => createSession(tx, { ...who, assurance: 3, methods: ['sc', 'pin', 'otp'], now: ctx.now }))
  const actor: Actor = await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` })
  return { name, kind: who.kind, ...more, cookie: cookies(node, token), ctx: createCtx(node, { actor }) }
}

function cookies(node: Node, token: string | undefined): string {
  return [`mc_csrf_${node.config.slug}=${csrfCookie}`, ...(token ? [`mc_session_${node.config.code.toLowerCase()}=${token}`] : [])].join('; ')
}

export interface Got { status: number; location: string; body: string }

/** The request of somebody who has opened the page before: with the token that every form carries. */
export async function request({ node, server }: House, seat: Seat, route: Pick<LiveRoute, 'method' | 'kind'>, url: string): Promise<Got> {
  const isPage = route.kind === 'page'
  const reply = await server.inject({
    method: route.method as 'GET' | 'POST', url, headers: { cookie: seat.cookie, accept: isPage ? 'text/html' : '*/*', ...(route.method === 'GET' ? {} : { 'content-type': isPage ? 'application/x-www-form-urlencoded' : 'application/json', 'idempotency-key': newId() }) },
    ...(route.method === 'GET' ? {} : { payload: isPage ? `_csrf=${csrfToken(node.config.secret, csrfCookie)}` : '{}' }),
  })
  return { status: reply.statusCode, location: reply.headers.location ?? '', body: reply.body }
}
