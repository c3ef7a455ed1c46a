import { compileTable } from './dmn/decision-table.ts'
import type { Surroundings } from './dmn/compile.ts'
import { builtInNames } from './feel/builtins/index.ts'
import { fitted } from './feel/evaluate.ts'
import { evaluateText } from './feel/evaluate-text.ts'
import { Names } from './feel/names.ts'
import { propertyNames } from './feel/properties.ts'
import { FeelLimitError, Run, Scope, type FeelProblem } from './feel/run.ts'
import { anyType, builtInType } from './feel/types.ts'
import { equal, isContext, textOf, type Context, type Value } from './feel/value.ts'
import type { TableDefinition, TableExample } from './table-definition.ts'

type Table = TableDefinition['table']
const never: FeelProblem = { reason: 'too-much', about: '', at: 0 }
export interface Outcome { value: Value; problems: FeelProblem[] }
/** Steps of evaluation that one decision may take, and all examples of a table together. */
const mostSteps = { decision: 500_000, examples: 1_000_000 } as const

/** What cells of a table may name: its inputs, the built-in functions, the types of FEEL. */
export function surroundingsOf(table: Table): Surroundings {
  return { names: new Names([...builtInNames, ...propertyNames, ...table.inputs.map((input) => input.expression), ...table.outputs.map((output) => output.name)]), typeOf: (typeRef) => (typeRef && builtInType(typeRef)) || anyType }
}

/**
 * Makes a table ready to decide again and again. What comes out for the given inputs is null, with a note why, where no rule fits or something in
 * the cells fails; a table that takes too much work is such a failure too.
 */
export function prepareTable(table: Table): (inputs: Context, now: Date, steps?: number) => Outcome & { stepsLeft: number } {
  const around = surroundingsOf(table)
  const decide = compileTable({ ...table, inputs: table.inputs.map((input) => ({ ...input, allowed: input.allowed || undefined })), outputs: table.outputs.map((output) => ({ ...output, allowed: output.allowed || undefined, otherwise: output.otherwise || undefined })) }, around)
  return (inputs, now, steps = mostSteps.decision) => {
    const run = new Run({ now, steps })
    try {
      const values = new Map(table.inputs.map(({ expression, typeRef }) => [expression, fitted(inputs.get(expression) ?? null, around.typeOf(typeRef), expression, run)]))
      return { value: decide(new Scope(values), run), problems: run.problems, stepsLeft: run.stepsLeft }
    } catch (error) {
      if (!(error instanceof FeelLimitError)) throw error
      return { value: null, problems: [never], stepsLeft: run.stepsLeft }
    }
  }
}

/** One example with what came out; `problem` says why where nothing did. */
export interface ExampleResult { example: TableExample; actual: string[]; passed: boolean[]; problem?: FeelProblem }

function read(text: string): Outcome {
  try {
    return text.trim() === '' ? { value: null, problems: [] } : evaluateText(text, new Map(), new Run({ steps: 10_000 }))
  } catch (error) {
    if (!(error instanceof FeelLimitError)) throw error
    return { value: null, problems: [never] }
  }
}

/** Runs the examples of a table. The texts of an example are FEEL; an empty one is null. */
export function runExamples(table: Table, examples: readonly TableExample[], now: Date): ExampleResult[] {
  const decide = prepareTable(table)
  let left: number = mostSteps.examples
  return examples.map((example) => {
    const steps = Math.min(left, mostSteps.decision)
    const { value, problems, stepsLeft } = decide(new Map(table.inputs.map(({ expression }, i) => [expression, read(example.inputs[i] ?? '').value])), now, steps)
    left -= steps - stepsLeft
    const columns = table.outputs.map(({ name }) => (table.outputs.length === 1 ? value : ofColumn(value, name)))
    return {
      example,
      actual: columns.map((column) => textOf(column, true)),
      passed: columns.map((column, i) => equal(read(example.outputs[i] ?? '').value, column) === true),
      ...(problems[0] && { problem: problems[0] }),
    }
  })
}

/** One output of a result with several: of each hit, where all are collected. */
function ofColumn(value: Value, name: string): Value {
  if (Array.isArray(value)) return value.map((hit) => ofColumn(hit, name))
  return isContext(value) ? value.get(name) ?? null : null
}

/** Whether a text is a value that an example may name; what is wrong where it is not. */
export const exampleProblem = (text: string): FeelProblem | undefined => read(text).problems[0]
