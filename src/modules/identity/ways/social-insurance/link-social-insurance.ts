import type { Person } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { giveBack, rules, throttleKey } from '../../access/throttle.ts'
import { findAccount } from '../../citizens/account.store.ts'
import { countRegistration } from '../../citizens/start-registration.ts'
import { errors } from '../../identity.errors.ts'
import { linkExternal, unlinkExternal } from '../external-identifier.store.ts'
import { askSocialInsuranceRegister } from './social-insurance-register.client.ts'

export type LinkOutcome = { kind: 'linked' } | { kind: 'wait'; seconds: number } | { kind: 'mismatch' | 'unavailable' }

/** Makes a person's account known by his social-insurance number, once its register says that it is his. */
export async function linkSocialInsurance(ctx: Ctx & { actor: Person }, input: { socialInsurance: string; source: string }): Promise<LinkOutcome> {
  const { socialInsurance, source } = input
  const account = (await findAccount(ctx.db, ctx.actor.id))!
  // Counted by who asks: a person may try his own few numbers, and not those of others.
  const seconds = await countRegistration(ctx, { source, number: account.idNumber })
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askSocialInsuranceRegister(ctx.node, { socialInsurance, fullName: account.fullName, birthDate: account.birthDate })
  if (answer.kind === 'unavailable') return answer
  if (answer.kind === 'mismatch' || answer.idNumber !== account.idNumber) return { kind: 'mismatch' }
  await transact(ctx, async (tx) => {
    if (!(await linkExternal(tx, { scheme: 'social-insurance', value: socialInsurance, accountId: account.id, now: ctx.now }))) throw errors.IDENTITY_LINKED_ELSEWHERE()
    await appendEvent(tx, ctx, { type: 'identity.number_linked', subject: account.id, data: { scheme: 'social-insurance' } })
  })
  await giveBack(ctx.db, throttleKey(ctx.node, rules.registerSource, source))
  return { kind: 'linked' }
}

/** The account is no longer known by the number; nothing happens where it is not. */
export async function unlinkSocialInsurance(ctx: Ctx & { actor: Person }): Promise<void> {
  await transact(ctx, async (tx) => {
    if (await unlinkExternal(tx, 'social-insurance', ctx.actor.id)) await appendEvent(tx, ctx, { type: 'identity.number_unlinked', subject: ctx.actor.id, data: { scheme: 'social-insurance' } })
  })
}
