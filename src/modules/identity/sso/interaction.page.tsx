import { ServerResponse } from 'node:http'
import { errors as oidcErrors, type Provider } from 'oidc-provider'
import type { Actor } from '../../../platform/actor.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { stepUpHref } from '../strength/step-up-href.ts'
import { waitPath } from './addresses.ts'
import { Consent } from './consent.tsx'
import { grantByConsent } from './grants.ts'
import type { LogInDetails } from './log-in-policy.ts'
import { Trouble } from './log-in-there.page.tsx'
import { providerOf } from './provider.ts'

/** At the national node: between a relying party's request and the log-in page. */
export const interactionRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/tiep/:uid', access: 'public', handler: (req) => withRequest(req, go) },
  { method: 'POST', path: '/dang-nhap/tiep/:uid', access: 'person', handler: (req) => withRequest(req, decide) },
  { method: 'GET', path: '/dang-nhap/loi', access: 'public', handler: failed },
]

type Waiting = Awaited<ReturnType<Provider['interactionDetails']>>
interface Means { provider: Provider; waiting: Waiting; finish(result: object): Promise<Reply> }

/** The provider only reads the request's cookies here; what it would write goes through our own reply. */
async function withRequest(req: Req, work: (req: Req, means: Means) => Promise<Reply>): Promise<Reply> {
  const provider = await providerOf(req.ctx.node)
  const [request, response] = [req.raw.raw, new ServerResponse(req.raw.raw)]
  try {
    const waiting = await provider.interactionDetails(request, response)
    // As provider.interactionResult() does, which would read the request a second time.
    const finish = async (result: object): Promise<Reply> => {
      waiting.result = { ...waiting.lastSubmission, ...result }
      await waiting.save(waiting.exp - Math.floor(Date.now() / 1000))
      return redirect(waiting.returnTo, { external: true })
    }
    return await work(req, { provider, waiting, finish })
  } catch (error) {
    if (!(error instanceof oidcErrors.SessionNotFound)) throw error
    return page(<Trouble kind="expired" />, { title: req.ctx.t('identity.sso.title'), status: 400 })
  }
}

/** Who is logged in as asked for goes back to the provider and on to the relying party; who is not, logs in first and comes by again. */
async function go(req: Req, { provider, waiting, finish }: Means): Promise<Reply> {
  const { actor } = req.ctx
  const details = waiting.prompt.details as Partial<LogInDetails>
  const { level = 1, since } = details
  if (req.query.thoi === '1') return finish(level > 2 ? { error: 'unmet_authentication_requirements', error_description: 'the person did not log in more strongly' } : { error: 'access_denied', error_description: 'the person did not log in' })
  const here = waitPath(waiting.uid)
  const isFresh = isProvedSince(actor, since)
  if (actor.kind !== 'person') return redirect(level > 2 ? stepUpHref(level, here) : `/dang-nhap?tiep=${encodeURIComponent(here)}`)
  if (actor.mustSee) return redirect(`${actor.mustSee}?tiep=${encodeURIComponent(here)}`)
  if (actor.assurance < level || !isFresh) return redirect(stepUpHref(level, here, { again: !isFresh }))
  if (waiting.prompt.name === 'consent') {
    const client = await provider.Client.find(waiting.params.client_id!)
    return page(<Consent action={here} client={client!.names} scopes={waiting.params.scope!.split(' ')} />, { title: req.ctx.t('identity.sso.consent.title') })
  }
  // Whose the session is, the log-in policy sees for itself.
  return finish({ login: null })
}

async function decide(req: Req, { provider, waiting, finish }: Means): Promise<Reply> {
  const { actor } = req.ctx
  if (waiting.prompt.name !== 'consent' || actor.kind !== 'person') return redirect(waitPath(waiting.uid))
  if (req.form.get('agree') !== 'yes') return finish({ error: 'access_denied', error_description: 'the person did not agree' })
  const grantId = await grantByConsent(provider, { accountId: actor.id, clientId: waiting.params.client_id!, scope: waiting.params.scope! })
  return finish({ consent: { grantId } })
}

const isProvedSince = (actor: Actor, since: string | undefined): boolean => since === undefined || (actor.kind === 'person' && actor.authenticatedAt >= new Date(since))

/** Why the provider could not serve a request, in words; the code is for whoever runs the other system. */
function failed({ ctx, query }: Req): Reply {
  const code = /^[a-z_]{3,50}$/.test(query.ma ?? '') ? query.ma! : 'unknown'
  const kind = ctx.t.has(`identity.sso.error.${code}`) ? `error.${code}` : 'failed'
  return page(<Trouble kind={kind} code={code} />, { title: ctx.t('identity.sso.title'), status: code === 'server_error' ? 500 : 400 })
}
