import type { AddressAnswer, Answers } from './answers.ts'
import { isEmpty } from './answers.ts'
import type { Form } from './compile-form.ts'
import { visibleAnswers } from './path-of.ts'
import { valueAt, withValue } from './read-reference.ts'
import { addressOf } from './fields/address.ts'

/** Who applies, as the form says. */
export interface Applicant { name: string; citizenId: string; birthDate?: string; sex?: string; phone?: string; email?: string; address?: AddressAnswer }

/** Reads the applicant from answers by the mapping of the definition. */
export function applicantOf(form: Form, answers: Answers): Applicant {
  const { applicant: fields } = form.definition
  const read = (id: string | undefined): string | undefined => {
    const value = id === undefined ? undefined : valueAt(answers, id)
    return typeof value === 'string' ? value : undefined
  }
  const optional = Object.fromEntries((['birthDate', 'sex', 'phone', 'email'] as const).flatMap((fact) => {
    const value = read(fields[fact])
    return value === undefined ? [] : [[fact, value]]
  }))
  const address = fields.address === undefined ? undefined : valueAt(answers, fields.address)
  return { name: read(fields.name) ?? '', citizenId: read(fields.citizenId) ?? '', ...optional, ...(isEmpty(address) ? {} : { address: addressOf(address) }) }
}

/** Code of the commune that decides which agency is competent; undefined while it is not chosen. */
export function placeOf(form: Form, answers: Answers): string | undefined {
  return addressOf(valueAt(answers, form.definition.placeField)).commune
}

/** How the result is to come, where the form itself asks it: the caller need not ask again. */
export function deliveryOf(form: Form, answers: Answers): 'desk' | 'post' | 'online' | undefined {
  const { deliveryField } = form.definition
  const value = deliveryField === undefined ? undefined : answers[deliveryField]
  return value === 'desk' || value === 'post' || value === 'online' ? value : undefined
}

/** What the person has to pay, in đồng, where it follows from the answers; undefined where it does not, or not yet. */
export function feeOf(form: Form, answers: Answers): number | undefined {
  const { feeField } = form.definition
  const value = feeField === undefined ? undefined : visibleAnswers(form, answers)[feeField]
  return typeof value === 'number' ? value : undefined
}

/** What is known of a person: as applicant, and what else a person says about himself. */
export interface KnownFacts extends Partial<Applicant> { ethnicity?: string; nationality?: string; birthPlace?: AddressAnswer; hometown?: AddressAnswer }

const selfFacts = ['ethnicity', 'nationality', 'birthPlace', 'hometown', 'sex', 'residence'] as const

/** Which answer says which fact about who applies: those that the form names, and those of the person who types about himself. */
function placesOfFacts(form: Form): Map<keyof KnownFacts, string> {
  const named = Object.entries(form.definition.applicant).flatMap(([fact, reference]) => (reference === undefined ? [] : [[fact as keyof KnownFacts, reference] as const]))
  const self = [...form.fields.values()].map(({ field }) => field).find((field) => field.type === 'person' && field.self === true)
  const parts = self?.type === 'person' ? selfFacts.filter((part) => self.parts.includes(part)).map((part) => [part === 'residence' ? 'address' : part, `${self.id}.${part}`] as const) : []
  return new Map([...parts, ...named])
}

/** What answers say about who applied. */
export function factsOf(form: Form, answers: Answers): KnownFacts {
  return Object.fromEntries([...placesOfFacts(form)].flatMap(([fact, reference]) => {
    const value = valueAt(answers, reference)
    return isEmpty(value) ? [] : [[fact, value]]
  }))
}

/**
 * Answers that are filled in beforehand from what is known, for what the draft does not have yet. `filled` names the fields, so that the page can
 * say where the values came from and the person confirms them.
 */
export function prefill(form: Form, known: KnownFacts, draft: Answers = {}): { answers: Answers; filled: string[] } {
  let answers: Answers = { ...draft }
  const filled: string[] = []
  for (const [fact, id] of placesOfFacts(form)) {
    const value = known[fact]
    if (isEmpty(value) || !isEmpty(valueAt(answers, id))) continue
    answers = withValue(answers, id, value)
    filled.push(id)
  }
  return { answers, filled }
}
