import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countAttempt, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { findLogIn, markProved, takeLogInTry } from './certificate-log-in.store.ts'
import { challengeText } from './challenge-text.ts'
import { signerOf, type HandedIn } from './check-signature.ts'

export type ProofOutcome = { kind: 'proved' } | { kind: 'wrong' } | { kind: 'expired' } | { kind: 'wait'; seconds: number }

/** The signed file comes back: whoever signed our text has the key. What the certificate is worth is judged when the log-in is finished. */
export async function proveBySignature(ctx: Ctx, input: HandedIn & { stepToken: string | undefined; source: string }): Promise<ProofOutcome> {
  const { node, now } = ctx
  const open = await findLogIn(ctx.db, input.stepToken, { road: 'file', isProved: false }, now)
  if (!open) return { kind: 'expired' }
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  if (!(await takeLogInTry(ctx.db, open.id))) return { kind: 'expired' }
  const signer = signerOf(challengeText(node, open), input)
  if (!signer) {
    await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'identity.log_in_failed', subject: 'unknown', data: { reason: 'signature', purpose: open.audience } }))
    return { kind: 'wrong' }
  }
  await giveBack(ctx.db, sourceKey)
  return (await markProved(ctx.db, open.id, signer, now)) ? { kind: 'proved' } : { kind: 'expired' }
}
