import { isCondition } from './condition.ts'
import { parseDuration, workingMs } from './duration.ts'
import { longestPath, officeTime } from './longest-path.ts'
import { indexOf, type Problem, type ProcessModel, type ProcessNode } from './model.ts'
import { explore } from './state-space.ts'

/**
 * Everything that keeps a process from being published; an empty list means: it is sound. Checked are
 * 1. the form: one start, an end, every step with role and limit, every gateway with a way out whatever happens;
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
  const starts = model.nodes.filter((node) => node.kind === 'start')
  if (model.key === '') problems.push({ key: 'process.problem.no_key', params: {} })
  if (starts.length !== 1) problems.push({ key: 'process.problem.one_start', params: { count: starts.length } })
  if (!model.nodes.some((node) => node.kind === 'end')) problems.push({ key: 'process.problem.no_end', params: {} })
  if (!model.nodes.some((node) => node.kind === 'user')) problems.push({ key: 'process.problem.no_task', params: {} })
  const seen = new Set<string>()
  for (const { id } of [...model.nodes, ...model.flows]) {
    if (id === '' || seen.has(id)) problems.push({ key: 'process.problem.bad_id', params: { id } })
    seen.add(id)
  }
  return problems
}

function checkNode(model: ProcessModel, node: ProcessNode): Problem[] {
  const ways = indexOf(model).outgoing(node.id).length
  const problems: Problem[] = []
  if (node.kind === 'end' ? ways > 0 : ways === 0) problems.push(about(node.kind === 'end' ? 'end_goes_on' : 'no_way_out', node))
  if (node.kind !== 'exclusive' && node.kind !== 'parallel' && ways > 1) problems.push(about('implicit_split', node))
  if (node.kind === 'user') {
    if (node.role === '') problems.push(about('no_role', node))
    if (!parseDuration(node.limit)) problems.push(about('no_limit', node, { limit: node.limit }))
    if (node.name.vi === '') problems.push(about('no_name', node))
  }
  if (node.kind === 'exclusive' && ways > 1 && !indexOf(model).outgoing(node.id).some((flow) => flow.id === node.defaultFlow)) problems.push(about('no_default', node))
  if (node.kind === 'boundary-timer' && !model.nodes.some((task) => task.kind === 'user' && task.id === node.attachedTo)) problems.push(about('boundary_host', node))
  return problems
}

function checkFlows(model: ProcessModel): Problem[] {
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  return model.flows.flatMap((flow) => {
    const from = nodes.get(flow.from)
    const to = nodes.get(flow.to)
    if (!from || !to) return [about('dangling_flow', flow)]
    if (to.kind === 'start' || to.kind === 'boundary-timer') return [about('no_way_in', to)]
    if (flow.condition !== undefined && !isCondition(flow.condition)) return [about('bad_condition', flow, { condition: flow.condition })]
    const chooses = from.kind === 'exclusive' && indexOf(model).outgoing(from.id).length > 1
    if (chooses && from.defaultFlow !== flow.id && flow.condition === undefined) return [about('no_condition', flow)]
    if (!chooses && flow.condition !== undefined) return [about('condition_elsewhere', flow)]
    return []
  })
}

/** A circle of gateways alone would turn for ever: nothing in it changes what the conditions look at. */
function checkCircles(model: ProcessModel): Problem[] {
  const { node, outgoing } = indexOf(model)
  const passes = (id: string): boolean => node(id).kind === 'exclusive' || node(id).kind === 'parallel'
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
