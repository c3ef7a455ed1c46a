import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import type { Actor } from '../../../platform/actor.ts'
import { parseConfig } from '../../../platform/config.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Route } from '../../../platform/http/route.ts'
import { buildServer } from '../../../platform/http/server.ts'
import { translator } from '../../../platform/i18n.ts'
import type { Module, ServiceHandler } from '../../../platform/module.ts'
import { createNode, type Node } from '../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import { exchangeOf } from '../exchange-state.ts'
import { exchange } from '../module.ts'
import { send, type NewOutboxMessage } from '../send.ts'
import { openGate, type Gate } from './gate.ts'

export interface TestNode {
  readonly node: Node
  readonly gate: Gate
  readonly database: TestDatabase
  /** Starts serving and delivering; again after `crash`. */
  start(): Promise<void>
  /** Stops without telling anybody; the database stays. */
  crash(): Promise<void>
  /** Asks the national node who is there, without waiting for the next minute. */
  refresh(): Promise<void>
  /** Sends a message in a transaction of its own. */
  send(message: Partial<NewOutboxMessage> & { to: string; payload: unknown }): Promise<string>
  /** Effects of the messages received, in order: what the probe service wrote. */
  effects(): Promise<{ id: string; subject: string; payload: any }[]>
}

export interface CountryOptions {
  codes?: readonly string[]
  now?: () => Date
  modules?: (code: string) => readonly Module[]
  /** Called inside the probe service, after its effect, before the commit. */
  during?: (node: Node, payload: any) => void | Promise<void>
  /** More routes than those of the exchange. */
  routes?: (node: Node) => readonly Route[]
  /** Who asks for pages. */
  actor?: Actor
}

const secretOf = (code: string): string => `enrolment-secret-of-${code}`
const name = { vi: 'Nút thử nghiệm', en: 'Test node' }

/** Several nodes in this process, each with its own database, keys and HTTP server behind a gate; 'VN' is the national one. */
export async function exchangeCountry(t: TestContext, options: CountryOptions = {}): Promise<Record<string, TestNode>> {
  const codes = options.codes ?? ['VN', 'H21']
  const folder = await mkdtemp(join(tmpdir(), 'motcua-exchange-'))
  const gates = new Map<string, Gate>()
  for (const code of codes) gates.set(code, await openGate())
  const nodes: Record<string, TestNode> = {}
  for (const code of codes) nodes[code] = await makeNode(t, code, gates, folder, options)
  t.after(async () => {
    await Promise.all(Object.values(nodes).map((n) => n.crash()))
    await Promise.all([...gates.values()].map((g) => g.close()))
    await rm(folder, { recursive: true, force: true })
  })
  return nodes
}

async function makeNode(t: TestContext, code: string, gates: ReadonlyMap<string, Gate>, folder: string, options: CountryOptions): Promise<TestNode> {
  const database = await testDatabase(t)
  await database.owner`CREATE TABLE IF NOT EXISTS exchange.effect (n bigint GENERATED ALWAYS AS IDENTITY, id uuid NOT NULL, subject text NOT NULL, payload jsonb)`
  await database.owner`GRANT ALL ON exchange.effect TO motcua_app`
  const gate = gates.get(code)!
  const config = configOf(code, gates, join(folder, code))
  const modules = [exchange, probeModule(options), ...(options.modules?.(code) ?? [])]
  const make = (): Node => createNode(config, modules, { db: database.db, log: pino({ level: process.env.TEST_LOG ?? 'silent' }), now: options.now })
  let node = make()
  let server: FastifyInstance | undefined
  const self: TestNode = {
    get node() { return node },
    gate, database,
    async start() {
      server = await buildServer(node, serverParts(node, options))
      await server.listen({ host: '127.0.0.1', port: 0 })
      gate.target = (server.server.address() as AddressInfo).port
      await exchange.start!(node)
    },
    async crash() {
      gate.target = 0
      await server?.close()
      await exchange.stop!(node)
      server = undefined
      node = make()
    },
    refresh: async () => (await exchangeOf(node)).registry.refresh(),
    send: (message) => sendNow(node, message),
    async effects() {
      return [...await database.db<{ id: string; subject: string; payload: any }[]>`SELECT id, subject, payload FROM exchange.effect ORDER BY n`]
    },
  }
  return self
}

export function sendNow(node: Node, message: Partial<NewOutboxMessage> & { to: string; payload: unknown }): Promise<string> {
  const ctx = systemCtx(node, 'test')
  return transact(ctx, (tx) => send(tx, ctx, { service: 'probe.record', subject: 's', ...message }))
}

function probeModule(options: CountryOptions): Module {
  const record: ServiceHandler = async (tx: Tx, ctx, message) => {
    await tx`INSERT INTO exchange.effect (id, subject, payload) VALUES (${message.id}, ${message.subject}, ${tx.json(message.payload as never)})`
    await options.during?.(ctx.node, message.payload)
  }
  return { name: 'probe', services: { 'probe.record': record } }
}

function configOf(code: string, gates: ReadonlyMap<string, Gate>, dataDir: string): Node['config'] {
  const key = 'test-secret-test-secret'
  const peers = [...gates].filter(([c]) => c !== 'VN').map(([c, gate]) => ({ code: c, name, baseUrl: gate.url, enrolmentSecret: secretOf(c), clientSecret: key }))
  return parseConfig({
    code, slug: 'test', kind: code === 'VN' ? 'national' : 'local', name, shortName: name, helpPhone: '18001096', port: 0, secret: key, brand: { colour: '#9B1B1E', dark: '#6F1114', emblem: 'star' },
    baseUrl: gates.get(code)!.url, databaseUrl: 'postgres://unused', logLevel: 'silent', dataDir,
    national: { code: 'VN', baseUrl: gates.get('VN')!.url, enrolmentSecret: secretOf(code), clientSecret: key }, peers: code === 'VN' ? peers : [],
    standIns: { smsUrl: 'http://127.0.0.1:1', smtpUrl: 'smtp://127.0.0.1:1', identityUrl: 'http://127.0.0.1:1', populationUrl: 'http://127.0.0.1:1', licenceUrl: 'http://127.0.0.1:1', socialInsuranceUrl: 'http://127.0.0.1:1', businessUrl: 'http://127.0.0.1:1', key },
  })
}

function serverParts(node: Node, options: CountryOptions): Parameters<typeof buildServer>[1] {
  return {
    routes: [...exchange.routes!(node), ...(options.routes?.(node) ?? [])],
    authenticate: async () => options.actor ?? { kind: 'anonymous' },
    render: (reply) => renderFragment(reply.node, pageContext(node, options)),
    failurePage: (failure) => { throw new Error(`no page for ${failure.kind}`) },
    logInPaths: { person: '/dang-nhap', officer: '/desk/login' },
  }
}

function pageContext(node: Node, options: CountryOptions): PageContext {
  return { t: translator('vi'), lang: 'vi', nonce: 'n', csrf: 'token', actor: options.actor ?? { kind: 'anonymous' }, brand: { ...node.config.brand, name }, path: '/admin/exchange', query: {}, assets: (n: string) => n, islands: [], nav: [] } as unknown as PageContext
}

/** Waits until `condition` holds. @throws with `what` after ten seconds. */
export async function eventually(what: string, condition: () => Promise<boolean> | boolean, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`did not happen: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
