import { builtInNames } from './builtins/index.ts'
import { evaluate } from './evaluate.ts'
import { Names } from './names.ts'
import { Parser } from './parse.ts'
import { propertyNames } from './properties.ts'
import { Run, Scope, type FeelProblem } from './run.ts'
import type { Node } from './syntax.ts'
import { FeelSyntaxError } from './tokens.ts'
import type { Context, Value } from './value.ts'

/**
 * The value of one FEEL text with the given variables. A text that is no FEEL, or that fails, is null; `problems` say why and where.
 * @throws FeelLimitError for one that asks for more work than it may
 */
export function evaluateText(text: string, variables: Context = new Map(), run = new Run()): { value: Value; problems: FeelProblem[] } {
  try {
    const node = parse(text, variables.keys())
    return { value: evaluate(node, new Scope(variables), run), problems: run.problems }
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    return { value: null, problems: [{ reason: error.reason, about: error.found, at: error.at }] }
  }
}

/** Whether a text is an expression of FEEL, whatever its variables are. */
export function isExpression(text: string): boolean {
  try {
    parse(text)
    return true
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error
    return false
  }
}

function parse(text: string, variables: Iterable<string> = []): Node {
  const parser = new Parser(text, new Names([...builtInNames, ...propertyNames, ...variables]))
  return parser.whole(() => parser.expression())
}
