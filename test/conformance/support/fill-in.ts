import { isExpression } from '../../../src/modules/decisions/index.ts'
import { indexOf, type Flow, type Multi, type ProcessModel } from '../../../src/modules/process/model.ts'
import { checkSoundness } from '../../../src/modules/process/soundness.ts'

/** What our own attributes say of a step, where a file of another tool says nothing. */
const ours: Record<string, string> = { role: 'specialist', limit: 'PT1H', service: 'service', table: 'table' }

/**
 * A model of a foreign file with what only this program asks for: role and limit of a step, a default flow and conditions in FEEL behind
 * gateways. Which way a token takes is open all the same: every one of them is walked.
 */
export function fillIn(model: ProcessModel): ProcessModel {
  const defaults = new Map(model.nodes.filter((node) => /^(ex|in)clusive$/.test(node.kind)).map((node) => [node.id, defaultOf(model, node.id)]))
  const nodes = model.nodes.map((node) => ({
    ...node, name: node.name.vi === '' ? { vi: node.id, en: node.id } : node.name,
    ...Object.fromEntries(Object.entries(ours).filter(([key]) => (node as unknown as Record<string, unknown>)[key] === '')),
    ...('multi' in node && node.multi ? { multi: several(node.multi) } : {}),
    ...(defaults.get(node.id) === undefined ? {} : { defaultFlow: defaults.get(node.id) }),
  })) as ProcessModel['nodes']
  return toCaller({ ...model, nodes, flows: model.flows.map((flow) => withCondition(flow, defaults)) })
}

/** What nothing in the file catches goes to whoever called the process: an error ends it, an escalation lets it go on. */
function toCaller(model: ProcessModel): ProcessModel {
  const uncaught = new Set(checkSoundness(model).filter(({ key }) => key === 'process.problem.uncaught').map(({ params }) => params.id))
  if (uncaught.size === 0) return model
  return toCaller({
    ...model, nodes: model.nodes.map((node) => {
      if (!uncaught.has(node.id) || !('throws' in node)) return node
      const { throws, ...rest } = node
      if (rest.kind === 'end') return throws?.type === 'error' ? { ...rest, throws: { type: 'terminate' as const } } : rest
      return { ...rest, kind: 'exclusive' as const }
    }),
  })
}

/** Of an activity for several things: two of them where the file names none in FEEL, and all of them where it does not say in FEEL when it is enough. */
function several({ sequential, items, enough }: Multi): Multi {
  return { sequential, items: isExpression(items) ? items : '2', ...(enough !== undefined && isExpression(enough) ? { enough } : {}) }
}

function defaultOf(model: ProcessModel, gatewayId: string): string | undefined {
  const ways = indexOf(model).outgoing(gatewayId)
  const node = indexOf(model).node(gatewayId)
  if (ways.length < 2) return undefined
  return ('defaultFlow' in node ? node.defaultFlow : undefined) ?? (ways.find((way) => way.condition === undefined) ?? ways.at(-1)!).id
}

function withCondition(flow: Flow, defaults: ReadonlyMap<string, string | undefined>): Flow {
  const chosen = defaults.get(flow.from)
  if (chosen === undefined) return flow
  if (chosen === flow.id) {
    const { condition: _, ...rest } = flow
    return rest
  }
  return flow.condition !== undefined && isExpression(flow.condition) ? flow : { ...flow, condition: `outcome = "${flow.id}"` }
}
