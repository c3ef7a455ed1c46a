import { transact } from '../../../platform/ctx.ts'
import { randomToken, sha256 } from '../../../platform/ids.ts'
import { json, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { countAttempt, forgive, giveBack, throttleKey, throttleRules, verifyNobody, verifyPassword } from '../../identity/index.ts'
import { findPortalClient, findSession, insertSession } from './portal-client.store.ts'
import { PortalRefusal, portalErrors } from './portal-errors.ts'
import { portalServices } from './portal-data.ts'

export const sessionLifetimeMs = 30 * 60_000
/** Requests of one account in a minute: a whole catalogue of 6,500 comes through in ten. */
export const requestsPerMinute = 900

const loginSchema = { type: 'object', required: ['username', 'password'], properties: { username: { type: 'string' }, password: { type: 'string' } } }
const pullSchema = { type: 'object', required: ['session', 'madonvi', 'service'], properties: { session: { type: 'string' }, madonvi: { type: 'string' }, service: { enum: Object.keys(portalServices) }, maTTHC: { type: 'string' }, maTinhThanh: { type: 'string' } } }
const answerSchema = { type: 'object', required: ['error_code'], properties: { error_code: { type: 'integer' }, message: { type: 'string' }, session: { type: 'string' }, result: { type: 'array', items: { type: 'object' } } } }

/** The catalogue in the message formats of the national portal, for systems of agencies that speak them already. */
export const portalRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/portal/login', access: 'public', kind: 'api', bodyLimit: 4096, openapi: { summary: 'Log in in the format of the national portal: gives a session', request: loginSchema, response: answerSchema }, handler: (req) => answer(() => logIn(req)) },
  { method: 'POST', path: '/api/v1/portal/data', access: 'public', kind: 'api', bodyLimit: 16 * 1024, openapi: { summary: 'Pull catalogues in the format of the national portal', request: pullSchema, response: answerSchema }, handler: (req) => answer(() => pull(req)) },
]

/** Refusals are answers of the protocol with HTTP status 200, as its clients expect. */
async function answer(work: () => Promise<object>): Promise<Reply> {
  try {
    return json({ error_code: 0, message: '', ...(await work()) }, 200, { 'cache-control': 'no-store' })
  } catch (error) {
    if (!(error instanceof PortalRefusal)) throw error
    const { code, message } = portalErrors[error.reason]
    return json({ error_code: code, message: error.detail ? `${message}: ${error.detail}` : message }, 200, { 'cache-control': 'no-store' })
  }
}

function bodyOf({ json: body }: Req): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new PortalRefusal('MALFORMED')
  return body as Record<string, unknown>
}

async function logIn(req: Req): Promise<object> {
  const { ctx, ip } = req
  const body = bodyOf(req)
  // The address of the portal on the document axis; which one it is does not matter here, but a message without it is not of this format.
  if (!req.headers.dstcode) throw new PortalRefusal('PARAMETER', 'dstcode')
  const username = typeof body.username === 'string' ? body.username.trim().toLowerCase().slice(0, 60) : ''
  const password = typeof body.password === 'string' ? body.password.slice(0, 200) : ''
  if (username === '' || password === '') throw new PortalRefusal('PARAMETER', 'username, password')
  const account = throttleKey(ctx.node, throttleRules.account, `portal ${username}`)
  const source = throttleKey(ctx.node, throttleRules.source, ip)
  for (const [key, rule] of [[source, throttleRules.source], [account, throttleRules.account]] as const) {
    if ((await countAttempt(ctx.db, key, rule, ctx.now)) > 0) throw new PortalRefusal('TOO_MANY')
  }
  const client = await findPortalClient(ctx.db, username)
  const isRight = client && !client.disabledAt ? await verifyPassword(password, client.passwordHash) : await verifyNobody(password)
  if (!isRight) throw new PortalRefusal('LOG_IN')
  const session = randomToken()
  await transact(ctx, (tx) => insertSession(tx, { tokenHash: sha256(session), username, now: ctx.now, expiresAt: new Date(ctx.now.getTime() + sessionLifetimeMs) }))
  await Promise.all([forgive(ctx.db, account), giveBack(ctx.db, source)])
  return { session }
}

async function pull(req: Req): Promise<object> {
  const { ctx } = req
  const body = bodyOf(req)
  const client = typeof body.session === 'string' ? await findSession(ctx.db, sha256(body.session), ctx.now) : undefined
  if (!client) throw new PortalRefusal('SESSION')
  if (!mayAsk(client.username, ctx.now.getTime())) throw new PortalRefusal('TOO_MANY')
  const agency = typeof body.madonvi === 'string' ? body.madonvi : ''
  if (agency !== client.agencyCode && !agency.startsWith(`${client.agencyCode}.`)) throw new PortalRefusal('AGENCY', agency.slice(0, 40))
  const service = typeof body.service === 'string' && Object.hasOwn(portalServices, body.service) ? portalServices[body.service] : undefined
  if (!service) throw new PortalRefusal('SERVICE', String(body.service).slice(0, 60))
  return { result: await service({ db: ctx.db, now: ctx.now, params: body }) }
}

const counted = new Map<string, { minute: number; requests: number }>()

/** Counts in this process: enough to keep one eager system from taking the node from everybody else. */
function mayAsk(username: string, now: number): boolean {
  const minute = Math.floor(now / 60_000)
  const entry = counted.get(username)
  if (entry?.minute === minute) return ++entry.requests <= requestsPerMinute
  counted.set(username, { minute, requests: 1 })
  return true
}
