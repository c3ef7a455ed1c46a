import type { Ctx } from '../../../platform/ctx.ts'
import { countAndOpenChallenge } from '../access/challenge.store.ts'
import { rules, sendKey, throttleKey } from '../access/throttle.ts'
import { findAccountByExternal } from '../ways/external-identifier.store.ts'
import { findAccountByIdNumber, mayLogIn } from './account.store.ts'
import { sendCodeQueue } from './send-code.ts'

/** The number that was typed; the code goes to the telephone of its account. */
export type LogInByCode = ({ idNumber: string } | { socialInsurance: string }) & { returnTo: string; source: string }

/**
 * First step of a log-in: a code goes to the phone of the account. A number without an account gets the same answer with the same work
 * behind it, so that nobody learns here who has one. An account has one budget of codes and guesses, by whichever number it is named.
 */
export async function startLogIn(ctx: Ctx, input: LogInByCode): Promise<{ kind: 'sent'; token: string } | { kind: 'wait'; seconds: number }> {
  const { node, now } = ctx
  const [way, number] = 'idNumber' in input ? (['phone', input.idNumber] as const) : (['social-insurance', input.socialInsurance] as const)
  const account = way === 'phone' ? await findAccountByIdNumber(ctx.db, number) : await findAccountByExternal(ctx.db, way, number)
  const accountKey = throttleKey(node, rules.account, account?.idNumber ?? number)
  const challenge = { purpose: 'log-in' as const, way, accountId: account && mayLogIn(account) ? account.id : null, returnTo: input.returnTo, lang: ctx.lang, now, throttleKey: accountKey }
  const attempts = [{ key: throttleKey(node, rules.sendSource, input.source), rule: rules.sendSource }, { key: sendKey(accountKey), rule: rules.send }]
  const { seconds, token } = await countAndOpenChallenge(ctx.db, challenge, attempts, sendCodeQueue)
  return seconds > 0 ? { kind: 'wait', seconds } : { kind: 'sent', token }
}
