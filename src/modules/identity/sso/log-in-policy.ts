import { interactionPolicy, type Check, type KoaContextWithOIDC } from 'oidc-provider'
import type { Person } from '../../../platform/actor.ts'
import type { Node } from '../../../platform/node.ts'
import { authenticate } from '../access/authenticate.ts'
import type { Strength } from '../strength/demand-strength.ts'
import { describeLater } from './claims.ts'
import { grantFor } from './grants.ts'
import { acrFor, requestedStrength } from './requested-strength.ts'

/** What the interaction page needs to know of a request that waits for a log-in. */
export interface LogInDetails { level: Strength; /** The proof must be younger than this. */ since?: string; /** Nobody is logged in at this browser. */ isNobody?: boolean }

/**
 * The log-in of this node is the only truth about who sits at the browser: at every request of a relying party the session behind the provider is made to
 * follow it. Who is logged in here, strongly and recently enough, goes through without a page; who is not, is asked to.
 */
export function logInPolicy(node: Node): unknown {
  const { base, Check: NewCheck, Prompt } = interactionPolicy
  const policy = base()
  const followed = new WeakMap<object, Promise<Person | undefined>>()
  const nobody = new WeakSet<object>()
  const person = (ctx: KoaContextWithOIDC): Promise<Person | undefined> => {
    let found = followed.get(ctx.oidc)
    if (!found) followed.set(ctx.oidc, (found = follow(node, ctx, () => nobody.add(ctx.oidc))))
    return found
  }
  // All checks of a prompt run at once: each waits until the session has followed.
  const after = ({ reason, description, error, check, details }: Check): Check => new NewCheck(reason, description, error, async (ctx) => (await person(ctx), check(ctx)), details)
  const kept = ['id_token_hint', 'claims_id_token_sub_value'].map((reason) => after(policy.get('login').checks.get(reason)))
  const login = new Prompt({ name: 'login', requestable: true }, (ctx) => ({ level: levelOf(ctx), ...(nobody.has(ctx.oidc) ? { isNobody: true } : {}), ...(ctx.oidc.prompts.has('login') && ctx.oidc.promptPending('login') ? { since: node.now().toISOString() } : {}) }),
    new NewCheck('no_session', 'Log in first.', 'login_required', async (ctx) => !(await person(ctx))),
    new NewCheck('stronger', 'A stronger log-in is asked for.', 'interaction_required', async (ctx) => ((await person(ctx))?.assurance ?? 3) < levelOf(ctx)),
    new NewCheck('max_age', 'The log-in is too old.', 'login_required', async (ctx) => isTooOld(node, ctx, await person(ctx)), () => ({ since: node.now().toISOString() })),
    ...kept)
  policy.remove('login')
  policy.add(login, 0)
  return policy
}

const levelOf = ({ oidc }: KoaContextWithOIDC): Strength => requestedStrength(oidc.params, oidc.client.strengths)

/** Once the interaction page has sent the person back, the log-in was young enough when it did. */
function isTooOld(node: Node, { oidc }: KoaContextWithOIDC, person: Person | undefined): boolean {
  const { max_age: maxAge } = oidc.params
  if (maxAge === undefined || !person || (oidc.result && 'login' in oidc.result)) return false
  return node.now().getTime() - person.authenticatedAt.getTime() > Number(maxAge) * 1000
}

async function follow(node: Node, ctx: KoaContextWithOIDC, noteNobody: () => void): Promise<Person | undefined> {
  const { session, client, params, provider } = ctx.oidc
  const actor = await authenticate(node, { cookies: cookiesOf(ctx), authorization: undefined })
  // Who still has a page to see, such as new terms, sees it before any relying party hears of the log-in.
  if (actor.kind === 'anonymous') noteNobody()
  if (actor.kind !== 'person' || actor.mustSee) {
    if (session.accountId) Object.assign(session, { authorizations: undefined }) && delete session.accountId
    return undefined
  }
  const acr = acrFor(params, actor.assurance)
  const loginTs = Math.floor(actor.authenticatedAt.getTime() / 1000)
  const isSame = session.accountId === actor.id
  if (isSame && session.acr === acr && session.loginTs === loginTs) return actor
  if (!isSame) session.authorizations = undefined
  session.loginAccount({ accountId: actor.id, acr, amr: [...actor.methods], loginTs })
  if (isSame) return actor
  ctx.oidc.entity('Account', describeLater(node, actor.id, ctx))
  const grant = await grantFor(provider, ctx)
  session.ensureClientContainer(client.clientId)
  session.grantIdFor(client.clientId, grant.jti)
  ctx.oidc.entity('Grant', grant)
  return actor
}

function cookiesOf(ctx: KoaContextWithOIDC): Record<string, string | undefined> {
  return Object.fromEntries((ctx.req.headers.cookie ?? '').split(/;\s*/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}
