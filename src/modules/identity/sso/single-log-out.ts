import { ServerResponse, type IncomingMessage } from 'node:http'
import type { KoaContextWithOIDC, Provider, Session } from 'oidc-provider'
import { transact, systemCtx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { appendEvent } from '../../ledger/index.ts'
import { cookieName } from '../access/cookies.ts'
import { authenticate } from '../access/authenticate.ts'
import { endSession } from '../access/session.store.ts'
import { subjectForNode } from '../citizens/account.store.ts'
import { insertNotice } from './log-out-notice.store.ts'
import { tellLogOut, tellQueue } from './tell-log-out.ts'

/**
 * Ends the session behind the provider and tells every relying party that stands on it: at once, and those that do not answer again and again by a job.
 * The log-out itself waits for nobody longer than a few seconds.
 */
export async function endSingleSignOn(node: Node, provider: Provider, session: Session): Promise<void> {
  const { accountId } = session
  const standing = Object.entries(session.authorizations ?? {})
  const told = accountId ? standing.flatMap(([clientId, { sid }]) => (sid ? [{ id: newId(), clientId, accountId, sid, createdAt: node.now() }] : [])) : []
  if (told.length > 0) {
    await transact(systemCtx(node, 'identity'), async (tx) => {
      for (const notice of told) {
        await insertNotice(tx, notice)
        // Only for what the attempt below does not reach, also because this process was killed.
        await enqueue(tx, { queue: tellQueue, payload: { noticeId: notice.id }, runAt: new Date(node.now().getTime() + 5000), key: notice.id })
      }
    })
    await Promise.all(told.map(({ id, clientId }) => tellLogOut(node, id).catch((error: unknown) => node.log.warn({ err: error, peer: clientId }, 'a relying party was not told of a log-out; it is tried again'))))
  }
  // What a person let a system do in his absence outlives the log-out.
  for (const [, { grantId, persistsLogout }] of standing) if (grantId && !persistsLogout) await (await provider.Grant.find(grantId))?.destroy()
  await session.destroy()
}

/** The provider's session of a browser that talks to one of our own pages. */
export async function ssoSessionOf(provider: Provider, request: IncomingMessage): Promise<Session> {
  return provider.Session.get(provider.createContext(request, new ServerResponse(request)))
}

/**
 * A local node sends its person here to log out everywhere. With a valid identity token of the person who is logged in there is nothing to
 * ask; otherwise the page with the log-out button decides, so that a foreign site cannot log anybody out.
 */
export async function completeLogout(node: Node, provider: Provider, ctx: KoaContextWithOIDC): Promise<void> {
  const { session, client, entities, params } = ctx.oidc
  const hint = entities.IdTokenHint?.payload
  if (!hint || !client || !session.accountId || hint.sub !== await subjectForNode(node.db, session.accountId, client.clientId)) return leave(ctx, '/dang-xuat')
  await endSingleSignOn(node, provider, session)
  await endOwnSession(node, ctx)
  ctx.cookies.set(provider.cookieName('session'), null)
  leave(ctx, target(params.post_logout_redirect_uri, params.state))
}

/** Nobody is logged in behind the provider any more: straight on to where the node wants the person to go, if that is one of its addresses. */
export async function skipFinishedLogout(node: Node, provider: Provider, ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  if (ctx.method !== 'GET' || ctx.path !== '/session/end') return next()
  const session = await provider.Session.get(ctx)
  if (session.accountId) return next()
  await endOwnSession(node, ctx)
  const { client_id: clientId, post_logout_redirect_uri: wanted, state } = ctx.query
  const client = clientId ? await provider.Client.find(clientId).catch(() => undefined) : undefined
  leave(ctx, wanted && client?.postLogoutRedirectUriAllowed(wanted) ? target(wanted, state) : '/')
}

async function endOwnSession(node: Node, ctx: KoaContextWithOIDC): Promise<void> {
  const name = cookieName(node, 'session')
  const value = new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(ctx.req.headers.cookie ?? '')?.[1]
  const actor = await authenticate(node, { cookies: { [name]: value }, authorization: undefined })
  if (actor.kind !== 'person') return
  const own = { ...systemCtx(node, 'identity'), actor }
  await transact(own, async (tx) => {
    if (await endSession(tx, actor.sessionId, own.now)) await appendEvent(tx, own, { type: 'identity.logged_out', subject: actor.id, data: { sessionId: actor.sessionId, from: 'another-node' } })
  })
}

function target(url: string | undefined, state: string | undefined): string {
  if (!url) return '/'
  const to = new URL(url)
  if (state) to.searchParams.set('state', state)
  return to.href
}

function leave(ctx: KoaContextWithOIDC, url: string): void {
  ctx.redirect(url)
  ctx.status = 303
}
