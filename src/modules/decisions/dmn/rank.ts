import { passesTests } from '../feel/evaluate.ts'
import type { Names } from '../feel/names.ts'
import { Run, Scope } from '../feel/run.ts'
import { FeelSyntaxError } from '../feel/tokens.ts'
import type { Value } from '../feel/value.ts'
import { compileTests } from './decision-table.ts'

/** The place of a value in a list of allowed values ("\"A\", \"B\", [1..5]"), −1 when it is not among them. A list that is no FEEL allows nothing. */
export function rankIn(allowed: string, names: Names): (value: Value) => number {
  const tests = compileTests(allowed, names)
  if (tests instanceof FeelSyntaxError) return () => -1
  const passes = (value: Value, some: typeof tests): boolean => passesTests(value, some, new Scope(new Map()), new Run({ steps: 100_000 }))
  if (tests.isAny || tests.not) return (value) => (passes(value, tests) ? 0 : -1)
  return (value) => tests.tests.findIndex((test) => passes(value, { isAny: false, not: false, tests: [test] }))
}
