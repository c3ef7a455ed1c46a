import { isPermitted, type Actor } from '../actor.ts'
import { Refusal } from '../errors.ts'
import { isDatabaseAway } from '../renewing-pool.ts'
import { problem, redirect, refusalProblem, type PageReply, type Reply } from './reply.ts'
import type { Req, Route } from './route.ts'

/** Why a request ends without its answer. */
export type Failure =
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'not-found'; readonly url: string }
  | { readonly kind: 'log-in'; readonly location: string }
  /** Something that the person must see before everything else, such as new terms of use. */
  | { readonly kind: 'see-first'; readonly location: string }
  | { readonly kind: 'assurance'; readonly required: number }
  | { readonly kind: 'forbidden'; readonly permission: string }
  | { readonly kind: 'csrf' }

export const notFound = (url: string): Failure => ({ kind: 'not-found', url })
export const csrfRefused: Failure = { kind: 'csrf' }

/** Undefined when the actor may use the route. Not logged in → log in and come back; logged in without the right → a page that says which right. */
export function accessRefused(route: Route, actor: Actor, url: string, logIn: { person: string; officer: string }, referer?: string): Failure | undefined {
  const { access } = route
  // A form that came too late: back to the page on which it stood.
  const back = encodeURIComponent(route.method === 'GET' ? url : pathOf(referer))
  if (access === 'public' || access === 'node') return undefined
  if (access === 'person' || (typeof access === 'object' && 'assurance' in access)) {
    if (actor.kind !== 'person') return { kind: 'log-in', location: `${logIn.person}?tiep=${back}` }
    if (actor.mustSee && route.path !== actor.mustSee) return { kind: 'see-first', location: `${actor.mustSee}?tiep=${back}` }
    const required = access === 'person' ? 1 : access.assurance
    return actor.assurance >= required ? undefined : { kind: 'assurance', required }
  }
  if (actor.kind !== 'officer') return { kind: 'log-in', location: `${logIn.officer}?tiep=${back}` }
  if (access === 'officer' || isPermitted(actor, access.permission)) return undefined
  return { kind: 'forbidden', permission: access.permission }
}

const pathOf = (referer: string | undefined): string => {
  const url = referer ? URL.parse(referer) : null
  return url ? url.pathname + url.search : '/'
}

interface HttpLike { statusCode?: number; code?: string }

/** Status of a failure: a refusal's own, a parser's 4xx, 503 while the database is away, else 500. */
export function statusOf(failure: Failure): number {
  switch (failure.kind) {
    case 'not-found': return 404
    case 'log-in': return 401
    case 'see-first': return 403
    case 'assurance': return 403
    case 'forbidden': return 403
    case 'csrf': return 403
    case 'error': {
      if (failure.error instanceof Refusal) return failure.error.status
      if (isDatabaseAway(failure.error)) return 503
      const status = (failure.error as HttpLike | null)?.statusCode
      return status !== undefined && status >= 400 && status < 500 ? status : 500
    }
  }
}

/** Stable code of a failure, for API answers and tests. */
export function codeOf(failure: Failure): string {
  if (failure.kind !== 'error') return `platform.${failure.kind.toUpperCase().replaceAll('-', '_')}`
  if (failure.error instanceof Refusal) return `${failure.error.module}.${failure.error.code}`
  const status = statusOf(failure)
  return status === 413 ? 'platform.TOO_LARGE' : status === 415 ? 'platform.WRONG_TYPE' : status === 503 ? 'platform.UNAVAILABLE' : status < 500 ? 'platform.BAD_REQUEST' : 'platform.FAULT'
}

/** API and exchange requests get problem+json; pages get a page, or the way to log in. */
export function failureReply(failure: Failure, req: Req, route: Route | undefined, asPage: (failure: Failure) => PageReply): Reply {
  const isApi = route ? route.kind === 'api' || route.kind === 'exchange' : req.raw.url.startsWith('/api/')
  if (isApi) {
    if (failure.kind === 'error' && failure.error instanceof Refusal) return refusalProblem(failure.error, req.ctx.t(failure.error.key, failure.error.params))
    const code = codeOf(failure)
    return problem({ status: statusOf(failure), code, title: req.ctx.t(`platform.error.${code.split('.')[1]}`), ...(code === 'platform.FAULT' ? { reference: req.ctx.requestId } : {}) })
  }
  if (failure.kind === 'see-first' || (failure.kind === 'log-in' && route?.method === 'GET')) return redirect(failure.location)
  return asPage(failure)
}
