import { comparisons, fileTypes, organisationParts, personParts, type Field, type PageRule } from '../definition.ts'
import { catalogueNames } from '../catalogue-entries.ts'
import { formats } from '../formats.ts'
import { listNames } from '../lists.ts'

/** How a property of a field is asked for, and read. */
export type BoxKind = 'pair' | 'long-pair' | 'flag' | 'number' | 'text' | 'select' | 'several' | 'condition' | 'formula' | 'bound' | 'day' | 'options' | 'names' | 'components'

export interface Box {
  /** The property, as in the definition. */
  readonly name: string
  readonly kind: BoxKind
  /** For 'select' and 'several'. */
  readonly values?: readonly string[]
}

const box = (name: string, kind: BoxKind, values?: readonly string[]): Box => ({ name, kind, ...(values && { values }) })

const before: readonly Box[] = [box('label', 'pair'), box('name', 'pair'), box('hint', 'long-pair'), box('required', 'flag')]
const after: readonly Box[] = [box('condition', 'condition'), box('autocomplete', 'text')]

/** The range of a number and of an age, from both ends. */
const range = [box('min', 'number'), box('max', 'number')]
const bounds = [box('min', 'bound'), box('max', 'bound')]
const ages = [box('minAge', 'number'), box('maxAge', 'number')]
const unit = [box('decimals', 'number'), box('unit', 'pair')]

const own: Readonly<Record<Field['type'], readonly Box[]>> = {
  'text': [box('minLength', 'number'), box('maxLength', 'number'), box('format', 'select', Object.keys(formats))],
  'long-text': [box('maxLength', 'number'), box('rows', 'number')],
  'person-name': [],
  'date': [...bounds, ...ages],
  'period': [...bounds, box('open', 'flag')],
  'address': [box('street', 'select', ['required', 'optional', 'none']), box('asOf', 'day')],
  'money': range,
  'number': [...range, ...unit],
  'calculated': [box('formula', 'formula'), box('as', 'select', ['number', 'money']), ...unit],
  'citizen-id': [box('birthDate', 'text'), box('sex', 'text')],
  'tax-code': [box('personal', 'flag')],
  'insurance-number': [],
  'phone': [box('mobile', 'flag')],
  'email': [],
  'choice': [box('options', 'options'), box('list', 'select', listNames), box('catalogue', 'select', catalogueNames), box('startsWith', 'text'), box('look', 'select', ['radios', 'select'])],
  'checkbox': [],
  'declaration': [],
  'file': [box('accept', 'several', fileTypes), box('maxBytes', 'number'), box('maxFiles', 'number'), box('component', 'text')],
  'group': [box('itemTitle', 'pair'), ...range, box('look', 'select', ['entries', 'table'])],
  'person': [box('parts', 'several', personParts), box('optional', 'several', personParts), box('self', 'flag'), ...ages, box('bornBy', 'bound')],
  'child': [box('parts', 'several', personParts), box('optional', 'several', personParts), ...ages, box('bornBy', 'bound')],
  'organisation': [box('parts', 'several', organisationParts), box('optional', 'several', organisationParts)],
}

export const fieldTypes = Object.keys(own) as Field['type'][]
/** A group holds what is no group itself. */
export const innerTypes = fieldTypes.filter((type) => type !== 'group' && type !== 'person' && type !== 'child' && type !== 'organisation')

export const boxesOf = (type: Field['type']): readonly Box[] => [...before, ...own[type], ...after]

/** Yes when nothing is said. */
export const trueUnlessTold = new Set(['required'])

/** A field of a kind with the least that it needs. */
export function blankField(id: string, type: Field['type'], label: { vi: string; en: string }): Field {
  const base = { id, label }
  switch (type) {
    case 'calculated': return { ...base, type, formula: { number: 0 } }
    case 'choice': return { ...base, type, options: [{ value: 'yes', label: { vi: 'Có', en: 'Yes' } }, { value: 'no', label: { vi: 'Không', en: 'No' } }] }
    case 'file': return { ...base, type, accept: [...fileTypes] }
    case 'group': return { ...base, type, min: 0, max: 5, itemTitle: label, fields: [] }
    case 'person': return { ...base, type, parts: ['name', 'birthDate', 'citizenId'] }
    case 'organisation': return { ...base, type, parts: ['name', 'taxCode'] }
    default: return { ...base, type }
  }
}

export const pageBoxes: readonly Box[] = [box('title', 'pair'), box('path', 'text'), box('guidance', 'long-pair'), box('condition', 'condition')]

/** Facts about the applicant, each by the field that says it. */
export const applicantFacts = ['name', 'citizenId', 'birthDate', 'sex', 'phone', 'email', 'address'] as const
export const headBoxes: readonly Box[] = [
  box('title', 'pair'), box('source', 'pair'), box('placeField', 'text'), ...applicantFacts.map((fact) => box(`applicant-${fact}`, 'text')), box('deliveryField', 'text'), box('feeField', 'text'), box('components', 'components'),
]

const said = [box('at', 'text'), box('message', 'long-pair')]
const several = [box('fields', 'names')]
export const ruleBoxes: Readonly<Record<PageRule['rule'], readonly Box[]>> = {
  atLeastOne: several,
  exactlyOne: several,
  different: several,
  compare: [box('left', 'text'), box('is', 'select', comparisons), box('right', 'text'), ...said],
  sum: [box('of', 'formula'), box('is', 'select', comparisons), box('than', 'formula'), ...said],
  implies: [box('if', 'condition'), box('then', 'condition'), ...said],
}
export const ruleKinds = Object.keys(ruleBoxes) as PageRule['rule'][]
