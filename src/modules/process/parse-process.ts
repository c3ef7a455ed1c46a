import type { BpmnElement } from 'bpmn-moddle'
import { parseDuration } from './duration.ts'
import type { DiagramInterchange, Flow, Label, Lane, Problem, ProcessModel, ProcessNode } from './model.ts'
import { bpmn } from './motcua-extension.ts'

/** Files larger than this are not read: a process that people can follow is far smaller. */
const longest = 2_000_000

/** The model of a BPMN file, or what keeps it from being one. Elements outside the executable part are named one by one. */
export interface ParsedProcess { model?: ProcessModel; problems: Problem[] }

/**
 * Reads BPMN 2.0 XML. Understood: start and end events, user tasks, exclusive and parallel gateways, timers as intermediate and
 * boundary events, lanes, the diagram. Never throws for bad input; text that is no BPMN gives the one problem `process.problem.not_bpmn`.
 */
export async function parseProcess(xml: string): Promise<ParsedProcess> {
  if (xml.length > longest) return { problems: [{ key: 'process.problem.too_large', params: { longest } }] }
  const definitions = await readDefinitions(xml)
  if (!definitions) return { problems: [{ key: 'process.problem.not_bpmn', params: {} }] }
  const roots: BpmnElement[] = definitions.rootElements ?? []
  const processes = roots.filter((element) => element.$type === 'bpmn:Process')
  const executable = processes.filter((process) => process.isExecutable)
  const chosen = executable.length === 1 ? executable : processes
  if (chosen.length !== 1) return { problems: [{ key: chosen.length === 0 ? 'process.problem.no_process' : 'process.problem.several_processes', params: { count: chosen.length } }] }
  return readProcess(chosen[0]!, readDiagram(definitions))
}

async function readDefinitions(xml: string): Promise<BpmnElement | undefined> {
  try {
    const { rootElement } = await bpmn.fromXML(xml)
    return rootElement.$type === 'bpmn:Definitions' ? rootElement : undefined
  } catch {
    return undefined
  }
}

function readProcess(process: BpmnElement, diagram: DiagramInterchange | undefined): ParsedProcess {
  const problems: Problem[] = []
  const nodes: ProcessNode[] = []
  const flows: Flow[] = []
  for (const element of (process.flowElements ?? []) as BpmnElement[]) {
    if (isData(element)) continue
    if (element.$type === 'bpmn:SequenceFlow') {
      const flow = readFlow(element)
      if (flow) flows.push(flow)
      else problems.push(about('dangling_flow', element))
      continue
    }
    const node = readNode(element, problems)
    if (node) nodes.push(node)
  }
  const ids = new Set(nodes.map((node) => node.id))
  const model: ProcessModel = {
    key: process.id ?? '', name: label(process), lanes: readLanes(process, ids), nodes, flows: flows.filter((flow) => ids.has(flow.from) && ids.has(flow.to)),
    ...(process.limit ? { limit: String(process.limit) } : {}),
    ...(diagram && nodes.every((node) => diagram.boxes[node.id]) ? { diagram } : {}),
  }
  return problems.length > 0 ? { problems } : { model, problems }
}

const isData = (element: BpmnElement): boolean => ['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'].includes(element.$type)

function readFlow(element: BpmnElement): Flow | undefined {
  const from = element.sourceRef?.id
  const to = element.targetRef?.id
  if (!element.id || !from || !to) return undefined
  const condition = element.conditionExpression?.body?.trim()
  return { id: element.id, from, to, name: label(element), ...(condition ? { condition } : {}), ...(element.outcome ? { outcome: String(element.outcome) } : {}) }
}

function readNode(element: BpmnElement, problems: Problem[]): ProcessNode | undefined {
  const base = { id: element.id ?? '', name: label(element) }
  const events: BpmnElement[] = element.eventDefinitions ?? []
  switch (element.$type) {
    case 'bpmn:StartEvent': if (events.length === 0) return { ...base, kind: 'start' }; break
    case 'bpmn:EndEvent': if (events.length === 0) return { ...base, kind: 'end' }; break
    case 'bpmn:UserTask':
      if (!element.loopCharacteristics) return { ...base, kind: 'user', role: element.role ?? '', limit: element.limit ?? '', ...(element.act ? { act: String(element.act) } : {}) }
      break
    case 'bpmn:ExclusiveGateway': return { ...base, kind: 'exclusive', ...(element.default?.id ? { defaultFlow: element.default.id } : {}) }
    case 'bpmn:ParallelGateway': return { ...base, kind: 'parallel' }
    case 'bpmn:IntermediateCatchEvent': if (isTimer(events)) return readTimer(element, base, problems); break
    case 'bpmn:BoundaryEvent': if (isTimer(events) && element.attachedToRef?.id) return readTimer(element, base, problems); break
  }
  problems.push(about('unsupported', element, { type: typeName(element, events) }))
  return undefined
}

const isTimer = (events: BpmnElement[]): boolean => events.length === 1 && events[0]!.$type === 'bpmn:TimerEventDefinition'

function readTimer(element: BpmnElement, base: { id: string; name: Label }, problems: Problem[]): ProcessNode | undefined {
  const duration = String(element.eventDefinitions[0].timeDuration?.body ?? '').trim()
  if (!parseDuration(duration)) {
    problems.push(about('bad_timer', element, { duration }))
    return undefined
  }
  const timer = { ...base, duration, workingTime: element.workingTime === true }
  if (element.$type === 'bpmn:IntermediateCatchEvent') return { ...timer, kind: 'timer' }
  return { ...timer, kind: 'boundary-timer', attachedTo: element.attachedToRef.id, interrupting: element.cancelActivity !== false }
}

/** "UserTask with StandardLoopCharacteristics", "BoundaryEvent with ErrorEventDefinition": the standard's own names. */
function typeName(element: BpmnElement, events: BpmnElement[]): string {
  const with_ = [...events.map((event) => event.$type), ...(element.loopCharacteristics ? [element.loopCharacteristics.$type] : [])]
  return [element.$type, ...with_].map((type) => String(type).replace(/^bpmn:/, '')).join(' + ')
}

function about(problem: string, element: BpmnElement, params: Record<string, string> = {}): Problem {
  return { key: `process.problem.${problem}`, params: { id: element.id ?? '?', name: element.name ?? '', ...params } }
}

function label(element: BpmnElement): Label {
  const vi = clean(element.name)
  return { vi, en: clean(element.labelEn) || vi }
}

const clean = (text: unknown): string => (typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '')

function readLanes(process: BpmnElement, ids: ReadonlySet<string>): Lane[] {
  const lanes: BpmnElement[] = (process.laneSets ?? []).flatMap((set: BpmnElement) => set.lanes ?? [])
  return lanes.map((lane) => ({
    id: lane.id ?? '', name: label(lane),
    nodes: (lane.flowNodeRef ?? []).map((node: BpmnElement) => node.id).filter((id: string | undefined) => id !== undefined && ids.has(id)),
  }))
}

function readDiagram(definitions: BpmnElement): DiagramInterchange | undefined {
  const elements: BpmnElement[] = (definitions.diagrams ?? []).flatMap((diagram: BpmnElement) => diagram.plane?.planeElement ?? [])
  if (elements.length === 0) return undefined
  const boxes: DiagramInterchange['boxes'] = {}
  const waypoints: DiagramInterchange['waypoints'] = {}
  for (const element of elements) {
    const id = element.bpmnElement?.id
    if (!id) continue
    if (element.bounds) boxes[id] = pick(element.bounds, ['x', 'y', 'width', 'height'])
    else if (element.waypoint) waypoints[id] = element.waypoint.map((point: BpmnElement) => pick(point, ['x', 'y']))
  }
  return { boxes, waypoints }
}

function pick<K extends string>(element: BpmnElement, keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, Number(element[key]) || 0])) as Record<K, number>
}
