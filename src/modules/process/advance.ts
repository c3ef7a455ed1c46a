import { holds, type ConditionContext } from './condition.ts'
import { indexOf, type ProcessModel } from './model.ts'

/** Where an instance stands. Everything between two waiting points is passed in one go, so only these places can hold a token. */
export interface Marking {
  /** User tasks and intermediate timers with a token. */
  waiting: string[]
  /** Flows whose token has come to a parallel gateway and waits for the others. */
  arrived: string[]
}

/** What one move did. */
export interface Move { marking: Marking; entered: string[]; taken: string[]; ended: boolean }

const longest = 1000

/** A new instance: the token leaves the start event. */
export function begin(model: ProcessModel, context: ConditionContext): Move {
  const start = model.nodes.find((node) => node.kind === 'start')
  if (!start) throw new Error(`process ${model.key} has no start event`)
  return run(model, { waiting: [], arrived: [] }, outgoingIds(model, start.id), context)
}

/** The token leaves a user task that is done or a timer that fired. */
export function leave(model: ProcessModel, marking: Marking, nodeId: string, context: ConditionContext): Move {
  return run(model, without(marking, nodeId), outgoingIds(model, nodeId), context)
}

/** A boundary timer fires: its token starts on its way; an interrupting one takes the token of its task with it. */
export function fireBoundary(model: ProcessModel, marking: Marking, boundaryId: string, context: ConditionContext): Move {
  const boundary = indexOf(model).node(boundaryId)
  if (boundary.kind !== 'boundary-timer') throw new Error(`${boundaryId} is no boundary timer`)
  return run(model, boundary.interrupting ? without(marking, boundary.attachedTo) : marking, outgoingIds(model, boundaryId), context)
}

function without(marking: Marking, nodeId: string): Marking {
  const at = marking.waiting.indexOf(nodeId)
  if (at < 0) throw new Error(`no token waits at ${nodeId}`)
  return { waiting: marking.waiting.toSpliced(at, 1), arrived: marking.arrived }
}

const outgoingIds = (model: ProcessModel, nodeId: string): string[] => indexOf(model).outgoing(nodeId).map((flow) => flow.id)

function run(model: ProcessModel, from: Marking, flows: string[], context: ConditionContext): Move {
  const { node, flow, incoming, outgoing } = indexOf(model)
  const move: Move = { marking: { waiting: [...from.waiting], arrived: [...from.arrived] }, entered: [], taken: [], ended: false }
  const moving = [...flows]
  for (let id = moving.shift(); id !== undefined; id = moving.shift()) {
    move.taken.push(id)
    if (move.taken.length > longest) throw new Error(`process ${model.key} runs in a circle without a task`)
    const target = node(flow(id).to)
    switch (target.kind) {
      case 'user': case 'timer': move.marking.waiting.push(target.id); move.entered.push(target.id); break
      case 'exclusive': moving.push(chooseFlow(model, target.id, target.defaultFlow, context)); break
      case 'parallel':
        move.marking.arrived.push(id)
        if (incoming(target.id).every((one) => move.marking.arrived.includes(one.id))) {
          for (const one of incoming(target.id)) move.marking.arrived.splice(move.marking.arrived.indexOf(one.id), 1)
          moving.push(...outgoing(target.id).map((one) => one.id))
        }
        break
      case 'end': break
      case 'start': case 'boundary-timer': throw new Error(`flow ${id} leads into ${target.id}, which has no way in`)
    }
  }
  move.ended = move.marking.waiting.length === 0 && move.marking.arrived.length === 0
  return move
}

function chooseFlow(model: ProcessModel, gatewayId: string, defaultFlow: string | undefined, context: ConditionContext): string {
  const ways = indexOf(model).outgoing(gatewayId)
  if (ways.length === 1) return ways[0]!.id
  const open = ways.find((way) => way.id !== defaultFlow && way.condition !== undefined && holds(way.condition, context))
  if (open) return open.id
  if (!defaultFlow) throw new Error(`no way out of gateway ${gatewayId}`)
  return defaultFlow
}
