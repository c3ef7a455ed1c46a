import type { Person } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Applicant } from '../forms/index.ts'
import { accountContact, representedFacts } from '../identity/index.ts'

/**
 * What forms are filled in with: the data of the person, or of the party that he acts for. Telephone and mail are then those of who acts,
 * unless the party has its own here: that is who will answer.
 */
export async function knownOf(ctx: Ctx, person: Person): Promise<Partial<Applicant>> {
  const { actingFor } = person
  const [own, party, facts] = await Promise.all([
    accountContact(ctx.db, person.id),
    actingFor?.kind === 'person' && actingFor.id ? accountContact(ctx.db, actingFor.id) : undefined,
    actingFor ? representedFacts(ctx.db, person.id, actingFor.mandateId, ctx.now) : undefined,
  ])
  const contact = party ?? own
  const reach = contact ? { phone: contact.phone, ...(contact.email ? { email: contact.email } : {}) } : {}
  if (!actingFor) return own ? { name: own.fullName, citizenId: own.idNumber, birthDate: own.birthDate, ...reach } : {}
  return { name: actingFor.name, ...(facts?.idNumber ? { citizenId: facts.idNumber } : {}), ...(facts?.birthDate ? { birthDate: facts.birthDate } : {}), ...reach }
}
