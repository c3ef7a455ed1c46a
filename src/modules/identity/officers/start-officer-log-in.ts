import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { openChallenge } from '../access/challenge.store.ts'
import { officerThrottle } from '../access/access-rule.ts'
import { countAttempt, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { findSecrets } from './officer.store.ts'
import { verifyNobody, verifyPassword } from './password.ts'

export type PasswordOutcome = { kind: 'second-factor'; token: string } | { kind: 'wrong' } | { kind: 'wait'; seconds: number }

/**
 * First step of an officer's log-in. An unknown name costs the same time and gets the same answer as a wrong password. The count of the
 * account is only wiped out when the second factor was right too.
 */
export async function startOfficerLogIn(ctx: Ctx, input: { login: string; password: string; returnTo: string; source: string }): Promise<PasswordOutcome> {
  const { node, now } = ctx
  const accountKey = throttleKey(node, rules.account, `officer ${input.login.toLowerCase()}`)
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now) || await countAttempt(ctx.db, accountKey, await officerThrottle(ctx.db, now), now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const officer = await findSecrets(ctx.db, input.login)
  const isRight = officer?.passwordHash ? await verifyPassword(input.password, officer.passwordHash) : await verifyNobody(input.password)
  return transact(ctx, async (tx) => {
    if (!isRight || officer?.state !== 'active') {
      await appendEvent(tx, ctx, { type: 'identity.log_in_failed', subject: officer?.id ?? 'unknown', data: { reason: 'password', purpose: 'officer' } })
      return { kind: 'wrong' }
    }
    await giveBack(tx, accountKey)
    await giveBack(tx, sourceKey)
    const { token } = await openChallenge(tx, { purpose: 'officer', officerId: officer.id, throttleKey: accountKey, returnTo: input.returnTo, lang: ctx.lang, now })
    return { kind: 'second-factor', token }
  })
}
