import type { BpmnElement } from 'bpmn-moddle'
import { readBpmn } from './bpmn-document.ts'
import { isActivity, type Flow, type Lane, type Problem, type ProcessModel, type ProcessNode } from './model.ts'
import { about, isLink, label, readNode } from './read-node.ts'

/** Files larger than this are not read: a process that people can follow is far smaller. */
const longest = 2_000_000

/** The model of a BPMN file, or what keeps it from being one. Elements outside the executable part are named one by one. */
export interface ParsedProcess { model?: ProcessModel; problems: Problem[] }

/**
 * Reads BPMN 2.0 XML: what `definitions/README.md` lists, and lanes. Never throws for bad input; text that is no BPMN gives the one problem `process.problem.not_bpmn`.
 */
export async function parseProcess(xml: string): Promise<ParsedProcess> {
  if (xml.length > longest) return { problems: [{ key: 'process.problem.too_large', params: { longest } }] }
  const document = await readBpmn(xml)
  if (!document) return { problems: [{ key: 'process.problem.not_bpmn', params: {} }] }
  const roots: BpmnElement[] = document.definitions.rootElements ?? []
  const processes = roots.filter((element) => element.$type === 'bpmn:Process')
  const executable = processes.filter((process) => process.isExecutable)
  const chosen = executable.length === 1 ? executable : processes
  if (chosen.length !== 1) return { problems: [{ key: chosen.length === 0 ? 'process.problem.no_process' : 'process.problem.several_processes', params: { count: chosen.length } }] }
  return readProcess(chosen[0]!)
}

function readProcess(process: BpmnElement): ParsedProcess {
  const problems: Problem[] = []
  const nodes: ProcessNode[] = []
  const flows: Flow[] = []
  const defaults = new Map<string, string>()
  readElements(process, undefined, { nodes, flows, problems, defaults })
  chooseBehindActivities(nodes, flows, defaults)
  const ids = new Set(nodes.map((node) => node.id))
  const model: ProcessModel = {
    key: process.id ?? '', name: label(process), lanes: readLanes(process, ids), nodes, flows: flows.filter((flow) => ids.has(flow.from) && ids.has(flow.to)),
    ...(process.limit ? { limit: String(process.limit) } : {}),
  }
  return problems.length > 0 ? { problems } : { model, problems }
}

interface Found { nodes: ProcessNode[]; flows: Flow[]; problems: Problem[]; /** Default flows by the id of their activity; gateways carry their own. */ defaults: Map<string, string> }

function readElements(container: BpmnElement, within: string | undefined, found: Found): void {
  const { nodes, flows, problems, defaults } = found
  flows.push(...links(container, problems))
  for (const element of (container.flowElements ?? []) as BpmnElement[]) {
    if (isData(element)) continue
    if (element.$type === 'bpmn:SequenceFlow') {
      const flow = readFlow(element)
      if (flow) flows.push(flow)
      else problems.push(about('dangling_flow', element))
      continue
    }
    const node = readNode(element, container, problems)
    if (node) nodes.push(within === undefined ? node : { ...node, in: within })
    if (node && isActivity(node) && element.default?.id) defaults.set(node.id, String(element.default.id))
    if (node?.kind === 'sub') readElements(element, node.id, found)
  }
}

/** A pair of link events is a flow that is not drawn: from each that throws to the one that catches under the same name in the same process or sub-process. */
function links(container: BpmnElement, problems: Problem[]): Flow[] {
  const linked = ((container.flowElements ?? []) as BpmnElement[]).flatMap((element) => {
    const event: BpmnElement | undefined = element.eventDefinitions?.length === 1 ? element.eventDefinitions[0] : undefined
    return event && isLink(event) ? [{ element, name: String(event.name ?? element.name ?? '').trim(), catches: element.$type === 'bpmn:IntermediateCatchEvent' }] : []
  })
  return linked.filter((link) => !link.catches).flatMap(({ element, name }) => {
    const targets = linked.filter((link) => link.catches && link.name === name)
    if (targets.length !== 1) problems.push(about('no_link', element, { link: name }))
    return targets.length === 1 ? [{ id: `${element.id}.link`, from: element.id ?? '', to: targets[0]!.element.id ?? '', name: { vi: '', en: '' } }] : []
  })
}

/** Conditions on flows out of an activity choose as an inclusive gateway right behind it would (BPMN 2.0, 13.3.1): one is put there. Flows without conditions are all taken. */
function chooseBehindActivities(nodes: ProcessNode[], flows: Flow[], defaults: ReadonlyMap<string, string>): void {
  for (const { id, name, in: within } of nodes.filter(isActivity)) {
    const ways = flows.filter((flow) => flow.from === id)
    if (ways.length < 2 || !ways.some((flow) => flow.condition !== undefined)) continue
    const gateway = `${id}.ways`
    const defaultFlow = defaults.get(id)
    for (const way of ways) way.from = gateway
    nodes.push({ id: gateway, name, kind: 'inclusive', ...(within === undefined ? {} : { in: within }), ...(defaultFlow === undefined ? {} : { defaultFlow }) })
    flows.push({ id: `${id}.chosen`, from: id, to: gateway, name: { vi: '', en: '' } })
  }
}

const isData = (element: BpmnElement): boolean => ['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'].includes(element.$type)

function readFlow(element: BpmnElement): Flow | undefined {
  const from = element.sourceRef?.id
  const to = element.targetRef?.id
  if (!element.id || !from || !to) return undefined
  const condition = element.conditionExpression?.body?.trim()
  return { id: element.id, from, to, name: label(element), ...(condition ? { condition } : {}), ...(element.outcome ? { outcome: String(element.outcome) } : {}) }
}

function readLanes(process: BpmnElement, ids: ReadonlySet<string>): Lane[] {
  const within = (set: BpmnElement | undefined): BpmnElement[] => ((set?.lanes ?? []) as BpmnElement[]).flatMap((lane) => (lane.childLaneSet ? within(lane.childLaneSet) : [lane]))
  const lanes = ((process.laneSets ?? []) as BpmnElement[]).flatMap(within)
  return lanes.map((lane) => ({
    id: lane.id ?? '', name: label(lane),
    nodes: (lane.flowNodeRef ?? []).map((node: BpmnElement) => node.id).filter((id: string | undefined) => id !== undefined && ids.has(id)),
  }))
}
