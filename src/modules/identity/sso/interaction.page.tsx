import { ServerResponse } from 'node:http'
import { errors as oidcErrors } from 'oidc-provider'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { acrOf, providerOf } from './provider.ts'
import { Trouble } from './log-in-there.page.tsx'

/** At the national node: between another node's request and the log-in page. */
export const interactionRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/tiep/:uid', access: 'public', handler: go },
  { method: 'GET', path: '/dang-nhap/loi', access: 'public', handler: ({ ctx }) => page(<Trouble kind="failed" />, { title: ctx.t('identity.sso.title'), status: 400 }) },
]

/** Who is logged in goes back to the provider and on to the other node; who is not, logs in first and comes by again. */
async function go(req: Req): Promise<Reply> {
  const { ctx } = req
  const provider = await providerOf(ctx.node)
  // The provider only reads the request's cookies here; what it would write goes through our own reply.
  const [request, response] = [req.raw.raw, new ServerResponse(req.raw.raw)]
  try {
    await provider.interactionDetails(request, response)
    if (ctx.actor.kind !== 'person') return redirect(`/dang-nhap?tiep=${encodeURIComponent(`/dang-nhap/tiep/${req.params.uid}`)}`)
    if (ctx.actor.mustSee) return redirect(`${ctx.actor.mustSee}?tiep=${encodeURIComponent(`/dang-nhap/tiep/${req.params.uid}`)}`)
    const login = { accountId: ctx.actor.id, acr: acrOf(ctx.actor.assurance), amr: [...ctx.actor.methods], ts: Math.floor(ctx.actor.authenticatedAt.getTime() / 1000) }
    const back = await provider.interactionResult(request, response, { login }, { mergeWithLastSubmission: false })
    return redirect(back, { external: true })
  } catch (error) {
    if (!(error instanceof oidcErrors.SessionNotFound)) throw error
    return page(<Trouble kind="expired" />, { title: ctx.t('identity.sso.title'), status: 400 })
  }
}
