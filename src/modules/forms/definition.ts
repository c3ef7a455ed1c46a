import { z } from 'zod'

/**
 * Terminology. A form definition ("biểu mẫu điện tử") is data: pages of fields with conditions, in both languages, versioned, never edited
 * after publishing. One definition drives the page, the check at the server, the schema of the API, the printed summary and every message.
 * Answers are one flat JSON object: field id → value; a `group` field holds a list of objects of its own fields.
 */
export interface Bilingual { vi: string; en: string }

const bilingual = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })
const id = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60)
const civil = z.iso.date()

/** A small expression over answers of earlier pages. */
export type Condition =
  | { field: string; equals: string | boolean | number }
  | { field: string; in: (string | number)[] }
  | { field: string; notEmpty: true }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

const condition: z.ZodType<Condition> = z.lazy(() => z.union([
  z.strictObject({ field: id, equals: z.union([z.string(), z.boolean(), z.number()]) }),
  z.strictObject({ field: id, in: z.array(z.union([z.string(), z.number()])).min(1) }),
  z.strictObject({ field: id, notEmpty: z.literal(true) }),
  z.strictObject({ all: z.array(condition).min(1) }),
  z.strictObject({ any: z.array(condition).min(1) }),
  z.strictObject({ not: condition }),
]))

/** The edge of a date: today shifted by whole years and days, a fixed day, or the answer to another date field. */
const bound = z.union([
  z.strictObject({ today: z.strictObject({ years: z.int().optional(), days: z.int().optional() }) }),
  z.strictObject({ date: civil }),
  z.strictObject({ field: id }),
])
export type Bound = z.infer<typeof bound>

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
const fileType = z.enum(['pdf', 'jpeg', 'png'])

const simpleField = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('text'), maxLength: z.int().min(1).max(500).optional(), minLength: z.int().min(1).optional(), format: z.string().optional() }),
  z.strictObject({ ...base, type: z.literal('long-text'), maxLength: z.int().min(1).max(5000).optional(), rows: z.int().min(2).max(20).optional() }),
  z.strictObject({ ...base, type: z.literal('person-name') }),
  z.strictObject({ ...base, type: z.literal('date'), min: bound.optional(), max: bound.optional(), minAge: z.int().min(1).max(120).optional() }),
  z.strictObject({ ...base, type: z.literal('address'), street: z.enum(['required', 'optional', 'none']).optional() }),
  z.strictObject({ ...base, type: z.literal('money'), min: z.int().min(0).optional(), max: z.int().optional() }),
  z.strictObject({ ...base, type: z.literal('number'), min: z.int().optional(), max: z.int().optional() }),
  z.strictObject({ ...base, type: z.literal('citizen-id'), birthDate: id.optional(), sex: id.optional() }),
  z.strictObject({ ...base, type: z.literal('tax-code'), personal: z.boolean().optional() }),
  z.strictObject({ ...base, type: z.literal('phone'), mobile: z.boolean().optional() }),
  z.strictObject({ ...base, type: z.literal('email') }),
  z.strictObject({ ...base, type: z.literal('choice'), options: options.optional(), list: z.string().optional(), look: z.enum(['radios', 'select']).optional() }),
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
  fields: z.array(simpleField).min(1).max(20),
})

const field = z.discriminatedUnion('type', [...simpleField.options, groupField])

/** A rule over several fields of one page. `atLeastOne`: not all may be empty. `different`: no two may be the same. */
const pageRule = z.strictObject({ rule: z.enum(['atLeastOne', 'different']), fields: z.array(id).min(2).max(6) })

const page = z.strictObject({
  id,
  /** Last part of the address: unaccented Vietnamese. */
  path: slug,
  title: bilingual,
  guidance: bilingual.optional(),
  condition: condition.optional(),
  fields: z.array(field).min(1).max(30),
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
  placeField: id,
  /** Which fields say who applies, where to reach them, and what a person's account fills in beforehand. */
  applicant: z.strictObject({ name: id, citizenId: id, birthDate: id.optional(), sex: id.optional(), phone: id.optional(), email: id.optional(), address: id.optional() }),
  /** The choice field that says how the result comes (values 'desk', 'post', 'online'), where the form itself asks it. */
  deliveryField: id.optional(),
  pages: z.array(page).min(1).max(40),
})

export type FormDefinition = z.infer<typeof formDefinition>
export type Page = z.infer<typeof page>
export type PageRule = z.infer<typeof pageRule>
export type Field = z.infer<typeof field>
export type SimpleField = z.infer<typeof simpleField>
export type GroupField = z.infer<typeof groupField>
export type FieldOf<T extends Field['type']> = Extract<Field, { type: T }>
export type FileType = z.infer<typeof fileType>
export interface Option { value: string; label: Bilingual; hint?: Bilingual }

export const isRequired = (field: Field): boolean => field.required ?? true
export const isGroup = (field: Field): field is GroupField => field.type === 'group'
