import type { Lang } from '../../../platform/i18n.ts'
import type { Answers, Env, Units } from '../answers.ts'
import type { Field } from '../definition.ts'
import type { Finding } from '../rules.ts'

/** What a check may look at besides the value: the entry of a repeated group (or the form), the whole form, the day. */
export interface Scope {
  item: Answers
  root: Answers
  env: Env
  /** Civil date in Vietnam, 'YYYY-MM-DD'. */
  today: string
}

/** Says what is wrong with a value that is not empty. */
export type Check = (value: unknown, scope: Scope) => Finding | readonly Finding[] | undefined

/** How a posted page is read: one value or several by name. */
export interface Posted { get(name: string): string | undefined; all(name: string): string[] }

export type JsonSchema = Record<string, unknown>

/** Everything a type of field knows, except how it looks. Called once per field when the form is compiled. */
export interface FieldKind<F extends Field = Field> {
  /** The value as posted under `name`; unreadable input stays as typed. `undefined`: nothing was typed. */
  read(field: F, body: Posted, name: string, previous: unknown): unknown
  /** The inverse of `read`: what a browser would send for a value. */
  write(field: F, value: unknown, name: string): [name: string, value: string][]
  check(field: F): Check
  /** The rule that an empty required field breaks. */
  required(field: F): Finding
  /** Everything `check` can find, with example parameters, for the page that shows all messages of a form. */
  findings(field: F): Finding[]
  schema(field: F): JsonSchema
  /** The value for people; only called with values that passed `check`, but must survive any. */
  print(field: F, value: unknown, lang: Lang, units?: Units, answers?: Pick<Scope, 'item' | 'root'>): string
}

/** The piece of plain text in a posted value: composed letters, no control characters, single spaces. */
export function cleanLine(value: string | undefined): string | undefined {
  const clean = value?.normalize('NFC').toWellFormed().replace(/\p{Cf}/gu, '').replace(/[\p{Cc}\s]+/gu, ' ').trim()
  return clean === '' ? undefined : clean
}

export function cleanText(value: string | undefined): string | undefined {
  const clean = value?.normalize('NFC').toWellFormed().replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]/gu, '').trim()
  return clean === '' ? undefined : clean
}

/** Text that PostgreSQL and every reader can hold: no control characters, no half characters. Line breaks only where asked. */
export function isCleanText(value: string, lineBreaks = false): boolean {
  return value.isWellFormed() && !(lineBreaks ? /[^\P{Cc}\n\t]/u : /\p{Cc}/u).test(value)
}

export const one = (name: string, value: unknown): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])
export const printed = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
export const wrongType: Finding = { rule: 'wrongType' }
