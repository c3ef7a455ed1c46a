import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { findAccount } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { askBusinessRegister } from './business-register.client.ts'
import { recogniseOrganisation } from './recognise-organisation.ts'

export type OpenOutcome =
  | { kind: 'opened'; organisationId: string; mandateId: string }
  /** Not in the register, not active, or represented by somebody else: one answer, so that the register cannot be leafed through. */
  | { kind: 'not-yours' }
  | { kind: 'unavailable' }

/**
 * Opens the account of an organisation by its legal representative. The source is asked before anything exists (Decision 31/2021, art. 9–10).
 * @throws ACCOUNT_NOT_FOUND
 */
export async function openOrganisation(ctx: Ctx, person: Person, taxCode: string): Promise<OpenOutcome> {
  const account = await findAccount(ctx.db, person.id)
  if (!account) throw errors.ACCOUNT_NOT_FOUND()
  const answer = await askBusinessRegister(ctx.node, taxCode)
  if (answer.kind === 'unavailable') return { kind: 'unavailable' }
  if (answer.kind === 'unknown' || answer.organisation.state !== 'active' || answer.organisation.representativeIdNumber !== account.idNumber) return { kind: 'not-yours' }
  const { name } = answer.organisation
  return transact(ctx, async (tx) => ({ kind: 'opened', ...(await recogniseOrganisation(tx, ctx, { taxCode, name, representativeAccountId: person.id })) }))
}
