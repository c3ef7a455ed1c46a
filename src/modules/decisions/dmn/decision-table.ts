import { calculate } from '../feel/arithmetic.ts'
import { evaluate, fitted, passesTests } from '../feel/evaluate.ts'
import { isDecimal, whole } from '../feel/decimal.ts'
import type { Names } from '../feel/names.ts'
import { Parser } from '../feel/parse.ts'
import type { Run, Scope } from '../feel/run.ts'
import type { Node, UnaryTests } from '../feel/syntax.ts'
import { FeelSyntaxError } from '../feel/tokens.ts'
import type { FeelType } from '../feel/types.ts'
import { compare, equal, glance, type Value } from '../feel/value.ts'
import { compileText, type Surroundings } from './compile.ts'
import type { DecisionTable } from './model.ts'
import { rankIn } from './rank.ts'

interface Output { name: string; type: FeelType; rank: ((value: Value) => number) | null; otherwise: Node | null }
/** The outputs of a rule that fits, in the order of the columns. */
type Hit = Value[]

/** Tests of a cell; null when the text is none. An empty cell is any. */
export function compileTests(text: string, names: Names): UnaryTests | FeelSyntaxError {
  if (text.trim() === '') return { isAny: true, not: false, tests: [] }
  try {
    const parser = new Parser(text, names)
    return parser.whole(() => parser.unaryTests())
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error
    throw error
  }
}

/** A decision table as a function of its scope (DMN 1.3, chapter 8). */
export function compileTable(table: DecisionTable, around: Surroundings): (scope: Scope, run: Run) => Value {
  const inputs = table.inputs.map(({ expression, typeRef, allowed }) => ({ node: compileText(expression, around.names), type: around.typeOf(typeRef), name: expression, allowed: allowed === undefined ? null : compileTests(allowed, around.names) }))
  const outputs = table.outputs.map(({ name, typeRef, allowed, otherwise }): Output => ({ name: name ?? '', type: around.typeOf(typeRef), rank: rankOf(allowed, around, typeRef), otherwise: otherwise === undefined ? null : compileText(otherwise, around.names) }))
  const rules = table.rules.map((rule) => ({ tests: rule.inputs.map((text) => compileTests(text, around.names)), outputs: rule.outputs.map((text) => compileText(text, around.names)) }))
  return (scope, run) => {
    const values = inputs.map(({ node, type, name }) => fitted(evaluate(node, scope, run), type, name, run))
    for (const [i, { allowed, name }] of inputs.entries()) {
      if (allowed instanceof FeelSyntaxError) return run.nothing(allowed.reason, allowed.found, allowed.at)
      if (allowed && values[i] !== null && !passesTests(values[i]!, allowed, scope, run)) return run.nothing('not-allowed', `${name}: ${glance(values[i]!)}`)
    }
    const hits: Hit[] = []
    for (const rule of rules) {
      const wrong = rule.tests.find((test) => test instanceof FeelSyntaxError)
      if (wrong instanceof FeelSyntaxError) return run.nothing(wrong.reason, wrong.found, wrong.at)
      if (!rule.tests.every((test, i) => passesTests(values[i] ?? null, test as UnaryTests, scope, run))) continue
      hits.push(outputs.map(({ type, name }, i) => fitted(evaluate(rule.outputs[i] ?? compileText('', around.names), scope, run), type, name, run)))
      if (table.hitPolicy === 'FIRST') break
    }
    return hits.length > 0 ? resultOf(table, hits, outputs, run) : noHit(table, outputs, scope, run)
  }
}

/** The order of the values that an output allows: its own list, or that of its type. */
function rankOf(allowed: string | undefined, around: Surroundings, typeRef: string | undefined): Output['rank'] {
  if (allowed !== undefined) return rankIn(allowed, around.names)
  const type = around.typeOf(typeRef)
  return type.is === 'restricted' ? (value) => type.rank(value) : null
}

const valueOf = (hit: Hit, outputs: Output[]): Value => (outputs.length === 1 ? hit[0]! : new Map(outputs.map(({ name }, i) => [name, hit[i]!])))

function resultOf({ hitPolicy, aggregation }: DecisionTable, hits: Hit[], outputs: Output[], run: Run): Value {
  const values = (of: Hit[]): Value[] => of.map((hit) => valueOf(hit, outputs))
  switch (hitPolicy) {
    case 'UNIQUE': return hits.length === 1 ? valueOf(hits[0]!, outputs) : run.nothing('several-rules')
    case 'ANY': return values(hits).every((value) => equal(value, valueOf(hits[0]!, outputs)) === true) ? valueOf(hits[0]!, outputs) : run.nothing('several-rules')
    case 'FIRST': return valueOf(hits[0]!, outputs)
    case 'PRIORITY': return valueOf(byPriority(hits, outputs)[0]!, outputs)
    case 'RULE ORDER': return values(hits)
    case 'OUTPUT ORDER': return values(byPriority(hits, outputs))
    case 'COLLECT': return aggregation ? aggregated(aggregation, hits.map((hit) => hit[0]!), run) : values(hits)
  }
}

/** What stands first among the allowed values comes first, the first column before the second. */
function byPriority(hits: Hit[], outputs: Output[]): Hit[] {
  const place = (hit: Hit, i: number): number => {
    const rank = outputs[i]!.rank?.(hit[i]!) ?? 0
    return rank < 0 ? Infinity : rank
  }
  return [...hits].sort((a, b) => {
    const column = outputs.findIndex((_, i) => place(a, i) !== place(b, i))
    return column < 0 ? 0 : place(a, column) - place(b, column)
  })
}

function aggregated(aggregation: NonNullable<DecisionTable['aggregation']>, values: Value[], run: Run): Value {
  if (aggregation === 'COUNT') return whole(values.length)
  return values.slice(1).reduce<Value>((so, value) => {
    if (aggregation === 'SUM') return isDecimal(so) || so === null ? calculate('+', so, value) : run.nothing('not-calculable', 'sum')
    const order = compare(value, so)
    return order === null ? null : (order < 0) === (aggregation === 'MIN') ? value : so
  }, values[0]!)
}

/** The default outputs where there are some; else nothing, which is an empty list or a count of 0 where all hits are collected. */
function noHit({ hitPolicy, aggregation }: DecisionTable, outputs: Output[], scope: Scope, run: Run): Value {
  if (outputs.some(({ otherwise }) => otherwise)) return valueOf(outputs.map(({ otherwise, type, name }) => (otherwise ? fitted(evaluate(otherwise, scope, run), type, name, run) : null)), outputs)
  if (hitPolicy === 'COLLECT') return aggregation === 'COUNT' ? whole(0) : aggregation ? null : []
  return null
}
