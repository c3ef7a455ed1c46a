import type { Req } from '../../../platform/http/route.ts'
import type { Translate } from '../../../platform/i18n.ts'
import { cookieName } from './cookies.ts'
import { deviceOf, sourceOf } from './device.ts'

/** What a log-in step needs to know about the browser. */
export function browserOf(req: Req): { source: string; device: string; stepToken: string | undefined; oldSession: string | undefined } {
  const { node } = req.ctx
  return { source: sourceOf(req.ip), device: deviceOf(req.headers['user-agent']), stepToken: req.cookies[cookieName(node, 'step')], oldSession: req.cookies[cookieName(node, 'session')] }
}

/** "Try again in 40 seconds" or "… in 15 minutes". */
export function waitSentence(t: Translate, seconds: number): string {
  return seconds < 90 ? t('identity.wait.seconds', { count: seconds }) : t('identity.wait.minutes', { count: Math.ceil(seconds / 60) })
}
