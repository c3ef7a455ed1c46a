import { isRecord, type Answers } from './answers.ts'

/** Reads an answer: inside an entry or a composed field first its own, then the form's. */
export type Read = (item: Answers, root: Answers) => unknown

/** 'deathDate' → that answer; 'bride.birthDate' → the part of a composed one. */
export function readerOf(reference: string): Read {
  const [field = '', part] = reference.split('.')
  if (part === undefined) return (item, root) => item[field] ?? root[field]
  return (item, root) => {
    const whole = item[field] ?? root[field]
    return isRecord(whole) ? whole[part] : undefined
  }
}

/** The same of the form's own answers. */
export const valueAt = (answers: Answers, reference: string): unknown => readerOf(reference)(answers, answers)

/** A copy of the answers with one put in its place, or taken away. */
export function withValue(answers: Answers, reference: string, value: unknown): Answers {
  const [field = '', part] = reference.split('.')
  if (part === undefined) return { ...answers, [field]: value }
  const whole = answers[field]
  return { ...answers, [field]: { ...(isRecord(whole) ? whole : {}), [part]: value } }
}
