import type { BpmnElement } from 'bpmn-moddle'
import type { Box, Label } from '../model.ts'
import { graphOf } from './graph.ts'
import { layOut } from './layout.ts'
import type { Figure, Line, Marker, Scene, Symbol } from './scene.ts'

/** The diagrams of a BPMN file, each a scene; processes that stand in none, and their sub-processes, follow in a layout of our own. */
export function readScenes(definitions: BpmnElement): Scene[] {
  const diagrams: BpmnElement[] = (definitions.diagrams ?? []).filter((diagram: BpmnElement) => (diagram.plane?.planeElement ?? []).length > 0)
  const shown = new Set(diagrams.flatMap((diagram) => diagram.plane.planeElement as BpmnElement[]).map((element) => element.bpmnElement))
  const processes: BpmnElement[] = (definitions.rootElements ?? []).filter((root: BpmnElement) => root.$type === 'bpmn:Process')
  return [...diagrams.map(sceneOfDiagram), ...processes.filter((process) => !flowElementsOf(process).some((element) => shown.has(element))).flatMap(scenesOfProcess)]
}

/** Flow elements of one process that a layout of our own still places: a larger one nobody could read. */
const mostLaidOut = 500

/** A process in a layout of our own; each of its sub-processes, whose box is closed there, is a scene of its own. */
export function scenesOfProcess(process: BpmnElement): Scene[] {
  const inner = flowElementsOf(process).filter((element) => element.$instanceOf('bpmn:SubProcess'))
  return flowElementsOf(process).length === 0 || flowElementsOf(process).length > mostLaidOut ? [] : [laidOut(process), ...inner.flatMap(scenesOfProcess)]
}

const flowElementsOf = (process: BpmnElement): BpmnElement[] => process.flowElements ?? []

function sceneOfDiagram(diagram: BpmnElement, at: number): Scene {
  const elements: BpmnElement[] = diagram.plane.planeElement
  const shown = new Set(elements.map((element) => element.bpmnElement).filter(Boolean))
  const subject: BpmnElement | undefined = diagram.plane.bpmnElement
  return {
    id: diagram.id ?? subject?.id ?? `diagram-${at + 1}`, name: subject?.name ? labelOf(subject) : labelOf(diagram),
    figures: withHolders(elements.flatMap((shape) => (shape.bounds ? [figureOf(shape.bpmnElement, boxOf(shape.bounds), shape, shown)] : []))),
    lines: elements.flatMap((edge) => ((edge.waypoint ?? []).length > 1 ? [lineOf(edge.bpmnElement, edge.waypoint.map(pointOf), edge)] : [])),
  }
}

/** An activity within whose box others are drawn is open, whatever the file says: a call shows what it calls. */
function withHolders(figures: Figure[]): Figure[] {
  const holds = (outer: Box, { x, y, width, height }: Box): boolean => x > outer.x && y > outer.y && x + width < outer.x + outer.width && y + height < outer.y + outer.height
  return figures.map((figure) => {
    if (figure.shape !== 'activity' || figure.isOpen || !figures.some(({ shape, box }) => shape === 'activity' && holds(figure.box, box))) return figure
    return { ...figure, isOpen: true, markers: figure.markers.filter((marker) => marker !== 'closed') }
  })
}

function laidOut(process: BpmnElement): Scene {
  const graph = graphOf(process)
  const { boxes, waypoints } = layOut(graph)
  const elements = new Map(graph.elements.map((element) => [element.id!, element]))
  return {
    id: process.id ?? 'process', name: labelOf(process),
    figures: Object.entries(boxes).map(([id, box]) => figureOf(elements.get(id), box, undefined, new Set())),
    lines: Object.entries(waypoints).map(([id, points]) => lineOf(elements.get(id), points, undefined)),
  }
}

export function labelOf(element: BpmnElement | undefined): Label {
  const vi = clean(element?.name)
  return { vi, en: clean(element?.labelEn) || vi }
}

const clean = (text: unknown): string => (typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '')
const same = (text: unknown): Label => ({ vi: clean(text), en: clean(text) })
const finite = (value: unknown): number => (Number.isFinite(Number(value)) ? Number(value) : 0)
const pointOf = ({ x, y }: BpmnElement): { x: number; y: number } => ({ x: finite(x), y: finite(y) })
const boxOf = ({ x, y, width, height }: BpmnElement): Box => ({ x: finite(x), y: finite(y), width: Math.max(1, finite(width)), height: Math.max(1, finite(height)) })

/** Some tools write a place of -1, -1 for a label that they have not placed. */
function placeOfLabel(shape: BpmnElement | undefined): { labelBox?: Box } {
  const bounds = shape?.label?.bounds
  return bounds && bounds.width > 0 && (bounds.x !== -1 || bounds.y !== -1) ? { labelBox: boxOf(bounds) } : {}
}

function figureOf(element: BpmnElement | undefined, box: Box, shape: BpmnElement | undefined, shown: ReadonlySet<BpmnElement>): Figure {
  const base: Figure = { id: element?.id ?? shape?.id ?? '', shape: 'other', name: labelOf(element), box, ...placeOfLabel(shape), markers: [], edge: 'plain', isOpen: false, isHorizontal: shape?.isHorizontal !== false }
  if (!element) return base
  if (element.$instanceOf('bpmn:Activity')) return { ...base, ...activity(element, shape, shown) }
  if (element.$instanceOf('bpmn:Event')) return { ...base, ...event(element) }
  if (element.$instanceOf('bpmn:Gateway')) return { ...base, shape: 'gateway', ...gateway(element, shape) }
  switch (element.$type) {
    case 'bpmn:Participant': return { ...base, shape: 'pool', isOpen: isOpenPool(element, shown), markers: element.participantMultiplicity ? ['parallel-instances'] : [] }
    case 'bpmn:Lane': return { ...base, shape: 'lane', isOpen: true }
    case 'bpmn:DataObject': case 'bpmn:DataObjectReference': return { ...base, shape: 'page', name: nameOfData(element), markers: (element.dataObjectRef ?? element).isCollection ? ['collection'] : [] }
    case 'bpmn:DataInput': return { ...base, shape: 'page', symbol: 'input', markers: element.isCollection ? ['collection'] : [] }
    case 'bpmn:DataOutput': return { ...base, shape: 'page', symbol: 'output', isFilled: true, markers: element.isCollection ? ['collection'] : [] }
    case 'bpmn:DataStore': case 'bpmn:DataStoreReference': return { ...base, shape: 'store', name: element.name ? base.name : labelOf(element.dataStoreRef) }
    case 'bpmn:Message': return { ...base, shape: 'envelope' }
    case 'bpmn:Group': return { ...base, shape: 'group', name: same(element.categoryValueRef?.value) }
    case 'bpmn:TextAnnotation': return { ...base, shape: 'note', name: same(element.text) }
    default: return base
  }
}

const isOpenPool = (participant: BpmnElement, shown: ReadonlySet<BpmnElement>): boolean =>
  [...(participant.processRef?.flowElements ?? []), ...(participant.processRef?.laneSets ?? []).flatMap((set: BpmnElement) => set.lanes ?? [])].some((element) => shown.has(element))

/** A reference to a data object: its name and, in brackets, the state it is in. */
function nameOfData(element: BpmnElement): Label {
  const name = element.name ? labelOf(element) : labelOf(element.dataObjectRef)
  const state = clean(element.dataState?.name)
  return state ? { vi: `${name.vi} [${state}]`.trim(), en: `${name.en} [${state}]`.trim() } : name
}

const taskSymbols: Record<string, Symbol> = {
  'bpmn:UserTask': 'user', 'bpmn:ManualTask': 'manual', 'bpmn:ServiceTask': 'service', 'bpmn:ScriptTask': 'script', 'bpmn:BusinessRuleTask': 'rule', 'bpmn:SendTask': 'message', 'bpmn:ReceiveTask': 'message',
  'bpmn:GlobalUserTask': 'user', 'bpmn:GlobalManualTask': 'manual', 'bpmn:GlobalScriptTask': 'script', 'bpmn:GlobalBusinessRuleTask': 'rule',
}

function activity(element: BpmnElement, shape: BpmnElement | undefined, shown: ReadonlySet<BpmnElement>): Partial<Figure> {
  const isContainer = element.$instanceOf('bpmn:SubProcess')
  const isOpen = isContainer && (shape?.isExpanded ?? (element.flowElements ?? []).some((inner: BpmnElement) => shown.has(inner)))
  const calls = element.$type === 'bpmn:CallActivity'
  const called = calls ? rootNamed(element, element.calledElement) : undefined
  const symbol = taskSymbols[called?.$type ?? element.$type]
  const markers: Marker[] = [...loopOf(element), ...(element.isForCompensation ? ['compensation' as const] : []), ...(element.$type === 'bpmn:AdHocSubProcess' ? ['ad-hoc' as const] : []), ...((isContainer && !isOpen) || (calls && !called?.$type.startsWith('bpmn:Global')) ? ['closed' as const] : [])]
  return {
    shape: 'activity', isOpen, markers, edge: calls ? 'thick' : element.$type === 'bpmn:Transaction' ? 'double' : element.triggeredByEvent ? 'dotted' : 'plain',
    ...(symbol ? { symbol } : {}), ...(element.$type === 'bpmn:SendTask' ? { isFilled: true } : {}),
  }
}

/** The element at the top of the file that a qualified name means. */
function rootNamed(element: BpmnElement, name: unknown): BpmnElement | undefined {
  let top = element
  while (top.$parent) top = top.$parent
  return top.rootElements?.find((root: BpmnElement) => root.id === String(name ?? '').replace(/^.*:/, ''))
}

function loopOf({ loopCharacteristics }: BpmnElement): Marker[] {
  if (!loopCharacteristics) return []
  if (loopCharacteristics.$type === 'bpmn:StandardLoopCharacteristics') return ['loop']
  return [loopCharacteristics.isSequential ? 'sequential-instances' : 'parallel-instances']
}

function event(element: BpmnElement): Partial<Figure> {
  const triggers: BpmnElement[] = [...(element.eventDefinitions ?? []), ...(element.eventDefinitionRef ?? [])]
  const throws = element.$instanceOf('bpmn:ThrowEvent')
  const waits = element.$type === 'bpmn:StartEvent' ? element.isInterrupting === false : element.$type === 'bpmn:BoundaryEvent' && element.cancelActivity === false
  const edge = element.$type === 'bpmn:EndEvent' ? 'thick' : element.$type === 'bpmn:StartEvent' ? (waits ? 'dotted' : 'plain') : waits ? 'double-dotted' : 'double'
  const several = element.parallelMultiple ? 'parallel-multiple' : 'multiple'
  const symbol = triggers.length > 1 ? several : triggers[0] && (triggers[0].$type.replace(/^bpmn:|EventDefinition$/g, '').replace('Compensate', 'Compensation').toLowerCase() as Symbol)
  return { shape: 'event', edge, isFilled: throws, ...(symbol ? { symbol } : {}), ...(element.$type === 'bpmn:BoundaryEvent' ? { isAttached: true } : {}) }
}

function gateway(element: BpmnElement, shape: BpmnElement | undefined): { symbol?: Symbol } {
  switch (element.$type) {
    case 'bpmn:ParallelGateway': return { symbol: 'parallel' }
    case 'bpmn:InclusiveGateway': return { symbol: 'inclusive' }
    case 'bpmn:ComplexGateway': return { symbol: 'complex' }
    case 'bpmn:EventBasedGateway': return { symbol: element.eventGatewayType === 'Parallel' ? 'event-based-parallel' : element.instantiate ? 'event-based-start' : 'event-based' }
    default: return shape?.isMarkerVisible === false ? {} : { symbol: 'exclusive' }
  }
}

function lineOf(element: BpmnElement | undefined, points: Line['points'], edge: BpmnElement | undefined): Line {
  const base = { id: element?.id ?? edge?.id ?? '', name: labelOf(element), points, ...placeOfLabel(edge) }
  switch (element?.$type) {
    case 'bpmn:MessageFlow': case 'bpmn:ConversationLink':
      return { ...base, name: element.name ? base.name : labelOf(element.messageRef), kind: 'message', heads: 'end', ...(edge?.messageVisibleKind ? { envelope: edge.messageVisibleKind === 'initiating' ? 'open' : 'filled' } : {}) }
    case 'bpmn:Association': return { ...base, kind: 'association', heads: element.associationDirection === 'Both' ? 'both' : element.associationDirection === 'One' ? 'end' : 'none' }
    case 'bpmn:DataInputAssociation': case 'bpmn:DataOutputAssociation': return { ...base, kind: 'association', heads: 'end' }
    default: return { ...base, kind: 'sequence', heads: 'end', ...endsOf(element), ...startOf(element) }
  }
}

const endsOf = (flow: BpmnElement | undefined): { ends?: { from: string; to: string } } => (flow?.sourceRef?.id && flow.targetRef?.id ? { ends: { from: flow.sourceRef.id, to: flow.targetRef.id } } : {})

function startOf(flow: BpmnElement | undefined): { start?: 'default' | 'conditional' } {
  if (!flow?.sourceRef) return {}
  if (flow.sourceRef.default === flow) return { start: 'default' }
  return flow.conditionExpression && flow.sourceRef.$instanceOf('bpmn:Activity') ? { start: 'conditional' } : {}
}
