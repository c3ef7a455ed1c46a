import { begin, comeTo, type Move } from './advance.ts'
import type { Chooser } from './chooser.ts'
import type { Marking, Token } from './marking.ts'
import { GameError } from './token-game.ts'
import { indexOf, isActivity, triggerOf, type Problem, type ProcessModel } from './model.ts'

/**
 * Walks all states that the tokens of a process can reach, whatever the conditions say, and reports what can go wrong. The four properties
 * are those of BPMN soundness: safe (one token per place), option to complete, proper completion (no end consumed twice), no dead element.
 * It plays the same token game as a running process: what is tried one after the other is who comes next and which ways the gateways choose.
 */
interface State { key: string; marking: Marking; ends: readonly string[] }

/** Above this the process is refused as too tangled: people could not follow it either. */
const mostStates = 5_000
/** An inclusive gateway with more ways has more combinations than a person can think through. */
const mostInclusiveWays = 6

interface Found { states: Map<string, State>; next: Map<string, string[]>; reached: Set<string>; unsafe?: string; twice?: string; tooMany: boolean }

export function explore(model: ProcessModel): Problem[] {
  const found = walkSafely(model)
  if (Array.isArray(found)) return found
  const problems = misbehaviour(model, found)
  return problems.length > 0 ? problems : deadElements(model, found)
}

/** What can go wrong from one marking on: none of the four properties but the last, which is of the whole process. @param ends ends at the top that have been reached before */
export function exploreFrom(model: ProcessModel, marking: Marking, ends: readonly string[]): Problem[] {
  const found = walkSafely(model, { marking, ends: ends.map((id) => `#${id}`) })
  return Array.isArray(found) ? found : misbehaviour(model, found)
}

/** Tells markings apart by where their tokens stand and what holds them. */
export function markingKey(marking: Marking, ends: readonly string[]): string {
  return stateAfter(still(marking), ends.map((id) => `#${id}`), new Set()).key
}

const nameIn = (model: ProcessModel, id: string): Record<string, string> => ({ id, name: indexOf(model).node(id).name.vi })

function walkSafely(model: ProcessModel, from?: Omit<State, 'key'>): Found | Problem[] {
  try {
    return walk(model, from)
  } catch (error) {
    if (error instanceof GameError) return [{ key: `process.problem.${error.problem}`, params: nameIn(model, error.elementId) }]
    throw error
  }
}

function misbehaviour(model: ProcessModel, found: Found): Problem[] {
  if (found.tooMany) return [{ key: 'process.problem.too_tangled', params: { most: mostStates } }]
  if (found.unsafe) return [{ key: 'process.problem.unsafe', params: nameIn(model, found.unsafe) }]
  if (found.twice) return [{ key: 'process.problem.ends_twice', params: nameIn(model, found.twice) }]
  const stuck = stuckAt(found)
  if (stuck) return [{ key: 'process.problem.stuck', params: { at: [...new Set(stuck.map((id) => describe(model, id)))].join(', ') } }]
  return []
}

function deadElements(model: ProcessModel, found: Found): Problem[] {
  return model.nodes.filter((node) => !found.reached.has(node.id) && node.kind !== 'compensation').map((node) => ({ key: 'process.problem.unreachable', params: nameIn(model, node.id) }))
}

const still = (marking: Marking): Move => ({ marking, entered: [], gone: [], taken: [], told: [], ends: [], ended: false })

function walk(model: ProcessModel, from?: Omit<State, 'key'>): Found {
  const found: Found = { states: new Map(), next: new Map(), reached: new Set(), tooMany: false }
  const reminded = endsOfReminders(model)
  const open: State[] = []
  const add = (move: Move, ends: readonly string[]): string | undefined => {
    note(model, found.reached, move)
    const state = stateAfter(move, ends, reminded)
    const doubled = doubledToken(move.marking)
    if (doubled) found.unsafe ??= doubled.at
    const twice = state.ends.find((end, i) => state.ends.indexOf(end) !== i)
    if (twice) found.twice ??= twice.slice(twice.indexOf('#') + 1)
    if (doubled || twice) return undefined
    if (!found.states.has(state.key)) {
      found.states.set(state.key, state)
      open.push(state)
    }
    return state.key
  }
  if (from) add(still(from.marking), from.ends)
  else for (const start of indexOf(model).starts()) for (const move of allWays(model, (choose) => begin(model, choose, start.on?.type === 'message' ? start.on.name : undefined))) add(move, [])
  for (let state = open.pop(); state; state = open.pop()) {
    if (found.states.size > mostStates) return { ...found, tooMany: true }
    const { marking, ends } = state
    const followers = marking.tokens.filter((token) => canCome(model, marking, token)).flatMap((token) => allWays(model, (choose) => once(comeTo(model, marking, token.id, choose), token)).map((move) => add(move, ends)))
    const failures = errorsOf(model, marking).flatMap((caught) => allWays(model, (choose) => comeTo(model, marking, caught.id, choose)).map((move) => add(move, ends)))
    found.next.set(state.key, [...followers, ...failures].filter((key) => key !== undefined))
  }
  return found
}

/** What comes by itself from outside: work that is done, a clock, a message, a signal. Errors and escalations come from inside. */
function canCome(model: ProcessModel, { tokens }: Marking, token: Token): boolean {
  if (token.by !== undefined || token.undo) return false
  const node = indexOf(model).node(token.at)
  const trigger = triggerOf(node)
  if (token.armed) return trigger?.type === 'timer' || trigger?.type === 'message' || trigger?.type === 'signal'
  return (trigger !== undefined || (isActivity(node) && node.kind !== 'sub')) && !tokens.some((one) => one.in === token.id && !one.armed)
}

/** Errors of a service or of a decision that an event at its edge or further out waits for. */
function errorsOf(model: ProcessModel, { tokens }: Marking): Token[] {
  const { node } = indexOf(model)
  const around = (token: Token | undefined): (number | undefined)[] => (token ? [token.id, ...around(tokens.find((one) => one.id === token.in))] : [undefined])
  return tokens.filter((token) => !token.armed && !token.items && ['service', 'decision'].includes(node(token.at).kind))
    .flatMap((token) => around(token).flatMap((holder) => tokens.filter((one) => one.armed && one.in === holder && triggerOf(node(one.at))?.type === 'error')))
}

/** An event that may come again and again is tried once: the second time would find what the first found. */
function once(move: Move, { id, armed }: Token): Move {
  return armed ? { ...move, marking: { ...move.marking, tokens: move.marking.tokens.filter((token) => token.id !== id) } } : move
}

/** The same move under every choice that its gateways have. */
function allWays(model: ProcessModel, play: (choose: Chooser) => Move): Move[] {
  const moves: Move[] = []
  let script: number[] = []
  do {
    const options: number[] = []
    const pick = (of: number): number => {
      options.push(of)
      return script[options.length - 1] ?? 0
    }
    moves.push(play(anyWay(model, pick)))
    script = options.map((_, i) => script[i] ?? 0)
    while (script.length > 0 && script.at(-1)! + 1 >= options[script.length - 1]!) script.pop()
    if (script.length > 0) script.push(script.pop()! + 1)
  } while (script.length > 0)
  return moves
}

/** Of an activity for several things one is tried, and none: its instances know nothing of each other. */
function anyWay(model: ProcessModel, pick: (of: number) => number): Chooser {
  return {
    mostFlows: 500,
    one: (gateway) => indexOf(model).outgoing(gateway.id)[pick(indexOf(model).outgoing(gateway.id).length)]!.id,
    some: (gateway) => {
      const ways = indexOf(model).outgoing(gateway.id).map((flow) => flow.id).filter((id) => id !== gateway.defaultFlow)
      const chosen = pick(2 ** Math.min(ways.length, mostInclusiveWays))
      return chosen === 0 ? [gateway.defaultFlow!] : ways.filter((_, i) => chosen & (1 << i))
    },
    items: () => (pick(2) === 0 ? [1] : []),
    isEnough: () => false,
  }
}

/** Tokens are told apart by where they stand and what holds them, not by their numbers. */
function stateAfter({ marking, ends: reached }: Move, before: readonly string[], reminded: ReadonlySet<string>): State {
  const alive = new Set(marking.tokens.map((token) => token.id))
  const ends = [...before, ...reached.filter((end) => !reminded.has(end.id)).map((end) => `${end.in ?? ''}#${end.id}`)].filter((end) => end.startsWith('#') || alive.has(Number(end.split('#')[0])))
  const inside = Map.groupBy(marking.tokens, (token) => token.in)
  const keyOf = (scope: number | undefined): string => {
    const tokens = (inside.get(scope) ?? []).map((token) => `${token.at}${(token.items?.length ?? 0) > 1 ? `*${token.begun}/${token.items!.length}` : ''}${token.armed ? '!' : ''}${token.by ? `<${token.by}` : ''}${token.undo ? `^${token.undo.join()}` : ''}${keyOf(token.id)}`)
    const used = ends.filter((end) => end.startsWith(`${scope ?? ''}#`)).map((end) => end.slice(end.indexOf('#')))
    const done = new Set(marking.done.filter((one) => one.in === scope).map((one) => `~${one.at}`))
    const all = [...tokens.sort(), ...used.sort(), ...[...done].sort()]
    return all.length > 0 ? `(${all.join(' ')})` : ''
  }
  return { key: keyOf(undefined), marking, ends }
}

function doubledToken({ tokens }: Marking): Token | undefined {
  const seen = new Set<string>()
  return tokens.find((token) => {
    const place = `${token.at} ${token.in} ${token.by} ${token.nth}`
    if (seen.has(place)) return true
    seen.add(place)
    return false
  })
}

/** Ends to which only reminders lead: they may be reached as often as one reminds. */
function endsOfReminders(model: ProcessModel): Set<string> {
  const { outgoing, boundaries } = indexOf(model)
  const main = new Set<string>()
  const open = model.nodes.filter((node) => node.kind === 'start').map((node) => node.id)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (main.has(id)) continue
    main.add(id)
    for (const from of [id, ...boundaries(id).filter((event) => event.interrupting).map((event) => event.id)]) open.push(...outgoing(from).map((flow) => flow.to))
  }
  return new Set(model.nodes.filter((node) => node.kind === 'end' && !main.has(node.id)).map((node) => node.id))
}

function note(model: ProcessModel, reached: Set<string>, move: Move): void {
  for (const id of move.taken) {
    const flow = indexOf(model).flow(id)
    reached.add(flow.from).add(flow.to)
  }
  for (const token of move.entered) if (!token.armed) reached.add(token.at)
  for (const end of move.ends) reached.add(end.id)
}

/** Where work stands in a state from which the end cannot be reached: one in which nothing moves any more, if there is one. */
function stuckAt({ states, next }: Found): string[] | undefined {
  const before = new Map<string, string[]>()
  for (const [key, followers] of next) for (const follower of followers) before.set(follower, [...(before.get(follower) ?? []), key])
  const canEnd = new Set([...states.values()].filter(({ marking }) => marking.tokens.length === 0).map(({ key }) => key))
  const open = [...canEnd]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const earlier of before.get(key) ?? []) if (!canEnd.has(earlier)) { canEnd.add(earlier); open.push(earlier) }
  }
  const stuck = [...states.values()].filter(({ key }) => !canEnd.has(key))
  const dead = stuck.filter(({ key }) => next.get(key)?.length === 0)
  const [worst] = (dead.length > 0 ? dead : stuck).sort((a, b) => a.marking.tokens.length - b.marking.tokens.length)
  return worst?.marking.tokens.filter((token, _, all) => !token.armed && !all.some((one) => one.in === token.id && !one.armed)).map((token) => token.at)
}

function describe(model: ProcessModel, id: string): string {
  const { name } = indexOf(model).node(id)
  return name.vi ? `${name.vi} (${id})` : id
}
