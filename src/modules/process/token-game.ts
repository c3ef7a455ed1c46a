import { catcherOf, hears } from './catcher.ts'
import type { Chooser } from './chooser.ts'
import { canStillCome } from './inclusive-join.ts'
import type { Marking, Token } from './marking.ts'
import { errors } from './process.errors.ts'
import { indexOf, isActivity, isBoundary, triggerOf, type ActivityNode, type ModelIndex, type ProcessModel, type ProcessNode, type Throw } from './model.ts'

/** What one move did. */
export interface Move {
  marking: Marking
  /** Tokens that came to stand and wait for something outside: a person, a clock, a service, a message. */
  entered: Token[]
  /** Tokens that stand no more, done or taken away: what belongs to them and is open is cancelled. */
  gone: number[]
  /** Flows that were passed. */
  taken: string[]
  /** Elements that told something outside: messages and signals. */
  told: string[]
  /** Ends that were reached, each with the token of its sub-process. */
  ends: { id: string; in?: number }[]
  ended: boolean
}

/** What a process that passed the soundness check never does: the key of the problem, and the element. */
export class GameError extends Error {
  readonly problem: 'circle' | 'uncaught'
  readonly elementId: string

  constructor(problem: 'circle' | 'uncaught', elementId: string) {
    super(`${elementId}: ${problem}`)
    this.problem = problem
    this.elementId = elementId
  }
}

/** An activity for more things than this at once is a mistake in its expression. */
const mostItems = 1_000

/**
 * The token game of BPMN 2.0 (13 "Execution semantics"): pure, knows no time, no person and no database. A move begins with one thing that comes from outside
 * and passes all tokens on until each waits again.
 */
export class TokenGame {
  private readonly index: ModelIndex
  private readonly choose: Chooser
  private tokens: Token[]
  private done: Marking['done']
  private next: number
  private moving: { flow: string; in?: number }[] = []
  private readonly entered: Token[] = []
  private readonly gone: number[] = []
  private readonly taken: string[] = []
  private readonly told: string[] = []
  private readonly ends: Move['ends'] = []

  constructor(model: ProcessModel, marking: Marking, choose: Chooser) {
    this.index = indexOf(model)
    this.choose = choose
    this.tokens = marking.tokens.map((token) => ({ ...token }))
    this.done = [...marking.done]
    this.next = marking.next
  }

  get marking(): Marking {
    return { tokens: this.tokens, next: this.next, done: this.done }
  }

  find(id: number | undefined): Token | undefined {
    return this.tokens.find((token) => token.id === id)
  }

  /** The process, or a sub-process whose token is `scope`, begins at one of its start events. */
  begin(start: string, scope?: number): void {
    this.arm(this.index.eventSubProcesses(this.index.node(start).in).map((sub) => this.index.starts(sub.id)[0]!.id), scope)
    this.leave(start, scope)
  }

  /** Passes tokens on until none can move. */
  play(): Move {
    do {
      for (let one = this.moving.shift(); one; one = this.moving.shift()) {
        this.taken.push(one.flow)
        if (this.taken.length > this.choose.mostFlows) throw new GameError('circle', this.index.flow(one.flow).to)
        this.enter(this.index.node(this.index.flow(one.flow).to), one.flow, one.in)
      }
    } while (this.joinInclusive())
    const ended = !this.isAlive(undefined)
    if (ended) this.drop(this.tokens.filter((token) => token.in === undefined))
    const left = new Set(this.tokens.map((token) => token.id))
    return { marking: this.marking, entered: this.entered.filter((token) => left.has(token.id)), gone: this.gone, taken: this.taken, told: this.told, ends: this.ends, ended }
  }

  private enter(node: ProcessNode, flow: string, scope: number | undefined): void {
    switch (node.kind) {
      case 'timer': case 'catch': this.stand(node.id, scope); break
      case 'exclusive': this.move(this.index.outgoing(node.id).length > 1 ? this.choose.one(node, this.tokens, scope) : this.index.outgoing(node.id)[0]!.id, scope); break
      case 'parallel': this.joinParallel(node.id, flow, scope); break
      case 'inclusive':
        if (this.index.incoming(node.id).length > 1) this.stand(node.id, scope, { by: flow })
        else this.splitInclusive(node.id, scope)
        break
      case 'event-gateway': this.arm(this.index.outgoing(node.id).map((way) => way.to), this.stand(node.id, scope).id); break
      case 'throw': this.tell(node.id, node.throws, scope); break
      case 'end': this.tell(node.id, node.throws, scope); break
      case 'start': case 'boundary-timer': case 'boundary-event': case 'compensation': throw new Error(`flow ${flow} leads into ${node.id}, which has no way in`)
      default: this.startActivity(node, scope)
    }
  }

  private stand(at: string, scope: number | undefined, more: Partial<Token> = {}): Token {
    const token: Token = { id: this.next++, at, ...(scope === undefined ? {} : { in: scope }), ...more }
    this.tokens.push(token)
    if (token.by === undefined) this.entered.push(token)
    return token
  }

  private arm(events: readonly string[], holder: number | undefined): void {
    for (const at of events) this.stand(at, holder, { armed: true })
  }

  private move(flow: string, scope: number | undefined): void {
    this.moving.push({ flow, ...(scope === undefined ? {} : { in: scope }) })
  }

  /** A token goes on from an element by all its ways. */
  leave(from: string, scope: number | undefined): void {
    for (const flow of this.index.outgoing(from)) this.move(flow.id, scope)
  }

  private startActivity(node: ActivityNode, scope: number | undefined): void {
    if (!node.multi) {
      this.startInstance(node, scope)
      return
    }
    const items = this.choose.items(node, this.tokens, scope)
    if (items.length > mostItems) throw errors.ITEMS_UNKNOWN({ id: node.id, items: node.multi.items })
    const begun = node.multi.sequential ? Math.min(1, items.length) : items.length
    const whole = this.stand(node.id, scope, { items, begun })
    if (items.length === 0) {
      this.finish(whole)
      return
    }
    this.arm(this.index.boundaries(node.id).map((event) => event.id), whole.id)
    for (let nth = 0; nth < begun; nth++) this.startInstance(node, whole.id, nth)
  }

  private startInstance(node: ActivityNode, holder: number | undefined, nth?: number): void {
    const token = this.stand(node.id, holder, nth === undefined ? {} : { nth })
    if (nth === undefined) this.arm(this.index.boundaries(node.id).map((event) => event.id), token.id)
    if (node.kind === 'sub') this.begin(this.index.starts(node.id)[0]!.id, token.id)
  }

  /** The work at a token is done: of an activity, one of its instances, or an event that came. */
  finish(token: Token): void {
    const node = this.index.node(token.at)
    if (token.nth !== undefined && isActivity(node) && node.multi) {
      this.finishInstance(token, node)
      return
    }
    this.rememberToUndo(token)
    this.drop([token])
    const holder = this.find(token.in)
    if (node.kind === 'sub' && node.byEvent) this.settle(token.in)
    else if (holder?.undo && isActivity(node) && node.compensates) this.undoNext(holder)
    else this.leave(token.at, token.in)
  }

  private finishInstance(token: Token, node: ActivityNode): void {
    const whole = this.find(token.in)!
    this.rememberToUndo(token)
    this.drop([token])
    const open = this.tokens.filter((one) => one.in === whole.id && one.nth !== undefined)
    const [of, begun] = [whole.items!.length, whole.begun!]
    if (node.multi!.enough !== undefined && this.choose.isEnough(node, { of, done: begun - open.length }, this.tokens, whole.id)) this.finish(whole)
    else if (begun < of && open.length === 0) {
      whole.begun = begun + 1
      this.startInstance(node, whole.id, begun)
    } else if (open.length === 0) this.finish(whole)
  }

  /** What was done inside a sub-process can be undone from outside once it is complete, unless the sub-process has a handler of its own. */
  private rememberToUndo({ id, at, in: scope, nth }: Token): void {
    const place = scope === undefined ? {} : { in: scope }
    if (nth === undefined && this.index.handler(at) !== undefined) this.done = [...this.done.filter((one) => one.in !== id), { at, ...place }]
    else this.done = this.done.map((one) => (one.in === id ? { at: one.at, ...place } : one))
  }

  /** Takes tokens away with all that they hold, and what was on its way inside. */
  private drop(tokens: readonly Token[]): void {
    const gone = new Set(tokens.map((token) => token.id))
    for (const token of this.tokens) if (token.in !== undefined && gone.has(token.in)) gone.add(token.id)
    this.tokens = this.tokens.filter((token) => !gone.has(token.id))
    this.moving = this.moving.filter((one) => one.in === undefined || !gone.has(one.in))
    this.done = this.done.filter((one) => one.in === undefined || !gone.has(one.in))
    this.gone.push(...gone)
  }

  private isAlive(scope: number | undefined): boolean {
    return this.tokens.some((token) => token.in === scope && !token.armed) || this.moving.some((one) => one.in === scope)
  }

  /** A token came to its end: when it was the last in its sub-process, that one is done. */
  private settle(scope: number | undefined): void {
    const holder = this.find(scope)
    if (holder && !this.isAlive(scope)) this.finish(holder)
  }

  private joinParallel(gateway: string, flow: string, scope: number | undefined): void {
    this.stand(gateway, scope, { by: flow })
    const arrived = this.arrivals(gateway, scope)
    if (this.index.incoming(gateway).every((one) => arrived.has(one.id))) this.join(gateway, [...arrived.values()], scope)
  }

  /** The first token of each flow that has come to a join. */
  private arrivals(gateway: string, scope: number | undefined): Map<string, Token> {
    return new Map(this.tokens.filter((token) => token.at === gateway && token.in === scope && token.by !== undefined).reverse().map((token) => [token.by!, token]))
  }

  private join(gateway: string, arrived: readonly Token[], scope: number | undefined): void {
    this.tokens = this.tokens.filter((token) => !arrived.includes(token))
    if (this.index.node(gateway).kind === 'inclusive') this.splitInclusive(gateway, scope)
    else this.leave(gateway, scope)
  }

  private splitInclusive(gateway: string, scope: number | undefined): void {
    const node = this.index.node(gateway)
    const ways = this.index.outgoing(gateway)
    if (node.kind !== 'inclusive' || ways.length < 2) this.leave(gateway, scope)
    else for (const flow of this.choose.some(node, this.tokens, scope)) this.move(flow, scope)
  }

  /** Lets one inclusive join go on for which nobody else can come; false when each still waits. */
  private joinInclusive(): boolean {
    const ready = this.tokens.find((token) => token.by !== undefined && this.index.node(token.at).kind === 'inclusive' && !canStillCome(this.index, this.tokens, token))
    if (ready) this.join(ready.at, [...this.arrivals(ready.at, ready.in).values()], ready.in)
    return ready !== undefined
  }

  private tell(from: string, what: Throw | undefined, scope: number | undefined): void {
    if (what?.type === 'error') return this.raise(scope, 'error', what.code, from)
    if (what?.type === 'compensate' && this.compensate(from, what.activity, scope)) return
    if (what?.type === 'terminate') {
      this.drop(this.tokens.filter((token) => token.in === scope && !isBoundary(this.index.node(token.at))))
      this.moving = this.moving.filter((one) => one.in !== scope)
    }
    if (what?.type === 'message') this.told.push(from)
    if (what === undefined || !('name' in what || 'code' in what) || what.type === 'message') return this.passOn(from, scope)
    // Who hears it may take away the sub-process in which it is said, and with it who says it.
    const speaker = this.stand(from, scope)
    if (what.type === 'signal') {
      this.told.push(from)
      for (const token of this.tokens.filter((one) => hears(this.index.node(one.at), 'signal', what.name))) if (this.find(token.id)) this.fire(token)
    } else if (what.type === 'escalation') this.raise(scope, 'escalation', what.code, from)
    if (!this.find(speaker.id)) return
    this.tokens = this.tokens.filter((token) => token !== speaker)
    this.passOn(from, scope)
  }

  private passOn(from: string, scope: number | undefined): void {
    if (this.index.node(from).kind !== 'end') this.leave(from, scope)
    else {
      this.ends.push({ id: from, ...(scope === undefined ? {} : { in: scope }) })
      this.settle(scope)
    }
  }

  /** An error or an escalation is caught by the nearest event for it: of the sub-process in which it happens, then at its edge, then further out. */
  raise(at: number | undefined, type: 'error' | 'escalation', code: string, from: string): void {
    const caught = catcherOf(this.index, this.tokens, at, type, code)
    if (!caught) throw new GameError('uncaught', from)
    this.fire(caught)
  }

  /** The event for which a token waits has come. */
  fire(token: Token): void {
    const node = this.index.node(token.at)
    const holder = this.find(token.in)
    if (!token.armed) this.finish(token)
    else if (node.kind === 'start') this.beginEventSubProcess(token, node.in!, node.interrupting !== false)
    else if (node.kind === 'boundary-timer' || node.kind === 'boundary-event') {
      if (node.interrupting) this.drop([holder!])
      else this.spend(token)
      this.leave(node.id, holder!.in)
    } else {
      this.drop([holder!])
      this.leave(node.id, holder!.in)
    }
  }

  private beginEventSubProcess(token: Token, subProcessId: string, interrupting: boolean): void {
    if (interrupting) {
      this.drop(this.tokens.filter((one) => one.in === token.in && !isBoundary(this.index.node(one.at))))
      this.moving = this.moving.filter((one) => one.in !== token.in)
    } else this.spend(token)
    const scope = this.stand(subProcessId, token.in)
    this.begin(this.index.starts(subProcessId)[0]!.id, scope.id)
  }

  /** A clock rings as often as it says, once as a rule; messages and signals may come again. */
  private spend(token: Token): void {
    const trigger = triggerOf(this.index.node(token.at))
    if (trigger?.type !== 'timer') return
    token.rung = (token.rung ?? 0) + 1
    if (token.rung < (trigger.times ?? 1)) this.entered.push(token)
    else this.tokens = this.tokens.filter((one) => one !== token)
  }

  /** Begins to undo what is done, the last first; false where there is nothing to undo. */
  private compensate(from: string, activity: string | undefined, scope: number | undefined): boolean {
    const around = this.find(scope)
    const node = around && this.index.node(around.at)
    const place = node?.kind === 'sub' && node.byEvent ? around!.in : scope
    const concerned = this.done.filter((one) => one.in === place && (activity === undefined || this.index.isWithin(one.at, activity)))
    if (concerned.length === 0) return false
    this.done = this.done.filter((one) => !concerned.includes(one))
    this.undoNext(this.stand(from, scope, { undo: concerned.reverse().map((one) => this.index.handler(one.at)!) }))
    return true
  }

  private undoNext(event: Token): void {
    const [handler, ...rest] = event.undo!
    if (handler === undefined) {
      this.drop([event])
      this.passOn(event.at, event.in)
      return
    }
    event.undo = rest
    const node = this.index.node(handler)
    if (isActivity(node)) this.startActivity(node, event.id)
  }
}
