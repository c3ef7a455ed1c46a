import type { Db } from './db.ts'
import { knownState, publicState } from './public-state.ts'
import { poolOf } from './renewing-pool.ts'

/** What was read of the public data, per pool. */
export interface Memory {
  /**
   * What `load` found, now or since the public data changed last. It belongs to all who ask: nobody changes it. Inside a transaction it
   * always loads, so that an act sees its own rows (but see `inActs`). A failure and `undefined` are not kept.
   */
  remember<T>(db: Db, key: string, load: (db: Db) => Promise<T>): Promise<T>
}

interface Kept { readonly state: string; readonly values: Map<string, Promise<unknown>>; readonly settled: Map<string, { value: unknown }> }

/**
 * A memory for what many ask for and what changes seldom; begun anew with every change of the public data (`publicState`) and when it holds
 * `capacity` entries. `load` may ask only tables with the trigger `platform.note_public_change`.
 * `inActs`: transactions, too, take what is remembered (at most two seconds old where another process changed it); for what no act reads after writing it.
 */
export function createMemory({ capacity, inActs = false }: { capacity: number; inActs?: boolean }): Memory {
  const pools = new WeakMap<object, Kept>()
  /** Only what is there already, since to wait for another's reading would be to wait for a second connection; what is not is fetched behind it for the next. */
  const inAct = <T>(tx: Db, key: string, load: (db: Db) => Promise<T>): Promise<T> => {
    const pool = inActs ? poolOf(tx) : undefined
    if (!pool) return load(tx)
    const kept = pools.get(pool)
    const known = kept && kept.state === knownState(pool) ? kept.settled.get(key) : undefined
    if (known) return Promise.resolve(known.value as T)
    void memory.remember(pool, key, load).catch(() => undefined)
    return load(tx)
  }
  const memory: Memory = {
    async remember<T>(db: Db, key: string, load: (db: Db) => Promise<T>): Promise<T> {
      if ('savepoint' in db) return inAct(db, key, load)
      const state = await publicState(db)
      let kept = pools.get(db)
      if (kept?.state !== state) pools.set(db, (kept = { state, values: new Map(), settled: new Map() }))
      const { values, settled } = kept
      const found = values.get(key)
      if (found) return found as Promise<T>
      if (values.size >= capacity) { values.clear(); settled.clear() }
      const value = load(db)
      values.set(key, value)
      const drop = (): void => { if (values.get(key) === value) values.delete(key) }
      value.then((result) => { if (result === undefined) drop(); else settled.set(key, { value: result }) }, drop)
      return value
    },
  }
  return memory
}
