import type { BpmnElement } from 'bpmn-moddle'
import type { Label } from '../model.ts'
import type { Box, Figure, Line, Marker, Symbol } from './scene.ts'

export function labelOf(element: BpmnElement | undefined): Label {
  const vi = clean(element?.name)
  return { vi, en: clean(element?.labelEn) || vi }
}

const clean = (text: unknown): string => (typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '')
const same = (text: unknown): Label => ({ vi: clean(text), en: clean(text) })
const finite = (value: unknown): number => (Number.isFinite(Number(value)) ? Number(value) : 0)
export const pointOf = ({ x, y }: BpmnElement): { x: number; y: number } => ({ x: finite(x), y: finite(y) })
export const boxOf = ({ x, y, width, height }: BpmnElement): Box => ({ x: finite(x), y: finite(y), width: Math.max(1, finite(width)), height: Math.max(1, finite(height)) })

/** Some tools write a place of -1, -1 for a label that they have not placed. */
function placeOfLabel(shape: BpmnElement | undefined): { labelBox?: Box } {
  const bounds = shape?.label?.bounds
  return bounds && bounds.width > 0 && (bounds.x !== -1 || bounds.y !== -1) ? { labelBox: boxOf(bounds) } : {}
}

export function figureOf(element: BpmnElement | undefined, box: Box, shape: BpmnElement | undefined, shown: ReadonlySet<BpmnElement>): Figure {
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

export function lineOf(element: BpmnElement | undefined, points: Line['points'], edge: BpmnElement | undefined): Line {
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
