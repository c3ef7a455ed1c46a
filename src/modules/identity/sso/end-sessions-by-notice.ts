import { createRemoteJWKSet, jwtVerify } from 'jose'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { appendEvent } from '../../ledger/index.ts'
import { endSessionsBySid } from '../access/session.store.ts'
import { issuerOf } from './addresses.ts'
import { jwksUrl } from './national-node.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
const keySets = new WeakMap<Node, ReturnType<typeof createRemoteJWKSet>>()

/**
 * The national node says that a person logged out there (OpenID Connect Back-Channel Logout 1.0). False when the notice is not its own,
 * not for us, or of another kind. A repeat ends nothing twice.
 */
export async function endSessionsByNotice(node: Node, logoutToken: string): Promise<boolean> {
  let sid: unknown
  try {
    let keys = keySets.get(node)
    if (!keys) keySets.set(node, (keys = createRemoteJWKSet(new URL(await jwksUrl(node)))))
    const { payload } = await jwtVerify(logoutToken, keys, { algorithms: ['ES256'], issuer: issuerOf(node.config.national.baseUrl), audience: node.config.code, typ: 'logout+jwt', maxTokenAge: '5 minutes', clockTolerance: 30 })
    if (payload.nonce !== undefined || typeof payload.events !== 'object' || payload.events === null || !(event in payload.events)) return false
    sid = payload.sid
  } catch (error) {
    node.log.warn({ err: error }, 'a log-out notice was refused')
    return false
  }
  if (typeof sid !== 'string') return false
  const ctx = systemCtx(node, 'identity')
  await transact(ctx, async (tx) => {
    for (const ended of await endSessionsBySid(tx, String(sid), ctx.now)) await appendEvent(tx, ctx, { type: 'identity.logged_out', subject: ended.accountId, data: { sessionId: ended.id, from: 'national-node' } })
  })
  return true
}
