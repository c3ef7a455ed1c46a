import type { Lang } from '../../../platform/i18n.ts'
import { valueAt, type Answers, type Form } from '../../forms/index.ts'

/** An answer that stands on a result in letters and may be wrong there. */
export interface CorrectableAnswer { ref: string; type: string; label: string; value: string }

const inLetters: ReadonlySet<string> = new Set(['text', 'long-text', 'person-name', 'date', 'citizen-id', 'phone'])

/** Answers of a filing that can be put right one by one, with their questions. */
export function correctableAnswers(form: Form, answers: Answers, lang: Lang): CorrectableAnswer[] {
  const found = form.pages.flatMap(({ fields }) => fields).flatMap(({ field, entry }) => [
    { ref: field.id, type: field.type as string, label: field.label[lang] },
    ...(field.type === 'group' ? [] : entry.map((part) => ({ ref: `${field.id}.${part.field.id}`, type: part.field.type as string, label: `${field.label[lang]}: ${part.field.label[lang]}` }))),
  ])
  return found.flatMap((one) => {
    const value = inLetters.has(one.type) ? valueAt(answers, one.ref) : undefined
    return typeof value === 'string' ? [{ ...one, value }] : []
  })
}

/** A date is typed as people write it, 'dd/mm/yyyy'; the form keeps 'YYYY-MM-DD'. */
export function readCorrected({ type }: Pick<CorrectableAnswer, 'type'>, typed: string): string {
  const [, day, month, year] = type === 'date' ? (/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed) ?? []) : []
  return year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : typed
}
