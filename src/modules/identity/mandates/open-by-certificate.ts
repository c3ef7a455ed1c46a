import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { findAccount } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { askBusinessRegister, type BusinessAnswer } from './business-register.client.ts'
import { findOrganisationByTaxCode, findRepresentation } from './organisations.store.ts'
import { recogniseOrganisation } from './recognise-organisation.ts'

export interface PresentedOrganisation { taxCode: string; name: string; answer: BusinessAnswer }

/** Asked before any transaction: the register takes its time. */
export async function hearAbout(ctx: Ctx, certificate: { taxCode: string; name: string }): Promise<PresentedOrganisation> {
  return { ...certificate, answer: await askBusinessRegister(ctx.node, certificate.taxCode) }
}

/**
 * A person who is logged in proved the key of an organisation's certificate (Decision 31/2021, art. 10). The token may lie in anybody's hand, so the
 * register has the word on who represents; while it does not answer, the certificate is believed where nobody represents the organisation yet, and the
 * register is asked again soon. Undefined: the person does not represent it. @throws ACCOUNT_NOT_FOUND
 */
export async function openByCertificate(tx: Tx, ctx: Ctx, person: Person, { taxCode, name, answer }: PresentedOrganisation): Promise<string | undefined> {
  const account = await findAccount(tx, person.id)
  if (!account) throw errors.ACCOUNT_NOT_FOUND()
  const isNamed = answer.kind === 'found' && answer.organisation.state === 'active' && answer.organisation.representativeIdNumber === account.idNumber
  if (!isNamed && !(answer.kind === 'unavailable' && (await isFree(tx, taxCode, person.id)))) return undefined
  const { organisationId } = await recogniseOrganisation(tx, ctx, { taxCode, name: answer.kind === 'found' ? answer.organisation.name : name, representativeAccountId: person.id })
  return organisationId
}

async function isFree(tx: Tx, taxCode: string, personId: string): Promise<boolean> {
  const known = await findOrganisationByTaxCode(tx, taxCode)
  const standing = known && (await findRepresentation(tx, known.id))
  return !standing || standing.accountId === personId
}
