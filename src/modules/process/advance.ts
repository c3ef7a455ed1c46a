import type { Chooser } from './chooser.ts'
import { nothing, type Marking, type Token } from './marking.ts'
import { indexOf, triggerOf, type ProcessModel } from './model.ts'
import { TokenGame, type Move } from './token-game.ts'

export type { Move } from './token-game.ts'

/** A new instance: the token leaves the start event, or the one that waits for this message. */
export function begin(model: ProcessModel, choose: Chooser, message?: string): Move {
  const start = indexOf(model).starts().find((node) => (message === undefined ? node.on === undefined : node.on?.type === 'message' && node.on.name === message))
  if (!start) throw new Error(`process ${model.key} has no start event${message === undefined ? '' : ` for the message ${message}`}`)
  const game = new TokenGame(model, nothing, choose)
  game.begin(start.id)
  return game.play()
}

/** The work at a token is done, or what it waits for has come: a person finished a step, a clock rang, a service answered, a message came. */
export function comeTo(model: ProcessModel, marking: Marking, tokenId: number, choose: Chooser): Move {
  const game = new TokenGame(model, marking, choose)
  const token = game.find(tokenId)
  if (!token) throw new Error(`there is no token ${tokenId}`)
  game.fire(token)
  return game.play()
}

/** Tokens that wait for a message or signal of this name: of a message one hears, of a signal all. */
export function listeners(model: ProcessModel, { tokens }: Marking, type: 'message' | 'signal', name: string): Token[] {
  const heard = tokens.filter((token) => {
    const trigger = triggerOf(indexOf(model).node(token.at))
    // The multi-instance activity as a whole does not hear, its instances do.
    return trigger?.type === type && trigger.name === name && token.items === undefined
  })
  return type === 'message' ? heard.slice(0, 1) : heard
}
