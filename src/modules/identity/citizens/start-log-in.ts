import { transact, type Ctx } from '../../../platform/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { openChallenge } from '../access/challenge.store.ts'
import { countAttempts, rules, sendKey, throttleKey } from '../access/throttle.ts'
import { findAccountByIdNumber } from './account.store.ts'
import { sendCodeQueue } from './send-code.ts'

/**
 * First step of a log-in: a code goes to the phone of the account. An id number without an account gets the same answer with the same
 * work behind it, so that nobody learns here who has one.
 */
export async function startLogIn(ctx: Ctx, input: { idNumber: string; returnTo: string; source: string }): Promise<{ kind: 'sent'; token: string } | { kind: 'wait'; seconds: number }> {
  const { node, now } = ctx
  const accountKey = throttleKey(node, rules.account, input.idNumber)
  const seconds = await countAttempts(ctx.db, [{ key: throttleKey(node, rules.sendSource, input.source), rule: rules.sendSource }, { key: sendKey(accountKey), rule: rules.send }], now)
  if (seconds > 0) return { kind: 'wait', seconds }
  return transact(ctx, async (tx) => {
    const account = await findAccountByIdNumber(tx, input.idNumber)
    const challenge = await openChallenge(tx, {
      purpose: 'log-in', accountId: account?.state === 'active' ? account.id : null, returnTo: input.returnTo, lang: ctx.lang, now,
      throttleKey: accountKey,
    })
    await enqueue(tx, { queue: sendCodeQueue, payload: { challengeId: challenge.id } })
    return { kind: 'sent', token: challenge.token }
  })
}
