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
