import { indexOf, type Problem, type ProcessModel, type ProcessNode } from './model.ts'

/**
 * Walks all states that the tokens of a process can reach, whatever the conditions say, and reports what can go wrong. The four properties
 * are those of BPMN soundness: safe (one token per place), option to complete, proper completion (no end consumed twice), no dead element.
 * A state is the sorted list of places that hold a token: a flow, a task at work (`@task`), an armed reminder (`!timer`), a used end (`#end`).
 */
type State = readonly string[]

/** Above this the process is refused as too tangled: people could not follow it either. */
const mostStates = 5_000

interface Found { states: Map<string, State>; next: Map<string, string[]>; fired: Set<string>; unsafe?: string; twice?: string; tooMany: boolean }

export function explore(model: ProcessModel): Problem[] {
  const found = walk(model)
  const name = (id: string): Record<string, string> => ({ id, name: nameOf(model, id) })
  if (found.tooMany) return [{ key: 'process.problem.too_tangled', params: { most: mostStates } }]
  if (found.unsafe) return [{ key: 'process.problem.unsafe', params: name(found.unsafe) }]
  if (found.twice) return [{ key: 'process.problem.ends_twice', params: name(found.twice) }]
  const stuck = stuckAt(found)
  if (stuck) return [{ key: 'process.problem.stuck', params: { at: [...new Set(stuck.map((place) => describePlace(model, place)))].join(', ') } }]
  return model.nodes.filter((node) => !found.fired.has(node.id)).map((node) => ({ key: 'process.problem.unreachable', params: name(node.id) }))
}

function walk(model: ProcessModel): Found {
  const found: Found = { states: new Map(), next: new Map(), fired: new Set(), tooMany: false }
  const start = model.nodes.find((node) => node.kind === 'start')!
  found.fired.add(start.id)
  const first: State = indexOf(model).outgoing(start.id).map((flow) => flow.id)
  const open: State[] = [first]
  found.states.set(keyOf(first), first)
  for (let state = open.pop(); state; state = open.pop()) {
    const followers: string[] = []
    for (const [node, after] of moves(model, state)) {
      found.fired.add(node.id)
      const doubled = firstDouble(after)
      if (doubled?.startsWith('#')) found.twice ??= doubled.slice(1)
      else if (doubled) found.unsafe ??= elementOf(model, doubled)
      if (doubled) continue
      const key = keyOf(after)
      followers.push(key)
      if (found.states.has(key)) continue
      if (found.states.size >= mostStates) return { ...found, tooMany: true }
      found.states.set(key, after)
      open.push(after)
    }
    found.next.set(keyOf(state), followers)
  }
  return found
}

const keyOf = (state: State): string => [...state].sort().join(' ')

function firstDouble(state: State): string | undefined {
  return state.find((place, i) => state.indexOf(place) !== i)
}

/**
 * The steps that are possible in a state, with the element that makes each and the state after it. As in the engine, tokens do not
 * rest on the way: while one can move without a person or a clock, only that one moves (its ways are tried one by one).
 */
function moves(model: ProcessModel, state: State): [ProcessNode, State][] {
  const { incoming, flow, node, outgoing } = indexOf(model)
  for (const place of state) {
    if (/^[@!#]/.test(place)) continue
    const target = node(flow(place).to)
    const leaving = outgoing(target.id).map((way) => way.id)
    switch (target.kind) {
      case 'user': case 'timer': return [[target, replace(state, [place], [`@${target.id}`, ...remindersOf(model, target.id)])]]
      case 'exclusive': return leaving.map((way) => [target, replace(state, [place], [way])])
      case 'end': return [[target, replace(state, [place], isReminderEnd(model, target.id) ? [] : [`#${target.id}`])]]
      case 'parallel': {
        const joined = incoming(target.id).map((one) => one.id)
        if (joined.every((one) => state.includes(one))) return [[target, replace(state, joined, leaving)]]
      }
    }
  }
  return state.flatMap((place) => moveFromWaiting(model, state, place))
}

/** What a person who completes a task, or a clock, can do from one place. */
function moveFromWaiting(model: ProcessModel, state: State, place: string): [ProcessNode, State][] {
  const { node, outgoing, boundaries } = indexOf(model)
  const id = place.slice(1)
  const leaving = (from: string): string[] => outgoing(from).map((way) => way.id)
  if (place.startsWith('!')) return [[node(id), replace(state, [place], leaving(id))]]
  if (!place.startsWith('@')) return []
  const whole = [place, ...remindersOf(model, id)]
  const interrupting = boundaries(id).filter((timer) => timer.interrupting)
  return [[node(id), replace(state, whole, leaving(id))], ...interrupting.map((timer): [ProcessNode, State] => [timer, replace(state, whole, leaving(timer.id))])]
}

const remindersOf = (model: ProcessModel, taskId: string): string[] => indexOf(model).boundaries(taskId).filter((timer) => !timer.interrupting).map((timer) => `!${timer.id}`)

const replace = (state: State, take: readonly string[], put: readonly string[]): State => [...state.filter((place) => !take.includes(place)), ...put]

/** An end that only reminders come to may be used as often as one reminds. */
function isReminderEnd(model: ProcessModel, endId: string): boolean {
  const { incoming, node } = indexOf(model)
  return incoming(endId).every(({ from }) => {
    const source = node(from)
    return source.kind === 'boundary-timer' && !source.interrupting
  })
}

const isDone = (state: State): boolean => state.every((place) => place.startsWith('#'))

/** Where tokens stand in a state from which the end cannot be reached: one in which nothing moves any more, if there is one. */
function stuckAt({ states, next }: Found): string[] | undefined {
  const before = new Map<string, string[]>()
  for (const [key, followers] of next) for (const follower of followers) before.set(follower, [...(before.get(follower) ?? []), key])
  const canEnd = new Set([...states].filter(([, state]) => isDone(state)).map(([key]) => key))
  const open = [...canEnd]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const earlier of before.get(key) ?? []) if (!canEnd.has(earlier)) { canEnd.add(earlier); open.push(earlier) }
  }
  const stuck = [...states].filter(([key]) => !canEnd.has(key))
  const dead = stuck.filter(([key]) => next.get(key)?.length === 0)
  const [worst] = (dead.length > 0 ? dead : stuck).sort(([, a], [, b]) => a.length - b.length)
  return worst?.[1].filter((place) => !place.startsWith('#') && !place.startsWith('!'))
}

function elementOf(model: ProcessModel, place: string): string {
  return /^[@!]/.test(place) ? place.slice(1) : indexOf(model).flow(place).to
}

function nameOf(model: ProcessModel, nodeId: string): string {
  return indexOf(model).node(nodeId).name.vi
}

function describePlace(model: ProcessModel, place: string): string {
  const id = elementOf(model, place)
  return nameOf(model, id) ? `${nameOf(model, id)} (${id})` : id
}
