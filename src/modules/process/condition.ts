import { evaluate, parseExpression } from 'feelin'

/** What a condition may look at: the last task's outcome, every task's last outcome by element id, and the instance's variables. */
export interface ConditionContext { outcome: string | null; outcomes: Record<string, string>; variables: Record<string, unknown> }

/** Whether a FEEL condition holds. Only `true` holds: an unknown variable or a slip in the expression never opens a way. */
export function holds(condition: string, context: ConditionContext): boolean {
  return valueOf(condition, context) === true
}

/** What a FEEL expression comes to; null where it fails. */
export function valueOf(expression: string, { outcome, outcomes, variables }: ConditionContext): unknown {
  try {
    return evaluate(expression, { ...variables, outcome, outcomes }).value
  } catch {
    return null
  }
}

/** Whether the text is a FEEL expression at all. */
export function isCondition(condition: string): boolean {
  if (condition.trim() === '') return false
  let whole = true
  parseExpression(condition, {}, undefined).iterate({ enter: (node) => { if (node.type.isError) whole = false } })
  return whole
}
