import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { isRefusal } from '../../platform/errors.ts'
import { decide, inputsOf, type DecisionInputs } from '../decisions/index.ts'
import { comeTo, type Move } from './advance.ts'
import { catcherOf } from './catcher.ts'
import { byConditions } from './chooser.ts'
import { contextOf, type LiveInstance } from './instance.store.ts'
import { itemOf } from './marking.ts'
import { indexOf, type ProcessModel } from './model.ts'

/**
 * Takes the decisions to which a move came, and goes on until it comes to no other one. A table gets those of the variables that it looks at (and `item` where
 * it asks for that); the result becomes a variable. Where no rule fits, an error event for UNDECIDED catches that, else the whole act is refused.
 */
export async function takeDecisions(tx: Tx, ctx: Ctx, instance: LiveInstance, model: ProcessModel, first: Move, outcome: string | null): Promise<Move> {
  let move = first
  for (let token = nextDecision(model, move); token; token = nextDecision(model, move)) {
    const node = indexOf(model).node(token.at)
    if (node.kind !== 'decision') return move
    const { marking } = move
    const known = { ...instance.variables, ...itemOf(marking.tokens, token.id) } as DecisionInputs
    let next = token.id
    try {
      const names = await inputsOf(tx, node.table, ctx.now) ?? []
      const { result } = await decide(tx, ctx, node.table, Object.fromEntries(names.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]]))), ctx.now)
      instance.variables = { ...instance.variables, [node.result]: result }
    } catch (error) {
      const caught = isRefusal(error) ? catcherOf(indexOf(model), marking.tokens, token.id, 'error', error.code) : undefined
      if (!caught) throw error
      next = caught.id
    }
    move = joined(move, comeTo(model, marking, next, byConditions(model, contextOf(instance, outcome))))
  }
  return move
}

const nextDecision = (model: ProcessModel, { entered }: Move): Move['entered'][number] | undefined => entered.find((token) => !token.items && indexOf(model).node(token.at).kind === 'decision')

/** Two moves, one right after the other, as one. */
function joined(before: Move, after: Move): Move {
  const left = new Set(after.marking.tokens.map((token) => token.id))
  return {
    marking: after.marking, ended: after.ended, entered: [...before.entered.filter((token) => left.has(token.id)), ...after.entered], gone: [...before.gone, ...after.gone],
    taken: [...before.taken, ...after.taken], told: [...before.told, ...after.told], ends: [...before.ends, ...after.ends],
  }
}
