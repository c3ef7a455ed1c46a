import { isRefusal } from '../../../platform/errors.ts'
import type { Failure } from '../../../platform/http/failures.ts'
import { redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import type { Strength } from './demand-strength.ts'
import { keepForm } from './keep-form.ts'
import { resumeHref } from './resume.page.tsx'
import { stepUpHref } from './step-up-href.ts'

/**
 * A (stronger) log-in instead of a refusal, and back to the same place: a page is opened again, a posted form is kept and offered again.
 * Undefined where a log-in would not help, or where the form cannot be kept.
 */
export async function beforeLogIn(failure: Failure, req: Req): Promise<Reply | undefined> {
  const wayTo = wayFor(failure)
  if (!wayTo) return undefined
  const { method, url } = req.raw
  if (method === 'GET' || method === 'HEAD') return redirect(wayTo(url))
  const kept = await keepForm(req)
  return kept && redirect(wayTo(resumeHref(kept.id)), { cookies: kept.cookies })
}

function wayFor(failure: Failure): ((returnTo: string) => string) | undefined {
  if (failure.kind === 'log-in') return (returnTo) => `${failure.location.split('?')[0]!}?tiep=${encodeURIComponent(returnTo)}`
  if (failure.kind === 'assurance') return (returnTo) => stepUpHref(failure.required as Strength, returnTo)
  if (failure.kind !== 'error' || !isRefusal(failure.error, 'STRONGER_LOG_IN_NEEDED')) return undefined
  const { level } = failure.error.params
  return (returnTo) => stepUpHref(level as Strength, returnTo)
}
