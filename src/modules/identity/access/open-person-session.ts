import type { Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { openSession } from './session.store.ts'

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
  const session = { kind: 'person', accountId, assurance, methods, device: browser.device, now: ctx.now } as const
  return openSession(tx, asPerson(ctx, person, ''), session, browser.oldSession, (sessionId) => [
    // Whoever proves to be the owner of an account that was only idle unlocks it by that alone (Decision 31/2021, art. 13.2); he is then shown what happened.
    { type: 'identity.account_unlocked', subject: accountId, data: { reason: 'idle' }, unlocks: true },
    { type: 'identity.logged_in', subject: accountId, data: { sessionId, assurance, method: way } },
  ])
}

/** The event names the person who just proved who he is, not the anonymous visitor of the request. */
export function asPerson(ctx: Ctx, { accountId, assurance, methods }: Omit<ProvedPerson, 'way'>, sessionId: string): Ctx {
  const actor: Actor = { kind: 'person', id: accountId, subject: '', name: '', assurance, methods, authenticatedAt: ctx.now, sessionId }
  return { ...ctx, actor }
}
