import type { Run } from './run.ts'
import { coerce } from './types.ts'
import type { FeelFunction, Value } from './value.ts'

/** Calls a function with arguments in order or by name. Null when they are not those that it declares. */
export function invoke(callee: FeelFunction, given: Value[] | Map<string, Value>, run: Run): Value {
  const { parameters } = callee
  const size = Array.isArray(given) ? given.length : given.size
  if (size !== parameters.length) return run.nothing('wrong-arguments', String(size))
  const args: Value[] = []
  for (const [i, { name, type }] of parameters.entries()) {
    const value = Array.isArray(given) ? given[i] : given.get(name)
    if (value === undefined) return run.nothing('wrong-arguments', name)
    const fits = coerce(value, type)
    if (fits === undefined) return run.nothing('wrong-type', name)
    args.push(fits)
  }
  run.spend()
  const result = coerce(callee.call(args), callee.result)
  return result === undefined ? run.nothing('wrong-type', '') : result
}
