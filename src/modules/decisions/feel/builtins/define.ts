import { isDecimal, type Decimal } from '../decimal.ts'
import type { Run } from '../run.ts'
import type { CalendarDate, DateTime, DaysDuration, MonthsDuration, TimeOfDay } from '../temporal.ts'
import { isContext, isFunction, isRange, kindOf, type Context, type FeelFunction, type FeelRange, type Value } from '../value.ts'

/** A parameter of a built-in function: `read` gives undefined for a value that does not fit. */
export interface Param<T> { name: string; read(value: Value): T | undefined; optional?: boolean }

/** One way to call a built-in function. */
export interface Signature { names: readonly string[]; bind(given: Value[] | Map<string, Value>): readonly unknown[] | undefined; call(args: readonly unknown[], run: Run): Value }

type Read<P> = { [K in keyof P]: P[K] extends Param<infer T> ? T : never }
export type BuiltIns = Record<string, Signature[]>

/** Declares a way to call a function: its parameters by name and type, and what it does with them. */
export function takes<const P extends readonly Param<unknown>[]>(params: P, call: (args: Read<P>, run: Run) => Value): Signature {
  return {
    names: params.map((param) => param.name),
    bind: (given) => bind(params, given),
    call: (args, run) => call(args as Read<P>, run),
  }
}

/** Any number of arguments after the first ones; never by name. */
export function takesMany<T>(rest: Param<T>, call: (args: T[], run: Run) => Value, least = 1): Signature {
  return {
    names: [],
    bind(given) {
      if (!Array.isArray(given) || given.length < least) return undefined
      const args = given.map((value) => rest.read(value))
      return args.includes(undefined) ? undefined : args
    },
    call: (args, run) => call(args as T[], run),
  }
}

function bind(params: readonly Param<unknown>[], given: Value[] | Map<string, Value>): unknown[] | undefined {
  if (Array.isArray(given) ? given.length > params.length : [...given.keys()].some((name) => !params.some((param) => param.name === name))) return undefined
  const args: unknown[] = []
  for (const [i, param] of params.entries()) {
    const value = Array.isArray(given) ? given[i] : given.get(param.name)
    if (value === undefined && !param.optional) return undefined
    const read = value === undefined ? null : param.read(value)
    if (read === undefined) return undefined
    args.push(read)
  }
  return args
}

/** A list of one stands for its item where no list is asked for. */
const single = (value: Value): Value => (Array.isArray(value) && value.length === 1 ? value[0]! : value)
const param = <T>(is: (value: Value) => value is Value & T) => (name: string): Param<T> => ({ name, read: (value) => (is(value) ? value : is(single(value)) ? (single(value) as T) : undefined) })
const ofKind = <T>(...kinds: string[]) => param<T>((value): value is Value & T => kinds.includes(kindOf(value)))

export const number = param<Decimal>((value): value is Decimal => isDecimal(value))
export const string = param<string>((value): value is string => typeof value === 'string')
export const boolean = param<boolean>((value): value is boolean => typeof value === 'boolean')
export const context = param<Context>(isContext)
export const range = param<FeelRange>(isRange)
export const callable = param<FeelFunction>(isFunction)
export const date = ofKind<CalendarDate>('date')
export const time = ofKind<TimeOfDay>('time')
export const moment = ofKind<DateTime>('date and time')
export const dateOrMoment = ofKind<CalendarDate | DateTime>('date', 'date and time')
export const daysDuration = ofKind<DaysDuration>('days and time duration')
export const duration = ofKind<DaysDuration | MonthsDuration>('days and time duration', 'years and months duration')
/** A point of an interval: anything that has an order. */
export const point = ofKind<Value>('number', 'string', 'date', 'time', 'date and time', 'days and time duration', 'years and months duration')
/** Anything, null too. */
export const anything = (name: string): Param<Value> => ({ name, read: (value) => value })
export const nothing = (name: string): Param<null> => ({ name, read: (value) => (value === null ? null : undefined) })
/** A list; a single value counts as a list of one. */
export const list = (name: string): Param<Value[]> => ({ name, read: (value) => (value === null ? undefined : Array.isArray(value) ? value : [value]) })
/** A parameter that may be left out, but not be null. */
export const missable = <T>(of: Param<T>): Param<T | null> => ({ name: of.name, optional: true, read: (value) => of.read(value) })
/** A parameter that may be left out or null. */
export const optional = <T>(of: Param<T>): Param<T | null> => ({ name: of.name, optional: true, read: (value) => (value === null ? null : of.read(value)) })
