import { readXml, type XmlElement } from '../../../platform/xml.ts'
import { newElementId } from './new-element-id.ts'

/**
 * The XML of a draft, to be changed in place: what is not touched stays to the letter (ADR 27). Ids and references are plain, as `prepareFile` makes them.
 */
export interface Tree {
  root: XmlElement
  /** The one process that runs. */
  process: XmlElement
  /** Prefix of BPMN's own elements with its colon, as the file has it; empty where they are in the default namespace. */
  bpmn: string
  /** Prefix of our attributes with its colon. */
  ours: string
}

const ourNamespace = 'urn:motcua:bpmn:1'
const xsi = 'http://www.w3.org/2001/XMLSchema-instance'

/** Undefined where the file has not exactly one process to run. @throws Error for a text that is no XML */
export function openTree(text: string): Tree | undefined {
  const root = readXml(text)
  const all = elementsOf(root).filter((child) => kindOf(child) === 'process')
  const executable = all.filter((process) => process.attributes.isExecutable === 'true')
  const [process, ...others] = executable.length === 1 ? executable : all
  if (!process || others.length > 0) return undefined
  const ours = Object.entries(root.attributes).find(([name, uri]) => name.startsWith('xmlns:') && uri === ourNamespace)?.[0].slice('xmlns:'.length) ?? 'motcua'
  root.attributes[`xmlns:${ours}`] = ourNamespace
  if (!Object.values(root.attributes).includes(xsi)) root.attributes['xmlns:xsi'] = xsi
  return { root, process, bpmn: /^.*:/.exec(process.name)?.[0] ?? '', ours: `${ours}:` }
}

export const elementsOf = ({ children }: XmlElement): XmlElement[] => children.filter((child) => typeof child !== 'string')
/** Name without its prefix: 'userTask'. */
export const kindOf = ({ name }: XmlElement): string => name.replace(/^.*:/, '')
export const idOf = ({ attributes }: XmlElement): string => attributes.id ?? ''
export const firstOf = (element: XmlElement, kind: RegExp): XmlElement | undefined => elementsOf(element).find((child) => kind.test(kindOf(child)))
export const textOf = (element: XmlElement | undefined): string => (element?.children ?? []).map((child) => (typeof child === 'string' ? child : textOf(child))).join('').trim()

const flowNode = /(Event|[tT]ask|Gateway|^subProcess|^transaction|^adHocSubProcess|^callActivity)$/
export const isFlowNode = (element: XmlElement): boolean => flowNode.test(kindOf(element))
export const isSubProcess = (element: XmlElement): boolean => /ubProcess$|^transaction$/.test(kindOf(element))
export const isGateway = (element: XmlElement): boolean => kindOf(element).endsWith('Gateway')
/** Steps, events and gateways that stand in a process or sub-process. */
export const nodesOf = (container: XmlElement): XmlElement[] => elementsOf(container).filter(isFlowNode)
export const flowsOf = (container: XmlElement): XmlElement[] => elementsOf(container).filter((child) => kindOf(child) === 'sequenceFlow')

/** The process and its sub-processes, the outer before the inner. */
export function containersOf(container: XmlElement): XmlElement[] {
  return [container, ...nodesOf(container).filter(isSubProcess).flatMap(containersOf)]
}

/** Pools that stand beside it: a layout of our own would show the process alone. */
export const hasPools = (tree: Tree): boolean => elementsOf(tree.root).some((child) => kindOf(child) === 'collaboration')

/** An element of the process with what holds it. */
export function findNode(tree: Tree, id: string): { node: XmlElement; container: XmlElement } | undefined {
  for (const container of containersOf(tree.process)) {
    const node = nodesOf(container).find((one) => idOf(one) === id)
    if (node) return { node, container }
  }
  return undefined
}

export const outgoing = (container: XmlElement, id: string): XmlElement[] => flowsOf(container).filter((flow) => flow.attributes.sourceRef === id)
export const incoming = (container: XmlElement, id: string): XmlElement[] => flowsOf(container).filter((flow) => flow.attributes.targetRef === id)

export const ourAttribute = (tree: Tree, element: XmlElement, name: string): string => element.attributes[tree.ours + name] ?? ''

/** Sets attributes; an empty value takes one away. */
export function setAttributes(element: XmlElement, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === '') delete element.attributes[name]
    else element.attributes[name] = value
  }
}

/** A new element of BPMN; attributes with an empty value are left out. */
export function make(tree: Tree, kind: string, attributes: Readonly<Record<string, string>>, ...children: (XmlElement | string)[]): XmlElement {
  const made: XmlElement = { name: `${tree.bpmn}${kind}`, attributes: {}, children }
  setAttributes(made, attributes)
  return made
}

/** Puts an element at the end of another, or in front of one of its children, on a line of its own. */
export function insert(parent: XmlElement, child: XmlElement, before?: XmlElement): void {
  const at = before ? parent.children.indexOf(before) : -1
  const lead = parent.children.find((one): one is string => typeof one === 'string' && /^\s*\n\s*$/.test(one))
  if (at >= 0) parent.children.splice(at, 0, child, ...(lead ? [lead] : []))
  else if (typeof parent.children.at(-1) === 'string') parent.children.splice(-1, 0, ...(lead && parent.children.length > 1 ? [lead] : []), child)
  else parent.children.push(child)
}

/** Takes an element out, with the line that it stood on. */
export function remove(parent: XmlElement, child: XmlElement): void {
  const at = parent.children.indexOf(child)
  if (at < 0) return
  const before = parent.children[at - 1]
  const hasLine = typeof before === 'string' && before.trim() === ''
  parent.children.splice(hasLine ? at - 1 : at, hasLine ? 2 : 1)
}

export function idsOf(element: XmlElement, ids = new Set<string>()): Set<string> {
  if (element.attributes.id !== undefined) ids.add(element.attributes.id)
  for (const child of elementsOf(element)) idsOf(child, ids)
  return ids
}

/** An id that nothing in the document has. */
export const freshId = (tree: Tree, wish: string): string => newElementId(wish, idsOf(tree.root))

export function connect(tree: Tree, container: XmlElement, from: string, to: string, attributes: Readonly<Record<string, string>> = {}): XmlElement {
  const flow = make(tree, 'sequenceFlow', { id: freshId(tree, `${from}_to_${to}`), sourceRef: from, targetRef: to, ...attributes })
  insert(container, flow, elementsOf(container).find((child) => /^(association|textAnnotation|group)$/.test(kindOf(child))))
  return flow
}

/** FEEL of a flow; an empty one takes it away. */
export function setCondition(tree: Tree, flow: XmlElement, condition: string): void {
  const old = firstOf(flow, /^conditionExpression$/)
  if (textOf(old) === condition) return
  if (old) remove(flow, old)
  if (condition !== '') flow.children = [...flow.children.filter((child) => typeof child !== 'string' || child.trim() !== ''), make(tree, 'conditionExpression', { 'xsi:type': `${tree.bpmn}tFormalExpression`, language: 'FEEL' }, condition)]
}

/** The innermost lanes of the process. */
export function lanesOf(tree: Tree): XmlElement[] {
  const within = (holder: XmlElement): XmlElement[] => elementsOf(holder).filter((child) => /^(laneSet|childLaneSet)$/.test(kindOf(child))).flatMap((set) => elementsOf(set).filter((child) => kindOf(child) === 'lane'))
    .flatMap((lane) => { const inner = within(lane); return inner.length > 0 ? inner : [lane] })
  return within(tree.process)
}

export const laneOf = (tree: Tree, id: string): XmlElement | undefined => lanesOf(tree).find((lane) => elementsOf(lane).some((child) => kindOf(child) === 'flowNodeRef' && textOf(child) === id))

/** Puts an element into a lane of the process, out of any other; the lanes around one of these hold it too, where they hold any. */
export function setLane(tree: Tree, id: string, laneId: string): void {
  const lane = lanesOf(tree).find((one) => idOf(one) === laneId)
  const now = laneOf(tree, id)
  if (!lane || lane === now) return
  if (now) dropReferences(now, /^flowNodeRef$/, (ref) => ref === id)
  insert(lane, make(tree, 'flowNodeRef', {}, id))
}

export function dropReferences(holder: XmlElement, kind: RegExp, isStale: (id: string) => boolean): void {
  for (const child of elementsOf(holder)) if (kind.test(kindOf(child)) && isStale(textOf(child))) remove(holder, child)
}

/** After steps and flows have changed: what names them elsewhere in the process is brought in line. */
export function mendReferences(tree: Tree): void {
  const usesFlowLists = containersOf(tree.process).some((container) => nodesOf(container).some((node) => firstOf(node, /^(incoming|outgoing)$/)))
  const ids = idsOf(tree.process)
  for (const lane of lanesOf(tree)) dropReferences(lane, /^flowNodeRef$/, (id) => !ids.has(id))
  const all = idsOf(tree.root)
  for (const holder of [...elementsOf(tree.root).filter((child) => kindOf(child) === 'collaboration'), ...containersOf(tree.process)]) {
    for (const line of elementsOf(holder).filter((child) => /^(association|messageFlow)$/.test(kindOf(child)))) if (!all.has(line.attributes.sourceRef ?? '') || !all.has(line.attributes.targetRef ?? '')) remove(holder, line)
  }
  for (const container of containersOf(tree.process)) {
    if (usesFlowLists) for (const node of nodesOf(container)) mendFlowList(tree, container, node)
    for (const node of nodesOf(container)) if (node.attributes.default !== undefined && !outgoing(container, idOf(node)).some((flow) => idOf(flow) === node.attributes.default)) delete node.attributes.default
  }
}

function mendFlowList(tree: Tree, container: XmlElement, node: XmlElement): void {
  for (const [kind, flows] of [['incoming', incoming(container, idOf(node))], ['outgoing', outgoing(container, idOf(node))]] as const) {
    const wanted = flows.map(idOf)
    dropReferences(node, new RegExp(`^${kind}$`), (id) => !wanted.includes(id))
    const has = elementsOf(node).filter((child) => kindOf(child) === kind).map(textOf)
    const next = elementsOf(node).find((child) => !/^(documentation|extensionElements|incoming)$/.test(kindOf(child)) && !(kind === 'outgoing' && kindOf(child) === 'outgoing'))
    for (const id of wanted) if (!has.includes(id)) insert(node, make(tree, kind, {}, id), next)
  }
}
