import { transact, type Ctx } from '../../../platform/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { findChallenge, openChallenge, useChallenge } from '../access/challenge.store.ts'
import { countAttempt, rules, sendKey } from '../access/throttle.ts'
import { sendCodeQueue } from './send-code.ts'

/** Sends a new code for an open challenge; the earlier code no longer counts. Six in a quarter of an hour at most. */
export async function resendCode(ctx: Ctx, stepToken: string | undefined): Promise<{ kind: 'sent'; token: string } | { kind: 'wait'; seconds: number } | { kind: 'expired' }> {
  const open = await findChallenge(ctx.db, stepToken, ctx.now)
  if (!open || open.purpose === 'officer') return { kind: 'expired' }
  const seconds = await countAttempt(ctx.db, sendKey(open.throttleKey), rules.send, ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  return transact(ctx, async (tx) => {
    if (!(await useChallenge(tx, open.id, ctx.now))) return { kind: 'expired' }
    const next = await openChallenge(tx, { ...open, applicant: open.applicant ?? undefined, officerId: undefined, now: ctx.now })
    await enqueue(tx, { queue: sendCodeQueue, payload: { challengeId: next.id } })
    return { kind: 'sent', token: next.token }
  })
}
