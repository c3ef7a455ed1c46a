import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody } from '../../../platform/http/route.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { readIdNumber } from '../../numbers/index.ts'

/** Fields about a person as they come from a form: typed text in, clean values or mistakes out. */
export type Checked<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/** Số định danh cá nhân: twelve digits, spaces forgiven; no check digit exists. */
export const cleanIdNumber = (typed: string): string | undefined => readIdNumber(typed)?.idNumber

/** A Vietnamese mobile number as ten digits from 0; +84 and separators are forgiven. */
export function cleanPhone(typed: string): string | undefined {
  const digits = typed.replace(/[\s.()-]/g, '').replace(/^(\+84|0084|84(?=\d{9}$))/, '0')
  return /^0[35789]\d{8}$/.test(digits) ? digits : undefined
}

export function cleanEmail(typed: string): string | undefined {
  return typed.length <= 254 && /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/.test(typed) ? typed.toLowerCase() : undefined
}

/** Letters of any script, apostrophe, hyphen and spaces; 2–100 characters; runs of spaces become one. */
export function cleanName(typed: string): string | undefined {
  const name = typed.normalize('NFC').replace(/\s+/g, ' ').trim()
  return /^[\p{L}\p{M}'’ .-]{2,100}$/u.test(name) && /\p{L}/u.test(name) ? name : undefined
}

/** 'YYYY-MM-DD' from three fields, or undefined when there is no such day. */
export function cleanDate(form: FormBody, prefix: string): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => form.get(`${prefix}-${part}`))
  if (!/^\d{1,2}$/.test(day!) || !/^\d{1,2}$/.test(month!) || !/^\d{4}$/.test(year!)) return undefined
  const text = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text ? text : undefined
}

/** Whole years on the day of `now` in Vietnam. */
export function ageOn(birthDate: string, now: Date): number {
  const today = civilDate(now)
  return Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0)
}
