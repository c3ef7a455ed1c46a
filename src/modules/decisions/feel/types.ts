import { isContext, isFunction, isRange, kindOf, type Kind, type Value } from './value.ts'

/** A type of FEEL or of an item definition ("kiểu dữ liệu"). `any` fits everything. */
export type FeelType =
  | { readonly is: 'any' }
  | { readonly is: Exclude<Kind, 'list' | 'context' | 'function' | 'range'> }
  | { readonly is: 'list'; readonly of: FeelType }
  | { readonly is: 'range'; readonly of: FeelType }
  | { readonly is: 'context'; readonly entries: ReadonlyMap<string, FeelType> }
  | { readonly is: 'function'; readonly parameters: readonly FeelType[] | null; readonly result: FeelType }
  /** A type with allowed values: the place of a value of the base type among them, −1 when it is not there. */
  | { readonly is: 'restricted'; readonly base: FeelType; rank(value: Value): number }

export const anyType: FeelType = { is: 'any' }
const simple = ['null', 'boolean', 'string', 'number', 'date', 'time', 'date and time', 'days and time duration', 'years and months duration'] as const

/** A built-in type by its name, also as older models write it ("dateTime"). Undefined for others. */
export function builtInType(name: string): FeelType | undefined {
  if (name === 'Any') return anyType
  if (name === 'Null') return { is: 'null' }
  if (name === 'list') return { is: 'list', of: anyType }
  if (name === 'context') return { is: 'context', entries: new Map() }
  if (name === 'function') return { is: 'function', parameters: null, result: anyType }
  if (name === 'range') return { is: 'range', of: anyType }
  const spoken = ({ dateTime: 'date and time', dayTimeDuration: 'days and time duration', yearMonthDuration: 'years and months duration' } as Record<string, string>)[name] ?? name
  const found = simple.find((kind) => kind === spoken)
  return found && { is: found }
}

/** The type without its allowed values: what "instance of" asks. */
export const unrestricted = (type: FeelType): FeelType => (type.is === 'restricted' ? unrestricted(type.base) : type)

/** Whether a value is of a type. Null is of none (DMN 1.3, table 54) but inside of contexts and lists, where it may always stand. */
export function isOfType(value: Value, type: FeelType): boolean {
  if (value === null) return type.is === 'null'
  switch (type.is) {
    case 'any': return true
    case 'restricted': return isOfType(value, type.base) && type.rank(value) >= 0
    case 'list': return Array.isArray(value) && value.every((item) => item === null || isOfType(item, type.of))
    case 'context': return isContext(value) && [...type.entries].every(([key, of]) => value.has(key) && (value.get(key) === null || isOfType(value.get(key)!, of)))
    case 'range': return isRange(value) && [value.start, value.end].every((end) => end === null || isOfType(end, type.of))
    case 'function': return isFunction(value) && conforms({ is: 'function', parameters: value.parameters.map((p) => p.type), result: value.result }, type)
    default: return kindOf(value) === type.is
  }
}

/** Whether every value of one type may stand for the other (DMN 1.3, 10.3.2.9.1). */
export function conforms(type: FeelType, to: FeelType): boolean {
  if (to.is === 'any' || type === to || type.is === 'null') return true
  if (type.is === 'restricted') return conforms(type.base, to)
  if (to.is === 'restricted') return conforms(type, to.base)
  if (type.is === 'list' && to.is === 'list') return conforms(type.of, to.of)
  if (type.is === 'range' && to.is === 'range') return conforms(type.of, to.of)
  if (type.is === 'context' && to.is === 'context') return [...to.entries].every(([key, of]) => type.entries.has(key) && conforms(type.entries.get(key)!, of))
  if (type.is === 'function' && to.is === 'function') {
    if (!conforms(type.result, to.result)) return false
    if (to.parameters === null || type.parameters === null) return true
    // `function<>->Any` is the type of every function.
    if (to.parameters.length === 0 && to.result.is === 'any') return true
    return type.parameters.length === to.parameters.length && to.parameters.every((parameter, i) => conforms(parameter, type.parameters![i]!))
  }
  return type.is === to.is
}

/**
 * A value as the type asks for it (DMN 1.3, 10.3.2.9.4): a list of one for its item, an item for a list of one, a date for its midnight.
 * Undefined when it does not fit.
 */
export function coerce(value: Value, type: FeelType): Value | undefined {
  if (value === null || isOfType(value, type)) return value
  const base = unrestricted(type)
  if (base.is === 'list' && !Array.isArray(value)) return fits([value], type)
  if (base.is !== 'list' && Array.isArray(value) && value.length === 1) return fits(value[0]!, type)
  if (base.is === 'date and time' && kindOf(value) === 'date') return { kind: 'date and time', date: value as never, time: { kind: 'time', nanos: 0, zone: { offset: 0 } } }
  return undefined
}

const fits = (value: Value, type: FeelType): Value | undefined => (isOfType(value, type) ? value : undefined)

/** The type that a value shows, as far as a reader can tell. */
export function typeOf(value: Value): FeelType {
  if (Array.isArray(value)) return { is: 'list', of: anyType }
  if (isContext(value)) return { is: 'context', entries: new Map([...value].map(([key, item]) => [key, typeOf(item)])) }
  if (isFunction(value)) return { is: 'function', parameters: value.parameters.map((p) => p.type), result: value.result }
  if (isRange(value)) return { is: 'range', of: typeOf(value.start ?? value.end) }
  return { is: kindOf(value) } as FeelType
}

