import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Button, Form, usePage } from '../../../ui/index.ts'
import { clearCookie } from '../access/cookies.ts'
import { logOut } from '../access/log-out.ts'
import { findSso } from '../access/session.store.ts'
import { decrypt } from '../secrets.ts'
import { idTokenUse } from '../sso/log-in-from-national.ts'
import { providerOf } from '../sso/provider.ts'
import { logOutUrl } from '../sso/national-node.ts'
import { endSingleSignOn, ssoSessionOf } from '../sso/single-log-out.ts'

export const logOutPath = '/dang-xuat'

/** One log-out for all nodes: the national node tells every other one. */
export const logOutRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-xuat', access: 'public', handler: ({ ctx }) => (ctx.actor.kind === 'anonymous' ? redirect('/') : page(<Ask />, { title: ctx.t('identity.log_out.title') })) },
  { method: 'POST', path: '/dang-xuat', access: 'public', handler: post },
]

async function post(req: Req): Promise<Reply> {
  const { ctx } = req
  const elsewhere = ctx.node.config.kind === 'local' ? await urlAtNational(req) : undefined
  await logOut(ctx)
  const cookies = [clearCookie(ctx.node, 'session'), clearCookie(ctx.node, 'step')]
  if (ctx.node.config.kind === 'national' && ctx.actor.kind === 'person') {
    const provider = await providerOf(ctx.node)
    await endSingleSignOn(ctx.node, provider, await ssoSessionOf(provider, req.raw.raw))
  }
  return elsewhere ? redirect(elsewhere, { external: true, cookies }) : redirect('/', { cookies })
}

/** Undefined when the log-in did not come from the national node, or that does not answer now: then only this node's session ends. */
async function urlAtNational({ ctx }: Req): Promise<string | undefined> {
  const sso = ctx.actor.kind === 'person' ? await findSso(ctx.db, ctx.actor.sessionId) : undefined
  const idToken = sso && decrypt(ctx.node.config.secret, idTokenUse, sso.idToken)
  if (!idToken) return undefined
  return logOutUrl(ctx.node, idToken).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'the national node did not answer at a log-out')
    return undefined
  })
}

function Ask(): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.log_out.title')}</h1>
      <p class="govuk-body">{t('identity.log_out.lead')}</p>
      <Form action={logOutPath}><Button>{t('identity.log_out.button')}</Button></Form>
    </div></div>
  )
}
