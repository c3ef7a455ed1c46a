import type { FieldError } from '../../../platform/errors.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { plainText } from '../../../platform/plain-text.ts'
import { readableErrors, validateAnswers, valueAt, visibleAnswers, withValue, type Answers, type Env, type Form, type Units } from '../../forms/index.ts'
import { readCorrected } from '../correction/correctable-answers.ts'

/** What can be changed about who applies. The value of a province or commune is its code, of the sex 'male' or 'female', of a date 'YYYY-MM-DD'. */
export const changeableFacts = ['name', 'citizenId', 'birthDate', 'sex', 'phone', 'email', 'province', 'commune', 'street'] as const
export type ChangeableFact = (typeof changeableFacts)[number]
export const sexes = ['male', 'female'] as const
type AddressPart = 'province' | 'commune' | 'street'
const isAddressPart = (fact: ChangeableFact): fact is AddressPart => fact === 'province' || fact === 'commune' || fact === 'street'
/** The commune that decides which agency is competent stays: another one is another agency's dossier. */
const decidesAgency = ({ definition: { applicant, placeField } }: Form, fact: ChangeableFact): boolean => (fact === 'province' || fact === 'commune') && applicant.address === placeField
export interface KnownFact { fact: ChangeableFact; value: string }
export interface FactChange { fact: ChangeableFact; before: string; after: string }

const referenceOf = ({ definition: { applicant } }: Form, fact: ChangeableFact): string | undefined => (isAddressPart(fact) ? applicant.address : applicant[fact])

function readFact(form: Form, answers: Answers, fact: ChangeableFact): string | undefined {
  const reference = referenceOf(form, fact)
  if (reference === undefined) return undefined
  const value = valueAt(answers, reference)
  if (!isAddressPart(fact)) return typeof value === 'string' ? value : ''
  const part = typeof value === 'object' && value !== null ? (value as Answers)[fact] : undefined
  return typeof part === 'string' ? part : undefined
}

/** The facts that the form asks for. Whoever has an account proved the number by logging in: it cannot become another's. */
export function knownFacts(form: Form, answers: Answers, { hasAccount }: { hasAccount: boolean }): KnownFact[] {
  return changeableFacts.flatMap((fact) => {
    const value = (fact === 'citizenId' && hasAccount) || decidesAgency(form, fact) ? undefined : readFact(form, answers, fact)
    return value === undefined ? [] : [{ fact, value }]
  })
}

function withFact(form: Form, answers: Answers, fact: ChangeableFact, value: string): Answers {
  const reference = referenceOf(form, fact)!
  return withValue(answers, reference, isAddressPart(fact) ? { ...(valueAt(answers, reference) as object), [fact]: value } : value || undefined)
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

/** A commune of a province by its code or its name, with or without its kind; undefined where none or several bear it. */
export function findCommune(units: Pick<Units, 'communes'>, province: string, typed: string): string | undefined {
  const wanted = plainText(typed)
  const communes = units.communes(province)
  const byName = communes.filter(({ name }) => plainText(name.vi) === wanted)
  const found = byName.length > 0 ? byName : communes.filter(({ code, name }) => code === typed || plainText(name.vi).replace(/^(xa|phuong|thi tran|dac khu) /, '') === wanted || plainText(name.en) === wanted)
  return found.length === 1 ? found[0]!.code : undefined
}

export type Typed = Partial<Record<ChangeableFact, string>>

/** What differs from what is known; what was not typed stays. A commune that the province does not have stands as it was typed. */
export function changesOf(known: readonly KnownFact[], typed: Typed, units: Pick<Units, 'communes'>): FactChange[] {
  const province = typed.province ?? known.find(({ fact }) => fact === 'province')?.value ?? ''
  return known.flatMap(({ fact, value: before }) => {
    const text = typed[fact]
    const read = text === undefined ? before : readTyped(fact, text)
    const after = fact === 'commune' ? findCommune(units, province, read) ?? read : read
    return after === before ? [] : [{ fact, before, after }]
  })
}

/** What the form’s own rules say against the changes, each at its fact; mistakes that were filed already are not theirs. */
export function checkChanges(form: Form, answers: Answers, changes: readonly FactChange[], env: Env, lang: Lang): FieldError[] {
  const wrong = placeMistake(form, withFacts(form, answers, changes), changes, env)
  return [...checkByForm(form, answers, wrong ? changes.filter(({ fact }) => fact !== 'province' && fact !== 'commune') : changes, env, lang), ...(wrong ? [wrong] : [])]
}

/** The commune is one of the province: said in the words of a box in which one types, not of the lists of the form. */
function placeMistake(form: Form, after: Answers, changes: readonly FactChange[], { units }: Env): FieldError | undefined {
  if (!changes.some(({ fact }) => fact === 'province' || fact === 'commune')) return undefined
  const { province, commune } = valueAt(after, form.definition.applicant.address!) as Record<string, string>
  return units.commune(commune ?? '')?.province === province ? undefined : { field: 'commune', key: 'dossiers.applicantChange.communeUnknown' }
}

function checkByForm(form: Form, answers: Answers, changes: readonly FactChange[], env: Env, lang: Lang): FieldError[] {
  const known = new Set(validateAnswers(form, answers, env).map((m) => `${m.field} ${m.key}`))
  const fresh = validateAnswers(form, withFacts(form, answers, changes), env).filter((m) => !known.has(`${m.field} ${m.key}`))
  const factOf = (field: string): ChangeableFact => (changes.find(({ fact }) => field.startsWith(referenceOf(form, fact)!)) ?? changes[0]!).fact
  return fresh.map((mistake) => ({ ...readableErrors(form, [mistake], lang)[0]!, field: factOf(mistake.field) }))
}
