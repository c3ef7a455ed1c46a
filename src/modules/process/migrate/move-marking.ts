import type { Marking, Token } from '../marking.ts'
import { indexOf, isActivity, triggerOf, type Problem, type ProcessModel, type ProcessNode } from '../model.ts'
import { exploreFrom, markingKey } from '../state-space.ts'

/** Elements of one version in another, by their ids; what is not named here is itself where the other version has it. */
export type Mapping = ReadonlyMap<string, string>

/** A marking in another version of its process: the same tokens by their numbers, and what is waited for beside the flow there. */
export interface MovedMarking {
  marking: Marking
  /** Events that are waited for from now on, which the old version had not. */
  armed: Token[]
  /** Events that are waited for no longer. */
  disarmed: number[]
  /** Flows that tokens have passed, as the other version has them. */
  taken: string[]
}

/** Why a marking cannot be moved: one reason for each element concerned. */
export interface NotMoved { refused: Problem[] }

/**
 * Moves a marking to another version, or says why not: an element that a token stands at is gone, is of another kind or in another sub-process there; a join has lost the flow by which
 * a token came; something is being undone, or could no longer be; or the process could not end properly from there. Tokens keep their numbers, so that tasks, clocks and jobs find them again.
 * An event beside the flow that had come in the old version does not come again in the new one.
 * @param run where the instance stands, and the flows that its tokens have passed
 */
export function moveMarking(from: ProcessModel, to: ProcessModel, run: { marking: Marking; taken: readonly string[] }, mapping: Mapping): MovedMarking | NotMoved {
  const move = new Relocation(from, to, mapping)
  const moved = move.tokens(run.marking)
  if (move.refused.length > 0) return { refused: move.refused }
  const taken = run.taken.flatMap((id) => move.flow(id) ?? [])
  const problems = judge(to, moved.marking, endsReached(to, taken))
  return problems.length > 0 ? { refused: problems.map(({ params, key }) => ({ key: 'process.move.refused.unsound', params: { ...params, problem: key } })) } : { ...moved, taken }
}

const judged = new WeakMap<ProcessModel, Map<string, Problem[]>>()
const mostJudged = 2_000

/** Whether the process ends properly from a marking, whatever comes. Judged once for all that stand alike. */
function judge(model: ProcessModel, marking: Marking, ends: readonly string[]): Problem[] {
  const known = judged.get(model) ?? new Map<string, Problem[]>()
  judged.set(model, known)
  const one = oneOfMany(marking)
  const key = markingKey(one, ends)
  if (known.size >= mostJudged) known.clear()
  const problems = known.get(key) ?? exploreFrom(model, one, ends)
  known.set(key, problems)
  return problems
}

/** Of an activity for many things of which none is a process of its own, one stands for all: they know nothing of each other. */
function oneOfMany(marking: Marking): Marking {
  const { tokens } = marking
  const many = tokens.filter((token) => (token.items?.length ?? 0) > 1 && tokens.every((one) => one.in !== token.id || !tokens.some((inner) => inner.in === one.id)))
  const dropped = new Set(many.flatMap((whole) => tokens.filter((one) => one.in === whole.id && one.nth !== undefined).slice(1)))
  return { ...marking, tokens: tokens.filter((token) => !dropped.has(token)).map((token) => (many.includes(token) ? { ...token, items: [null], begun: 1 } : token)) }
}

function endsReached(model: ProcessModel, taken: readonly string[]): string[] {
  const passed = new Set(taken)
  return model.nodes.filter((node) => node.kind === 'end' && node.in === undefined && indexOf(model).incoming(node.id).some((flow) => passed.has(flow.id))).map((node) => node.id)
}

/** Another version's element for each element at which a token can stand. */
export function counterpart(from: ProcessModel, to: ProcessModel, mapping: Mapping, id: string): string | undefined {
  const wanted = mapping.get(id) ?? id
  const node = to.nodes.find((one) => one.id === wanted)
  return node !== undefined && from.nodes.some((one) => one.id === id) ? node.id : undefined
}

class Relocation {
  readonly refused: Problem[] = []
  private readonly old: ReturnType<typeof indexOf>
  private readonly new: ReturnType<typeof indexOf>
  private readonly places = new Map<string, string | undefined>()

  private readonly from: ProcessModel
  private readonly to: ProcessModel

  constructor(from: ProcessModel, to: ProcessModel, mapping: Mapping) {
    this.from = from
    this.to = to
    this.old = indexOf(from)
    this.new = indexOf(to)
    for (const { id } of from.nodes) this.places.set(id, counterpart(from, to, mapping, id))
  }

  tokens({ tokens, next, done }: Marking): Omit<MovedMarking, 'taken'> {
    const moved = new Map<number, Token>()
    for (const token of tokens) {
      if (token.armed) continue
      const place = this.place(token, tokens, moved)
      if (place) moved.set(token.id, place)
    }
    const armed: Token[] = []
    const kept: Token[] = []
    if (this.refused.length === 0) for (const holder of [undefined, ...moved.values()]) for (const event of this.armsOf(this.new, holder, holder?.at)) this.arm(event, holder, tokens, { kept, armed, next: () => next++ })
    const carried = new Set(kept.map((token) => token.id))
    return {
      marking: { tokens: [...moved.values(), ...kept, ...armed].sort((a, b) => a.id - b.id), next, done: done.flatMap((one) => this.undoable(one)) }, armed,
      disarmed: tokens.filter((token) => token.armed && !carried.has(token.id)).map((token) => token.id),
    }
  }

  /** The flow of the new version that is this one of the old: by its id, or between the same elements. */
  flow(id: string): string | undefined {
    const old = this.from.flows.find((flow) => flow.id === id)
    if (!old) return undefined
    const [from, to] = [this.places.get(old.from), this.places.get(old.to)]
    const between = this.to.flows.filter((flow) => flow.from === from && flow.to === to)
    return (between.find((flow) => flow.id === id) ?? (between.length === 1 ? between[0] : this.to.flows.find((flow) => flow.id === id && (flow.from === from || flow.to === to))))?.id
  }

  private refuse(why: string, id: string): undefined {
    if (!this.refused.some((one) => one.params.id === id)) this.refused.push({ key: `process.move.refused.${why}`, params: { id, name: this.old.node(id).name.vi } })
    return undefined
  }

  private place(token: Token, tokens: readonly Token[], moved: ReadonlyMap<number, Token>): Token | undefined {
    const at = this.places.get(token.at)
    if (token.undo) return this.refuse('undoing', token.at)
    if (at === undefined) return this.refuse('gone', token.at)
    const node = this.new.node(at)
    if (!alike(this.old.node(token.at), node)) return this.refuse('other_kind', token.at)
    if (token.in !== undefined && !moved.has(token.in)) return tokens.some((one) => one.id === token.in && one.undo) ? this.refuse('undoing', token.at) : undefined
    const holder = token.in === undefined ? undefined : moved.get(token.in)
    if (token.nth !== undefined ? holder?.at !== at : node.in !== holder?.at) return this.refuse('other_place', token.at)
    if (token.by === undefined) return { ...token, at }
    const by = this.cameBy(token.by, at)
    return by === undefined ? this.refuse('join', token.at) : { ...token, at, by }
  }

  /** By which flow a token that waits at a join has come, in the new version. */
  private cameBy(flow: string, at: string): string | undefined {
    const found = this.flow(flow)
    return found !== undefined && this.new.flow(found).to === at ? found : undefined
  }

  /** The events that are waited for while this token stands. */
  private armsOf(index: ReturnType<typeof indexOf>, holder: Token | undefined, at: string | undefined): string[] {
    const inside = (id: string | undefined): string[] => index.eventSubProcesses(id).map((sub) => index.starts(sub.id)[0]!.id)
    if (!holder || at === undefined) return inside(undefined)
    if (holder.by !== undefined) return []
    const node = index.node(at)
    if (node.kind === 'event-gateway') return index.outgoing(at).map((flow) => flow.to)
    if (!isActivity(node)) return []
    return [...(holder.nth === undefined ? index.boundaries(at).map((event) => event.id) : []), ...(node.kind === 'sub' && holder.items === undefined ? inside(at) : [])]
  }

  private arm(event: string, holder: Token | undefined, tokens: readonly Token[], into: { kept: Token[]; armed: Token[]; next(): number }): void {
    const before = this.armsOf(this.old, holder, tokens.find((token) => token.id === holder?.id)?.at).filter((id) => this.places.get(id) === event)
    const waiting = tokens.find((token) => token.armed && token.in === holder?.id && before.includes(token.at))
    if (!waiting) {
      if (before.length === 0) into.armed.push({ id: into.next(), at: event, ...(holder ? { in: holder.id } : {}), armed: true })
      return
    }
    if (alike(this.old.node(waiting.at), this.new.node(event))) into.kept.push({ ...waiting, at: event })
    else this.refuse('other_kind', waiting.at)
  }

  private undoable(one: Marking['done'][number]): Marking['done'] {
    const at = this.places.get(one.at)
    if (at !== undefined && this.new.handler(at) !== undefined) return [{ ...one, at }]
    this.refuse('undo_lost', one.at)
    return []
  }
}

/** Whether what a token does at one element is what it does at the other: the same kind, waiting for the same thing. How long a clock runs may differ: one that runs keeps its moment. */
export function alike(a: ProcessNode, b: ProcessNode): boolean {
  if (a.kind !== b.kind) return false
  if (isActivity(a) && isActivity(b) && (a.multi?.sequential !== b.multi?.sequential || a.compensates !== b.compensates)) return false
  if (a.kind === 'service' && b.kind === 'service') return a.service === b.service
  if (a.kind === 'sub' && b.kind === 'sub') return a.byEvent === b.byEvent
  if (a.kind === 'boundary-event' && b.kind === 'boundary-event' && a.interrupting !== b.interrupting) return false
  const [x, y] = [triggerOf(a), triggerOf(b)]
  return x === undefined || y === undefined ? x === y : x.type === y.type && ('name' in x ? x.name : 'code' in x ? x.code : '') === ('name' in y ? y.name : 'code' in y ? y.code : '')
}
