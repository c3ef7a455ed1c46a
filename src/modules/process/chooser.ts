import { holds, valueOf, type ConditionContext } from './condition.ts'
import { itemOf, type Token } from './marking.ts'
import { indexOf, type ActivityNode, type ExclusiveNode, type InclusiveNode, type ProcessModel } from './model.ts'
import { errors } from './process.errors.ts'

/** What the token game leaves to others: which way a gateway goes, and how often an activity is done. The tokens and the one around say for which thing. */
export interface Chooser {
  /** A move that passes more flows than this turns in a circle. */
  readonly mostFlows: number
  /** One flow out of an exclusive gateway. */
  one(gateway: ExclusiveNode, tokens: readonly Token[], scope: number | undefined): string
  /** At least one flow out of an inclusive gateway. */
  some(gateway: InclusiveNode, tokens: readonly Token[], scope: number | undefined): string[]
  /** The things for each of which an activity is done. */
  items(activity: ActivityNode, tokens: readonly Token[], scope: number | undefined): unknown[]
  /** Whether, after `done` of its `of` things, the rest of an activity is not needed. */
  isEnough(activity: ActivityNode, count: { done: number; of: number }, tokens: readonly Token[], scope: number | undefined): boolean
}

/** Chooses by the conditions of the process. */
export function byConditions(model: ProcessModel, context: ConditionContext): Chooser {
  const around = (tokens: readonly Token[], scope: number | undefined, more: Record<string, unknown> = {}): ConditionContext => {
    const thing = itemOf(tokens, scope)
    return thing === undefined && Object.keys(more).length === 0 ? context : { ...context, variables: { ...context.variables, ...thing, ...more } }
  }
  const open = (gateway: ExclusiveNode | InclusiveNode, tokens: readonly Token[], scope: number | undefined): string[] => {
    const here = around(tokens, scope)
    return indexOf(model).outgoing(gateway.id).filter((way) => way.id !== gateway.defaultFlow && way.condition !== undefined && holds(way.condition, here)).map((way) => way.id)
  }
  const otherwise = (gateway: ExclusiveNode | InclusiveNode): string => {
    if (!gateway.defaultFlow) throw new Error(`no way out of gateway ${gateway.id}`)
    return gateway.defaultFlow
  }
  return {
    mostFlows: 20_000,
    one: (gateway, tokens, scope) => open(gateway, tokens, scope)[0] ?? otherwise(gateway),
    some: (gateway, tokens, scope) => {
      const ways = open(gateway, tokens, scope)
      return ways.length > 0 ? ways : [otherwise(gateway)]
    },
    items: (activity, tokens, scope) => {
      const value = valueOf(activity.multi!.items, around(tokens, scope))
      if (Array.isArray(value)) return value
      const count = typeof value === 'number' ? value : NaN
      if (!Number.isInteger(count) || count < 0) throw errors.ITEMS_UNKNOWN({ id: activity.id, items: activity.multi!.items })
      return Array.from({ length: count }, (_, n) => n + 1)
    },
    isEnough: (activity, { done, of }, tokens, scope) => holds(activity.multi!.enough!, around(tokens, scope, { numberOfInstances: of, numberOfCompletedInstances: done })),
  }
}
