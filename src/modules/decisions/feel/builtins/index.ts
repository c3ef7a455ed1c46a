import type { Run } from '../run.ts'
import { anyType } from '../types.ts'
import type { FeelFunction, Value } from '../value.ts'
import { contexts } from './contexts.ts'
import { conversions } from './conversions.ts'
import { dates } from './dates.ts'
import type { BuiltIns } from './define.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { ranges } from './ranges.ts'
import { statistics } from './statistics.ts'
import { strings } from './strings.ts'

const all: BuiltIns = { ...conversions, ...strings, ...numbers, ...lists, ...statistics, ...contexts, ...dates, ...ranges }

/** Names of the built-in functions (DMN 1.3, 10.3.4, and those that 1.4 and 1.5 added). */
export const builtInNames: readonly string[] = Object.keys(all)

/** A built-in function by its name: the first way to call it that the arguments fit. */
export function builtIn(name: string): ((given: Value[] | Map<string, Value>, run: Run) => Value) | undefined {
  if (!Object.hasOwn(all, name)) return undefined
  return (given, run) => {
    for (const signature of all[name]!) {
      const args = signature.bind(given)
      if (args) return signature.call(args, run)
    }
    return run.nothing('wrong-arguments', name)
  }
}

/** The same as a value, to be handed to another function. */
export function builtInFunction(name: string, run: Run): FeelFunction | undefined {
  const call = builtIn(name)
  const parameters = all[name]?.[0]?.names.map((parameter) => ({ name: parameter, type: anyType }))
  return call && { kind: 'function', parameters: parameters ?? [], result: anyType, call: (args) => call(args, run) }
}
