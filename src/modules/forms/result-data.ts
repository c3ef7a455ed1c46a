import { formatDate, formatNumber } from '../../platform/i18n.ts'
import { isRecord, type Answers, type Units } from './answers.ts'
import type { Form } from './compile-form.ts'
import type { SimpleField } from './definition.ts'
import { dateInWords } from './date-in-words.ts'
import { kindOf } from './fields/kinds.ts'

/** Words and figures for the template of a result, in Vietnamese: results are official papers. */
export type ResultData = Record<string, unknown>

interface Source {
  answers: Answers
  /** The printed answer of a field, '' where there is none. */
  text(id: string): string
}

const mappings: Readonly<Record<string, (source: Source) => ResultData>> = {
  'driving-licence': ({ text, answers }) => ({
    holder: text('applicantName'), birthDate: text('birthDate'), sex: text('sex'), citizenId: text('applicantId'), residence: text('residence'),
    formerNumber: text('licenceNumber'), class: answers.licenceClass ?? '', firstIssued: text('licenceIssued'), expires: text('licenceExpires'), portrait: firstFile(answers.portrait),
  }),
  'birth-certificate': ({ text, answers }) => ({
    name: text('childName'), birthDate: text('childBirthDate'), birthDateInWords: typeof answers.childBirthDate === 'string' ? dateInWords(answers.childBirthDate) : '',
    sex: text('childSex'), ethnicity: text('childEthnicity'), nationality: text('childNationality'), hometown: text('hometown'),
    birthPlace: [text('facilityName'), text('birthPlace')].filter(Boolean).join(', '), registrationPlace: text('registrationPlace'),
    mother: parent('mother', text), father: parent('father', text),
    requester: { name: text('requesterName'), citizenId: text('requesterId'), relation: text('relation') }, copies: answers.copies ?? 0,
  }),
  'household-business-certificate': ({ text, answers }) => ({
    name: `Hộ kinh doanh ${text('businessName')}`, shortName: text('shortName'), address: text('businessAddress'), phone: text('businessPhone'),
    capital: text('capital'), workers: typeof answers.workers === 'number' ? formatNumber(answers.workers, 'vi') : '', startDate: text('startDate'),
    industries: entries(answers.industries).map(({ code, name }, i) => ({ number: i + 1, code, name, main: i === 0 })),
    owner: { name: text('ownerName'), birthDate: text('ownerBirthDate'), sex: text('ownerSex'), citizenId: text('ownerId'), address: text('ownerAddress') },
    members: entries(answers.members).map(({ name, birthDate, citizenId }) => ({ name, birthDate: typeof birthDate === 'string' ? formatDate(birthDate) : '', citizenId })),
  }),
}

export const resultDataKeys: readonly string[] = Object.keys(mappings)

const entries = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : [])
const firstFile = (value: unknown): unknown => entries(value)[0]?.id ?? null

function parent(who: 'mother' | 'father', text: Source['text']): ResultData | null {
  if (text(`${who}Name`) === '') return null
  return { name: text(`${who}Name`), birthDate: text(`${who}BirthDate`), ethnicity: text(`${who}Ethnicity`), nationality: text(`${who}Nationality`), citizenId: text(`${who}Id`), address: text(`${who}Address`) }
}

/** The data of a form's result from its answers, by the mapping that the definition names; undefined where it names none. */
export function resultDataOf(form: Form, answers: Answers, units: Units): ResultData | undefined {
  const mapping = form.definition.resultData === undefined ? undefined : mappings[form.definition.resultData]
  return mapping?.({
    answers,
    text(id) {
      const field = form.fields.get(id)?.field as SimpleField | undefined
      return field && answers[id] !== undefined ? kindOf(field).print(field, answers[id], 'vi', units) : ''
    },
  })
}
