import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import multipart from '@fastify/multipart'
import { anonymous, isPermitted, type Actor } from '../actor.ts'
import { createCtx, type Ctx } from '../ctx.ts'
import type { Lang } from '../i18n.ts'
import { newId, randomToken } from '../ids.ts'
import type { Node } from '../node.ts'
import { csrfMatches, csrfToken } from './csrf.ts'
import { accessRefused, csrfRefused, failureReply, notFound, type Failure } from './failures.ts'
import { blank } from './finished-page.ts'
import { readForm } from './form-body.ts'
import { RememberedPages, sendFinished } from './remember-pages.ts'
import type { Cookie, PageReply, Reply } from './reply.ts'
import { emptyForm, type Access, type Req, type Route, type RouteKind } from './route.ts'
import { cookieHeader, hostCookieName, send } from './send.ts'

/** What the composition root supplies, so that platform knows neither the design system nor the accounts. */
export interface ServerParts {
  routes: readonly Route[]
  authenticate(node: Node, credentials: { cookies: Record<string, string | undefined>; authorization: string | undefined }): Promise<Actor>
  /** Turns a page reply into the whole HTML document. */
  render(reply: PageReply, req: Req, state: RequestState): Promise<string> | string
  /** Turns a failure into a page, in the given request's language. */
  failurePage(failure: Failure, req: Req): PageReply
  /** Called after a successful request on a route that declares `audit`. */
  recordAudit?(ctx: Ctx, route: Route, params: Record<string, string>): Promise<void>
  /**
   * What answers in place of a failure that a (stronger) log-in would lift: the way to it, and back to the same place with nothing lost. Undefined: the
   * failure stands. Asked for pages only; a posted form has passed its CSRF check and comes without its files.
   */
  beforeLogIn?(failure: Failure, req: Req): Promise<Reply | undefined>
  /** Answers in place of a page that is only looked at: for visitors who come with a wish in the address. Undefined: the page itself. */
  onArrival?(req: Req): Promise<Reply | undefined> | Reply | undefined
  /** Origins outside the country's nodes to which the way after a posted form may lead. */
  formTargets?(node: Node): readonly string[]
  logInPaths: { person: string; officer: string }
}

/** What one request gathers on its way. */
export interface RequestState {
  route: Route | undefined
  lang: Lang
  actor: Actor
  /** Empty where the answer is no page. */
  nonce: string
  csrfCookie: string
  /** In place of the token of the cookie: in a page that is drawn for everybody. */
  csrf?: string
  cookies: Record<string, string | undefined>
  newCookies: Cookie[]
  started: number
  /** Why a posted form will not be acted on; it is read nevertheless, so that nothing typed is lost. */
  refused?: Failure
}

/**
 * The order of every request, in one place:
 * security headers → cookies and language → session → access right → body → CSRF → remembered page or handler → answer → log.
 */
export async function buildServer(node: Node, parts: ServerParts, mount: (app: FastifyInstance) => Promise<void> = async () => {}): Promise<FastifyInstance> {
  checkRoutes(node, parts.routes)
  const app = fastify({ logger: false, genReqId: () => newId(), trustProxy: node.config.production, bodyLimit: 64 * 1024, routerOptions: { maxParamLength: 500 }, requestTimeout: 120_000, forceCloseConnections: true })
  await acceptBodies(app)
  app.addHook('onRequest', (request, reply, done) => {
    countWaiting(node, request, reply)
    done()
  })
  app.addHook('onRequest', async (request, reply) => {
    if (isMounted(request)) return
    const state = await begin(node, parts, request)
    states.set(request, state)
    securityHeaders(node, parts, reply, state)
    const refused = state.route ? accessRefused(state.route, state.actor, request.url, parts.logInPaths, request.headers.referer) : undefined
    if (refused && parts.beforeLogIn && needsCsrf(state.route!) && liftedByLogIn(refused)) state.refused = refused
    else if (refused) await answerFailure(node, parts, request, reply, refused)
  })
  await mount(app)
  const pages = new RememberedPages(node)
  for (const route of parts.routes) register(app, node, parts, route, pages)
  app.setNotFoundHandler(async (request, reply) => answerFailure(node, parts, request, reply, notFound(request.url)))
  app.setErrorHandler(async (error, request, reply) => answerFailure(node, parts, request, reply, { kind: 'error', error }))
  return app
}

const states = new WeakMap<FastifyRequest, RequestState>()

/** Ends somebody's waiting before the connection is done with. */
const endWaiting = new WeakMap<FastifyRequest, () => void>()

function countWaiting({ load }: Node, request: FastifyRequest, reply: FastifyReply): void {
  let waits = true
  const end = (): void => {
    if (waits) load.requests--
    waits = false
  }
  load.requests++
  endWaiting.set(request, end)
  reply.raw.once('close', end)
}
const isMounted = (request: FastifyRequest): boolean => request.url.startsWith('/oidc')

async function acceptBodies(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(multipart, { throwFileSizeLimit: false })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_req, body, done) => done(null, body))
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_req, body, done) => done(null, body))
  app.addContentTypeParser('*', { parseAs: 'string' }, (_req, body, done) => done(null, body))
}

/** As the address asks for, else as chosen before. */
function langOf(request: FastifyRequest, cookies: Record<string, string | undefined>): Lang {
  const asked = (request.query as Record<string, string> | undefined)?.lang
  return asked === 'en' || asked === 'vi' ? asked : cookies.mc_lang === 'en' ? 'en' : 'vi'
}

async function begin(node: Node, parts: ServerParts, request: FastifyRequest): Promise<RequestState> {
  const cookies = parseCookies(request.headers.cookie)
  const route = (request.routeOptions.config as { route?: Route }).route
  const newCookies: Cookie[] = []
  const asked = (request.query as Record<string, string> | undefined)?.lang
  const lang = langOf(request, cookies)
  if (asked === lang && cookies.mc_lang !== lang) newCookies.push({ name: 'mc_lang', value: lang, maxAge: 31_536_000 })
  const csrfName = csrfCookieName(node)
  const answersPages = (route?.kind ?? 'page') === 'page'
  let csrfCookie = cookies[csrfName] ?? ''
  if (!csrfCookie && answersPages) {
    csrfCookie = randomToken(18)
    newCookies.push({ name: csrfName, value: csrfCookie })
  }
  const actor = route ? await parts.authenticate(node, { cookies, authorization: request.headers.authorization }) : anonymous
  return { route, lang, actor, nonce: answersPages ? randomToken(16) : '', csrfCookie, cookies, newCookies, started: performance.now() }
}

const csrfCookieName = (node: Node): string => hostCookieName(node, `mc_csrf_${node.config.slug}`)

function securityHeaders(node: Node, parts: ServerParts, reply: FastifyReply, state: RequestState): void {
  reply.headers({
    'content-security-policy': state.nonce === '' ? "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" : pagePolicy(node, state.nonce, parts.formTargets?.(node) ?? []),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': state.actor.kind === 'anonymous' ? 'private, no-cache' : 'no-store',
  })
  if (isSecure(node)) reply.header('strict-transport-security', 'max-age=31536000')
}

/** Browsers apply form-action to the redirects of a posted form as well: log-in leads to the national node and back, or past the listener that asks for a certificate. */
function pagePolicy(node: Node, nonce: string, formTargets: readonly string[]): string {
  const others = [node.config.national.baseUrl, ...node.config.peers.map((p) => p.baseUrl), ...(node.config.certificateListener ? [node.config.certificateListener.baseUrl] : []), ...formTargets].join(' ')
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self' ${others}; frame-ancestors 'none'; base-uri 'none'`
}

function register(app: FastifyInstance, node: Node, parts: ServerParts, route: Route, pages: RememberedPages): void {
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit ?? 64 * 1024,
    config: { route } as object,
    handler: async (request, reply) => {
      const state = states.get(request)!
      const arrival = await arrivalOf(node, parts, route, request, state)
      if (arrival) return deliver(node, parts, await readRequest(node, route, request, state), state, request, reply, arrival)
      if (await answerRemembered(node, parts, pages, state, request, reply)) return
      const req = await readRequest(node, route, request, state)
      if (needsCsrf(route) && !sameSite(request, req, node, state)) return answerFailure(node, parts, request, reply, csrfRefused)
      if (state.refused) return answerFailure(node, parts, request, reply, state.refused, req)
      const answer = await answerOf(parts, route, req)
      if (route.audit && parts.recordAudit) await parts.recordAudit(req.ctx, route, req.params)
      await deliver(node, parts, req, state, request, reply, answer)
    },
  })
}

/** Who comes with a word for the node in the address, not for the page: asked before a remembered page is. Undefined: the page itself. */
async function arrivalOf(node: Node, parts: ServerParts, route: Route, request: FastifyRequest, state: RequestState): Promise<Reply | undefined> {
  if (!parts.onArrival || route.method !== 'GET' || (route.kind ?? 'page') !== 'page' || !request.url.includes('?')) return undefined
  return parts.onArrival(await readRequest(node, route, request, state))
}

/** The handler's answer; where it refuses what a stronger log-in would allow, the way there. */
async function answerOf(parts: ServerParts, route: Route, req: Req): Promise<Reply> {
  const isPage = (route.kind ?? 'page') === 'page'
  try {
    return await route.handler(req)
  } catch (error) {
    const instead = isPage ? await parts.beforeLogIn?.({ kind: 'error', error }, req) : undefined
    if (!instead) throw error
    return instead
  }
}

const liftedByLogIn = (failure: Failure): boolean => failure.kind === 'log-in' || failure.kind === 'assurance'

/** Answers with a page that is the same for all who have not logged in; false where this request is none for it. */
async function answerRemembered(node: Node, parts: ServerParts, pages: RememberedPages, state: RequestState, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const { route, lang } = state
  const asked = { route, lang, isAnonymous: state.actor.kind === 'anonymous', request }
  if (!pages.canServe(asked)) return false
  const drawn = await pages.answer(asked, {
    policy: () => pagePolicy(node, blank.nonce, parts.formTargets?.(node) ?? []),
    read: () => readRequest(node, route!, request, state),
    render: (page, req) => parts.render(page, req, { ...state, ...blank }),
  })
  if ('reply' in drawn) {
    await deliver(node, parts, await readRequest(node, route!, request, state), state, request, reply, drawn.reply)
    return true
  }
  if (state.newCookies.length > 0) reply.header('set-cookie', state.newCookies.map((c) => cookieHeader(c, isSecure(node))))
  const status = await sendFinished(request, reply, drawn.page, { nonce: state.nonce, get csrf() { return csrfFor(node, state) } })
  logAnswer(node, state, request, status)
  return true
}

const needsCsrf = (route: Route): boolean => route.method !== 'GET' && (route.kind ?? 'page') === 'page'

/** The token of the form, and where the browser says so, that the request came from our own pages. */
function sameSite(request: FastifyRequest, req: Req, node: Node, state: RequestState): boolean {
  if (request.headers['sec-fetch-site'] === 'cross-site') return false
  return csrfMatches(node.config.secret, state.cookies[csrfCookieName(node)], req.form.get('_csrf'))
}

async function readRequest(node: Node, route: Route, request: FastifyRequest, state: RequestState): Promise<Req> {
  const kind: RouteKind = route.kind ?? 'page'
  const form = kind === 'page' && route.method !== 'GET' ? await readForm(request, { withoutFiles: state.refused !== undefined }) : emptyForm
  return {
    ctx: createCtx(node, { actor: state.actor, lang: state.lang, requestId: request.id }),
    params: singleValues(request.params as Record<string, string>),
    query: singleValues(request.query as Record<string, string | string[]>),
    form,
    json: kind === 'api' && typeof request.body === 'string' ? parseJson(request.body) : request.body,
    headers: request.headers as Record<string, string | undefined>,
    cookies: state.cookies,
    ip: request.ip,
    raw: request,
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function singleValues(query: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, (Array.isArray(value) ? value[0]! : value).normalize('NFC').replaceAll('\u0000', '').slice(0, 2000)]))
}

async function deliver(node: Node, parts: ServerParts, req: Req, state: RequestState, request: FastifyRequest, reply: FastifyReply, answer: Reply): Promise<void> {
  const cookies = [...state.newCookies, ...(answer.cookies ?? [])]
  const finished = answer.kind === 'page'
    ? { kind: 'body' as const, status: answer.status, headers: { 'content-type': 'text/html; charset=utf-8', 'content-language': state.lang, ...answer.headers }, cookies, body: await parts.render(answer, req, state) }
    : { ...answer, cookies }
  // A stream stays open while its page is: nobody waits for its end.
  if (finished.kind === 'stream') endWaiting.get(request)?.()
  await send(request, reply, finished, isSecure(node))
  logAnswer(node, state, request, finished.status)
}

const isSecure = (node: Node): boolean => node.config.baseUrl.startsWith('https:')

function logAnswer(node: Node, state: RequestState, request: FastifyRequest, status: number): void {
  node.log.info({ method: request.method, route: state.route?.path, status, ms: Math.round(performance.now() - state.started), id: request.id })
}

/** When a request that found no database is to be sent again. */
const retrySeconds = '5'

async function answerFailure(node: Node, parts: ServerParts, request: FastifyRequest, reply: FastifyReply, failure: Failure, posted?: Req): Promise<void> {
  const state = states.get(request) ?? { route: undefined, lang: langOf(request, parseCookies(request.headers.cookie)), actor: anonymous, nonce: randomToken(16), csrfCookie: '', cookies: {}, newCookies: [], started: performance.now() }
  const ctx = createCtx(node, { actor: state.actor, lang: state.lang, requestId: request.id })
  const req: Req = posted ?? { ctx, params: {}, query: singleValues((request.query ?? {}) as Record<string, string>), form: emptyForm, json: undefined, headers: {}, cookies: state.cookies, ip: request.ip, raw: request }
  const isPage = state.route !== undefined && (state.route.kind ?? 'page') === 'page'
  const answer = (isPage && liftedByLogIn(failure) ? await parts.beforeLogIn?.(failure, req) : undefined) ?? failureReply(failure, req, state.route, (f) => parts.failurePage(f, req))
  if (failure.kind === 'error' && answer.status >= 500) node.log.error({ err: failure.error, route: state.route?.path, id: request.id }, 'request failed')
  await deliver(node, parts, req, state, request, reply, answer.status === 503 ? { ...answer, headers: { ...answer.headers, 'retry-after': retrySeconds } } : answer)
}

export function csrfFor(node: Node, state: RequestState): string {
  return state.csrf ?? csrfToken(node.config.secret, state.csrfCookie)
}

function parseCookies(header: string | undefined): Record<string, string | undefined> {
  const cookies: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const name = part.slice(0, at).trim()
    try {
      cookies[name] ??= decodeURIComponent(part.slice(at + 1).trim())
    } catch {
      // A cookie that is not ours to read.
    }
  }
  return cookies
}

/** Stops the start when a route asks for a right that no module declares, or when two routes claim one address. */
function checkRoutes(node: Node, routes: readonly Route[]): void {
  const known = new Set(node.modules.flatMap((m) => Object.keys(m.permissions ?? {})))
  const seen = new Set<string>()
  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    if (!isAccess(route.access)) throw new Error(`Route ${name} declares no access right. Add access: 'public', 'person', 'officer' or a permission.`)
    if (typeof route.access === 'object' && 'permission' in route.access && !known.has(route.access.permission)) throw new Error(`Route ${name} asks for the permission "${route.access.permission}", which no module declares. Add it to the module's permissions.`)
    if (seen.has(name)) throw new Error(`Two routes claim ${name}. Remove one.`)
    seen.add(name)
  }
}

function isAccess(access: Access | undefined): access is Access {
  return access !== undefined && (typeof access === 'string' ? ['public', 'person', 'officer', 'node'].includes(access) : 'permission' in access || 'assurance' in access)
}

export { isPermitted }
