import type { XmlElement } from '../../../platform/xml.ts'
import { backFlows } from '../drawing/layout.ts'
import type { Label } from '../model.ts'
import { containersOf, firstOf, flowsOf, idOf, incoming, isGateway, kindOf, laneOf, nodesOf, ourAttribute, outgoing, textOf, type Tree } from './tree.ts'

/** How a step goes on: to one place, by choice to one of several, to all for which something holds, to all at once, to the first event that comes. */
export type Branching = 'one' | 'choose' | 'some' | 'all' | 'first'

export interface Way { flow: string; to: string; name: Label; condition: string; isDefault: boolean }

/** A step, an event or a gateway that stands by itself, as a row of the table form. A gateway right behind a step that nothing else leads to is part of that step's row. */
export interface Row {
  id: string
  /** BPMN's name for it, without prefix: 'userTask', 'parallelGateway'. */
  kind: string
  name: Label
  /** The sub-process in which it stands. */
  inside?: string
  /** The step at whose edge it stands. */
  attachedTo?: string
  lane?: string
  role: string
  limit: string
  act: string
  /** Of a timer. */
  duration: string
  branching: Branching
  /** The gateway that is part of the row. */
  gateway?: string
  ways: Way[]
  /** How many flows lead to it. */
  comesFrom: number
  /** Answers and conditions come from a person's step, so that a way may be taken by a plain answer. */
  asks: boolean
}

const branchings: Readonly<Record<string, Branching>> = { exclusiveGateway: 'choose', inclusiveGateway: 'some', parallelGateway: 'all', eventBasedGateway: 'first' }
export const gatewayKinds: Readonly<Record<Exclude<Branching, 'one'>, string>> = { choose: 'exclusiveGateway', some: 'inclusiveGateway', all: 'parallelGateway', first: 'eventBasedGateway' }
export const personKinds = ['userTask', 'manualTask', 'task']

/** The rows of a draft in the order in which a dossier meets them; those of a sub-process follow it. */
export function rowsOf(tree: Tree): Row[] {
  return containersOf(tree.process).flatMap((container) => {
    const folded = foldedGateways(container)
    const inOrder = walk(container)
    return inOrder.filter((node) => !folded.has(idOf(node))).map((node) => rowOf(tree, container, node))
  })
}

export function rowOf(tree: Tree, container: XmlElement, node: XmlElement): Row {
  const id = idOf(node)
  const gateway = gatewayBehind(container, node)
  const from = gateway ?? node
  const flows = outgoing(container, idOf(from))
  const lane = laneOf(tree, id)
  return {
    id, kind: kindOf(node), name: nameOf(tree, node), role: ourAttribute(tree, node, 'role'), limit: ourAttribute(tree, node, 'limit'), act: ourAttribute(tree, node, 'act'), duration: durationOf(node),
    ...(container === tree.process ? {} : { inside: idOf(container) }), ...(node.attributes.attachedToRef ? { attachedTo: node.attributes.attachedToRef } : {}), ...(lane ? { lane: idOf(lane) } : {}), ...(gateway ? { gateway: idOf(gateway) } : {}),
    branching: isGateway(from) && (flows.length > 1 || gateway) ? branchings[kindOf(from)] ?? 'choose' : flows.length > 1 ? flows.some((flow) => firstOf(flow, /^conditionExpression$/)) ? 'some' : 'all' : 'one',
    ways: flows.map((flow) => ({ flow: idOf(flow), to: flow.attributes.targetRef ?? '', name: nameOf(tree, flow), condition: textOf(firstOf(flow, /^conditionExpression$/)), isDefault: from.attributes.default === idOf(flow) })),
    comesFrom: incoming(container, id).length, asks: personKinds.includes(kindOf(node)),
  }
}

function durationOf(node: XmlElement): string {
  const timer = firstOf(node, /^timerEventDefinition$/)
  return timer ? textOf(firstOf(timer, /^(timeDuration|timeCycle)$/)) : ''
}

export function nameOf(tree: Tree, element: XmlElement): Label {
  const clean = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()
  return { vi: clean(element.attributes.name), en: clean(ourAttribute(tree, element, 'labelEn')) }
}

/** The gateway to which the only flow out of a step leads, where that is the only flow to it. */
export function gatewayBehind(container: XmlElement, node: XmlElement): XmlElement | undefined {
  if (isGateway(node)) return undefined
  const [flow, ...others] = outgoing(container, idOf(node))
  const next = flow && others.length === 0 ? nodesOf(container).find((one) => idOf(one) === flow.attributes.targetRef) : undefined
  return next && isGateway(next) && incoming(container, idOf(next)).length === 1 ? next : undefined
}

const foldedGateways = (container: XmlElement): Set<string> => new Set(nodesOf(container).flatMap((node) => { const gateway = gatewayBehind(container, node); return gateway ? [idOf(gateway)] : [] }))

/** From the start on, each node after those that lead to it; of several branches the first as far as it goes, then the next. */
function walk(container: XmlElement): XmlElement[] {
  const nodes = nodesOf(container)
  const byId = new Map(nodes.map((node) => [idOf(node), node]))
  const flows = flowsOf(container).map((flow) => ({ id: idOf(flow), from: flow.attributes.sourceRef ?? '', to: flow.attributes.targetRef ?? '' })).filter(({ from, to }) => byId.has(from) && byId.has(to))
  const back = backFlows({ nodes: nodes.map((node) => ({ id: idOf(node), ...(node.attributes.attachedToRef ? { attachedTo: node.attributes.attachedToRef } : {}) })), flows })
  const next = Map.groupBy(flows.filter((flow) => !back.has(flow.id)), (flow) => flow.from)
  const edges = Map.groupBy(nodes.filter((node) => node.attributes.attachedToRef), (node) => node.attributes.attachedToRef!)
  const seen = new Set<string>()
  const late: XmlElement[] = []
  const visit = (id: string): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const to of [...(edges.get(id) ?? []).map(idOf), ...[...(next.get(id) ?? [])].reverse().map((flow) => flow.to)]) visit(to)
    late.push(byId.get(id)!)
  }
  const starts = nodes.filter((node) => kindOf(node) === 'startEvent')
  // Those to which nothing leads follow the ways from the starts.
  for (const node of [...nodes.filter((one) => !starts.includes(one) && !one.attributes.attachedToRef && incoming(container, idOf(one)).length === 0), ...nodes.filter((one) => !starts.includes(one) && incoming(container, idOf(one)).length > 0)].reverse()) if (!reaches(starts, idOf(node), next, edges)) visit(idOf(node))
  for (const start of [...starts].reverse()) visit(idOf(start))
  return late.reverse()
}

function reaches(starts: readonly XmlElement[], id: string, next: ReadonlyMap<string, { to: string }[]>, edges: ReadonlyMap<string, XmlElement[]>): boolean {
  const open = starts.map(idOf)
  const seen = new Set(open)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === id) return true
    for (const to of [...(next.get(at) ?? []).map((flow) => flow.to), ...(edges.get(at) ?? []).map(idOf)]) if (!seen.has(to)) { seen.add(to); open.push(to) }
  }
  return false
}
