import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import { nodeConfig, type NodeSlug } from '../../../nodes.ts'
import { statusOf } from '../../../platform/http/failures.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { buildServer, csrfFor } from '../../../platform/http/server.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Module } from '../../../platform/module.ts'
import { createNode, type Node } from '../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { startStandIns } from '../../../stand-ins/main.ts'
import { renderDocument } from '../../../ui/index.ts'
import { exchange } from '../../exchange/index.ts'
import { notifications } from '../../notifications/index.ts'
import { authenticate } from '../access/authenticate.ts'
import { identity } from '../module.ts'
import { partyOrigins } from '../sso/clients.ts'
import { silentEntry } from '../sso/silent-entry.ts'
import { beforeLogIn } from '../strength/before-log-in.ts'

/** One real node that listens: real database, real HTTP, only the outside stands in. */
export interface RunningNode {
  node: Node
  database: TestDatabase
  url: string
  /** Out of reach for a while: nothing listens until `start()`. */
  stop(): Promise<void>
  start(): Promise<void>
}

export interface SmallCountry {
  national: RunningNode
  province: RunningNode
  ministry: RunningNode
  standInsUrl: string
  /** The clock of all nodes. */
  moveClock(seconds: number): void
  /** Wipes out what the throttles remember, between stories that share a country. */
  forgetFailures(): Promise<void>
  /** Opens the connection between the nodes; until then what they send each other waits. */
  connect(): Promise<void>
  /** Sends what waits to be sent and returns the last message to a telephone, or the last that speaks of something. */
  lastSms(phone: string, about?: RegExp): Promise<string | undefined>
}

let firstPort = 21_000 + (process.pid % 100) * 100

/** The test, or the file, at whose end everything stops. */
export interface Scope { after(stop: () => Promise<unknown> | unknown): void }

export interface CountryOptions {
  extraRoutes?: Route[]
  /** false: as in production, without invented people and with the ways that the law opens. */
  demo?: boolean
  /** Time on the clock of all nodes at the start; now unless told. */
  startAt?: Date
  /** Another identity provider than the stand-in. */
  identityUrl?: string
  /** Where the nodes write their log. */
  log?: Logger
}

/** National node, a province and a ministry with the identity module alone, and the stand-ins. Ends with the test. */
export async function smallCountry(t: Scope, options: CountryOptions = {}): Promise<SmallCountry> {
  const port = await freeRange()
  let shift = options.startAt ? options.startAt.getTime() - Date.now() : 0
  const now = (): Date => new Date(Date.now() + shift)
  const standIns = await startStandIns({ host: '127.0.0.1', firstPort: port + 900, key: 'demo-stand-in-key-000' })
  t.after(() => standIns.stop())
  const start = (slug: NodeSlug): Promise<RunningNode> => startNode(t, slug, port, now, options)
  const [national, province, ministry] = [await start('national'), await start('province'), await start('public-security')]
  const standInsUrl = `http://127.0.0.1:${port + 900}`
  return {
    national, province, ministry, standInsUrl,
    async connect() {
      for (const { node } of [national, province, ministry]) {
        await exchange.start!(node)
        t.after(() => exchange.stop!(node))
      }
    },
    moveClock: (seconds) => void (shift += seconds * 1000),
    async forgetFailures() {
      for (const { database } of [national, province, ministry]) await database.owner`TRUNCATE identity.throttle`
    },
    async lastSms(phone, about = /./) {
      while (await runDue(national.node) > 0);
      const messages = (await (await fetch(`${standInsUrl}/messages?to=${phone}`)).json()) as { text: string; at: string }[]
      return messages.sort((a, b) => (a.at < b.at ? 1 : -1)).find((m) => about.test(m.text))?.text
    },
  }
}

async function startNode(t: Scope, slug: NodeSlug, port: number, now: () => Date, { extraRoutes = [], demo = true, identityUrl, log }: CountryOptions): Promise<RunningNode> {
  const database = await testDatabase(t)
  const preset = nodeConfig(slug, { firstPort: port, databaseUrl: () => database.url, dataDir: join(tmpdir(), `motcua-identity-${newId()}`), demo, logLevel: 'silent' })
  const config = identityUrl ? { ...preset, standIns: { ...preset.standIns, identityUrl } } : preset
  const probe: Module = { name: 'probe', permissions: { 'calendar.manage': { vi: 'x', en: 'x' } } }
  const node = createNode(config, [exchange, identity, notifications, probe], { db: database.db, log: log ?? pino({ level: process.env.TEST_LOG ?? 'silent' }), now })
  await identity.seed!(node)
  const assets = (name: string): string => `/assets/${name}`
  const build = () => buildServer(node, {
    routes: [...exchange.routes!(node), ...identity.routes!(node), ...extraRoutes, home], authenticate, beforeLogIn, onArrival: silentEntry, formTargets: partyOrigins, logInPaths: { person: '/dang-nhap', officer: '/desk/login' },
    failurePage: (failure, req) => page(<p>{failure.kind}</p>, { title: failure.kind, status: (void (failure.kind === 'error' && process.env.TEST_LOG && console.error(failure.error, req.raw.url)), statusOf(failure)) }),
    render: (reply, req, state) => renderDocument(reply.node, {
      t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor: req.ctx.actor, path: req.raw.url.split('?')[0]!, query: req.query, assets, islands: [], nav: [],
      brand: { name: config.name, colour: config.brand.colour, dark: config.brand.dark, emblem: config.brand.emblem, phone: config.helpPhone },
    }, { title: reply.title, layout: reply.layout, status: reply.status }),
  }, (app) => identity.mount!(app, node))
  let server: Awaited<ReturnType<typeof build>>
  const start = async (): Promise<void> => {
    server = await build()
    await server.listen({ host: config.host, port: config.port })
  }
  await start()
  t.after(() => server.close())
  return { node, database, url: config.baseUrl, start, stop: () => server.close() }
}

const home: Route = { method: 'GET', path: '/', access: 'public', handler: ({ ctx }) => page(<p>home</p>, { title: ctx.node.config.code }) }

/** A thousand ports of which the first is free now: nodes from there, stand-ins 900 above. */
export async function freeRange(): Promise<number> {
  for (;;) {
    const port = firstPort
    firstPort += 35
    if ((await Promise.all([0, 1, 10, 11, 20, 21, 900, 901, 902, 903, 904, 906, 907, 908].map((n) => isFree(port + n)))).every(Boolean)) return port
  }
}

const isFree = (port: number): Promise<boolean> => new Promise((resolve) => {
  const probe = createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
})
