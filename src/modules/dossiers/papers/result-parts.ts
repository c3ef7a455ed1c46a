import { summaryOf, valueAt, type Answers, type Form, type SummaryRow, type Units } from '../../forms/index.ts'

/** Reads answers as the words that a Vietnamese paper needs. */
export interface AnswerReader {
  /** The answer printed in Vietnamese, '' where there is none; of a composed field a part: 'bride.name'. */
  text(field: string): string
  /** A date as 'YYYY-MM-DD'; null where there is none. */
  day(field: string): string | null
  number(field: string): number
  entries(field: string): Record<string, unknown>[]
  /** The entries of a group with each answer printed, '' where there is none. */
  rows(field: string): ((field: string) => string)[]
  /** Everything that was asked, in words. */
  asked: readonly SummaryRow[]
  raw: Answers
}

export const orNull = (text: string): string | null => (text === '' ? null : text)

export function answerReader(form: Form, answers: Answers, units: Units): AnswerReader {
  const read = (field: string): unknown => valueAt(answers, field)
  const asked = summaryOf(form, answers, 'vi', { units }).flatMap((s) => s.rows)
  const printed = new Map(asked.map((r) => [r.fieldId, r.answer] as const))
  return {
    raw: answers, asked,
    text: (field) => (read(field) === undefined ? '' : (printed.get(field) ?? '')),
    day: (field) => {
      const value = read(field)
      return typeof value === 'string' ? value : null
    },
    number: (field) => Number(read(field) ?? 0),
    rows: (field) => (Array.isArray(answers[field]) ? answers[field] : []).map((entry: unknown, i) => (inner) => ((entry as Answers | null)?.[inner] === undefined ? '' : (printed.get(`${field}.${i}.${inner}`) ?? ''))),
    entries: (field) => (Array.isArray(answers[field]) ? (answers[field] as Record<string, unknown>[]) : []),
  }
}

