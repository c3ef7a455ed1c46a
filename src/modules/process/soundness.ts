import { isExpression } from '../decisions/index.ts'
import { parseDuration, workingMs } from './duration.ts'
import { longestPath, officeTime } from './longest-path.ts'
import { indexOf, isActivity, isBoundary, triggerOf, type ActivityNode, type BoundaryNode, type CompensationNode, type Problem, type ProcessModel, type ProcessNode, type SubProcessNode } from './model.ts'
import { explore } from './state-space.ts'

/**
 * Everything that keeps a process from being published; an empty list means: it is sound. Checked are
 * 1. the form: one start, an end, every step with role and limit, every gateway with a way out whatever happens, every event where it can come;
 * 2. the behaviour, by walking all states: every element can be reached, the end can be reached from every state, no end is
 *    reached twice, no token runs into another one;
 * 3. the time: the longest way through takes no longer than the legal limit, where one is given.
 * @param legalLimit ISO 8601 working time ("P5D"); the process's own `motcua:limit` where absent.
 */
export function checkSoundness(model: ProcessModel, legalLimit: string | undefined = model.limit): Problem[] {
  const form = [...checkWhole(model), ...model.nodes.flatMap((node) => checkNode(model, node)), ...checkFlows(model), ...checkCircles(model)]
  if (form.length > 0) return form
  const behaviour = explore(model)
  if (behaviour.length > 0) return behaviour
  return checkTime(model, legalLimit)
}

const about = (problem: string, node: { id: string; name: { vi: string } }, params: Record<string, string> = {}): Problem => ({ key: `process.problem.${problem}`, params: { id: node.id, name: node.name.vi, ...params } })

function checkWhole(model: ProcessModel): Problem[] {
  const problems: Problem[] = []
  const starts = indexOf(model).starts().filter((start) => start.on === undefined)
  if (model.key === '') problems.push({ key: 'process.problem.no_key', params: {} })
  if (starts.length > 1 || indexOf(model).starts().length === 0) problems.push({ key: 'process.problem.one_start', params: { count: starts.length } })
  if (!model.nodes.some((node) => node.kind === 'end' && node.in === undefined)) problems.push({ key: 'process.problem.no_end', params: {} })
  if (!model.nodes.some((node) => (isActivity(node) && node.kind !== 'sub') || (node.kind === 'throw' && node.throws.type === 'message'))) problems.push({ key: 'process.problem.no_task', params: {} })
  const seen = new Set<string>()
  for (const { id } of [...model.nodes, ...model.flows]) {
    if (id === '' || seen.has(id)) problems.push({ key: 'process.problem.bad_id', params: { id } })
    seen.add(id)
  }
  return problems
}

/** Stands beside the flow: what undoes, and what an event begins. */
const isAside = (node: ProcessNode): boolean => node.kind === 'compensation' || (isActivity(node) && (node.compensates === true || (node.kind === 'sub' && node.byEvent === true)))

function checkNode(model: ProcessModel, node: ProcessNode): Problem[] {
  const { incoming, outgoing } = indexOf(model)
  const ways = outgoing(node.id).length
  const problems: Problem[] = []
  if (isAside(node)) return [...(ways + incoming(node.id).length > 0 ? [about('aside', node)] : []), ...checkKind(model, node)]
  if (node.kind === 'end' ? ways > 0 : ways === 0) problems.push(about(node.kind === 'end' ? 'end_goes_on' : 'no_way_out', node))
  return [...problems, ...checkKind(model, node)]
}

function checkKind(model: ProcessModel, node: ProcessNode): Problem[] {
  const { outgoing } = indexOf(model)
  switch (node.kind) {
    case 'user': return [...(node.role === '' ? [about('no_role', node)] : []), ...(parseDuration(node.limit) ? [] : [about('no_limit', node, { limit: node.limit })]), ...(node.name.vi === '' ? [about('no_name', node)] : []), ...checkMulti(node)]
    case 'service': return [...(node.service === '' ? [about('no_service', node)] : []), ...checkMulti(node)]
    case 'decision': return [...(node.table === '' ? [about('no_decision', node)] : []), ...checkMulti(node)]
    case 'receive': case 'call': return checkMulti(node)
    case 'sub': return [...checkSubProcess(model, node), ...checkMulti(node)]
    case 'exclusive': case 'inclusive': return outgoing(node.id).length > 1 && !outgoing(node.id).some((flow) => flow.id === node.defaultFlow) ? [about('no_default', node)] : []
    case 'event-gateway': return checkEventGateway(model, node)
    case 'boundary-timer': case 'boundary-event': case 'compensation': return checkEdge(model, node)
    case 'throw': case 'end': {
      const activity = node.throws?.type === 'compensate' ? node.throws.activity : undefined
      return activity === undefined || model.nodes.some((one) => one.kind === 'compensation' && indexOf(model).isWithin(one.attachedTo, activity)) ? [] : [about('nothing_to_undo', node)]
    }
    default: return []
  }
}

function checkMulti(node: ActivityNode): Problem[] {
  if (!node.multi) return []
  return [node.multi.items, ...(node.multi.enough === undefined ? [] : [node.multi.enough])].filter((text) => !isExpression(text)).map((condition) => about('bad_condition', node, { condition }))
}

/** One plain start in a sub-process, one with a trigger in one that an event begins. */
function checkSubProcess(model: ProcessModel, node: SubProcessNode): Problem[] {
  const starts = indexOf(model).starts(node.id)
  const [start] = starts
  return start && starts.length === 1 && (start.on !== undefined) === (node.byEvent === true) ? [] : [about('sub_start', node)]
}

/** Behind an event gateway stand events that nothing else leads to. */
function checkEventGateway(model: ProcessModel, node: ProcessNode): Problem[] {
  const { outgoing, incoming, boundaries, node: nodeOf } = indexOf(model)
  const events = outgoing(node.id).map((flow) => nodeOf(flow.to))
  const fits = (event: ProcessNode): boolean => incoming(event.id).length === 1 && (event.kind === 'timer' || event.kind === 'catch' || (event.kind === 'receive' && !event.multi && boundaries(event.id).length === 0))
  return events.length > 1 && events.every(fits) ? [] : [about('event_gateway', node)]
}

/** A decision is taken at once: only its failure can be waited for. */
function checkEdge(model: ProcessModel, node: BoundaryNode | CompensationNode): Problem[] {
  const host = model.nodes.find((one) => one.id === node.attachedTo)
  const fits = host !== undefined && host.in === node.in && isActivity(host) && !isAside(host) && (host.kind !== 'decision' || node.kind === 'compensation' || triggerOf(node)?.type === 'error')
  if (!fits) return [about('boundary_host', node)]
  if (node.kind !== 'compensation') return []
  const handler = model.nodes.find((one) => one.id === node.handler)
  return handler && handler.in === node.in && isActivity(handler) && handler.compensates ? [] : [about('no_handler', node)]
}

function checkFlows(model: ProcessModel): Problem[] {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  return model.flows.flatMap((flow) => {
    const from = nodes.get(flow.from)
    const to = nodes.get(flow.to)
    if (!from || !to) return [about('dangling_flow', flow)]
    if (from.in !== to.in) return [about('crossing_flow', flow)]
    if (to.kind === 'start' || isBoundary(to)) return [about('no_way_in', to)]
    if (flow.condition !== undefined && !isExpression(flow.condition)) return [about('bad_condition', flow, { condition: flow.condition })]
    const chooses = (from.kind === 'exclusive' || from.kind === 'inclusive') && indexOf(model).outgoing(from.id).length > 1
    if (chooses && from.defaultFlow !== flow.id && flow.condition === undefined) return [about('no_condition', flow)]
    if (!chooses && flow.condition !== undefined) return [about('condition_elsewhere', flow)]
    return []
  })
}

/** A circle of gateways and other elements that take no time would turn for ever: nothing in it changes what the conditions look at. */
function checkCircles(model: ProcessModel): Problem[] {
  const { node, outgoing } = indexOf(model)
  const passes = (id: string): boolean => ['exclusive', 'inclusive', 'parallel', 'throw', 'decision'].includes(node(id).kind)
  const comesBack = (id: string): boolean => {
    const seen = new Set<string>()
    const open = outgoing(id).map((flow) => flow.to)
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === id) return true
      if (seen.has(at) || !passes(at)) continue
      seen.add(at)
      open.push(...outgoing(at).map((flow) => flow.to))
    }
    return false
  }
  return model.nodes.filter((one) => passes(one.id) && comesBack(one.id)).map((one) => about('circle', one))
}

function checkTime(model: ProcessModel, legalLimit: string | undefined): Problem[] {
  if (!legalLimit) return []
  const limit = parseDuration(legalLimit)
  if (!limit) return [{ key: 'process.problem.bad_limit', params: { limit: legalLimit } }]
  const longest = longestPath(model, officeTime)
  if (longest.length <= workingMs(limit)) return []
  return [{ key: 'process.problem.too_long', params: { hours: longest.length / 3_600_000, limit: workingMs(limit) / 3_600_000, path: longest.path.filter((node) => node.kind === 'user').map((node) => node.name.vi).join(' → ') } }]
}
