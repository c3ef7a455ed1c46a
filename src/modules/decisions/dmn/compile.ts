import { evaluate, fitted } from '../feel/evaluate.ts'
import { invoke } from '../feel/invoke.ts'
import { Names } from '../feel/names.ts'
import { Parser } from '../feel/parse.ts'
import { Scope, type Run } from '../feel/run.ts'
import type { Node } from '../feel/syntax.ts'
import { FeelSyntaxError } from '../feel/tokens.ts'
import { anyType, type FeelType } from '../feel/types.ts'
import { isFunction, type Context, type FeelFunction, type Value } from '../feel/value.ts'
import { compileTable } from './decision-table.ts'
import type { Expression, Variable } from './model.ts'

/** What a text may name: variables, and types by the name that a model gives them. */
export interface Surroundings { names: Names; typeOf(typeRef: string | undefined): FeelType }

const boxed = (evaluateBox: (scope: Scope, run: Run) => Value): Node => ({ is: 'boxed', evaluate: evaluateBox, at: 0 })

/** A boxed expression as one that can be evaluated. A text that is no FEEL is worth null, with a note why. */
export function compile(expression: Expression, around: Surroundings): Node {
  const node = compileUntyped(expression, around)
  const type = around.typeOf(expression.typeRef)
  return type === anyType ? node : boxed((scope, run) => fitted(evaluate(node, scope, run), type, '', run))
}

function compileUntyped(expression: Expression, around: Surroundings): Node {
  const part = (of: Expression): Node => compile(of, around)
  switch (expression.is) {
    case 'nothing': return { is: 'literal', value: null, at: 0 }
    case 'literal': return compileText(expression.text, around.names)
    case 'table': return boxed(compileTable(expression.table, around))
    case 'context': return contextOf(expression.entries, around)
    case 'invocation': return invocationOf(part(expression.callee), expression.bindings.map(({ name, value }) => ({ name, value: part(value) })))
    case 'function': return boxed((scope, run) => functionOf(expression, around, () => scope, run))
    case 'list': return { is: 'list', items: expression.items.map(part), at: 0 }
    case 'relation': return { is: 'list', items: expression.rows.map((row) => contextOf(row.map((value, i) => ({ ...expression.columns[i]!, value })), around)), at: 0 }
    case 'conditional': return conditionalOf(part(expression.if), part(expression.then), part(expression.else))
    case 'for': return { is: 'for', iterations: [{ name: expression.variable, from: part(expression.in), to: null }], body: compile(expression.body, within([expression.variable], around)), partial: true, at: 0 }
    case 'some': case 'every': return { is: expression.is, iterations: [{ name: expression.variable, from: part(expression.in), to: null }], body: compile(expression.body, within([expression.variable], around)), at: 0 }
    case 'filter': return { is: 'filter', of: part(expression.in), by: part(expression.match), at: 0 }
  }
}

/** A FEEL text; what is no FEEL becomes null when it is asked for. */
export function compileText(text: string, names: Names): Node {
  if (text.trim() === '') return { is: 'literal', value: null, at: 0 }
  try {
    const parser = new Parser(text, names)
    return parser.whole(() => parser.expression())
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    return boxed((_, run) => run.nothing(error.reason, error.found, error.at))
  }
}

/** The same surroundings with more names. */
export const within = (names: Iterable<string>, around: Surroundings): Surroundings => ({ ...around, names: new Names(names, around.names) })

/** Other than "if" in a text, the boxed one is null where its condition is neither true nor false. */
function conditionalOf(condition: Node, then: Node, otherwise: Node): Node {
  return boxed((scope, run) => {
    const holds = evaluate(condition, scope, run)
    return typeof holds === 'boolean' ? evaluate(holds ? then : otherwise, scope, run) : run.nothing('no-condition')
  })
}

/** Entries see those before them. One without a name is what the whole is worth. */
function contextOf(entries: Extract<Expression, { is: 'context' }>['entries'], outer: Surroundings): Node {
  const around = within(entries.map(({ name }) => name ?? ''), outer)
  const parts = entries.map(({ name, typeRef, value }) => ({ name, type: around.typeOf(typeRef), node: compile(value, around) }))
  return boxed((scope, run) => {
    const context: Context = new Map()
    const inner = new Scope(context, scope)
    for (const { name, type, node } of parts) {
      const value = fitted(evaluate(node, inner, run), type, name ?? '', run)
      if (name === undefined) return value
      context.set(name, value)
    }
    return context
  })
}

function invocationOf(callee: Node, bindings: { name: string; value: Node }[]): Node {
  return boxed((scope, run) => {
    const called = evaluate(callee, scope, run)
    if (!isFunction(called)) return run.nothing('not-a-function')
    return invoke(called, new Map(bindings.map(({ name, value }) => [name, evaluate(value, scope, run)])), run)
  })
}

/** A function of a model. `scope` is asked at the call: a function may know itself. */
export function functionOf({ kind, parameters, body }: Extract<Expression, { is: 'function' }>, around: Surroundings, scope: () => Scope, run: Run): FeelFunction | null {
  if (kind !== 'FEEL') return run.nothing('external-function', kind)
  const node = compile(body, within(parameters.map(({ name }) => name), around))
  return {
    kind: 'function',
    parameters: parametersOf(parameters, around),
    result: around.typeOf(body.typeRef),
    call: (args) => run.nested(() => evaluate(node, new Scope(new Map(parameters.map(({ name }, i) => [name, args[i] ?? null])), scope()), run)),
  }
}

export function parametersOf(parameters: readonly Variable[], around: Surroundings): FeelFunction['parameters'] {
  return parameters.map(({ name, typeRef }) => ({ name, type: around.typeOf(typeRef) }))
}
