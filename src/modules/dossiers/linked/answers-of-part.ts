import { valueAt, visibleAnswers, withCalculations, type Answers, type Form } from '../../forms/index.ts'
import type { PartDefinition, Source } from './linked-definition.ts'

/** Facts of results by part and name. */
export type Given = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The answers of one part's own form, from the declaration that was made once and from what earlier parts gave. What nobody said is left out. */
export function answersOfPart(part: PartDefinition, form: Form, merged: Answers, given: Given): Answers {
  const answers: Answers = {}
  for (const field of part.same) if (merged[field] !== undefined) answers[field] = merged[field]
  for (const [field, source] of Object.entries(part.set)) {
    const value = resolve(source, merged, given)
    if (value !== undefined) answers[field] = value
  }
  return visibleAnswers(form, withCalculations(form, answers))
}

function resolve(source: Source, merged: Answers, given: Given): unknown {
  if ('from' in source) return valueAt(merged, source.from)
  if ('value' in source) return source.value
  if ('given' in source) {
    const [part = '', name = ''] = source.given.split('.')
    return given[part]?.[name]
  }
  if ('sexOf' in source) {
    const number = String(valueAt(merged, source.sexOf) ?? '')
    return /^\d{12}$/.test(number) ? (Number(number[3]) % 2 === 0 ? 'male' : 'female') : undefined
  }
  if ('map' in source) return source.to[String(valueAt(merged, source.map) ?? '')] ?? source.else
  if ('firstOf' in source) return source.firstOf.map((one) => resolve(one, merged, given)).find((one) => one !== undefined)
  if ('items' in source) return source.items.map((item) => resolve(item, merged, given)).filter((item) => item !== undefined)
  const fields = Object.entries(source.fields).flatMap(([name, inner]) => {
    const value = resolve(inner, merged, given)
    return value === undefined ? [] : [[name, value] as const]
  })
  return fields.length > 0 ? Object.fromEntries(fields) : undefined
}
