import type { Ctx } from '../../../../platform/ctx.ts'
import { askPopulationRegister } from '../../citizens/population-register.client.ts'
import type { Registration } from '../../citizens/registration.form.ts'
import { countRegistration, sendRegistrationCode, type StartOutcome } from '../../citizens/start-registration.ts'
import { askSocialInsuranceRegister } from './social-insurance-register.client.ts'

export type InsuredApplicant = Omit<Registration, 'idNumber'> & { socialInsurance: string }

/**
 * First step of a registration by social-insurance number: that register says whose number it is, the population register confirms the
 * person, and only then a code goes out. From outside it looks the same whether or not the person has an account.
 */
export async function startSocialInsuranceRegistration(ctx: Ctx, input: { person: InsuredApplicant; returnTo: string; source: string }): Promise<StartOutcome> {
  const { person, returnTo, source } = input
  const seconds = await countRegistration(ctx, { source, number: person.socialInsurance, phone: person.phone })
  if (seconds > 0) return { kind: 'wait', seconds }
  const insured = await askSocialInsuranceRegister(ctx.node, person)
  if (insured.kind !== 'match') return { kind: insured.kind }
  const confirmed = await askPopulationRegister(ctx.node, { ...person, idNumber: insured.idNumber })
  if (confirmed.kind !== 'match') return { kind: confirmed.kind }
  return sendRegistrationCode(ctx, { way: 'social-insurance', returnTo, applicant: { ...person, idNumber: insured.idNumber, fullName: confirmed.fullName } })
}
