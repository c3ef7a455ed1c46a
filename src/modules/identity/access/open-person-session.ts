import type { Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { unlockIdleAccount } from '../life/idle/unlock-idle-account.ts'
import { createSession, endSessionByToken } from './session.store.ts'

export interface ProvedPerson {
  accountId: string
  /** 2 medium (two factors), 3 high (a key that cannot be copied, with its PIN). */
  assurance: 1 | 2 | 3
  /** RFC 8176 names of what was proved: 'otp', 'sms', 'hwk', 'sc', 'user', 'pin' … */
  methods: readonly string[]
  /** By which way, for the ledger: 'sms-code', 'token', 'passkey' … */
  way: string
}

/** The end of every log-in of a person, by whichever way: the browser's old session ends, a new one begins, the ledger knows. */
export async function openPersonSession(tx: Tx, ctx: Ctx, person: ProvedPerson, browser: { device: string; oldSession: string | undefined }): Promise<{ token: string; sessionId: string }> {
  const { accountId, assurance, methods, way } = person
  await endSessionByToken(tx, browser.oldSession, ctx.now)
  await unlockIdleAccount(tx, asPerson(ctx, person, ''), accountId)
  const session = await createSession(tx, { kind: 'person', accountId, assurance, methods, device: browser.device, now: ctx.now })
  await appendEvent(tx, asPerson(ctx, person, session.sessionId), { type: 'identity.logged_in', subject: accountId, data: { sessionId: session.sessionId, assurance, method: way } })
  return session
}

/** The event names the person who just proved who he is, not the anonymous visitor of the request. */
export function asPerson(ctx: Ctx, { accountId, assurance, methods }: Omit<ProvedPerson, 'way'>, sessionId: string): Ctx {
  const actor: Actor = { kind: 'person', id: accountId, subject: '', name: '', assurance, methods, authenticatedAt: ctx.now, sessionId }
  return { ...ctx, actor }
}
