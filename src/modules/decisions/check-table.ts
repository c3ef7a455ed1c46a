import type { FieldError } from '../../platform/errors.ts'
import { compileTests } from './dmn/decision-table.ts'
import { exampleProblem, runExamples, surroundingsOf } from './evaluate-table.ts'
import { builtIn } from './feel/builtins/index.ts'
import { freeNames } from './feel/free-names.ts'
import { Names } from './feel/names.ts'
import { Parser } from './feel/parse.ts'
import type { FeelProblem } from './feel/run.ts'
import { FeelSyntaxError } from './feel/tokens.ts'
import type { TableDefinition, TableExample } from './table-definition.ts'

/** What is wrong with a cell, as the sentence about it. */
export const cellError = (field: string, { reason, about, at }: FeelProblem): FieldError => ({ field, key: `decisions.feel.${reason}`, params: { about, at: at + 1 } })

type Kind = 'tests' | 'value'

/**
 * What keeps a table from being published, each at the box of the editor where it is put right: boxes that are empty, texts that are no FEEL, names that
 * there are not, examples that do not come out. An empty list: it may be published.
 */
export function checkTable(definition: TableDefinition, examples: readonly TableExample[], now: Date): FieldError[] {
  const { table } = definition
  const shape = [...checkHead(definition), ...checkColumns(definition)]
  const cells = checkCells(definition, surroundingsOf(table).names)
  const texts = examples.flatMap((example, x) => [
    ...example.inputs.map((text, i) => [`x-${x}-in-${i}`, text] as const), ...example.outputs.map((text, i) => [`x-${x}-out-${i}`, text] as const),
  ].flatMap(([field, text]) => {
    const problem = exampleProblem(text)
    return problem ? [cellError(field, problem)] : []
  }))
  const wrong = [...shape, ...cells, ...texts]
  if (wrong.length > 0) return wrong
  if (examples.length === 0) return [{ field: 'add-example', key: 'decisions.check.noExamples' }]
  return runExamples(table, examples, now).flatMap((result, x) => result.passed.flatMap((passed, i) => (passed ? [] : [{ field: `x-${x}-out-${i}`, key: 'decisions.check.example', params: { number: x + 1, expected: result.example.outputs[i] || 'null', actual: result.actual[i]! } }])))
}

function checkHead({ title, ground, table }: TableDefinition): FieldError[] {
  const empty = ([['title-vi', title.vi], ['title-en', title.en], ['ground', ground]] as const).filter(([, text]) => text === '').map(([field]) => ({ field, key: 'decisions.check.empty' }))
  const missing = ([['add-input', table.inputs, 'decisions.check.noInputs'], ['add-output', table.outputs, 'decisions.check.noOutputs'], ['add-rule', table.rules, 'decisions.check.noRules']] as const).filter(([, list]) => list.length === 0).map(([field, , key]) => ({ field, key }))
  const aggregates = table.hitPolicy === 'COLLECT' && table.aggregation !== undefined && table.outputs.length > 1
  const ranked = table.hitPolicy === 'PRIORITY' || table.hitPolicy === 'OUTPUT ORDER'
  return [
    ...empty, ...missing,
    ...(aggregates ? [{ field: 'aggregation', key: 'decisions.check.oneOutput' }] : []),
    ...(ranked && table.outputs.every((output) => !output.allowed) ? [{ field: 'hitPolicy', key: 'decisions.check.noRank' }] : []),
  ]
}

function checkColumns({ table }: TableDefinition): FieldError[] {
  const names = [...table.inputs.map((input, i) => [`in-${i}-name`, input.expression] as const), ...(table.outputs.length > 1 ? table.outputs.map((output, i) => [`out-${i}-name`, output.name] as const) : [])]
  return names.flatMap(([field, name], i) => {
    if (!isName(name)) return [{ field, key: 'decisions.check.noName' }]
    return names.slice(0, i).some(([, other]) => other === name) ? [{ field, key: 'decisions.check.nameTwice' }] : []
  })
}

/** Whether cells can call something so: not a keyword, a number, or a built-in function. */
function isName(name: string): boolean {
  if (builtIn(name)) return false
  try {
    const parser = new Parser(name, new Names([name]))
    return parser.whole(() => parser.expression()).is === 'name'
  } catch (error) {
    if (error instanceof FeelSyntaxError) return false
    throw error
  }
}

function checkCells({ table }: TableDefinition, names: Names): FieldError[] {
  const inputs = new Set(table.inputs.map((input) => input.expression))
  const check = (field: string, text: string | undefined, kind: Kind): FieldError[] => {
    const problem = text ? textProblem(text, kind, names, inputs) : undefined
    return problem ? [cellError(field, problem)] : []
  }
  return [
    ...table.inputs.flatMap((input, i) => check(`in-${i}-allowed`, input.allowed, 'tests')),
    ...table.outputs.flatMap((output, i) => [...check(`out-${i}-allowed`, output.allowed, 'tests'), ...check(`out-${i}-otherwise`, output.otherwise, 'value')]),
    ...table.rules.flatMap((rule, r) => [
      ...rule.inputs.flatMap((text, i) => check(`r-${r}-in-${i}`, text, 'tests')),
      ...rule.outputs.flatMap((text, i) => (text === '' ? [{ field: `r-${r}-out-${i}`, key: 'decisions.check.noResult' }] : check(`r-${r}-out-${i}`, text, 'value'))),
    ]),
  ]
}

function textProblem(text: string, kind: Kind, names: Names, inputs: ReadonlySet<string>): FeelProblem | undefined {
  try {
    const parser = new Parser(text, names)
    const tree = kind === 'tests' ? compileTests(text, names) : parser.whole(() => parser.expression())
    if (tree instanceof FeelSyntaxError) throw tree
    const unknown = freeNames(tree).find(({ name }) => !inputs.has(name) && !builtIn(name) && !(kind === 'tests' && name === '?'))
    return unknown && { reason: 'unknown-name', about: unknown.name, at: unknown.at }
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { reason: error.reason, about: error.found, at: error.at }
    throw error
  }
}
