import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Makes one read of many that are asked for at nearly the same time: keys that come while a read is under way go together in the next.
 * Nobody waits longer than the read under way; at rest a key is read at once. A read that fails fails for all who waited for it.
 * @param load reads many keys; keys that lead to nothing are left out
 */
export function gatherReads<K, V>(load: (keys: K[]) => Promise<Map<K, V>>): (key: K) => Promise<V | undefined> {
  let waiting: Set<K> = new Set()
  let next: Promise<Map<K, V>> | undefined
  let current: Promise<unknown> = Promise.resolve()
  const loadNext = async (): Promise<Map<K, V>> => {
    await current
    const keys = [...waiting]
    waiting = new Set()
    const reading = load(keys)
    current = reading.catch(() => {})
    next = undefined
    return reading
  }
  return async (key) => {
    waiting.add(key)
    next ??= loadNext()
    return (await next).get(key)
  }
}

/** A write's answer for one of several that is to be written by itself. */
export const byItself = Symbol('by itself')

/**
 * Makes one write of many that are asked for at nearly the same time ("group commit"): what comes while `atOnce` writes are under way goes together in the next, at most
 * `most` in one. At rest what comes in the same turn of the program is written at once. Where a write of several fails, or answers `byItself` for some of them, each of these is tried by itself, so that
 * nobody fails for another or waits for what another waits for.
 * @param write answers in the order of what it was given
 */
export function gatherWrites<I, R>(write: (items: I[]) => Promise<(R | typeof byItself)[]>, { atOnce, most }: { atOnce: number; most: number }): (item: I) => Promise<R> {
  interface Waiting { item: I; resolve: (result: R) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let underWay = 0
  const alone = async ({ item, resolve, reject }: Waiting): Promise<void> => {
    try {
      const [result] = await write([item])
      if (result === byItself) throw new Error('A write by itself answers to be written by itself.')
      resolve(result!)
    } catch (error) {
      reject(error)
    }
  }
  const together = async (some: readonly Waiting[]): Promise<void> => {
    const results = await write(some.map((one) => one.item)).catch(() => some.map(() => byItself as typeof byItself))
    for (const [at, one] of some.entries()) {
      const result = results[at]!
      if (result === byItself) void alone(one)
      else one.resolve(result as R)
    }
  }
  const go = async (): Promise<void> => {
    underWay++
    await nextTurn()
    for (let some = waiting.splice(0, most); some.length > 0; some = waiting.splice(0, most)) await (some.length === 1 ? alone(some[0]!) : together(some))
    underWay--
  }
  return (item) => new Promise((resolve, reject) => {
    waiting.push({ item, resolve, reject })
    if (underWay < atOnce) void go()
  })
}
