import { indexOf, type ProcessModel } from '../../process/index.ts'

/** What the rest of the group does when a part is refused or withdrawn: goes on, waits for the person to file the part again, or stops and undoes what was done. */
export type Policy = 'continue' | 'wait' | 'compensate'

export interface DrawnPart {
  key: string
  /** Parts that must be over before this one is filed. */
  after: string[]
  onRefusal: Policy
  onWithdrawal: Policy
  /** Its result is undone when the group stops. */
  isUndone: boolean
}

type Node = ProcessModel['nodes'][number]

/** The parts of a group in the order of its BPMN file: sub-processes that send `<part>.file`. Their order and the consequences of a refusal or withdrawal follow from the flows. */
export function readDrawing(model: ProcessModel): DrawnPart[] {
  const index = indexOf(model)
  const keys = new Map<string, string>()
  for (const node of model.nodes) {
    const sent = node.kind === 'throw' && node.throws.type === 'message' ? /^(.+)\.file$/.exec(node.throws.name)?.[1] : undefined
    if (sent !== undefined && node.in !== undefined) keys.set(node.in, sent)
  }
  /** Parts from which a way leads to a node without another part between. */
  const before = (id: string, seen: Set<string>): string[] => index.incoming(id).flatMap((flow) => {
    if (seen.has(flow.from)) return []
    seen.add(flow.from)
    const part = keys.get(flow.from)
    const from = index.node(flow.from)
    // What is filed again comes round from its own refusal.
    return part !== undefined ? [part] : from.kind === 'boundary-event' ? [] : before(flow.from, seen)
  })
  const policy = (part: string, code: string): Policy => {
    const event = model.nodes.find((node) => node.kind === 'boundary-event' && node.attachedTo === part && node.on.type === 'error' && node.on.code === code)
    const next = event && index.outgoing(event.id)[0]
    return next ? policyOf(index.node(next.to)) : 'continue'
  }
  return [...keys].map(([id, key]) => ({
    key, after: [...new Set(before(id, new Set([id])))].filter((one) => one !== key), onRefusal: policy(id, 'REFUSED'), onWithdrawal: policy(id, 'WITHDRAWN'), isUndone: model.nodes.some((node) => node.kind === 'compensation' && node.attachedTo === id),
  }))
}

function policyOf(node: Node): Policy {
  if ((node.kind === 'end' || node.kind === 'throw') && node.throws?.type === 'compensate') return 'compensate'
  return node.kind === 'event-gateway' ? 'wait' : 'continue'
}
