import { isEmpty, type Answers } from './answers.ts'
import type { Condition } from './definition.ts'
import { readerOf } from './read-reference.ts'

export type Predicate = (item: Answers, root: Answers) => boolean

const always: Predicate = () => true

/** Turns a condition into a function once, so that the check of a filing walks no tree. */
export function compileCondition(condition: Condition | undefined): Predicate {
  if (!condition) return always
  if ('all' in condition) {
    const parts = condition.all.map(compileCondition)
    return (item, root) => parts.every((part) => part(item, root))
  }
  if ('any' in condition) {
    const parts = condition.any.map(compileCondition)
    return (item, root) => parts.some((part) => part(item, root))
  }
  if ('not' in condition) {
    const part = compileCondition(condition.not)
    return (item, root) => !part(item, root)
  }
  return compileTest(condition)
}

function compileTest(condition: Extract<Condition, { field: string }>): Predicate {
  const read = readerOf(condition.field)
  const number = (test: (value: number) => boolean): Predicate => (item, root) => {
    const value = read(item, root)
    return typeof value === 'number' && test(value)
  }
  if ('equals' in condition) {
    const { equals } = condition
    // An unticked box is absent from the answers, so false equals nothing.
    return equals === false ? (item, root) => isEmpty(read(item, root)) : (item, root) => read(item, root) === equals
  }
  if ('in' in condition) {
    const wanted = new Set<unknown>(condition.in)
    return (item, root) => wanted.has(read(item, root))
  }
  if ('atLeast' in condition) return number((value) => value >= condition.atLeast)
  if ('atMost' in condition) return number((value) => value <= condition.atMost)
  return (item, root) => !isEmpty(read(item, root))
}

/** The fields, or parts of fields, that a condition reads. */
export function fieldsOf(condition: Condition | undefined): string[] {
  if (!condition) return []
  if ('all' in condition) return condition.all.flatMap(fieldsOf)
  if ('any' in condition) return condition.any.flatMap(fieldsOf)
  if ('not' in condition) return fieldsOf(condition.not)
  return [condition.field]
}
