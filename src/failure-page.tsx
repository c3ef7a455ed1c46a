import { Refusal } from './platform/errors.ts'
import { statusOf, type Failure } from './platform/http/failures.ts'
import { page, type PageReply } from './platform/http/reply.ts'
import type { Req } from './platform/http/route.ts'
import { ErrorPage, errorKindOf, errorTitleKey } from './ui/index.ts'

/** Any failure as a page in the layout in which it happened: what happened, what to do, where help is. */
export function failurePage(failure: Failure, req: Req): PageReply {
  const { ctx } = req
  const status = statusOf(failure)
  const kind = failure.kind === 'csrf' ? 'csrf' : errorKindOf(status)
  const layout = /^\/(desk|admin)\b/.test(req.raw.url) && ctx.actor.kind === 'officer' ? 'desk' : 'portal'
  const message = failure.kind === 'error' && failure.error instanceof Refusal ? ctx.t(failure.error.key, failure.error.params) : failure.kind === 'assurance' ? ctx.t('platform.error.ASSURANCE') : undefined
  const right = failure.kind === 'forbidden' ? rightName(req, failure.permission) : undefined
  return page(<ErrorPage kind={kind} {...(failure.kind === 'log-in' ? { next: { href: failure.location, text: ctx.t('ui.signIn') } } : {})} message={message} right={right} reference={status >= 500 ? ctx.requestId : undefined} />, { title: ctx.t(errorTitleKey(kind)), status, layout })
}

function rightName(req: Req, permission: string): string {
  const { node, lang } = req.ctx
  return node.modules.flatMap((m) => (m.permissions?.[permission] ? [m.permissions[permission][lang]] : []))[0] ?? permission
}
