import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAccount } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { findActingRight, type ActingRightSeen } from './acting.ts'
import { askBusinessRegister } from './business-register.client.ts'
import { mandateRules } from './mandate-rules.ts'
import { findOrganisation } from './organisations.store.ts'
import { recheckOrganisation } from './recheck-organisation.ts'
import { setActing } from './session-mandate.store.ts'

/**
 * From now on this session acts for the represented party ("thực hiện thay"). For an organisation the business register is asked who
 * represents it; a register that does not answer is forgiven while its last answer is fresh enough.
 * @throws MANDATE_NOT_FOUND when the mandate is another person's or lets nobody act now, REGISTER_UNAVAILABLE
 */
export async function startActing(ctx: Ctx, person: Person, mandateId: string): Promise<void> {
  const seen = await findActingRight(ctx.db, person.id, mandateId, ctx.now)
  if (!seen) throw errors.MANDATE_NOT_FOUND()
  if (seen.kind === 'organisation') await assertStillRepresented(ctx, person, seen)
  await transact(ctx, async (tx) => {
    if (!(await findActingRight(tx, person.id, mandateId, ctx.now))) throw errors.MANDATE_NOT_FOUND()
    await setActing(tx, person.sessionId, mandateId)
    await appendEvent(tx, ctx, { type: 'identity.acting_started', subject: mandateId, data: { sessionId: person.sessionId } })
  })
}

/** At the national node with all consequences; a local node asks only about the representative himself, whose number it knows. */
async function assertStillRepresented(ctx: Ctx, person: Person, right: ActingRightSeen): Promise<void> {
  if (right.partyId) {
    if (await recheckOrganisation(ctx, right.partyId) === 'checked') return
    const [organisation, { registerHours }] = await Promise.all([findOrganisation(ctx.db, right.partyId), mandateRules(ctx.db, ctx.now)])
    if (!organisation || ctx.now.getTime() - organisation.checkedAt.getTime() > registerHours * 3_600_000) throw errors.REGISTER_UNAVAILABLE()
    return
  }
  if (right.ground !== 'representative' || !right.facts.taxCode) return
  const [answer, account] = await Promise.all([askBusinessRegister(ctx.node, right.facts.taxCode), findAccount(ctx.db, person.id)])
  if (answer.kind === 'unknown' || (answer.kind === 'found' && (answer.organisation.state !== 'active' || answer.organisation.representativeIdNumber !== account?.idNumber))) throw errors.MANDATE_NOT_FOUND()
}
