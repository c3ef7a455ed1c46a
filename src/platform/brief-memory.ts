import type { Db } from './db.ts'

interface Entry { until: number; value: Promise<unknown> }

/** What was read a moment ago, per pool. */
export interface BriefMemory {
  /**
   * What `load` found, now or not longer ago than the memory lasts. It belongs to all who ask: nobody changes it. Inside a transaction it always
   * loads, so that an act sees its own rows. A failure and `undefined` are not kept.
   */
  remember<T>(db: Db, key: string, load: () => Promise<T>): Promise<T>
  /** After a change in this process: whoever asks next asks the database. */
  forget(): void
}

/** A memory for what every request asks and what may be half a minute old: rules and names that are not public data (those have `createMemory`). Begun anew when it holds `capacity` entries. */
export function createBriefMemory({ seconds, capacity }: { seconds: number; capacity: number }): BriefMemory {
  let caches = new WeakMap<object, Map<string, Entry>>()
  return {
    remember<T>(db: Db, key: string, load: () => Promise<T>): Promise<T> {
      if ('savepoint' in db) return load()
      const cache = caches.get(db) ?? new Map<string, Entry>()
      caches.set(db, cache)
      const known = cache.get(key)
      if (known && known.until > performance.now()) return known.value as Promise<T>
      if (cache.size >= capacity) cache.clear()
      const value = load()
      const entry: Entry = { until: performance.now() + seconds * 1000, value }
      cache.set(key, entry)
      const drop = (): void => { if (cache.get(key) === entry) cache.delete(key) }
      value.then((found) => { if (found === undefined) drop() }, drop)
      return value
    },
    forget() {
      caches = new WeakMap()
    },
  }
}
