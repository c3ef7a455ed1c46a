import type { Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { openSession, type LogIn } from './session.store.ts'

export interface ProvedPerson {
  accountId: string
  /** 2 medium (two factors), 3 high (a key that cannot be copied, with its PIN). */
  assurance: 1 | 2 | 3
  /** RFC 8176 names of what was proved: 'otp', 'sms', 'hwk', 'sc', 'user', 'pin' … */
  methods: readonly string[]
  /** By which way, for the ledger: 'sms-code', 'token', 'passkey' … */
  way: string
}

interface Browser { device: string; oldSession: string | undefined }

/** The end of every log-in of a person, by whichever way: the browser's old session ends, a new one begins, the ledger knows. */
export async function openPersonSession(tx: Tx, ctx: Ctx, person: ProvedPerson, browser: Browser): Promise<{ token: string; sessionId: string }> {
  return (await openSession(tx, asPerson(ctx, person, ''), logInOf(ctx, person, browser)))!
}

/** The same as an act of one statement, which uses the proof and settles the attempts as well (@see LogIn). Undefined where the proof was used already. */
export async function openByProof(ctx: Ctx, person: ProvedPerson, browser: Browser, once: Required<Pick<LogIn, 'proof' | 'settles'>>): Promise<{ token: string; sessionId: string } | undefined> {
  const opened = await openSession(ctx.db, asPerson(ctx, person, ''), { ...logInOf(ctx, person, browser), ...once })
  ctx.node.nudge('ledger')
  return opened
}

const logInOf = (ctx: Ctx, { accountId, assurance, methods, way }: ProvedPerson, { device, oldSession }: Browser): LogIn => ({
  session: { kind: 'person', accountId, assurance, methods, device, now: ctx.now }, oldSession,
  events: (sessionId) => [
    // Whoever proves to be the owner of an account that was only idle unlocks it by that alone (Decision 31/2021, art. 13.2); he is then shown what happened.
    { type: 'identity.account_unlocked', subject: accountId, data: { reason: 'idle' }, unlocks: true },
    { type: 'identity.logged_in', subject: accountId, data: { sessionId, assurance, method: way } },
  ],
})

/** The event names the person who just proved who he is, not the anonymous visitor of the request. */
export function asPerson(ctx: Ctx, { accountId, assurance, methods }: Omit<ProvedPerson, 'way'>, sessionId: string): Ctx {
  const actor: Actor = { kind: 'person', id: accountId, subject: '', name: '', assurance, methods, authenticatedAt: ctx.now, sessionId }
  return { ...ctx, actor }
}
