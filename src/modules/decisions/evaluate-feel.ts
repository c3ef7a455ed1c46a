import { evaluateText } from './feel/evaluate-text.ts'
import { FeelLimitError } from './feel/run.ts'
import { fromJson, toJson, type JsonValue } from './json-value.ts'

/** What a FEEL expression comes to; null where it is none, fails, or asks for more work than it may. */
export function evaluateFeel(expression: string, variables: Readonly<Record<string, JsonValue>>): JsonValue {
  try {
    return toJson(evaluateText(expression, new Map(Object.entries(variables).map(([name, value]) => [name, fromJson(value)]))).value)
  } catch (error) {
    if (!(error instanceof FeelLimitError)) throw error
    return null
  }
}

