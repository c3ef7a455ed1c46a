import type { XmlElement } from '../../../platform/xml.ts'
import { translator } from '../../../platform/i18n.ts'
import { gatewayBehind, personKinds } from './rows.ts'
import type { StepTemplate } from './step-templates.ts'
import { connect, findNode, freshId, idOf, incoming, insert, isGateway, kindOf, laneOf, lanesOf, make, mendReferences, nodesOf, ourAttribute, outgoing, remove, setAttributes, setLane, type Tree } from './tree.ts'

/** Changes of the table form. Each changes the tree in place and leaves it as it is where it cannot be done; the answer is whether it was. */

/** A new step behind another, or in the place of the end of its way. @returns its id */
export function addAfter(tree: Tree, id: string, key: string, template: StepTemplate): string | undefined {
  const found = findNode(tree, id)
  if (!found || kindOf(found.node) === 'endEvent') return undefined
  const { node, container } = found
  const made = newStep(tree, container, key, template, node)
  const flows = outgoing(container, id)
  if (flows.length > 1 || (isGateway(node) && flows.length > 0 && incoming(container, id).length <= 1)) {
    // Behind a gateway every way has its own next step: a new one stands before it.
    if (!isGateway(node)) return undefined
    for (const flow of incoming(container, id)) flow.attributes.targetRef = idOf(made)
    connect(tree, container, idOf(made), id)
  } else {
    const [flow] = flows
    const to = flow?.attributes.targetRef
    if (flow) flow.attributes.targetRef = idOf(made)
    else connect(tree, container, id, idOf(made))
    connect(tree, container, idOf(made), to ?? newEnd(tree, container))
  }
  mendReferences(tree)
  return idOf(made)
}

/** A timer at the edge of a step; what it begins is drawn behind it, at first an end. @returns its id */
export function addAtEdge(tree: Tree, id: string, key: string, template: StepTemplate): string | undefined {
  const found = findNode(tree, id)
  if (!found || !/[tT]ask$|^callActivity$|^subProcess$/.test(kindOf(found.node))) return undefined
  const made = newStep(tree, found.container, key, template, found.node)
  setAttributes(made, { attachedToRef: id })
  connect(tree, found.container, idOf(made), newEnd(tree, found.container))
  mendReferences(tree)
  return idOf(made)
}

/** A new step that is done at the same time as another: a parallel gateway before both and one behind, or one branch more where they are there. @returns its id */
export function addBeside(tree: Tree, id: string, key: string, template: StepTemplate): string | undefined {
  const found = findNode(tree, id)
  if (!found || !canStandBeside(tree, id)) return undefined
  const { node, container } = found
  const [into, out] = [incoming(container, id), outgoing(container, id)]
  const isParallel = (at: string | undefined): boolean => nodesOf(container).some((one) => idOf(one) === at && kindOf(one) === 'parallelGateway')
  const made = newStep(tree, container, key, template, node)
  if (into.length === 1 && isParallel(into[0]!.attributes.sourceRef) && isParallel(out[0]!.attributes.targetRef)) {
    connect(tree, container, into[0]!.attributes.sourceRef!, idOf(made))
    connect(tree, container, idOf(made), out[0]!.attributes.targetRef!)
  } else {
    const [split, join] = [newGateway(tree, container, `${id}_split`, node), newGateway(tree, container, `${id}_join`, node)]
    for (const flow of into) flow.attributes.targetRef = split
    out[0]!.attributes.sourceRef = join
    for (const one of [id, idOf(made)]) {
      connect(tree, container, split, one)
      connect(tree, container, one, join)
    }
  }
  mendReferences(tree)
  return idOf(made)
}

/** A step with one way in or more and one way out that does not choose. */
export function canStandBeside(tree: Tree, id: string): boolean {
  const found = findNode(tree, id)
  if (!found) return false
  const { node, container } = found
  return /[tT]ask$|^callActivity$|^subProcess$/.test(kindOf(node)) && outgoing(container, id).length === 1 && incoming(container, id).length > 0 && (!gatewayBehind(container, node) || kindOf(gatewayBehind(container, node)!) === 'parallelGateway')
}

/** A start stays, and so does an end; a gateway by itself goes when it no longer divides. */
export function canRemove(tree: Tree, id: string): boolean {
  const found = findNode(tree, id)
  if (!found || kindOf(found.node) === 'startEvent') return false
  const { node, container } = found
  if (kindOf(node) === 'endEvent') return nodesOf(container).filter((one) => kindOf(one) === 'endEvent').length > 1 || incoming(container, id).length === 0
  return outgoing(container, id).length <= 1
}

/** Takes a step out with what stands at its edge; what led to it leads on to where it led. */
export function removeStep(tree: Tree, id: string): boolean {
  const found = findNode(tree, id)
  if (!found || !canRemove(tree, id)) return false
  const { node, container } = found
  const to = outgoing(container, id)[0]?.attributes.targetRef
  for (const flow of outgoing(container, id)) remove(container, flow)
  for (const flow of incoming(container, id)) {
    if (to === undefined || to === id || flow.attributes.sourceRef === to) remove(container, flow)
    else flow.attributes.targetRef = to
  }
  for (const edge of nodesOf(container).filter((one) => one.attributes.attachedToRef === id)) {
    for (const flow of outgoing(container, idOf(edge))) remove(container, flow)
    remove(container, edge)
  }
  remove(container, node)
  mendReferences(tree)
  return true
}

/** The step right before it, where the two may change places: each has one way out, and nothing else leads to the second. */
function stepBefore(tree: Tree, id: string): { container: XmlElement; before: XmlElement } | undefined {
  const found = findNode(tree, id)
  const moves = (node: XmlElement): boolean => /[tT]ask$|^callActivity$|^subProcess$|^intermediate/.test(kindOf(node))
  if (!found || !moves(found.node)) return undefined
  const { container } = found
  const [flow, ...others] = incoming(container, id)
  const before = flow && others.length === 0 ? nodesOf(container).find((one) => idOf(one) === flow.attributes.sourceRef) : undefined
  if (!before || !moves(before) || outgoing(container, idOf(before)).length !== 1 || outgoing(container, id).length !== 1) return undefined
  return { container, before }
}

export const canMoveUp = (tree: Tree, id: string): boolean => stepBefore(tree, id) !== undefined
export const canMoveDown = (tree: Tree, id: string): boolean => stepAfter(tree, id) !== undefined

function stepAfter(tree: Tree, id: string): string | undefined {
  const found = findNode(tree, id)
  const next = found && outgoing(found.container, id).length === 1 ? outgoing(found.container, id)[0]!.attributes.targetRef : undefined
  return next !== undefined && canMoveUp(tree, next) ? next : undefined
}

/** Changes places with the step before it. */
export function moveUp(tree: Tree, id: string): boolean {
  const place = stepBefore(tree, id)
  if (!place) return false
  const { container, before } = place
  const between = incoming(container, id)[0]!
  for (const flow of incoming(container, idOf(before))) flow.attributes.targetRef = id
  outgoing(container, id)[0]!.attributes.sourceRef = idOf(before)
  Object.assign(between.attributes, { sourceRef: id, targetRef: idOf(before) })
  mendReferences(tree)
  return true
}

export function moveDown(tree: Tree, id: string): boolean {
  const next = stepAfter(tree, id)
  return next !== undefined && moveUp(tree, next)
}

/** Puts a step of a template into a container, in the lane of its role or that of another element. */
function newStep(tree: Tree, container: XmlElement, key: string, { kind, role = '', limit = '', act = '', duration }: StepTemplate, beside: XmlElement): XmlElement {
  const text = `process.designer.step.${key}`
  const step = make(tree, kind, { id: freshId(tree, translator('en')(text)), [`${tree.ours}labelEn`]: translator('en')(text), name: translator('vi')(text), [`${tree.ours}role`]: role, [`${tree.ours}limit`]: limit, [`${tree.ours}act`]: act })
  if (duration !== undefined) {
    step.attributes[`${tree.ours}workingTime`] = 'true'
    step.children.push(make(tree, 'timerEventDefinition', {}, make(tree, 'timeDuration', { 'xsi:type': `${tree.bpmn}tFormalExpression` }, duration)))
  }
  place(tree, container, step)
  if (container === tree.process) setLane(tree, idOf(step), laneForRole(tree, role) ?? idOf(laneOf(tree, idOf(beside)) ?? step))
  return step
}

/** The lane in which steps of a role stand, or whose id speaks of it. */
export function laneForRole(tree: Tree, role: string): string | undefined {
  if (role === '') return undefined
  const holds = (lane: XmlElement): boolean => nodesOf(tree.process).some((node) => personKinds.includes(kindOf(node)) && ourAttribute(tree, node, 'role') === role && laneOf(tree, idOf(node)) === lane)
  const lanes = lanesOf(tree)
  const found = lanes.find(holds) ?? lanes.find((lane) => idOf(lane).endsWith(role.replace('-', '_')))
  return found && idOf(found)
}

export function newGateway(tree: Tree, container: XmlElement, wish: string, beside: XmlElement, kind = 'parallelGateway'): string {
  const gateway = make(tree, kind, { id: freshId(tree, wish) })
  place(tree, container, gateway)
  const lane = container === tree.process ? laneOf(tree, idOf(beside)) : undefined
  if (lane) setLane(tree, idOf(gateway), idOf(lane))
  return idOf(gateway)
}

export function newEnd(tree: Tree, container: XmlElement): string {
  const end = make(tree, 'endEvent', { id: freshId(tree, 'end'), name: translator('vi')('process.designer.new.end'), [`${tree.ours}labelEn`]: translator('en')('process.designer.new.end') })
  place(tree, container, end)
  const other = nodesOf(container).find((one) => kindOf(one) === 'endEvent' && one !== end)
  const lane = container === tree.process && other ? laneOf(tree, idOf(other)) : undefined
  if (lane) setLane(tree, idOf(end), idOf(lane))
  return idOf(end)
}

/** Behind the last of its kind. */
function place(tree: Tree, container: XmlElement, node: XmlElement): void {
  const nodes = nodesOf(container)
  const next = nodes.at(-1) && container.children.slice(container.children.indexOf(nodes.at(-1)!) + 1).find((child) => typeof child !== 'string')
  insert(container, node, typeof next === 'string' ? undefined : next)
}

/** Where a way may lead: everything of the same process or sub-process that something can lead to. */
export function targetsOf(tree: Tree, id: string): XmlElement[] {
  const found = findNode(tree, id)
  return found ? nodesOf(found.container).filter((node) => !node.attributes.attachedToRef && kindOf(node) !== 'startEvent' && idOf(node) !== id) : []
}

/** Names of the process, its limit and its lanes. */
export function changeHead(tree: Tree, head: { nameVi: string; nameEn: string; limit: string; lanes: Readonly<Record<string, { vi: string; en: string }>> }): void {
  setAttributes(tree.process, { name: head.nameVi, [`${tree.ours}labelEn`]: head.nameEn, [`${tree.ours}limit`]: head.limit })
  for (const lane of lanesOf(tree)) {
    const names = head.lanes[idOf(lane)]
    if (names) setAttributes(lane, { name: names.vi, [`${tree.ours}labelEn`]: names.en })
  }
}
