import type { Mutant } from '../planted-fault.ts'

const game = 'token-game.ts'

/** Faults of the token game, at least one for each kind of gateway and each other thing that a block of the oracle has. */
export const mutants: readonly Mutant[] = [
  { name: 'an exclusive gateway always takes its default way', file: 'chooser.ts', text: 'one: (gateway, tokens, scope) => open(gateway, tokens, scope)[0] ?? otherwise(gateway)', instead: 'one: (gateway) => otherwise(gateway)' },
  { name: 'an exclusive gateway takes all ways', file: game, text: "case 'exclusive': this.move(", instead: "case 'exclusive': this.leave(node.id, scope); break; this.move(" },
  { name: 'a parallel join goes on with the first branch', file: game, text: 'this.index.incoming(gateway).every(', instead: 'this.index.incoming(gateway).some(' },
  { name: 'a parallel split takes one branch', file: game, text: 'for (const flow of this.index.outgoing(from)) this.move', instead: 'for (const flow of this.index.outgoing(from).slice(0, 1)) this.move' },
  { name: 'an inclusive split takes one of its open ways', file: 'chooser.ts', text: 'return ways.length > 0 ? ways :', instead: 'return ways.length > 0 ? ways.slice(0, 1) :' },
  { name: 'an inclusive split takes its default way too', file: 'chooser.ts', text: 'return ways.length > 0 ? ways :', instead: 'return ways.length > 0 ? [...ways, otherwise(gateway)] :' },
  { name: 'an inclusive join does not wait', file: game, text: ' && !canStillCome(this.index, this.tokens, token))', instead: ')' },
  { name: 'an inclusive join waits for all its flows', file: game, text: '!canStillCome(this.index, this.tokens, token)', instead: 'this.arrivals(token.at, token.in).size === this.index.incoming(token.at).length' },
  { name: 'behind an event gateway the other events can still come', file: game, text: '} else {\n      this.drop([holder!])', instead: '} else {\n      this.spend(token)' },
  { name: 'an interrupting event leaves its task', file: game, text: 'if (node.interrupting) this.drop([holder!])', instead: 'if (!node.interrupting) this.drop([holder!])' },
  { name: 'a clock at the edge rings again', file: game, text: 'token.rung < (trigger.times ?? 1)', instead: 'token.rung > 0' },
  { name: 'several times one after the other come all at once', file: game, text: 'node.multi.sequential ? Math.min(1, items.length) : items.length', instead: 'items.length' },
  { name: 'several times at the same time end with the first', file: game, text: 'else if (open.length === 0) this.finish(whole)', instead: 'else this.finish(whole)' },
  { name: 'several times go on when enough are through', file: game, text: 'if (node.multi!.enough !== undefined &&', instead: 'if (node.multi!.enough === undefined &&' },
  { name: 'a sub-process ends with its first branch', file: game, text: 'if (holder && !this.isAlive(scope)) this.finish(holder)', instead: 'if (holder) this.finish(holder)' },
  { name: 'a terminate event ends its own branch only', file: game, text: 'this.drop(this.tokens.filter((token) => token.in === scope && !isBoundary(', instead: 'this.drop(this.tokens.filter((token) => token.in !== token.in && !isBoundary(' },
  { name: 'an error leaves the other branches', file: game, text: 'if (!caught) throw new GameError', instead: "if (caught && type === 'error') return this.leave(caught.at, this.find(caught.in)!.in)\n    if (!caught) throw new GameError" },
  { name: 'compensation begins with what was done first', file: game, text: 'concerned.reverse()', instead: 'concerned' },
  { name: 'an event sub-process leaves what it interrupts', file: game, text: 'this.drop(this.tokens.filter((one) => one.in === token.in', instead: 'this.drop(this.tokens.filter((one) => one === token' },
]
