import { transact, type Ctx } from '../../../platform/ctx.ts'
import { countAttempt, rules, throttleKey } from '../access/throttle.ts'
import { insertLogIn, type Audience } from './certificate-log-in.store.ts'

/** Opens a log-in by the TLS listener or by a signed file. */
export async function startCertificateLogIn(ctx: Ctx, input: { road: 'tls' | 'file'; audience: Audience; returnTo: string; source: string }): Promise<{ kind: 'open'; id: string; token: string } | { kind: 'wait'; seconds: number }> {
  const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, rules.sendSource, input.source), rules.sendSource, ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const { road, audience, returnTo } = input
  return transact(ctx, async (tx) => ({ kind: 'open', ...(await insertLogIn(tx, { road, audience, returnTo, lang: ctx.lang, now: ctx.now })) }))
}
