import type { BpmnElement } from 'bpmn-moddle'

/** What the layout has to place: boxes with their sizes, the flows between them, the lanes around them. */
export interface Graph { nodes: GraphNode[]; flows: GraphFlow[]; lanes: { id: string; nodes: string[] }[] }
export interface GraphNode { id: string; size: { width: number; height: number }; /** The activity at whose edge an event stands. */ attachedTo?: string }
export interface GraphFlow { id: string; from: string; to: string }

const sizes = { activity: { width: 168, height: 84 }, gateway: { width: 44, height: 44 }, event: { width: 34, height: 34 } }

/** The graph of a process, and the elements that stand in it. */
export function graphOf(process: BpmnElement): Graph & { elements: BpmnElement[] } {
  const inside: BpmnElement[] = (process.flowElements ?? []).filter((element: BpmnElement) => element.id)
  const nodes = inside.filter((element) => element.$instanceOf('bpmn:FlowNode'))
  const ids = new Set(nodes.map((node) => node.id!))
  const flows = inside.filter((element) => element.$type === 'bpmn:SequenceFlow' && ids.has(element.sourceRef?.id) && ids.has(element.targetRef?.id))
  const lanes = innermostLanes(process).filter((lane) => lane.id)
  const placed = new Set(lanes.flatMap((lane) => (lane.flowNodeRef ?? []).map((node: BpmnElement) => node.id)))
  return {
    nodes: nodes.map((node) => ({ id: node.id!, size: sizeOf(node), ...(ids.has(node.attachedToRef?.id) ? { attachedTo: node.attachedToRef.id } : {}) })),
    flows: flows.map((flow) => ({ id: flow.id!, from: flow.sourceRef.id, to: flow.targetRef.id })),
    lanes: placed.size > 0 ? lanes.map((lane) => ({ id: lane.id!, nodes: (lane.flowNodeRef ?? []).map((node: BpmnElement) => node.id) })) : [],
    elements: [...nodes, ...flows, ...lanes],
  }
}

function innermostLanes(holder: BpmnElement): BpmnElement[] {
  const sets: BpmnElement[] = holder.laneSets ?? (holder.childLaneSet ? [holder.childLaneSet] : [])
  return sets.flatMap((set) => (set.lanes ?? []) as BpmnElement[]).flatMap((lane) => (lane.childLaneSet?.lanes?.length ? innermostLanes(lane) : [lane]))
}

function sizeOf(node: BpmnElement): { width: number; height: number } {
  if (node.$instanceOf('bpmn:Activity')) return sizes.activity
  return node.$instanceOf('bpmn:Gateway') ? sizes.gateway : sizes.event
}
