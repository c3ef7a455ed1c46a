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

/**
 * Answers that a person's account fills in beforehand, for what the draft does not have yet. `filled` names the fields, so that the page can
 * say where the values came from and the person confirms them.
 */
export function prefill(form: Form, known: Partial<Applicant>, draft: Answers = {}): { answers: Answers; filled: string[] } {
  let answers: Answers = { ...draft }
  const filled: string[] = []
  for (const [fact, id] of Object.entries(form.definition.applicant)) {
    const value = known[fact as keyof Applicant]
    if (id === undefined || isEmpty(value) || !isEmpty(valueAt(answers, id))) continue
    answers = withValue(answers, id, value)
    filled.push(id)
  }
  return { answers, filled }
}
