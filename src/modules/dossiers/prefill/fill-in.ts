import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { ethnicities, loadUnits, prefill, type Answers, type Form, type KnownFacts, type Units } from '../../forms/index.ts'
import type { RegisteredRecord } from '../../identity/index.ts'
import { knownOf } from '../known-of.ts'
import { earlierFacts } from './earlier-facts.ts'
import type { FilledAnswer } from './source.ts'

/**
 * The answers with which a draft begins: from the account, what that does not know from the population register where the person had it asked, and then from
 * earlier dossiers. Each says where it comes from.
 */
export async function fillIn(ctx: Ctx, person: Person, form: Form, register?: RegisteredRecord): Promise<{ answers: Answers; filled: FilledAnswer[] }> {
  const known = await knownOf(ctx, person)
  const [earlier, units] = await Promise.all([earlierFacts(ctx, person, known.citizenId), loadUnits(ctx.db, ctx.now)])
  let answers: Answers = {}
  const filled: FilledAnswer[] = []
  for (const { source, facts } of [{ source: { from: 'account' as const }, facts: known }, ...(register ? [{ source: { from: 'register' as const, day: civilDate(ctx.now) }, facts: factsOfRegister(register) }] : []), ...earlier]) {
    const done = prefill(form, withPlacesOf(facts, units), answers)
    answers = done.answers
    filled.push(...done.filled.map((field) => ({ ...source, field })))
  }
  return { answers, filled }
}

const lettersOf = (name: string): string => name.toLocaleLowerCase('vi').replace(/\P{L}/gu, '')

/** The register writes an ethnic group by name ("Gia Rai"), forms keep its code. */
function factsOfRegister({ sex, ethnicity, residence, hometown }: RegisteredRecord): KnownFacts {
  const code = ethnicity && ethnicities.find(([, name]) => lettersOf(name) === lettersOf(ethnicity))?.[0]
  return { ...(sex && { sex }), ...(code && { ethnicity: code }), ...(residence && { address: residence }), ...(hometown && { hometown }) }
}

const places = ['address', 'birthPlace', 'hometown'] as const

/** Without the places whose unit is no more: the person chooses again by its new name. */
function withPlacesOf(facts: KnownFacts, units: Units): KnownFacts {
  const gone = places.filter((place) => facts[place]?.commune !== undefined && !units.commune(facts[place].commune))
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !gone.some((place) => place === name)))
}
