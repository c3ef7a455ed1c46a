import type { FieldError } from '../../../platform/errors.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { readableErrors, validateAnswers, valueAt, visibleAnswers, withValue, type Answers, type Env, type Form } from '../../forms/index.ts'
import { readCorrected } from '../correction/correctable-answers.ts'

/** What can be changed about who applies. Province and commune are not among them: they decide which agency is competent. */
export const changeableFacts = ['name', 'citizenId', 'birthDate', 'phone', 'email', 'street'] as const
export type ChangeableFact = (typeof changeableFacts)[number]
export interface KnownFact { fact: ChangeableFact; value: string }
export interface FactChange { fact: ChangeableFact; before: string; after: string }

const referenceOf = ({ definition: { applicant } }: Form, fact: ChangeableFact): string | undefined => (fact === 'street' ? applicant.address : applicant[fact])

function readFact(form: Form, answers: Answers, fact: ChangeableFact): string | undefined {
  const reference = referenceOf(form, fact)
  if (reference === undefined) return undefined
  const value = valueAt(answers, reference)
  if (fact !== 'street') return typeof value === 'string' ? value : ''
  return typeof value === 'object' && value !== null && 'street' in value && typeof value.street === 'string' ? value.street : undefined
}

/** The facts that the form asks for. Whoever has an account proved the number by logging in: it cannot become another's. */
export function knownFacts(form: Form, answers: Answers, { hasAccount }: { hasAccount: boolean }): KnownFact[] {
  return changeableFacts.flatMap((fact) => {
    const value = fact === 'citizenId' && hasAccount ? undefined : readFact(form, answers, fact)
    return value === undefined ? [] : [{ fact, value }]
  })
}

function withFact(form: Form, answers: Answers, fact: ChangeableFact, value: string): Answers {
  const reference = referenceOf(form, fact)!
  if (fact !== 'street') return withValue(answers, reference, value || undefined)
  return withValue(answers, reference, { ...(valueAt(answers, reference) as object), street: value })
}

/** The answers with facts as they shall be, and what is calculated from them. */
export const withFacts = (form: Form, answers: Answers, changes: readonly FactChange[]): Answers =>
  visibleAnswers(form, changes.reduce((all, { fact, after }) => withFact(form, all, fact, after), answers))

/** As people type it: dates 'dd/mm/yyyy', numbers with blanks between. */
function readTyped(fact: ChangeableFact, typed: string): string {
  const text = typed.trim().replace(/\s+/g, ' ')
  if (fact === 'birthDate') return readCorrected({ type: 'date' }, text)
  return fact === 'phone' || fact === 'citizenId' ? text.replace(/[ .]/g, '').replace(/^\+84/, '0') : text
}

export type Typed = Partial<Record<ChangeableFact, string>>

/** What differs from what is known; what was not typed stays. */
export function changesOf(known: readonly KnownFact[], typed: Typed): FactChange[] {
  return known.flatMap(({ fact, value: before }) => {
    const text = typed[fact]
    const after = text === undefined ? before : readTyped(fact, text)
    return after === before ? [] : [{ fact, before, after }]
  })
}

/** What the form’s own rules say against the changes, each at its fact; mistakes that were filed already are not theirs. */
export function checkChanges(form: Form, answers: Answers, changes: readonly FactChange[], env: Env, lang: Lang): FieldError[] {
  const known = new Set(validateAnswers(form, answers, env).map((m) => `${m.field} ${m.key}`))
  const fresh = validateAnswers(form, withFacts(form, answers, changes), env).filter((m) => !known.has(`${m.field} ${m.key}`))
  const factOf = (field: string): ChangeableFact => (changes.find(({ fact }) => field.startsWith(referenceOf(form, fact)!)) ?? changes[0]!).fact
  return fresh.map((mistake) => ({ ...readableErrors(form, [mistake], lang)[0]!, field: factOf(mistake.field) }))
}
