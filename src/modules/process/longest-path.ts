import { clockMs, parseDuration, workingMs } from './duration.ts'
import { indexOf, type ProcessModel, type ProcessNode } from './model.ts'

/**
 * The longest way from the start (or `startId`) to an end by the weight of its nodes, each at most once: what a loop repeats is rework, which no plan of times
 * covers. A sub-process is passed from its start to its ends, once for several things too. What an event at an edge begins beside the way adds nothing; one that
 * interrupts counts with its activity's full time. Event sub-processes and what undoes are not on the way.
 */
export function longestPath(model: ProcessModel, weight: (node: ProcessNode) => number, startId?: string): { length: number; path: ProcessNode[] } {
  const { node, outgoing, boundaries, starts } = indexOf(model)
  const best = new Map<string, { length: number; path: ProcessNode[] }>()
  const onWay = new Set<string>()
  const behind = (id: string): string[] => {
    const { kind, in: around } = node(id)
    if (kind === 'end' && around !== undefined) return behind(around)
    return [...outgoing(id), ...boundaries(id).filter((event) => event.interrupting).flatMap((event) => outgoing(event.id))].map((flow) => flow.to)
  }
  const from = (id: string): { length: number; path: ProcessNode[] } => {
    const known = best.get(id)
    if (known) return known
    onWay.add(id)
    const next = node(id).kind === 'sub' ? starts(id).map((one) => one.id) : behind(id)
    const rest = next.filter((to) => !onWay.has(to)).map(from).reduce((a, b) => (b.length > a.length ? b : a), { length: 0, path: [] as ProcessNode[] })
    onWay.delete(id)
    const found = { length: weight(node(id)) + rest.length, path: [node(id), ...rest.path] }
    best.set(id, found)
    return found
  }
  const start = startId ?? starts()[0]?.id
  return start ? from(start) : { length: 0, path: [] }
}

/** Office time that a node takes at most: the limit of a step, the wait of a timer. */
export function officeTime(node: ProcessNode): number {
  if (node.kind === 'user') return workingMs(parseDuration(node.limit)!)
  if (node.kind !== 'timer') return 0
  const duration = parseDuration(node.duration)!
  // A third of the clock is office time: what a wait of whole days costs of the working days.
  return node.workingTime ? workingMs(duration) : clockMs(duration) / 3
}
