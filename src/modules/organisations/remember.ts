import type { Db } from '../../platform/db.ts'

interface Entry { until: number; value: Promise<unknown> }

const lifetimeMs = 30_000
const capacity = 5_000
const caches = new WeakMap<object, Map<string, Entry>>()

/**
 * Keeps what `load` found for half a minute, per pool: agencies and units change a few times a year but are asked for at every filing.
 * Inside a transaction it always loads, so that an act sees its own rows.
 */
export function remember<T>(db: Db, key: string, load: () => Promise<T>): Promise<T> {
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

/** Drops what is remembered, after a change that must be seen at once. */
export function forget(db: Db): void {
  caches.delete(db)
}
