import { z } from 'zod'
import { bilingual, bound, civil, condition, fieldId as id, fixedDay, formula, pageRule, reference, slug, type Bilingual } from './definition-parts.ts'

export type { Bilingual, Bound, Comparison, Condition, FixedDay, Formula, PageRule } from './definition-parts.ts'
export { comparisons, pageRule as ruleShape } from './definition-parts.ts'

/**
 * Terminology. A form definition ("biểu mẫu điện tử") is data: pages of fields with conditions, in both languages, versioned, never edited
 * after publishing. One definition drives the page, the check at the server, the schema of the API, the printed summary and every message.
 * Answers are one JSON object: field id → value. A composed field (person, child, organisation) holds an object of its parts, a `group` a list of
 * objects of its own fields; parts are named 'bride.birthDate'.
 */
const base = {
  id,
  label: bilingual,
  /** How messages and summaries call the field where the label is a question: "ngày sinh". The label when absent. */
  name: bilingual.optional(),
  hint: bilingual.optional(),
  /** True unless told. */
  required: z.boolean().optional(),
  condition: condition.optional(),
  /** HTML autofill token for facts about the person who types, never for facts about others. */
  autocomplete: z.string().optional(),
}

const options = z.array(z.strictObject({ value: z.string().min(1).max(60), label: bilingual, hint: bilingual.optional() })).min(1).max(300)
export const fileTypes = ['pdf', 'jpeg', 'png'] as const
const fileType = z.enum(fileTypes)

const simpleField = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('text'), maxLength: z.int().min(1).max(500).optional(), minLength: z.int().min(1).optional(), format: z.string().optional() }),
  z.strictObject({ ...base, type: z.literal('long-text'), maxLength: z.int().min(1).max(5000).optional(), rows: z.int().min(2).max(20).optional() }),
  z.strictObject({ ...base, type: z.literal('person-name') }),
  z.strictObject({ ...base, type: z.literal('date'), min: bound.optional(), max: bound.optional(), minAge: z.int().min(1).max(120).optional(), maxAge: z.int().min(1).max(150).optional() }),
  // From a day to a day; with `open` the second may be left out where it still lasts.
  z.strictObject({ ...base, type: z.literal('period'), min: bound.optional(), max: bound.optional(), open: z.boolean().optional() }),
  // `asOf`: the day whose administrative units are offered, for where somebody lived or was born; today's unless told.
  z.strictObject({ ...base, type: z.literal('address'), asOf: fixedDay.optional(), street: z.enum(['required', 'optional', 'none']).optional() }),
  z.strictObject({ ...base, type: z.literal('money'), min: z.int().min(0).optional(), max: z.int().optional() }),
  z.strictObject({ ...base, type: z.literal('number'), min: z.number().optional(), max: z.number().optional(), decimals: z.int().min(1).max(3).optional(), unit: bilingual.optional() }),
  z.strictObject({ ...base, type: z.literal('calculated'), formula, as: z.enum(['number', 'money']).optional(), decimals: z.int().min(1).max(3).optional(), unit: bilingual.optional() }),
  z.strictObject({ ...base, type: z.literal('citizen-id'), birthDate: id.optional(), sex: id.optional() }),
  z.strictObject({ ...base, type: z.literal('tax-code'), personal: z.boolean().optional() }),
  // The ten digits; an old card's code of fifteen signs or the id number stand for it where it is read.
  z.strictObject({ ...base, type: z.literal('insurance-number') }),
  z.strictObject({ ...base, type: z.literal('phone'), mobile: z.boolean().optional() }),
  z.strictObject({ ...base, type: z.literal('email') }),
  // One of its own `options`, of a `list` that comes with the program, or of a shared `catalogue`: its entries of the day of filing, all or those whose code begins so.
  z.strictObject({ ...base, type: z.literal('choice'), options: options.optional(), list: z.string().optional(), catalogue: z.string().optional(), startsWith: z.string().min(1).max(40).optional(), look: z.enum(['radios', 'select']).optional() }),
  z.strictObject({ ...base, type: z.literal('checkbox') }),
  z.strictObject({ ...base, type: z.literal('declaration') }),
  // `component`: the Vietnamese name, in the procedure, of the dossier component (thành phần hồ sơ) that the file is.
  z.strictObject({ ...base, type: z.literal('file'), accept: z.array(fileType).min(1), maxBytes: z.int().min(1000).optional(), maxFiles: z.int().min(1).max(20).optional(), component: z.string().optional() }),
])

const groupField = z.strictObject({
  ...base,
  type: z.literal('group'),
  min: z.int().min(0),
  max: z.int().min(1).max(50),
  /** What one entry is called, "Thành viên" / "Member": headings, the button that adds one, messages. */
  itemTitle: bilingual,
  /** Small boxes in rows and columns instead of an entry below the other. */
  look: z.enum(['entries', 'table']).optional(),
  fields: z.array(simpleField).min(1).max(20),
  /** Rules between the fields of one entry; a field is first one of the entry, then one of the form. */
  rules: z.array(pageRule).optional(),
})

export const personParts = ['name', 'birthDate', 'sex', 'citizenId', 'ethnicity', 'nationality', 'birthPlace', 'hometown', 'residence', 'phone', 'email'] as const
export const organisationParts = ['name', 'taxCode', 'address', 'representative', 'phone', 'email'] as const
export type PersonPart = (typeof personParts)[number]
export type OrganisationPart = (typeof organisationParts)[number]

/** Bounds of the date of birth: ages today, and a day that it does not lie after. */
const ages = { minAge: z.int().min(1).max(120).optional(), maxAge: z.int().min(1).max(150).optional(), bornBy: bound.optional() }

const composedField = z.discriminatedUnion('type', [
  // `self`: it is the person who types, so the browser may fill in what it knows.
  z.strictObject({ ...base, ...ages, type: z.literal('person'), parts: z.array(z.enum(personParts)).min(1), optional: z.array(z.enum(personParts)).optional(), self: z.boolean().optional() }),
  // A person under 16 (Law on Children 2016, art. 1), with what a child has: no telephone of its own, perhaps no number yet.
  z.strictObject({ ...base, ...ages, type: z.literal('child'), parts: z.array(z.enum(personParts)).min(1).optional(), optional: z.array(z.enum(personParts)).optional() }),
  z.strictObject({ ...base, type: z.literal('organisation'), parts: z.array(z.enum(organisationParts)).min(1), optional: z.array(z.enum(organisationParts)).optional() }),
])

export const fieldShape = z.discriminatedUnion('type', [...simpleField.options, ...composedField.options, groupField])

export const pageShape = z.strictObject({
  id,
  /** Last part of the address: unaccented Vietnamese. */
  path: slug,
  title: bilingual,
  guidance: bilingual.optional(),
  condition: condition.optional(),
  fields: z.array(fieldShape).min(1).max(30),
  rules: z.array(pageRule).optional(),
})

export const formDefinition = z.strictObject({
  key: slug,
  version: z.int().min(1),
  title: bilingual,
  /** Where the official form comes from: instrument, article, annex. */
  source: bilingual.optional(),
  /** First day on which the version is offered; from publishing when absent. */
  validFrom: civil.optional(),
  /** The address field whose commune decides which agency is competent. */
  placeField: reference,
  /** Which fields say who applies, where to reach them, and what a person's account fills in beforehand. */
  applicant: z.strictObject({ name: reference, citizenId: reference, birthDate: reference.optional(), sex: reference.optional(), phone: reference.optional(), email: reference.optional(), address: reference.optional() }),
  /** The choice field that says how the result comes (values 'desk', 'post', 'online'), where the form itself asks it. */
  deliveryField: id.optional(),
  /** The calculated amount that the person has to pay, where it follows from the answers. */
  feeField: id.optional(),
  /**
   * Components of the dossier (thành phần hồ sơ) that come otherwise than by a file field: `form`, this declaration is the paper; `office`, the
   * agency fetches it; `desk`, the person shows it there. With the file fields they are the whole list that can be asked for; the names are those of
   * the published procedure.
   */
  components: z.array(z.strictObject({ name: z.string().min(1), by: z.enum(['form', 'office', 'desk']), when: condition.optional() })).max(40).optional(),
  pages: z.array(pageShape).min(1).max(40),
})

export type FormDefinition = z.infer<typeof formDefinition>
export type Page = z.infer<typeof pageShape>
export type Field = z.infer<typeof fieldShape>
export type SimpleField = z.infer<typeof simpleField>
export type GroupField = z.infer<typeof groupField>
export type ComposedField = z.infer<typeof composedField>
export type FieldOf<T extends Field['type']> = Extract<Field, { type: T }>
export type FileType = z.infer<typeof fileType>
export interface Option { value: string; label: Bilingual; hint?: Bilingual }

export const isRequired = (field: Field): boolean => field.required ?? true
export const isGroup = (field: Field): field is GroupField => field.type === 'group'
export const isComposed = (field: Field): field is ComposedField => field.type === 'person' || field.type === 'child' || field.type === 'organisation'
