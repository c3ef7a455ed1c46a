import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { loadUnits, prefill, type Answers, type Form, type KnownFacts, type Units } from '../../forms/index.ts'
import { knownOf } from '../known-of.ts'
import { earlierFacts } from './earlier-facts.ts'
import type { FilledAnswer } from './source.ts'

/** The answers with which a draft begins: from the account, and what that does not know from earlier dossiers. Each says where it comes from. */
export async function fillIn(ctx: Ctx, person: Person, form: Form): Promise<{ answers: Answers; filled: FilledAnswer[] }> {
  const known = await knownOf(ctx, person)
  const [earlier, units] = await Promise.all([earlierFacts(ctx, person, known.citizenId), loadUnits(ctx.db, ctx.now)])
  let answers: Answers = {}
  const filled: FilledAnswer[] = []
  for (const { source, facts } of [{ source: { from: 'account' as const }, facts: known }, ...earlier]) {
    const done = prefill(form, withPlacesOf(facts, units), answers)
    answers = done.answers
    filled.push(...done.filled.map((field) => ({ ...source, field })))
  }
  return { answers, filled }
}

const places = ['address', 'birthPlace', 'hometown'] as const

/** Without the places whose unit is no more: the person chooses again by its new name. */
function withPlacesOf(facts: KnownFacts, units: Units): KnownFacts {
  const gone = places.filter((place) => facts[place]?.commune !== undefined && !units.commune(facts[place].commune))
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !gone.some((place) => place === name)))
}
