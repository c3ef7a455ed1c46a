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
}

export interface Lane { id: string; name: Label; nodes: string[] }

export type ProcessNode =
  | StartNode | EndNode | UserTaskNode | ServiceTaskNode | DecisionTaskNode | ReceiveTaskNode | SubProcessNode | CallNode | ExclusiveNode | InclusiveNode | ParallelNode | EventGatewayNode
  | TimerNode | CatchNode | ThrowNode | BoundaryTimerNode | BoundaryEventNode | CompensationNode

interface NodeBase {
  id: string
  name: Label
  /** Sub-process that holds it; absent at the top. */
  in?: string
}

/** What an element waits for. An error or escalation without a code is any. */
export type Trigger =
  /** `times`: rings so often, each after the duration; once when absent. */
  | { type: 'timer'; duration: string; workingTime: boolean; times?: number }
  | { type: 'message' | 'signal'; name: string }
  | { type: 'error' | 'escalation'; code?: string }

/** What an element tells. A message goes out as an event of the ledger; compensation is of one activity or of all in the same sub-process. */
export type Throw = { type: 'message' | 'signal'; name: string } | { type: 'error' | 'escalation'; code: string } | { type: 'terminate' } | { type: 'compensate'; activity?: string }

/** The same activity for each of several things (multi-instance), one after the other or at the same time. */
export interface Multi {
  sequential: boolean
  /** FEEL: a list of things, or how many there are. */
  items: string
  /** FEEL: when it holds after one of them, the others are no longer needed. */
  enough?: string
}

interface ActivityBase extends NodeBase {
  multi?: Multi
  /** It only runs to undo another activity. */
  compensates?: true
}

/** Where the process begins, or an event sub-process when its trigger comes. */
export interface StartNode extends NodeBase { kind: 'start'; on?: Trigger; interrupting?: boolean }
export interface EndNode extends NodeBase { kind: 'end'; throws?: Throw }
/** A step for a person; a manual task too, which is confirmed when it is done, and a task of no kind. */
export interface UserTaskNode extends ActivityBase {
  kind: 'user'
  /** Who does it: 'one-stop' | 'specialist' | 'leader' or another role of the node. Empty only before the soundness check. */
  role: string
  /** Time limit of the step in working time: "P1D", "PT4H". */
  limit: string
  /** What the desk offers for it: 'check' | 'appraise' | 'draft-result' | 'review' | 'sign' | 'return'. */
  act?: string
}
/** Work that a module does, through the job queue. */
export interface ServiceTaskNode extends ActivityBase { kind: 'service'; service: string }
/** A decision table ("bảng quyết định") is asked; its result becomes a variable. */
export interface DecisionTaskNode extends ActivityBase { kind: 'decision'; table: string; result: string }
export interface ReceiveTaskNode extends ActivityBase { kind: 'receive'; message: string }
/** An embedded sub-process; one that an event begins stands beside the flow. */
export interface SubProcessNode extends ActivityBase { kind: 'sub'; byEvent?: true }
/** Another process, which publishing puts in its place as a sub-process. */
export interface CallNode extends ActivityBase { kind: 'call'; called: string }
export interface ExclusiveNode extends NodeBase { kind: 'exclusive'; defaultFlow?: string }
export interface InclusiveNode extends NodeBase { kind: 'inclusive'; defaultFlow?: string }
export interface ParallelNode extends NodeBase { kind: 'parallel' }
export interface EventGatewayNode extends NodeBase { kind: 'event-gateway' }
export interface TimerNode extends NodeBase { kind: 'timer'; duration: string; workingTime: boolean }
export interface CatchNode extends NodeBase { kind: 'catch'; on: Trigger }
/** An intermediate throw event or a send task. */
export interface ThrowNode extends NodeBase { kind: 'throw'; throws: Throw }
export interface BoundaryTimerNode extends NodeBase { kind: 'boundary-timer'; duration: string; workingTime: boolean; times?: number; attachedTo: string; interrupting: boolean }
export interface BoundaryEventNode extends NodeBase { kind: 'boundary-event'; on: Trigger; attachedTo: string; interrupting: boolean }
/** At the edge of an activity: what undoes it once it is done. */
export interface CompensationNode extends NodeBase { kind: 'compensation'; attachedTo: string; handler: string }

export type BoundaryNode = BoundaryTimerNode | BoundaryEventNode
export type ActivityNode = UserTaskNode | ServiceTaskNode | DecisionTaskNode | ReceiveTaskNode | SubProcessNode | CallNode

export function isActivity(node: ProcessNode): node is ActivityNode {
  return node.kind === 'user' || node.kind === 'service' || node.kind === 'decision' || node.kind === 'receive' || node.kind === 'sub' || node.kind === 'call'
}

export function isBoundary(node: ProcessNode): node is BoundaryNode {
  return node.kind === 'boundary-timer' || node.kind === 'boundary-event'
}

/** What a token at this element waits for besides the work itself, or an armed event for. */
export function triggerOf(node: ProcessNode): Trigger | undefined {
  switch (node.kind) {
    case 'timer': return { type: 'timer', duration: node.duration, workingTime: node.workingTime }
    case 'boundary-timer': return { type: 'timer', duration: node.duration, workingTime: node.workingTime, ...(node.times === undefined ? {} : { times: node.times }) }
    case 'catch': case 'boundary-event': case 'start': return node.on
    case 'receive': return { type: 'message', name: node.message }
    default: return undefined
  }
}

export interface Flow {
  id: string
  from: string
  to: string
  name: Label
  /** FEEL expression on `outcome`, `outcomes`, the instance's variables and, where an activity is done for each of several things, that thing. */
  condition?: string
  /** The task outcome that takes this way, for the buttons of the desk. */
  outcome?: string
}

/** What is wrong with a process: a text key and whom it concerns. */
export interface Problem { key: string; params: Record<string, string | number> }

const index = new WeakMap<ProcessModel, ModelIndex>()
export interface ModelIndex {
  node(id: string): ProcessNode
  flow(id: string): Flow
  incoming(nodeId: string): readonly Flow[]
  outgoing(nodeId: string): readonly Flow[]
  /** Events at the edge of an activity that a running one waits for. */
  boundaries(activityId: string): readonly BoundaryNode[]
  /** The activity that undoes this one. */
  handler(activityId: string): string | undefined
  /** Start events of a sub-process, or of the process. */
  starts(subProcessId?: string): readonly StartNode[]
  /** Event sub-processes in a sub-process, or in the process. */
  eventSubProcesses(subProcessId?: string): readonly SubProcessNode[]
  /** Whether an element lies in a sub-process, at any depth, or is it. */
  isWithin(nodeId: string, subProcessId: string): boolean
}

/** Look-ups of a model, built once per model object. */
export function indexOf(model: ProcessModel): ModelIndex {
  const known = index.get(model)
  if (known) return known
  const nodes = new Map(model.nodes.map((node) => [node.id, node]))
  const flows = new Map(model.flows.map((flow) => [flow.id, flow]))
  const incoming = Map.groupBy(model.flows, (flow) => flow.to)
  const outgoing = Map.groupBy(model.flows, (flow) => flow.from)
  const boundaries = Map.groupBy(model.nodes.filter(isBoundary), (node) => node.attachedTo)
  const handlers = new Map(model.nodes.flatMap((node) => (node.kind === 'compensation' ? [[node.attachedTo, node.handler] as const] : [])))
  const starts = Map.groupBy(model.nodes.filter((node) => node.kind === 'start'), (node) => node.in)
  const eventSubProcesses = Map.groupBy(model.nodes.filter((node): node is SubProcessNode => node.kind === 'sub' && node.byEvent === true), (node) => node.in)
  const isWithin = (id: string | undefined, subProcessId: string): boolean => id !== undefined && (id === subProcessId || isWithin(nodes.get(id)?.in, subProcessId))
  const built: ModelIndex = {
    node: (id) => existing(nodes.get(id), id),
    flow: (id) => existing(flows.get(id), id),
    incoming: (id) => incoming.get(id) ?? [],
    outgoing: (id) => outgoing.get(id) ?? [],
    boundaries: (id) => boundaries.get(id) ?? [],
    handler: (id) => handlers.get(id),
    starts: (id) => starts.get(id) ?? [],
    eventSubProcesses: (id) => eventSubProcesses.get(id) ?? [],
    isWithin,
  }
  index.set(model, built)
  return built
}

function existing<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the process model has no element ${id}`)
  return value
}

/** The key under which conditions know a step: its id in its own file, also where that process was called by another. */
export function stepKey(nodeId: string): string {
  return nodeId.slice(nodeId.lastIndexOf('/') + 1)
}

export interface Outcome { value: string; name: Label }

/** The answers that a user task offers: those of the exclusive or inclusive gateway right behind it, in the order of the file; empty where there is none. */
export function outcomesOf(model: ProcessModel, taskId: string): Outcome[] {
  const { node, outgoing } = indexOf(model)
  const next = outgoing(taskId)[0]
  if (!next || !['exclusive', 'inclusive'].includes(node(next.to).kind)) return []
  return outgoing(next.to).flatMap((flow) => {
    const value = flow.outcome ?? /^\s*outcome\s*=\s*"([^"]+)"\s*$/.exec(flow.condition ?? '')?.[1]
    return value === undefined ? [] : [{ value, name: flow.name.vi ? flow.name : { vi: value, en: value } }]
  })
}
