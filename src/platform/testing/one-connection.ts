import { AsyncLocalStorage } from 'node:async_hooks'
import type { Sql } from '../db.ts'

/**
 * A pool that refuses to be asked by who already holds one of its connections in a transaction. As many acts at once as there are connections would
 * otherwise wait for each other for ever, each with one connection and in need of a second.
 */
export function oneConnectionEach(pool: Sql): Sql {
  const holding = new AsyncLocalStorage<true>()
  const assertFree = (): void => {
    if (holding.getStore()) throw new Error('A transaction asks the pool for a second connection. Pass it the transaction.')
  }
  const begin = (...args: unknown[]): unknown => {
    assertFree()
    const work = args.pop() as (tx: unknown) => unknown
    return Reflect.apply(pool.begin as never, pool, [...args, (tx: unknown) => holding.run(true, () => work(tx))])
  }
  return new Proxy(pool, {
    apply(target, self, args) {
      // A call without a template builds a part of a statement (names, values), which may go into the transaction's.
      if (Array.isArray(args[0]) && 'raw' in args[0]) return lazily(Reflect.apply(target as never, self, args) as object, assertFree)
      return Reflect.apply(target as never, self, args) as unknown
    },
    get: (target, name) => (name === 'begin' ? begin : (Reflect.get(target, name) as unknown)),
  })
}

/** A template is a statement only when it is waited for; before that it may become part of another. */
function lazily(query: object, assertFree: () => void): object {
  const { then } = query as { then: (...args: unknown[]) => unknown }
  Object.defineProperty(query, 'then', { configurable: true, value(this: unknown, ...args: unknown[]) {
    assertFree()
    return Reflect.apply(then, this, args)
  } })
  return query
}
