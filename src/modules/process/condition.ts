import { evaluateFeel, type JsonValue } from '../decisions/index.ts'

/** What a condition may look at: the last task's outcome, every task's last outcome by element id, and the instance's variables. */
export interface ConditionContext { outcome: string | null; outcomes: Record<string, string>; variables: Record<string, unknown> }

/** Whether a FEEL condition holds. Only `true` holds: an unknown variable or a slip in the expression never opens a way. */
export function holds(condition: string, context: ConditionContext): boolean {
  return valueOf(condition, context) === true
}

/** What a FEEL expression comes to; null where it fails. */
export function valueOf(expression: string, { outcome, outcomes, variables }: ConditionContext): unknown {
  return evaluateFeel(expression, { ...variables, outcome, outcomes } as Record<string, JsonValue>)
}
