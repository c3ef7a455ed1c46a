/** A name in both languages; English falls back to Vietnamese where the process has none. */
export interface Label { vi: string; en: string }

/** What a BPMN process comes down to when it runs (quy trình điện tử). Plain JSON, kept beside the XML. */
export interface ProcessModel {
  /** Id of the BPMN process: the key under which its versions are known. */
  key: string
  name: Label
  /** Legal limit in working time, when the file gives one: ISO 8601, a day is eight working hours. */
  limit?: string
  lanes: Lane[]
  nodes: ProcessNode[]
  flows: Flow[]
  /** Positions from the file's diagram interchange; absent where the file has none. */
  diagram?: DiagramInterchange
}

export interface Lane { id: string; name: Label; nodes: string[] }

export type ProcessNode = StartNode | EndNode | UserTaskNode | ExclusiveNode | ParallelNode | TimerNode | BoundaryTimerNode
interface NodeBase { id: string; name: Label }
export interface StartNode extends NodeBase { kind: 'start' }
export interface EndNode extends NodeBase { kind: 'end' }
export interface UserTaskNode extends NodeBase {
  kind: 'user'
  /** Who does it: 'one-stop' | 'specialist' | 'leader' or another role of the node. Empty only before the soundness check. */
  role: string
  /** Time limit of the step in working time: "P1D", "PT4H". */
  limit: string
  /** What the desk offers for it: 'check' | 'appraise' | 'draft-result' | 'review' | 'sign' | 'return'. */
  act?: string
}
export interface ExclusiveNode extends NodeBase { kind: 'exclusive'; defaultFlow?: string }
export interface ParallelNode extends NodeBase { kind: 'parallel' }
export interface TimerNode extends NodeBase { kind: 'timer'; duration: string; workingTime: boolean }
export interface BoundaryTimerNode extends NodeBase { kind: 'boundary-timer'; duration: string; workingTime: boolean; attachedTo: string; interrupting: boolean }

export interface Flow {
  id: string
  from: string
  to: string
  name: Label
  /** FEEL expression on `outcome`, `outcomes` and the instance's variables. */
  condition?: string
  /** The task outcome that takes this way, for the buttons of the desk. */
  outcome?: string
}

export interface Box { x: number; y: number; width: number; height: number }
export interface DiagramInterchange { boxes: Record<string, Box>; waypoints: Record<string, { x: number; y: number }[]> }

/** What is wrong with a process: a text key and whom it concerns. */
export interface Problem { key: string; params: Record<string, string | number> }

const index = new WeakMap<ProcessModel, ModelIndex>()
export interface ModelIndex {
  node(id: string): ProcessNode
  flow(id: string): Flow
  incoming(nodeId: string): readonly Flow[]
  outgoing(nodeId: string): readonly Flow[]
  boundaries(taskId: string): readonly BoundaryTimerNode[]
}

/** Look-ups of a model, built once per model object. */
export function indexOf(model: ProcessModel): ModelIndex {
  const known = index.get(model)
  if (known) return known
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  const flows = new Map(model.flows.map((flow) => [flow.id, flow]))
  const incoming = Map.groupBy(model.flows, (flow) => flow.to)
  const outgoing = Map.groupBy(model.flows, (flow) => flow.from)
  const boundaries = Map.groupBy(model.nodes.filter((node) => node.kind === 'boundary-timer'), (node) => node.attachedTo)
  const built: ModelIndex = {
    node: (id) => existing(nodes.get(id), id),
    flow: (id) => existing(flows.get(id), id),
    incoming: (id) => incoming.get(id) ?? [],
    outgoing: (id) => outgoing.get(id) ?? [],
    boundaries: (id) => boundaries.get(id) ?? [],
  }
  index.set(model, built)
  return built
}

function existing<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the process model has no element ${id}`)
  return value
}

export interface Outcome { value: string; name: Label }

/** The answers that a user task offers: those of the exclusive gateway right behind it, in the order of the file; empty where there is none. */
export function outcomesOf(model: ProcessModel, taskId: string): Outcome[] {
  const { node, outgoing } = indexOf(model)
  const next = outgoing(taskId)[0]
  if (!next || node(next.to).kind !== 'exclusive') return []
  return outgoing(next.to).flatMap((flow) => {
    const value = flow.outcome ?? /^\s*outcome\s*=\s*"([^"]+)"\s*$/.exec(flow.condition ?? '')?.[1]
    return value === undefined ? [] : [{ value, name: flow.name.vi ? flow.name : { vi: value, en: value } }]
  })
}
