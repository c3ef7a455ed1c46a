import type { Block } from './blocks.ts'

/**
 * What BPMN says of a process, without flows, tokens or gateways: what is left of a tree of blocks after a step is again a tree. Steps are called by their names,
 * inside one of several times after its number: "0/n3".
 */
export type Left =
  | { kind: 'offer'; names: string[]; then: (name: string, outcome: string) => Block | null | 'fail' }
  | { kind: 'sequence'; first: Left; rest: Block[] }
  | { kind: 'parallel'; parts: Left[] }
  /** Its end is when nothing is left of it and of what goes on beside; a race ends with its first part. */
  | { kind: 'scope'; main: Left | null; beside: Left[]; race?: true; handler?: Block; listens?: { message: string; interrupting: boolean; handler: Block } }
  | { kind: 'loop'; left: Left; block: Block & { kind: 'loop' } }
  | { kind: 'multi'; running: Map<number, Left>; begun: number; block: Block & { kind: 'multi' } }
  | { kind: 'guarded'; host: Left; armed: boolean; block: Block & { kind: 'guarded' } }
  | { kind: 'undoing'; block: Block & { kind: 'undoing' }; open: string[]; done: string[] }

/** What a step leaves of a block: itself, what goes on beside it until the end of the sub-process, or an error. */
interface After { left: Left | null; beside: Left[]; failed: boolean }

const through = (left: Left | null, beside: Left[] = []): After => ({ left, beside, failed: false })
const failed: After = { left: null, beside: [], failed: true }

/** A block as it stands when it begins; null when it is through at once. */
export function begun(block: Block | null): Left | null {
  switch (block?.kind) {
    case undefined: return null
    case 'task': return { kind: 'offer', names: [block.name], then: () => null }
    case 'sequence': return inSequence(begun(block.parts[0]!), block.parts.slice(1))
    case 'parallel': return inParallel(block.parts.map(begun))
    case 'choice': return { kind: 'offer', names: [block.decider], then: (_, outcome) => { const chosen = Number(outcome.slice(1)); return block.branches[chosen < block.branches.length ? chosen : 0] ?? null } }
    case 'inclusive': return { kind: 'offer', names: [block.decider], then: (_, outcome) => {
      const chosen = block.branches.filter((_, i) => i > 0 && outcome.includes(String(i)))
      return { kind: 'parallel', parts: (chosen.length > 0 ? chosen : [block.branches[0]!]).filter((branch) => branch !== null) }
    } }
    case 'loop': return inLoop(begun(block.body), block)
    case 'events': return { kind: 'offer', names: block.events.map((event) => event.name), then: (name) => block.events.find((event) => event.name === name)!.branch }
    case 'sub': return inScope({ kind: 'scope', main: begun(block.body), beside: [] })
    case 'multi': return block.times === 0 ? null : moreOf({ kind: 'multi', running: new Map(), begun: 0, block })
    case 'guarded': { const host = begun(block.host); return host && { kind: 'guarded', host, armed: true, block } }
    case 'attempt': return inScope({ kind: 'scope', main: begun(block.body), beside: [], handler: block.handler })
    case 'race': { const parts = block.parts.map(begun); return parts.includes(null) ? null : { kind: 'scope', main: inParallel(parts), beside: [], race: true } }
    case 'undoing': return { kind: 'undoing', block, open: block.tasks.map((task) => task.name), done: [] }
    case 'listening': return inScope({ kind: 'scope', main: begun(block.body), beside: [], listens: block })
  }
}

function inSequence(first: Left | null, rest: Block[]): Left | null {
  if (first) return rest.length > 0 ? { kind: 'sequence', first, rest } : first
  return rest.length > 0 ? inSequence(begun(rest[0]!), rest.slice(1)) : null
}

function inParallel(parts: (Left | null)[]): Left | null {
  const left = parts.filter((part) => part !== null)
  return left.length > 0 ? { kind: 'parallel', parts: left } : null
}

function inLoop(left: Left | null, block: Block & { kind: 'loop' }): Left {
  return { kind: 'loop', block, left: left ?? { kind: 'offer', names: [block.decider], then: (_, outcome) => (outcome === 'v1' ? block : null) } }
}

function inScope(scope: Left & { kind: 'scope' }): Left | null {
  return scope.main || scope.beside.length > 0 ? scope : null
}

function moreOf(multi: Left & { kind: 'multi' }): Left | null {
  const { block, running } = multi
  let { begun: count } = multi
  while (count < block.times && (!block.sequential || running.size === 0)) {
    const left = begun(block.body)
    if (left) running.set(count, left)
    count++
  }
  return running.size > 0 ? { ...multi, begun: count } : null
}

/** The names of all steps that can be done and events that can come. */
export function offered(left: Left | null): string[] {
  switch (left?.kind) {
    case undefined: return []
    case 'offer': return left.names
    case 'sequence': return offered(left.first)
    case 'parallel': return left.parts.flatMap(offered)
    case 'scope': return [...offered(left.main), ...left.beside.flatMap(offered), ...(left.listens ? [left.listens.message] : [])]
    case 'loop': return offered(left.left)
    case 'multi': return [...left.running].flatMap(([n, one]) => offered(one).map((name) => `${n}/${name}`))
    case 'guarded': return [...offered(left.host), ...(left.armed ? [left.block.timer] : [])]
    case 'undoing': return left.open.length > 0 ? left.open : left.done.slice(0, 1)
  }
}

/** What is left of the whole process after a step. */
export function after(whole: Left, name: string, outcome: string): Left | null {
  const { left, beside } = step(whole.kind === 'scope' ? whole : { kind: 'scope', main: whole, beside: [] }, name, outcome)
  if (beside.length > 0) throw new Error('something goes on beside the process itself')
  return left
}

function step(left: Left, name: string, outcome: string): After {
  switch (left.kind) {
    case 'offer': {
      const next = left.then(name, outcome)
      return next === 'fail' ? failed : through(next && begun(next))
    }
    case 'sequence': return mapped(step(left.first, name, outcome), (first) => inSequence(first, left.rest))
    case 'parallel': {
      const i = left.parts.findIndex((part) => offered(part).includes(name))
      return mapped(step(left.parts[i]!, name, outcome), (part) => inParallel(left.parts.toSpliced(i, 1, ...(part ? [part] : []))))
    }
    // The decider begins the whole loop anew, or ends it.
    case 'loop': return mapped(step(left.left, name, outcome), (inner) => (name === left.block.decider ? inner : inLoop(inner, left.block)))
    case 'multi': {
      const n = Number(name.slice(0, name.indexOf('/')))
      const result = step(left.running.get(n)!, name.slice(name.indexOf('/') + 1), outcome)
      return mapped(result, (one) => {
        const running = new Map(left.running)
        if (one) running.set(n, one)
        else running.delete(n)
        // One that was through when it began counts too, once another one comes through.
        return !one && left.begun - running.size >= (left.block.enough ?? Infinity) ? null : moreOf({ ...left, running })
      })
    }
    case 'guarded': return stepGuarded(left, name, outcome)
    case 'scope': return stepScope(left, name, outcome)
    case 'undoing': return through(stepUndoing(left, name))
  }
}

const mapped = (result: After, make: (left: Left | null) => Left | null): After => (result.failed ? result : { ...result, left: make(result.left) })

function stepGuarded(left: Left & { kind: 'guarded' }, name: string, outcome: string): After {
  const { block } = left
  if (name !== block.timer || !left.armed) return mapped(step(left.host, name, outcome), (host) => host && { ...left, host })
  const handler = begun(block.handler)
  if (block.interrupting) return through(handler)
  return through({ ...left, armed: false }, handler ? [handler] : [])
}

function stepScope(left: Left & { kind: 'scope' }, name: string, outcome: string): After {
  if (left.listens?.message === name) {
    const handler = begun(left.listens.handler)
    // Of one that interrupts, only itself is left; it does not listen again.
    if (left.listens.interrupting) return through(handler && { kind: 'scope', main: { kind: 'scope', main: handler, beside: [] }, beside: [] })
    return through(inScope({ ...left, beside: [...left.beside, ...(handler ? [{ kind: 'scope' as const, main: handler, beside: [] }] : [])] }))
  }
  const inMain = offered(left.main).includes(name)
  const i = left.beside.findIndex((one) => offered(one).includes(name))
  const result = step(inMain ? left.main! : left.beside[i]!, name, outcome)
  if (result.failed) return left.handler ? through(begun(left.handler)) : failed
  if (left.race && inMain && partsOf(result.left) < partsOf(left.main)) return through(null)
  const rest = inMain ? left.beside : left.beside.toSpliced(i, 1, ...(result.left ? [result.left] : []))
  return through(inScope({ ...left, main: inMain ? result.left : left.main, beside: [...rest, ...result.beside] }))
}

const partsOf = (left: Left | null): number => (left?.kind === 'parallel' ? left.parts.length : 0)

function stepUndoing(left: Left & { kind: 'undoing' }, name: string): Left | null {
  if (left.open.length > 0) {
    const { undo } = left.block.tasks.find((task) => task.name === name)!
    return { ...left, open: left.open.filter((one) => one !== name), done: [undo, ...left.done] }
  }
  return left.done.length > 1 ? { ...left, done: left.done.slice(1) } : null
}
