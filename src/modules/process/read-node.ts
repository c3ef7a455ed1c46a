import type { BpmnElement } from 'bpmn-moddle'
import { parseDuration } from './duration.ts'
import type { Label, Multi, Problem, ProcessNode, Throw, Trigger } from './model.ts'

/** What stands in a file about one element: its attributes and the one event definition that it has. */
interface Element { element: BpmnElement; base: { id: string; name: Label }; event: BpmnElement | undefined; container: BpmnElement; problems: Problem[] }

/** An element of a BPMN file as the engine knows it; where it cannot run, undefined and a problem that names it. */
export function readNode(element: BpmnElement, container: BpmnElement, problems: Problem[]): ProcessNode | undefined {
  const events: BpmnElement[] = element.eventDefinitions ?? []
  const before = problems.length
  const found = events.length > 1 ? undefined : nodeOf({ element, base: { id: element.id ?? '', name: label(element) }, event: events[0], container, problems })
  if (!found && problems.length === before) problems.push(about('unsupported', element, { type: typeName(element, events) }))
  return found
}

function nodeOf(read: Element): ProcessNode | undefined {
  const { element, base, event, container } = read
  const choice = element.default?.id ? { defaultFlow: String(element.default.id) } : {}
  switch (element.$type) {
    case 'bpmn:StartEvent': return startOf(read)
    case 'bpmn:EndEvent': return event === undefined ? { ...base, kind: 'end' } : throwing(read, ['message', 'signal', 'error', 'escalation', 'terminate', 'compensate'], (throws) => ({ ...base, kind: 'end', throws }))
    case 'bpmn:IntermediateThrowEvent': return event === undefined || isLink(event) ? { ...base, kind: 'exclusive' } : throwing(read, ['message', 'signal', 'escalation', 'compensate'], (throws) => ({ ...base, kind: 'throw', throws }))
    case 'bpmn:IntermediateCatchEvent': return event !== undefined && isLink(event) ? { ...base, kind: 'exclusive' } : catching(read, ['timer', 'message', 'signal'], (on) => (on.type === 'timer' ? { ...base, kind: 'timer', duration: on.duration, workingTime: on.workingTime } : { ...base, kind: 'catch', on }))
    case 'bpmn:BoundaryEvent': return boundaryOf(read)
    case 'bpmn:ExclusiveGateway': return { ...base, kind: 'exclusive', ...choice }
    case 'bpmn:InclusiveGateway': return { ...base, kind: 'inclusive', ...choice }
    case 'bpmn:ParallelGateway': return { ...base, kind: 'parallel' }
    case 'bpmn:EventBasedGateway': return element.instantiate || element.eventGatewayType === 'Parallel' ? undefined : { ...base, kind: 'event-gateway' }
    case 'bpmn:SendTask': return sendOf(read)
    case 'bpmn:SubProcess': if (element.triggeredByEvent && (element.loopCharacteristics || container.triggeredByEvent)) return undefined
  }
  return activityOf(read)
}

export const isLink = (event: BpmnElement): boolean => event.$type === 'bpmn:LinkEventDefinition'

function activityOf(read: Element): ProcessNode | undefined {
  const { element, problems } = read
  const multi = multiOf(read)
  if (element.loopCharacteristics && !multi) return undefined
  const base = { ...read.base, ...(multi ? { multi } : {}), ...(element.isForCompensation ? { compensates: true as const } : {}) }
  switch (element.$type) {
    case 'bpmn:UserTask': case 'bpmn:ManualTask': case 'bpmn:Task': return { ...base, kind: 'user', role: element.role ?? '', limit: element.limit ?? '', ...(element.act ? { act: String(element.act) } : {}) }
    case 'bpmn:ServiceTask': return { ...base, kind: 'service', service: element.service ?? '' }
    case 'bpmn:BusinessRuleTask': return { ...base, kind: 'decision', table: element.decision ?? '', result: element.resultVariable ?? 'decision' }
    case 'bpmn:ReceiveTask': {
      const message = named(element.messageRef)
      if (element.instantiate) return undefined
      if (!message) problems.push(about('no_reference', element, { what: 'messageRef' }))
      return message ? { ...base, kind: 'receive', message } : undefined
    }
    case 'bpmn:CallActivity':
      if (!element.calledElement) problems.push(about('no_reference', element, { what: 'calledElement' }))
      return element.calledElement ? { ...base, kind: 'call', called: String(element.calledElement) } : undefined
    case 'bpmn:SubProcess': return { ...base, kind: 'sub', ...(element.triggeredByEvent ? { byEvent: true as const } : {}) }
    default: return undefined
  }
}

function sendOf({ element, base, problems }: Element): ProcessNode | undefined {
  const message = named(element.messageRef)
  if (element.loopCharacteristics || element.isForCompensation) return undefined
  if (!message) problems.push(about('no_reference', element, { what: 'messageRef' }))
  return message ? { ...base, kind: 'throw', throws: { type: 'message', name: message } } : undefined
}

function startOf(read: Element): ProcessNode | undefined {
  const { element, base, event, container } = read
  if (event === undefined) return container.triggeredByEvent ? undefined : { ...base, kind: 'start' }
  if (container.$type === 'bpmn:Process') return catching(read, ['message'], (on) => ({ ...base, kind: 'start', on }))
  if (!container.triggeredByEvent) return undefined
  return catching(read, ['timer', 'message', 'signal', 'error', 'escalation'], (on) => ({ ...base, kind: 'start', on, interrupting: on.type === 'error' || element.isInterrupting !== false }))
}

function boundaryOf(read: Element): ProcessNode | undefined {
  const { element, base, event, container, problems } = read
  const attachedTo = element.attachedToRef?.id
  if (!attachedTo) return undefined
  if (event?.$type === 'bpmn:CompensateEventDefinition') {
    const handler = ((container.artifacts ?? []) as BpmnElement[]).find((one) => one.$type === 'bpmn:Association' && one.sourceRef === element)?.targetRef?.id
    if (!handler) problems.push(about('no_handler', element))
    return handler ? { ...base, kind: 'compensation', attachedTo, handler } : undefined
  }
  return catching(read, ['timer', 'message', 'signal', 'error', 'escalation'], (on) => {
    const at = { attachedTo, interrupting: on.type === 'error' || element.cancelActivity !== false }
    return on.type === 'timer' ? { ...base, kind: 'boundary-timer', duration: on.duration, workingTime: on.workingTime, ...(on.times === undefined ? {} : { times: on.times }), ...at } : { ...base, kind: 'boundary-event', on, ...at }
  })
}

type TypeOf<T extends { type: string }> = T['type']

function catching(read: Element, allowed: readonly TypeOf<Trigger>[], make: (on: Trigger) => ProcessNode): ProcessNode | undefined {
  const { element, event, problems } = read
  switch (event?.$type) {
    case 'bpmn:TimerEventDefinition': {
      if (!allowed.includes('timer')) return undefined
      const [, times, each] = /^R([1-9]\d{0,2})\/(.+)$/.exec(String(event.timeCycle?.body ?? '').trim()) ?? []
      const duration = each ?? String(event.timeDuration?.body ?? '').trim()
      const workingTime = element.workingTime === true
      // Only what leaves its step or sub-process as it is can ring again.
      const rings = times === undefined ? {} : { times: Number(times) }
      if (parseDuration(duration) && (times === undefined || element.cancelActivity === false || element.isInterrupting === false)) return make({ type: 'timer', duration, workingTime, ...rings })
      problems.push(about('bad_timer', element, { duration: String(event.timeDuration?.body ?? event.timeDate?.body ?? event.timeCycle?.body ?? '').trim() }))
      return undefined
    }
    case 'bpmn:MessageEventDefinition': return referring(read, 'messageRef', allowed.includes('message'), (name) => make({ type: 'message', name }))
    case 'bpmn:SignalEventDefinition': return referring(read, 'signalRef', allowed.includes('signal'), (name) => make({ type: 'signal', name }))
    case 'bpmn:ErrorEventDefinition': return allowed.includes('error') ? make({ type: 'error', ...coded(event.errorRef, 'errorCode') }) : undefined
    case 'bpmn:EscalationEventDefinition': return allowed.includes('escalation') ? make({ type: 'escalation', ...coded(event.escalationRef, 'escalationCode') }) : undefined
    default: return undefined
  }
}

function throwing(read: Element, allowed: readonly TypeOf<Throw>[], make: (what: Throw) => ProcessNode): ProcessNode | undefined {
  const { event } = read
  const may = (type: TypeOf<Throw>): boolean => allowed.includes(type)
  switch (event?.$type) {
    case 'bpmn:MessageEventDefinition': return referring(read, 'messageRef', may('message'), (name) => make({ type: 'message', name }))
    case 'bpmn:SignalEventDefinition': return referring(read, 'signalRef', may('signal'), (name) => make({ type: 'signal', name }))
    case 'bpmn:ErrorEventDefinition': return referring(read, 'errorRef', may('error'), (code) => make({ type: 'error', code }))
    case 'bpmn:EscalationEventDefinition': return referring(read, 'escalationRef', may('escalation'), (code) => make({ type: 'escalation', code }))
    case 'bpmn:TerminateEventDefinition': return may('terminate') ? make({ type: 'terminate' }) : undefined
    case 'bpmn:CompensateEventDefinition': return may('compensate') ? make({ type: 'compensate', ...(event.activityRef?.id ? { activity: String(event.activityRef.id) } : {}) }) : undefined
    default: return undefined
  }
}

function referring({ element, event, problems }: Element, reference: string, isAllowed: boolean, make: (name: string) => ProcessNode): ProcessNode | undefined {
  if (!isAllowed) return undefined
  const target: BpmnElement | undefined = event![reference]
  const name = target?.errorCode ?? target?.escalationCode ?? named(target)
  if (!name) problems.push(about('no_reference', element, { what: reference }))
  return name ? make(String(name)) : undefined
}

const named = (target: BpmnElement | undefined): string => clean(target?.name) || (target?.id ?? '')
const coded = (target: BpmnElement | undefined, key: string): { code?: string } => (target ? { code: String(target[key] ?? named(target)) } : {})

/** A loop that says nothing of its most turns ends after so many. */
const mostTurns = 100

function multiOf({ element }: Element): Multi | undefined {
  const loop: BpmnElement | undefined = element.loopCharacteristics
  if (loop?.$type === 'bpmn:StandardLoopCharacteristics') return turnsOf(loop)
  if (loop?.$type !== 'bpmn:MultiInstanceLoopCharacteristics') return undefined
  const items = String(loop.items ?? loop.loopCardinality?.body ?? '').trim()
  const enough = String(loop.completionCondition?.body ?? '').trim()
  return { sequential: loop.isSequential === true, items, ...(enough ? { enough } : {}) }
}

/** A standard loop is one turn after the other until its condition no longer holds, asked before the first turn too where it says so (`testBefore`). */
function turnsOf(loop: BpmnElement): Multi {
  const condition = String(loop.loopCondition?.body ?? '').trim()
  const most = Number(loop.loopMaximum ?? (condition ? mostTurns : 1))
  if (!condition) return { sequential: true, items: String(most) }
  return { sequential: true, items: loop.testBefore === true ? `if ${condition} then ${most} else 0` : String(most), enough: `(${condition}) != true` }
}

/** "BoundaryEvent + ConditionalEventDefinition", "BoundaryEvent + ErrorEventDefinition": the standard's own names. */
function typeName(element: BpmnElement, events: BpmnElement[]): string {
  const with_ = [...events.map((event) => event.$type), ...(element.loopCharacteristics ? [element.loopCharacteristics.$type] : [])]
  return [element.$type, ...with_].map((type) => String(type).replace(/^bpmn:/, '')).join(' + ')
}

/** A problem of an element, which its text names. */
export function about(problem: string, element: BpmnElement, params: Record<string, string> = {}): Problem {
  return { key: `process.problem.${problem}`, params: { id: element.id ?? '?', name: element.name ?? '', ...params } }
}

export function label(element: BpmnElement): Label {
  const vi = clean(element.name)
  return { vi, en: clean(element.labelEn) || vi }
}

const clean = (text: unknown): string => (typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '')
