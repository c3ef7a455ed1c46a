import type { Db } from '../../platform/db.ts'

interface Entry { until: number; value: Promise<unknown> }

const lifetimeMs = 3_000
/** A page of a list is some twenty kilobytes. */
const capacity = 400
let caches = new WeakMap<object, Map<string, Entry>>()

/**
 * Keeps what `load` found for three seconds, per pool: pages, counts and choices of the lists, which many visitors ask for and which
 * change with publications only. What it gives belongs to all: nobody changes it. Inside a transaction it always loads.
 */
export function rememberBriefly<T>(db: Db, key: string, load: () => Promise<T>): Promise<T> {
  if ('savepoint' in db) return load()
  const cache = caches.get(db) ?? new Map<string, Entry>()
  caches.set(db, cache)
  const known = cache.get(key)
  if (known && known.until > performance.now()) return known.value as Promise<T>
  if (cache.size >= capacity) cache.clear()
  const value = load()
  cache.set(key, { until: performance.now() + lifetimeMs, value })
  value.catch(() => cache.delete(key))
  return value
}

/** After a publication in this process: the next reader asks the database. */
export function forgetBriefly(): void {
  caches = new WeakMap()
}
