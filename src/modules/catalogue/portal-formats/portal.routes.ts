import { transact } from '../../../platform/ctx.ts'
import { randomToken, sha256 } from '../../../platform/ids.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { countAttempt, forgive, giveBack, throttleKey, throttleRules, verifyNobody, verifyPassword } from '../../identity/index.ts'
import { answerAsPortal, portalBody, portalCaller } from './portal-answers.ts'
import { findPortalClient, insertSession } from './portal-client.store.ts'
import { PortalRefusal } from './portal-errors.ts'
import { findPortalService, portalServiceNames } from './portal-data.ts'

export const sessionLifetimeMs = 30 * 60_000

const loginSchema = { type: 'object', required: ['username', 'password'], properties: { username: { type: 'string' }, password: { type: 'string' } } }
/** Asked when the routes are made: modules above this one bring services too. */
const pullSchema = () => ({ type: 'object', required: ['session', 'madonvi', 'service'], properties: { session: { type: 'string' }, madonvi: { type: 'string' }, service: { enum: portalServiceNames() }, maTTHC: { type: 'string' }, maTinhThanh: { type: 'string' }, maHoSo: { type: 'string' } } })
const answerSchema = { type: 'object', required: ['error_code'], properties: { error_code: { type: 'integer' }, message: { type: 'string' }, session: { type: 'string' }, result: { type: 'array', items: { type: 'object' } } } }

/** The catalogue in the message formats of the national portal, for systems of agencies that speak them already. */
export const portalRoutes = (): readonly Route[] => [
  { method: 'POST', path: '/api/v1/portal/login', access: 'public', kind: 'api', bodyLimit: 4096, openapi: { summary: 'Log in in the format of the national portal: gives a session', request: loginSchema, response: answerSchema }, handler: (req) => answerAsPortal(() => logIn(req)) },
  { method: 'POST', path: '/api/v1/portal/data', access: 'public', kind: 'api', bodyLimit: 16 * 1024, openapi: { summary: 'Pull catalogues in the format of the national portal', request: pullSchema(), response: answerSchema }, handler: (req) => answerAsPortal(() => pull(req)) },
]

async function logIn(req: Req): Promise<object> {
  const { ctx, ip } = req
  const body = portalBody(req)
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
  const body = portalBody(req)
  const client = await portalCaller(req, body)
  const service = typeof body.service === 'string' ? findPortalService(body.service) : undefined
  if (!service) throw new PortalRefusal('SERVICE', String(body.service).slice(0, 60))
  return { result: await service({ db: req.ctx.db, now: req.ctx.now, client, params: body }) }
}
