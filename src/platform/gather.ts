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

/**
 * Makes one write of many that are asked for at nearly the same time ("group commit"): what comes while `atOnce` writes are under way goes together in the next, at most
 * `most` in one. At rest each is written at once. Where a write of several fails, each of them is tried by itself, so that nobody fails for another.
 * @param write answers in the order of what it was given
 */
export function gatherWrites<I, R>(write: (items: I[]) => Promise<R[]>, { atOnce, most }: { atOnce: number; most: number }): (item: I) => Promise<R> {
  const waiting: { item: I; resolve: (result: R) => void; reject: (error: unknown) => void }[] = []
  let underWay = 0
  const alone = async (item: I): Promise<R> => (await write([item]))[0]!
  const go = async (): Promise<void> => {
    underWay++
    for (let some = waiting.splice(0, most); some.length > 0; some = waiting.splice(0, most)) {
      try {
        const results = await write(some.map((one) => one.item))
        some.forEach((one, at) => one.resolve(results[at]!))
      } catch (error) {
        if (some.length === 1) some[0]!.reject(error)
        else await Promise.all(some.map((one) => alone(one.item).then(one.resolve, one.reject)))
      }
    }
    underWay--
  }
  return (item) => new Promise((resolve, reject) => {
    waiting.push({ item, resolve, reject })
    if (underWay < atOnce) void go()
  })
}
