/**
 * One token. Tokens form a tree: one that stands at a sub-process holds those inside it, one at a multi-instance activity those of its instances, one at a task
 * or an event gateway the events that are armed beside it, one at a compensation event what undoes. Who takes a token away takes away all that it holds.
 */
export interface Token {
  /** Unique in its instance, rising; tasks, timers and jobs name it. */
  id: number
  /** Element at which it stands. */
  at: string
  /** Token that holds it; absent at the top. */
  in?: number
  /** At a join: the flow by which it came and waits for others. */
  by?: string
  /** An event beside the flow that may come while its holder stands. */
  armed?: true
  /** How often an armed clock that rings several times has rung. */
  rung?: number
  /** Of a multi-instance activity as a whole: its things, and how many of them have been begun. */
  items?: unknown[]
  begun?: number
  /** Of one instance: the place of its thing in `items` of its holder. */
  nth?: number
  /** At a compensation event: what is still to be undone after what is being undone, as ids of the handlers. */
  undo?: string[]
}

/** Where an instance stands. Between two waiting points tokens pass in one go, so only these places can hold one. */
export interface Marking {
  tokens: Token[]
  /** Id of the next token. */
  next: number
  /** Completed activities that can be undone, in the order of their completion, each with the token of the sub-process in which it was done. */
  done: { at: string; in?: number }[]
}

export const nothing: Marking = { tokens: [], next: 1, done: [] }

/** Elements at which work stands: those of tokens that hold no other one and wait for no other branch. */
export function standing(tokens: readonly Token[]): string[] {
  return tokens.filter((token) => !token.armed && token.by === undefined && !tokens.some((one) => one.in === token.id && !one.armed)).map((token) => token.at)
}

/** The things of the multi-instance activities around a token, by the names that conditions know: the nearest is `item`, its place from 1 on `loopCounter`. */
export function itemOf(tokens: readonly Token[], id: number | undefined): { item: unknown; loopCounter: number } | undefined {
  for (let token = tokens.find((one) => one.id === id); token; token = tokens.find((one) => one.id === token!.in)) {
    const { nth, in: holder } = token
    if (nth !== undefined) return { item: tokens.find((one) => one.id === holder)?.items?.[nth], loopCounter: nth + 1 }
  }
  return undefined
}
