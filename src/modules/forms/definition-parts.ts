import { z } from 'zod'

export interface Bilingual { vi: string; en: string }

export const bilingual = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })
const id = /[a-z][A-Za-z0-9]{0,39}/.source
export const fieldId = z.string().regex(new RegExp(`^${id}$`))
/** A field, or the part of a composed one: 'registrationPlace', 'bride.birthDate'. Inside an entry of a group its own fields come first. */
export const reference = z.string().regex(new RegExp(`^${id}(\\.${id})?$`))
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60)
export const civil = z.iso.date()

/** A small expression over answers of earlier pages. `atLeast` and `atMost` compare numbers and amounts. */
export type Condition =
  | { field: string; equals: string | boolean | number }
  | { field: string; in: (string | number)[] }
  | { field: string; notEmpty: true }
  | { field: string; atLeast: number }
  | { field: string; atMost: number }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

export const condition: z.ZodType<Condition> = z.lazy(() => z.union([
  z.strictObject({ field: reference, equals: z.union([z.string(), z.boolean(), z.number()]) }),
  z.strictObject({ field: reference, in: z.array(z.union([z.string(), z.number()])).min(1) }),
  z.strictObject({ field: reference, notEmpty: z.literal(true) }),
  z.strictObject({ field: reference, atLeast: z.number() }),
  z.strictObject({ field: reference, atMost: z.number() }),
  z.strictObject({ all: z.array(condition).min(1) }),
  z.strictObject({ any: z.array(condition).min(1) }),
  z.strictObject({ not: condition }),
]))

/** The edge of a date: today shifted by whole years and days, a fixed day, or the answer to another date field. */
export const bound = z.union([
  z.strictObject({ today: z.strictObject({ years: z.int().optional(), days: z.int().optional() }) }),
  z.strictObject({ date: civil }),
  z.strictObject({ field: reference }),
])
export type Bound = z.infer<typeof bound>

/** A day that stays the same whenever it is asked for: calculations know no today, so that a filing reads the same in years. */
export const fixedDay = z.union([z.strictObject({ date: civil }), z.strictObject({ field: reference })])
export type FixedDay = z.infer<typeof fixedDay>

/**
 * A value made of other answers ("trường tính toán"): read-only on the page, made again by the server at every step. Without one of the answers
 * it needs, the whole is not there; a sum leaves out what is not there. In `each` a field is first one of the entry.
 */
export type Formula =
  | { number: number }
  | { field: string }
  | { sum: Formula[] }
  | { product: Formula[] }
  | { difference: [Formula, Formula] }
  /** Not there where the second is nothing. */
  | { quotient: [Formula, Formula] }
  | { smallest: Formula[] }
  | { largest: Formula[] }
  /** Sum over the entries of a group. */
  | { over: string; each: Formula }
  /** Number of entries of a group. */
  | { count: string }
  /** Whole years or days from one day to another: an age, a delay. */
  | { years: { from: FixedDay; to: FixedDay } }
  | { days: { from: FixedDay; to: FixedDay } }
  | { when: Condition; then: Formula; otherwise: Formula }

export const formula: z.ZodType<Formula> = z.lazy(() => z.union([
  z.strictObject({ number: z.number() }),
  z.strictObject({ field: reference }),
  z.strictObject({ sum: z.array(formula).min(1) }),
  z.strictObject({ product: z.array(formula).min(2) }),
  z.strictObject({ difference: z.tuple([formula, formula]) }),
  z.strictObject({ quotient: z.tuple([formula, formula]) }),
  z.strictObject({ smallest: z.array(formula).min(2) }),
  z.strictObject({ largest: z.array(formula).min(2) }),
  z.strictObject({ over: fieldId, each: formula }),
  z.strictObject({ count: fieldId }),
  z.strictObject({ years: z.strictObject({ from: fixedDay, to: fixedDay }) }),
  z.strictObject({ days: z.strictObject({ from: fixedDay, to: fixedDay }) }),
  z.strictObject({ when: condition, then: formula, otherwise: formula }),
]))

export const comparisons = ['<', '<=', '=', '>=', '>'] as const
export type Comparison = (typeof comparisons)[number]

/** What people read when a rule is broken: a whole sentence in each language. */
const message = bilingual

/**
 * A rule over several fields of one page and of earlier ones. The mistake is shown at `at`, a field of the page; else at the first field of the
 * page that the rule names. Rules about answers that are not there hold.
 */
export const pageRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('atLeastOne'), fields: z.array(reference).min(2).max(6) }),
  z.strictObject({ rule: z.literal('exactlyOne'), fields: z.array(reference).min(2).max(6) }),
  /** No two of them may be the same. */
  z.strictObject({ rule: z.literal('different'), fields: z.array(reference).min(2).max(6) }),
  /** Two dates or two numbers. */
  z.strictObject({ rule: z.literal('compare'), left: reference, is: z.enum(comparisons), right: reference, at: reference.optional(), message }),
  /** A calculation beside a field or another calculation: the parts make the whole. */
  z.strictObject({ rule: z.literal('sum'), of: formula, is: z.enum(comparisons), than: formula, at: reference, message }),
  z.strictObject({ rule: z.literal('implies'), if: condition, then: condition, at: reference, message }),
])
export type PageRule = z.infer<typeof pageRule>
