import type { XmlElement } from '../../../src/platform/xml.ts'
import { parseDuration } from '../../../src/modules/process/duration.ts'

const local = (name: string): string => name.replace(/^.*:/, '')
const elementsOf = ({ children }: XmlElement): XmlElement[] => children.filter((child) => typeof child !== 'string')
const kinds = { node: /(Event|[tT]ask|Activity|subProcess|transaction|adHocSubProcess|Gateway)$/, flow: /^sequenceFlow$/, sub: /^(subProcess|transaction)$/ }
/** Definitions that name something of the file, and the attributes by which they do. */
const references: Record<string, [attribute: string, kind: string]> = {
  messageEventDefinition: ['messageRef', 'message'], signalEventDefinition: ['signalRef', 'signal'], errorEventDefinition: ['errorRef', 'error'], escalationEventDefinition: ['escalationRef', 'escalation'], sendTask: ['messageRef', 'message'], receiveTask: ['messageRef', 'message'],
}

/**
 * A file of another tool with what its author left open, so that the rest can be walked: which message or signal an event is about, how long a timer is set,
 * what a collapsed sub-process holds (one step), what a condition waits for (a signal stands in for it), and the starts and ends that the standard lets one leave out.
 * A process that begins by a clock, a signal or a condition begins; of several beginnings one is chosen.
 */
export function completeFile(root: XmlElement): XmlElement {
  const added: XmlElement[] = []
  const children = root.children.map((child) => (typeof child !== 'string' && local(child.name) === 'process' ? completeContainer(child, added, true) : child))
  return { ...root, children: [...added, ...children] }
}

function completeContainer(container: XmlElement, added: XmlElement[], isTop: boolean): XmlElement {
  const prefix = container.name.slice(0, -local(container.name).length)
  const id = container.attributes.id ?? 'process'
  const make = (kind: string, attributes: Record<string, string>, children: (XmlElement | string)[] = []): XmlElement => ({ name: `${prefix}${kind}`, attributes, children })
  const name = (owner: XmlElement, kind: string, attribute: string, to: XmlElement): XmlElement => {
    if (to.attributes[attribute] !== undefined || elementsOf(to).some((child) => local(child.name) === attribute)) return to
    const filled = `filled-${kind}-${owner.attributes.id}`
    added.push(make(kind, { id: filled, name: owner.attributes.name || filled, ...(kind === 'error' || kind === 'escalation' ? { [`${kind}Code`]: filled } : {}) }))
    return { ...to, attributes: { ...to.attributes, [attribute]: filled } }
  }
  const definition = (owner: XmlElement, child: XmlElement): XmlElement => {
    const kind = local(child.name)
    if (kind === 'timerEventDefinition') return isSet(owner, child) ? child : { ...child, children: [make('timeDuration', {}, ['PT1H'])] }
    if (kind === 'conditionalEventDefinition') return name(owner, 'signal', 'signalRef', make('signalEventDefinition', { id: child.attributes.id ?? `filled-${owner.attributes.id}` }))
    // Catching any error or escalation is lawful; throwing needs one.
    const isCatching = /^(startEvent|boundaryEvent|intermediateCatchEvent)$/.test(local(owner.name)) && /^(error|escalation)/.test(kind)
    const reference = isCatching ? undefined : references[kind]
    return reference ? name(owner, reference[1], reference[0], child) : child
  }
  const node = (element: XmlElement): XmlElement => {
    const kind = local(element.name)
    if (kinds.sub.test(kind)) return elementsOf(element).some((child) => kinds.node.test(local(child.name))) ? completeContainer(element, added, false) : { ...element, name: `${prefix}task`, attributes: { id: element.attributes.id!, name: element.attributes.name ?? '' } }
    if (kind === 'callActivity') return { ...element, attributes: { ...element.attributes, calledElement: element.attributes.calledElement || 'filled-process' } }
    const reference = references[kind]
    const named = reference ? name(element, reference[1], reference[0], element) : element
    const beginsAnyhow = (child: XmlElement): boolean => kind === 'startEvent' && isTop && /^(timer|signal|conditional)EventDefinition$/.test(local(child.name))
    return { ...named, children: named.children.flatMap((child): (XmlElement | string)[] => (typeof child === 'string' ? [child] : beginsAnyhow(child) ? [] : [definition(element, child)])) }
  }
  const children = container.children.map((child) => (typeof child !== 'string' && kinds.node.test(local(child.name)) ? node(child) : child))
  return addEnds(addStart({ ...container, children }, make, id), make, id)
}

const isSet = (owner: XmlElement, timer: XmlElement): boolean => elementsOf(timer).some((child) => {
  const text = child.children.join('').trim()
  const each = /^R[1-9]\d{0,2}\/(.+)$/.exec(text)?.[1]
  const goesOn = owner.attributes.cancelActivity === 'false' || owner.attributes.isInterrupting === 'false'
  return local(child.name) === 'timeDuration' ? parseDuration(text) !== undefined : local(child.name) === 'timeCycle' && goesOn && each !== undefined && parseDuration(each) !== undefined
})

type Make = (kind: string, attributes: Record<string, string>) => XmlElement
const flowsOf = (container: XmlElement): XmlElement[] => elementsOf(container).filter((child) => kinds.flow.test(local(child.name)))
const isAside = (container: XmlElement, element: XmlElement): boolean => {
  const kind = local(element.name)
  return kind === 'boundaryEvent' || element.attributes.triggeredByEvent === 'true' || element.attributes.isForCompensation === 'true' || elementsOf(element).some((child) => local(child.name) === 'linkEventDefinition') ||
    elementsOf(container).some((child) => local(child.name) === 'association' && child.attributes.targetRef === element.attributes.id && elementsOf(container).some((host) => host.attributes.id === child.attributes.sourceRef && local(host.name) === 'boundaryEvent' && elementsOf(host).some((one) => local(one.name) === 'compensateEventDefinition')))
}

/** One start: before what nothing leads to where there is none, and before all of several. */
function addStart(container: XmlElement, make: Make, id: string): XmlElement {
  if (container.attributes.triggeredByEvent === 'true') return container
  const nodes = elementsOf(container).filter((child) => kinds.node.test(local(child.name)))
  const starts = nodes.filter((node) => local(node.name) === 'startEvent')
  if (starts.length === 1) return container
  const begun = new Set(flowsOf(container).map((flow) => flow.attributes.targetRef))
  const first = starts.length > 1 ? starts : nodes.filter((node) => !begun.has(node.attributes.id) && !isAside(container, node))
  if (first.length === 0) return container
  const fork = `${id}-filled-fork`
  const kept = container.children.map((child) => (typeof child !== 'string' && local(child.name) === 'startEvent' ? { ...child, name: make('intermediateThrowEvent', {}).name, children: [] } : child))
  return {
    ...container, children: [
      ...kept, make('startEvent', { id: `${id}-filled-start` }), make(starts.length > 1 ? 'exclusiveGateway' : 'parallelGateway', { id: fork }), make('sequenceFlow', { id: `${fork}-in`, sourceRef: `${id}-filled-start`, targetRef: fork }),
      ...first.map((node) => make('sequenceFlow', { id: `${fork}-${node.attributes.id}`, sourceRef: fork, targetRef: node.attributes.id! })),
    ],
  }
}

/** An end behind what leads nowhere. */
function addEnds(container: XmlElement, make: Make, id: string): XmlElement {
  const left = new Set(flowsOf(container).map((flow) => flow.attributes.sourceRef))
  const open = elementsOf(container).filter((node) => {
    const kind = local(node.name)
    const isThrownLink = kind === 'intermediateThrowEvent' && elementsOf(node).some((child) => local(child.name) === 'linkEventDefinition')
    const isCompensating = kind === 'boundaryEvent' && elementsOf(node).some((child) => local(child.name) === 'compensateEventDefinition')
    return kinds.node.test(kind) && kind !== 'endEvent' && !isThrownLink && !isCompensating && !left.has(node.attributes.id) && (kind === 'boundaryEvent' || !isAside(container, node) || elementsOf(node).some((child) => local(child.name) === 'linkEventDefinition'))
  })
  return { ...container, children: [...container.children, ...open.flatMap((node, n) => [make('endEvent', { id: `${id}-filled-end-${n}` }), make('sequenceFlow', { id: `${id}-filled-way-${n}`, sourceRef: node.attributes.id!, targetRef: `${id}-filled-end-${n}` })])] }
}
