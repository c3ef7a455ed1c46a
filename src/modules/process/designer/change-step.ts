import type { XmlElement } from '../../../platform/xml.ts'
import { newEnd, newGateway } from './edit-steps.ts'
import { newElementId } from './new-element-id.ts'
import { gatewayKinds, personKinds, rowOf, type Branching, type Row } from './rows.ts'
import { connect, elementsOf, findNode, firstOf, freshId, idOf, insert, kindOf, make, mendReferences, outgoing, ourAttribute, remove, setAttributes, setCondition, setLane, textOf, type Tree } from './tree.ts'

/** A way out of a step as it is typed: `flow` is empty for a new one, `to` the id of an element, or `newEndTarget`. */
export interface TypedWay { flow: string; to: string; nameVi: string; nameEn: string; condition: string }

/** What the form of one step holds. Values of other kinds of steps are empty. */
export interface TypedStep {
  nameVi: string; nameEn: string; lane: string
  role: string; limit: string; act: string
  service: string; decision: string; result: string; called: string; message: string
  duration: string; workingTime: boolean
  /** Of an event at an edge: the step ends when it comes. */
  interrupts: boolean
  branching: Branching
  ways: TypedWay[]
  /** Place of the default way among `ways`. */
  otherwise: number
}

export const newEndTarget = '+end'

/** Details that a kind of step has besides names and lane. */
export function detailsOf(kind: string, node: XmlElement): 'person' | 'service' | 'decision' | 'call' | 'message' | 'timer' | undefined {
  if (personKinds.includes(kind)) return 'person'
  if (kind === 'serviceTask') return 'service'
  if (kind === 'businessRuleTask') return 'decision'
  if (kind === 'callActivity') return 'call'
  if (kind === 'sendTask' || kind === 'receiveTask' || firstOf(node, /^messageEventDefinition$/)) return 'message'
  return timeOf(node) ? 'timer' : undefined
}

/** A timer with a duration, or one that says nothing yet. */
function timeOf(node: XmlElement): XmlElement | undefined {
  const timer = firstOf(node, /^timerEventDefinition$/)
  return timer && !firstOf(timer, /^(timeCycle|timeDate)$/) ? timer : undefined
}

/** What stands in the document about one step. */
export function typedStep(tree: Tree, id: string): TypedStep | undefined {
  const found = findNode(tree, id)
  if (!found) return undefined
  const { node, container } = found
  const row = rowOf(tree, container, node)
  const timer = timeOf(node)
  return {
    nameVi: row.name.vi, nameEn: row.name.en, lane: row.lane ?? '', role: row.role, limit: row.limit, act: row.act,
    service: ourAttribute(tree, node, 'service'), decision: ourAttribute(tree, node, 'decision'), result: ourAttribute(tree, node, 'resultVariable'), called: node.attributes.calledElement ?? '', message: messageOf(tree, node),
    duration: textOf(timer && firstOf(timer, /^timeDuration$/)), workingTime: ourAttribute(tree, node, 'workingTime') === 'true', interrupts: node.attributes.cancelActivity !== 'false', branching: row.branching,
    ways: row.ways.map((way) => ({ flow: way.flow, to: way.to, nameVi: way.name.vi, nameEn: way.name.en, condition: isAnswer(way.condition, answerOf(tree, container, way.flow)) ? '' : way.condition })),
    otherwise: row.ways.findIndex((way) => way.isDefault),
  }
}

/** Puts what was typed about a step into the document. What is as it was stays to the letter. */
export function changeStep(tree: Tree, id: string, typed: TypedStep): boolean {
  const found = findNode(tree, id)
  if (!found) return false
  const { node, container } = found
  const ours = (values: Record<string, string>): void => setAttributes(node, Object.fromEntries(Object.entries(values).map(([name, value]) => [tree.ours + name, value])))
  const before = rowOf(tree, container, node)
  if (before.name.vi !== typed.nameVi) setAttributes(node, { name: typed.nameVi })
  ours({ labelEn: typed.nameEn })
  switch (detailsOf(kindOf(node), node)) {
    case 'person': ours({ role: typed.role, limit: typed.limit, act: typed.act }); break
    case 'service': ours({ service: typed.service }); break
    case 'decision': ours({ decision: typed.decision, resultVariable: typed.result }); break
    case 'call': setAttributes(node, { calledElement: typed.called }); break
    case 'message': setMessage(tree, node, typed.message); break
    case 'timer': setDuration(tree, node, typed.duration); ours({ workingTime: typed.workingTime ? 'true' : '' }); break
    case undefined: break
  }
  if (node.attributes.attachedToRef && typed.interrupts !== (node.attributes.cancelActivity !== 'false')) setAttributes(node, { cancelActivity: typed.interrupts ? '' : 'false' })
  if (container === tree.process && typed.lane !== '') setLane(tree, id, typed.lane)
  if (kindOf(node) !== 'endEvent') changeWays(tree, container, node, before, typed)
  mendReferences(tree)
  return true
}

function changeWays(tree: Tree, container: XmlElement, node: XmlElement, before: Row, { branching, ways, otherwise }: TypedStep): void {
  const wanted = ways.filter((way) => way.to !== '')
  const isGatewayRow = kindOf(node).endsWith('Gateway')
  const mode = isGatewayRow ? before.branching : wanted.length < 2 ? 'one' : branching === 'one' ? 'choose' : branching
  const from = sourceOf(tree, container, node, before, mode)
  const kept = new Set(wanted.map((way) => way.flow))
  for (const flow of outgoing(container, from)) if (!kept.has(idOf(flow))) remove(container, flow)
  const conditional = mode === 'choose' || mode === 'some'
  const fallback = conditional && wanted.length > 1 ? ways[otherwise] : undefined
  const codes = new Set<string>()
  let chosen: string | undefined
  for (const way of wanted) {
    const to = way.to === newEndTarget ? newEnd(tree, container) : way.to
    const flow = outgoing(container, from).find((one) => idOf(one) === way.flow && way.flow !== '') ?? connect(tree, container, from, to)
    setAttributes(flow, { targetRef: to, name: way.nameVi, [`${tree.ours}labelEn`]: way.nameEn })
    // An answer by its name, unless a condition is written out.
    const answer = conditional && wanted.length > 1 && way.condition === '' ? ourAttribute(tree, flow, 'outcome') || answerIn(flow) || newElementId(way.nameEn || way.nameVi || to, codes) : ''
    codes.add(answer)
    setAttributes(flow, { [`${tree.ours}outcome`]: answer })
    if (way === fallback) chosen = idOf(flow)
    setCondition(tree, flow, !conditional || wanted.length < 2 || way === fallback ? '' : way.condition || `outcome = "${answer}"`)
  }
  const source = elementsOf(container).find((one) => idOf(one) === from)
  if (source && source.name.endsWith('Gateway')) setAttributes(source, { default: chosen ?? '' })
}

/** The element from which the ways go out: the step, or a gateway right behind it that is made, changed or taken away as its ways want it. */
function sourceOf(tree: Tree, container: XmlElement, node: XmlElement, before: Row, mode: Branching): string {
  const id = idOf(node)
  if (kindOf(node).endsWith('Gateway')) return id
  const gateway = elementsOf(container).find((one) => idOf(one) === before.gateway)
  if (mode === 'one') {
    if (!gateway) return id
    for (const flow of outgoing(container, id)) remove(container, flow)
    for (const flow of outgoing(container, idOf(gateway))) flow.attributes.sourceRef = id
    remove(container, gateway)
    return id
  }
  if (gateway) {
    gateway.name = `${tree.bpmn}${gatewayKinds[mode]}`
    return idOf(gateway)
  }
  const made = newGateway(tree, container, `${id}_ways`, node, gatewayKinds[mode])
  for (const flow of outgoing(container, id)) flow.attributes.sourceRef = made
  connect(tree, container, id, made)
  return made
}

const answerIn = (flow: XmlElement): string => /^\s*outcome\s*=\s*"([^"]+)"\s*$/.exec(textOf(firstOf(flow, /^conditionExpression$/)))?.[1] ?? ''
function answerOf(tree: Tree, container: XmlElement, flowId: string): string {
  const flow = elementsOf(container).find((one) => idOf(one) === flowId)
  return flow ? ourAttribute(tree, flow, 'outcome') || answerIn(flow) : ''
}
const isAnswer = (condition: string, answer: string): boolean => answer !== '' && condition.replace(/\s/g, '') === `outcome="${answer}"`.replace(/\s/g, '')

function setDuration(tree: Tree, node: XmlElement, duration: string): void {
  const timer = timeOf(node)!
  const old = firstOf(timer, /^timeDuration$/)
  if (textOf(old) === duration) return
  if (old) remove(timer, old)
  if (duration !== '') insert(timer, make(tree, 'timeDuration', { 'xsi:type': `${tree.bpmn}tFormalExpression` }, duration))
}

/** What carries the reference to a message: the task itself or its event definition. */
const messenger = (node: XmlElement): XmlElement => firstOf(node, /^messageEventDefinition$/) ?? node
const messages = (tree: Tree): XmlElement[] => elementsOf(tree.root).filter((child) => kindOf(child) === 'message')

function messageOf(tree: Tree, node: XmlElement): string {
  const message = messages(tree).find((one) => idOf(one) === messenger(node).attributes.messageRef)
  return message ? message.attributes.name ?? idOf(message) : ''
}

/** A message is known by its name; one that the file does not have yet is added. */
function setMessage(tree: Tree, node: XmlElement, name: string): void {
  if (messageOf(tree, node) === name) return
  const known = messages(tree).find((one) => one.attributes.name === name)
  if (name !== '' && !known) {
    const made = make(tree, 'message', { id: freshId(tree, `message ${name}`), name })
    insert(tree.root, made, tree.process)
    setAttributes(messenger(node), { messageRef: idOf(made) })
  } else setAttributes(messenger(node), { messageRef: known ? idOf(known) : '' })
}
