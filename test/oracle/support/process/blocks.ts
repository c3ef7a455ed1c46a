/**
 * A process as a tree of blocks, each with one way in and one way out. Every name is unique in its tree. The oracle plays the tree; `drawn` makes the BPMN file
 * of it that the engine plays.
 */
export type Block =
  | { kind: 'task'; name: string }
  | { kind: 'sequence'; parts: Block[] }
  | { kind: 'parallel'; parts: Block[] }
  /** After the decider one branch: the one of its outcome "v1", "v2", …, else the first. A branch of null is empty, 'fail' an error. */
  | { kind: 'choice'; decider: string; branches: (Block | null | 'fail')[] }
  /** After the decider every branch whose number is in its outcome "v12", else the first. */
  | { kind: 'inclusive'; decider: string; branches: (Block | null)[] }
  /** The body, then the decider; again as long as its outcome is "v1". */
  | { kind: 'loop'; body: Block; decider: string }
  /** Whichever event comes first chooses its branch. */
  | { kind: 'events'; events: { name: string; message: boolean; branch: Block | null }[] }
  | { kind: 'sub'; body: Block }
  /** A task or sub-process so many times, or until enough are through. */
  | { kind: 'multi'; body: Block & { kind: 'task' | 'sub' }; times: number; sequential: boolean; enough?: number }
  /** A timer at the edge of a task, a sub-process or one of several times. */
  | { kind: 'guarded'; host: Block & { kind: 'task' | 'sub' | 'multi' }; timer: string; interrupting: boolean; handler: Block | null }
  /** A sub-process whose error leads to the handler. */
  | { kind: 'attempt'; body: Block; handler: Block }
  /** Branches in a sub-process; the first that is through ends the others. */
  | { kind: 'race'; parts: Block[] }
  /** Tasks at the same time in a sub-process; then all are undone, the last done first. */
  | { kind: 'undoing'; tasks: { name: string; undo: string }[] }
  /** A sub-process with an event sub-process that a message begins. */
  | { kind: 'listening'; body: Block; message: string; interrupting: boolean; handler: Block }

/** Numbers from 0 up to, not including, `below`. */
export type Random = (below: number) => number

/** mulberry32: the same seed, the same numbers, on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

interface Place {
  depth: number
  /** Something runs again in the same sub-process: what goes on beside the way could come twice. */
  again: boolean
}

/** A random process of at most so many levels. */
export function randomBlock(random: Random, depth = 3): Block {
  let names = 0
  const name = (): string => `n${++names}`
  const some = (least: number, most: number): number => least + random(most - least + 1)
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

  const task = (): Block & { kind: 'task' } => ({ kind: 'task', name: name() })
  const sub = (place: Place): Block & { kind: 'sub' } => ({ kind: 'sub', body: block({ ...place, depth: place.depth - 1, again: false }) })
  const multi = (place: Place): Block & { kind: 'multi' } => ({ kind: 'multi', body: random(2) ? task() : sub(place), times: random(4), sequential: random(2) === 1, ...(random(3) === 0 ? { enough: 1 + random(2) } : {}) })

  const block = (place: Place): Block => {
    if (place.depth <= 0) return task()
    const inside = { ...place, depth: place.depth - 1 }
    const part = (): Block => block(inside)
    const perhaps = (): Block | null => (random(4) === 0 ? null : part())
    switch (random(14)) {
      case 0: return task()
      case 1: case 2: return { kind: 'sequence', parts: times(some(2, 3), part) }
      case 3: return { kind: 'parallel', parts: times(some(2, 3), part) }
      case 4: return { kind: 'choice', decider: name(), branches: times(some(2, 3), perhaps) }
      case 5: return { kind: 'inclusive', decider: name(), branches: times(some(2, 3), perhaps) }
      case 6: return { kind: 'loop', body: block({ ...inside, again: true }), decider: name() }
      case 7: return { kind: 'events', events: times(some(2, 3), () => ({ name: name(), message: random(2) === 1, branch: perhaps() })) }
      case 8: return sub(place)
      case 9: return multi(place)
      case 10: {
        const host = [task, () => sub(place), () => multi(place)][random(3)]!()
        const interrupting = place.again || random(2) === 1
        return { kind: 'guarded', host, timer: name(), interrupting, handler: interrupting ? perhaps() : part() }
      }
      case 11: {
        const within = { ...inside, again: false }
        const failing: Block = { kind: 'choice', decider: name(), branches: ['fail', random(2) ? block(within) : null] }
        return { kind: 'attempt', body: random(2) ? { kind: 'parallel', parts: [failing, block(within)] } : { kind: 'sequence', parts: [block(within), failing] }, handler: part() }
      }
      case 12: return random(2) ? { kind: 'race', parts: times(2, () => block({ ...inside, again: false })) } : { kind: 'undoing', tasks: times(some(1, 3), () => ({ name: name(), undo: name() })) }
      default: return { kind: 'listening', body: block({ ...inside, again: false }), message: name(), interrupting: random(2) === 1, handler: block({ ...inside, again: false }) }
    }
  }
  return block({ depth, again: false })
}
