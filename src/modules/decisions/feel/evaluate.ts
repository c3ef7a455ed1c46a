import { calculate, negated } from './arithmetic.ts'
import { builtIn, builtInFunction } from './builtins/index.ts'
import { invoke } from './invoke.ts'
import { inferType, resolveType } from './infer-type.ts'
import { iterate } from './iterate.ts'
import { isDecimal, toNumber } from './decimal.ts'
import { propertyOf } from './properties.ts'
import type { Node, Test, UnaryTests } from './syntax.ts'
import { parseTemporal } from './temporal.ts'
import { coerce, isOfType, unrestricted } from './types.ts'
import { compare, equal, glance, isContext, isFunction, isRange, kindOf, textOf, type Context, type FeelFunction, type FeelRange, type Value } from './value.ts'
import { Scope, type Run } from './run.ts'

type Of<K extends Node['is']> = Extract<Node, { is: K }>

/** The value of an expression. What has none is null, and the run notes why. */
export function evaluate(node: Node, scope: Scope, run: Run): Value {
  run.spend()
  const value = (of: Node): Value => evaluate(of, scope, run)
  switch (node.is) {
    case 'literal': return node.value
    case 'temporal': return parseTemporal(node.text) ?? run.nothing('not-a-date', node.text, node.at)
    case 'name': return scope.find(node.name) ?? (scope.find(node.name) === null ? null : builtInFunction(node.name, run) ?? run.nothing('unknown-name', node.name, node.at))
    case 'list': return node.items.map(value)
    case 'context': return contextOf(node, scope, run)
    case 'range': return rangeOf(node, value, run)
    case 'negation': return negated(value(node.of)) ?? run.nothing('not-calculable', '-', node.at)
    case 'arithmetic': return arithmetic(node, value, run)
    case 'comparison': return compared(node.operator, value(node.left), value(node.right))
    case 'and': case 'or': return connected(node, value)
    case 'between': return both(compared('>=', value(node.value), value(node.low)), compared('<=', value(node.value), value(node.high)))
    case 'in': return passes(value(node.value), node.tests, scope, run)
    case 'instance of': return instance(node, value(node.value), run)
    case 'path': return follow(value(node.of), node.name, node.at, run)
    case 'filter': return filter(node, value(node.of), scope, run)
    case 'call': return call(node, scope, run)
    case 'if': return value(node.condition) === true ? value(node.then) : value(node.else)
    case 'for': return iterate(node, scope, run, evaluate)
    case 'some': case 'every': return quantified(node, scope, run)
    case 'function': return closure(node, scope, run)
    case 'boxed': return node.evaluate(scope, run)
  }
}

function contextOf(node: Of<'context'>, scope: Scope, run: Run): Context {
  const context: Context = new Map()
  // Each entry sees those before it, and a function sees itself.
  const inner = new Scope(context, scope)
  for (const { key, value } of node.entries) context.set(key, evaluate(value, inner, run))
  return context
}

function rangeOf({ start, end, startIncluded, endIncluded, at }: Of<'range'>, value: (of: Node) => Value, run: Run): Value {
  const [from, to] = [start && value(start), end && value(end)]
  if (start && end && from !== null && to !== null && compare(from, to) === null) return run.nothing('no-order', `${glance(from)}..${glance(to)}`, at)
  return { kind: 'range', start: from, end: to, startIncluded, endIncluded, ...(start ? end ? {} : { open: 'end' } : { open: 'start' }) } as FeelRange
}

function arithmetic(node: Of<'arithmetic'>, value: (of: Node) => Value, run: Run): Value {
  const [left, right] = [value(node.left), value(node.right)]
  return charged(calculate(node.operator, left, right), run) ?? run.nothing('not-calculable', `${glance(left)} ${node.operator} ${glance(right)}`, node.at)
}

/** What grows costs by its size, so that a text doubled again and again ends in time. */
function charged(value: Value, run: Run): Value {
  if (typeof value === 'string') run.spend(Math.floor(value.length / 50))
  if (Array.isArray(value)) run.spend(Math.floor(value.length / 2))
  return value
}

/** A comparison of values that have no order is null. */
export function compared(operator: Of<'comparison'>['operator'], left: Value, right: Value): boolean | null {
  if (operator === '=' || operator === '!=') {
    const same = equal(left, right)
    return same === null ? null : same === (operator === '=')
  }
  const order = compare(left, right)
  if (order === null) return null
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0
}

const truth = (value: Value): boolean | null => (typeof value === 'boolean' ? value : null)
const both = (a: Value, b: Value): boolean | null => (a === false || b === false ? false : a === true && b === true ? true : null)

function connected(node: Of<'and' | 'or'>, value: (of: Node) => Value): boolean | null {
  const decides = node.is === 'or'
  const left = truth(value(node.left))
  if (left === decides) return decides
  const right = truth(value(node.right))
  return right === decides ? decides : left === null || right === null ? null : !decides
}

/** Whether a value passes one of the tests; null where none is passed and one could not tell. */
export function passes(value: Value, tests: readonly Test[], scope: Scope, run: Run): boolean | null {
  let result: boolean | null = false
  for (const test of tests) {
    const passed = passesOne(value, test, scope, run)
    if (passed === true) return true
    if (passed === null) result = null
  }
  return result
}

function passesOne(value: Value, test: Test, scope: Scope, run: Run): boolean | null {
  if (test.is === 'comparison') return compared(test.operator, value, evaluate(test.operand, scope, run))
  const tested = evaluate(test.node, scope, run)
  if (test.asks) return truth(tested)
  if (tested === true && typeof value !== 'boolean') return true
  if (isRange(tested) && !isRange(value)) return inRange(value, tested)
  if (Array.isArray(tested)) return equal(value, tested) === true || tested.some((item) => equal(value, item) === true || (isRange(item) && inRange(value, item) === true))
  return equal(value, tested)
}

/** Null where the value has no order with the ends. */
export function inRange(value: Value, range: FeelRange): boolean | null {
  const low = range.open === 'start' ? true : compared(range.startIncluded ? '>=' : '>', value, range.start)
  const high = range.open === 'end' ? true : compared(range.endIncluded ? '<=' : '<', value, range.end)
  return both(low, high)
}

/** Whether an input passes the tests of a cell. */
export function passesTests(value: Value, { isAny, not, tests }: UnaryTests, scope: Scope, run: Run): boolean {
  if (isAny) return true
  const passed = passes(value, tests, scope.with('?', value), run)
  return not ? passed === false : passed === true
}

function instance(node: Of<'instance of'>, value: Value, run: Run): Value {
  const type = resolveType(node.type, run)
  return type ? isOfType(value, unrestricted(type)) : run.nothing('unknown-type', JSON.stringify(node.type), node.at)
}

function follow(value: Value, name: string, at: number, run: Run): Value {
  if (value === null) return null
  if (Array.isArray(value)) return value.map((item) => follow(item, name, at, run))
  if (isContext(value)) return value.get(name) ?? (value.has(name) ? null : run.nothing('no-entry', name, at))
  const found = propertyOf(value, name)
  return found === undefined ? run.nothing('no-entry', name, at) : found
}

function filter(node: Of<'filter'>, of: Value, scope: Scope, run: Run): Value {
  const list = Array.isArray(of) ? of : of === null ? null : [of]
  if (list === null) return null
  if (list.length === 0) return isDecimal(evaluate(node.by, scope, run)) ? null : []
  const kept: Value[] = []
  for (const [i, item] of list.entries()) {
    const by = evaluate(node.by, new Scope(isContext(item) ? new Map([['item', item], ...item]) : new Map([['item', item]]), scope), run)
    if (i === 0 && isDecimal(by)) return pick(list, toNumber(by)) ?? (pick(list, toNumber(by)) === null ? null : run.nothing('no-position', textOf(by), node.at))
    if (by === true) kept.push(item)
  }
  return kept
}

/** The item at a position from 1, or from −1 at the end; undefined when there is none. */
export function pick(list: readonly Value[], position: number): Value | undefined {
  return Number.isInteger(position) ? list[position > 0 ? position - 1 : position < 0 ? list.length + position : -1] : undefined
}

function quantified(node: Of<'some' | 'every'>, scope: Scope, run: Run): Value {
  const results = iterate({ ...node, is: 'for', partial: false }, scope, run, evaluate)
  if (!Array.isArray(results)) return null
  const decides = node.is === 'some'
  return results.includes(decides) ? decides : results.every((result) => result === !decides) ? !decides : null
}

function call(node: Of<'call'>, scope: Scope, run: Run): Value {
  const known = node.callee.is === 'name' ? scope.find(node.callee.name) : undefined
  const positional = (): Value[] => node.positional.map((argument) => evaluate(argument, scope, run))
  const named = (): Map<string, Value> => new Map(node.named!.map(({ name, value }) => [name, evaluate(value, scope, run)]))
  // A variable that is no function does not hide the built-in one: there is nothing else that could be called.
  if (node.callee.is === 'name' && !isFunction(known ?? null)) {
    const found = builtIn(node.callee.name)
    if (!found && known !== undefined) return run.nothing('not-a-function', kindOf(known), node.at)
    return found ? charged(found(node.named ? named() : positional(), run), run) : run.nothing('unknown-function', node.callee.name, node.callee.at)
  }
  const callee = known ?? evaluate(node.callee, scope, run)
  if (!isFunction(callee)) return run.nothing('not-a-function', kindOf(callee), node.at)
  return invoke(callee, node.named ? named() : positional(), run)
}

function closure(node: Of<'function'>, scope: Scope, run: Run): FeelFunction | null {
  if (node.external) return run.nothing('external-function', '', node.at)
  const parameters = node.parameters.map(({ name, type }) => ({ name, type: (type && resolveType(type, run)) ?? { is: 'any' as const } }))
  return {
    kind: 'function',
    parameters,
    result: inferType(node.body, new Map(parameters.map(({ name, type }) => [name, type]))),
    call: (args) => run.nested(() => evaluate(node.body, new Scope(new Map(parameters.map(({ name }, i) => [name, args[i] ?? null])), scope), run)),
  }
}

/** A value as a typed variable takes it; null with a note where it does not fit. */
export function fitted(value: Value, type: Parameters<typeof coerce>[1], name: string, run: Run): Value {
  const fits = coerce(value, type)
  return fits === undefined ? run.nothing('wrong-type', `${name}: ${glance(value)}`) : fits
}
