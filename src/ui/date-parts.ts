/** The three boxes of a date as typed. */
export interface DateParts { readonly day: string; readonly month: string; readonly year: string }

export const emptyDate: DateParts = { day: '', month: '', year: '' }

/** 'YYYY-MM-DD' → its boxes; anything else → empty boxes. */
export function splitDate(date: string | null | undefined): DateParts {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? '')
  return match ? { day: String(Number(match[3])), month: String(Number(match[2])), year: match[1]! } : emptyDate
}

/** Boxes → 'YYYY-MM-DD'; undefined when they are not a day of the calendar. */
export function joinDate({ day, month, year }: DateParts): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const date = new Date(Date.UTC(y, m - 1, d))
  date.setUTCFullYear(y)
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return undefined
  return date.toISOString().slice(0, 10)
}

/** Reads the boxes of <DateInput name> from a posted form. */
export function readDateParts(form: { get(name: string): string }, name: string): DateParts {
  return { day: form.get(`${name}-day`), month: form.get(`${name}-month`), year: form.get(`${name}-year`) }
}
