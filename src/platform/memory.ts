import type { Db } from './db.ts'
import { publicState } from './public-state.ts'

/** What was read of the public data, per pool. */
export interface Memory {
  /**
   * What `load` found, now or since the public data changed last. It belongs to all who ask: nobody changes it. Inside a transaction it
   * always loads, so that an act sees its own rows. A failure and `undefined` are not kept.
   */
  remember<T>(db: Db, key: string, load: () => Promise<T>): Promise<T>
}

interface Kept { readonly state: string; readonly values: Map<string, Promise<unknown>> }

/**
 * A memory for what many ask for and what changes seldom; begun anew with every change of the public data (`publicState`) and when it holds
 * `capacity` entries. `load` may ask only tables with the trigger `platform.note_public_change`.
 */
export function createMemory({ capacity }: { capacity: number }): Memory {
  const pools = new WeakMap<object, Kept>()
  return {
    async remember<T>(db: Db, key: string, load: () => Promise<T>): Promise<T> {
      if ('savepoint' in db) return load()
      const state = await publicState(db)
      let kept = pools.get(db)
      if (kept?.state !== state) pools.set(db, (kept = { state, values: new Map() }))
      const { values } = kept
      const found = values.get(key)
      if (found) return found as Promise<T>
      if (values.size >= capacity) values.clear()
      const value = load()
      values.set(key, value)
      const drop = (): void => { if (values.get(key) === value) values.delete(key) }
      value.then((result) => { if (result === undefined) drop() }, drop)
      return value
    },
  }
}
