import type { FastifyInstance } from 'fastify'
import { assetRoutes, brandOf } from './asset-routes.ts'
import { actingPath, authenticate, beforeLogIn, identity, nameScopes, partyOrigins, recordAudit, silentEntry } from './modules/identity/index.ts'
import { calendarModule } from './modules/calendar/index.ts'
import { catalogue, informationNav, listSectors, procedureNames } from './modules/catalogue/index.ts'
import { decisions } from './modules/decisions/index.ts'
import { documents } from './modules/documents/index.ts'
import { dossiers } from './modules/dossiers/index.ts'
import { exchange } from './modules/exchange/index.ts'
import { forms } from './modules/forms/index.ts'
import { ledger, sealingOf, startFollowers } from './modules/ledger/index.ts'
import { countUnread, inboxPath, notifications } from './modules/notifications/index.ts'
import { nationalPortal } from './modules/national-portal/index.ts'
import { agencyName, findAgency, organisations } from './modules/organisations/index.ts'
import { processModule } from './modules/process/index.ts'
import { quality } from './modules/quality/index.ts'
import { witness } from './modules/witness/index.ts'
import { isPermitted, type Actor } from './platform/actor.ts'
import type { PageReply } from './platform/http/reply.ts'
import type { Req, Route } from './platform/http/route.ts'
import { buildServer, csrfFor, type RequestState } from './platform/http/server.ts'
import { startJobs } from './platform/jobs.ts'
import type { Module } from './platform/module.ts'
import type { Node } from './platform/node.ts'
import { root } from './platform/root.ts'
import { apiDescription } from './openapi.ts'
import { failurePage } from './failure-page.tsx'
import { houseRoutes } from './house-routes.tsx'
import { loadAssets, renderDocument, type PageContext } from './ui/index.ts'

/** The house, in the order in which modules may know each other: a module uses only those above it. */
export const modules: readonly Module[] = [ledger, calendarModule, organisations, notifications, exchange, witness, identity, catalogue, forms, documents, processModule, decisions, dossiers, quality, nationalPortal]

export interface App {
  server: FastifyInstance
  /** Followers, jobs and modules' own loops. Pages answer without them; nothing moves by itself. */
  startWork(): Promise<void>
  stop(): Promise<void>
}

/** Puts one node together: routes, pages, followers, jobs. Does not listen yet. */
export async function buildApp(node: Node): Promise<App> {
  nameScopes(node, { sectors: async (db, lang) => (await listSectors(db)).map((s) => ({ code: s.code, name: s.name[lang] })), procedures: procedureNames })
  const moduleRoutes = node.modules.flatMap((m) => m.routes?.(node) ?? [])
  const routes: Route[] = [...assetRoutes(node), ...houseRoutes(node, moduleRoutes), ...moduleRoutes, apiDescription(node, moduleRoutes)]
  const render = pageRenderer(node, routes)
  const server = await buildServer(node, {
    routes, authenticate, recordAudit, beforeLogIn, onArrival: silentEntry, formTargets: partyOrigins, render, failurePage,
    logInPaths: { person: '/dang-nhap', officer: '/desk/login' },
  }, async (app) => {
    for (const module of node.modules) await module.mount?.(app, node)
  })
  const running: { stop(): Promise<void> }[] = []
  return {
    server,
    async startWork() {
      for (const module of node.modules) await module.start?.(node)
      running.push(startFollowers(node), startJobs(node))
    },
    async stop() {
      await server.close()
      await Promise.all(running.map((r) => r.stop()))
      for (const module of [...node.modules].reverse()) await module.stop?.(node)
    },
  }
}

function pageRenderer(node: Node, routes: readonly Route[]): (reply: PageReply, req: Req, state: RequestState) => Promise<string> {
  const assets = loadAssets(root)
  // A part may have pages at one kind of node only.
  const pages = new Set(routes.filter((r) => r.method === 'GET').map((r) => r.path))
  const nav = (kind: 'portalNav' | 'deskNav') => node.modules.flatMap((m) => m[kind] ?? []).filter((item) => pages.has(item.href)).sort((a, b) => (a.order ?? 50) - (b.order ?? 50))
  const navs = { portal: nav('portalNav'), desk: nav('deskNav'), bare: [] }
  const links = { home: '/', search: '/thu-tuc', signIn: '/dang-nhap', signOut: '/dang-xuat', account: '/tai-khoan', acting: actingPath, stopActing: `${actingPath}/ket-thuc`, help: '/thong-tin' }
  const deskLinks = { ...links, home: '/desk', search: undefined, signIn: '/desk/login', signOut: '/desk/logout', account: '/desk/account' }
  const nodes = nodeLinks(node.config)
  return async (reply, req, state) => {
    const { ctx } = req
    const unit = reply.layout === 'desk' && ctx.actor.kind === 'officer' ? await findAgency(ctx.db, ctx.actor.agencyCode, ctx.now) : undefined
    const unread = reply.layout === 'portal' && ctx.actor.kind === 'person' ? await countUnread(ctx.db, ctx.actor.id) : 0
    const sealing = reply.layout === 'desk' && ctx.actor.kind === 'officer' ? await sealingOf(node, ctx.db) : 'sealed'
    const context: PageContext = {
      t: ctx.t, lang: ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor: ctx.actor, brand: brandOf(node), path: req.raw.url.split('?')[0]!, query: req.query,
      assets, islands: reply.islands, nav: navs[reply.layout].filter((item) => !item.permission || isPermitted(ctx.actor, item.permission)).map((item) => (item.href === inboxPath && unread > 0 ? { ...item, count: unread } : item)), links: reply.layout === 'desk' ? { ...deskLinks, home: deskHome(ctx.actor) } : links, demo: node.config.demo,
      ...(reply.layout === 'portal' ? { information: informationNav, nodes } : {}), ...(unit ? { unitName: agencyName(unit, ctx.lang) } : {}), ...(sealing !== 'sealed' ? { alarm: ctx.t(`ledger.log.${sealing}`) } : {}),
    }
    return renderDocument(reply.node, context, { title: reply.title, layout: reply.layout, status: reply.status })
  }
}

/** Where an officer's work begins. */
const deskHome = (actor: Actor): string => (actor.kind !== 'officer' || isPermitted(actor, 'dossiers.view') ? '/desk' : '/admin')

/** The nodes of the country that this one knows: from the national node all, from a local one the national node and itself. */
function nodeLinks({ code, shortName, baseUrl, national, peers }: Node['config']) {
  const own = { name: shortName, href: baseUrl, current: true }
  if (code === national.code) return [own, ...peers.map((p) => ({ name: p.name, href: p.baseUrl }))]
  return [...(national.name ? [{ name: national.name, href: national.baseUrl }] : []), own]
}
