import type { Sql } from './db.ts'
import { beganOn, makeBeginSafe } from './safe-begin.ts'
import { sound } from './sound-query.ts'

/** What a query fails with when its connection breaks; a server that is not there at all (ECONNREFUSED) breaks none. */
const lossCodes: ReadonlySet<string> = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code)
export const isConnectionLoss = (error: unknown): boolean => lossCodes.has(codeOf(error))

/** No server there; it goes down, comes up or is full (SQLSTATE classes 57 and 53 of PostgreSQL). */
const awayCodes: ReadonlySet<string> = new Set(['ECONNREFUSED', '57P01', '57P02', '57P03', '53300'])
/** The database cannot be had just now; the same request may succeed in a moment. */
export const isDatabaseAway = (error: unknown): boolean => isConnectionLoss(error) || awayCodes.has(codeOf(error))

/** The renewing pool to which each pool of postgres.js belongs. */
const owners = new WeakMap<object, Sql>()

/** The pool that a transaction came from. */
export function poolOf(tx: object): Sql | undefined {
  const began = beganOn(tx)
  return began && owners.get(began)
}

/** Settings as postgres.js keeps them; a pool made from them knows what the first one has learnt. */
interface Settings { fetch_types: boolean; shared: { typeArrayMap: object } }

/**
 * Array types are asked for once in a process, not on every new connection: a connection that breaks just then is a rejection that
 * nobody can catch, which ends the process (see `endWhenDatabaseIsLost`).
 */
function keepTypes(pool: Sql): void {
  const settings: Settings = Object(Reflect.get(pool, 'options'))
  if (settings.fetch_types && Object.keys(settings.shared.typeArrayMap).length > 0) settings.fetch_types = false
}

/** How long a pool that was set aside may take to finish what it has. */
const farewellMs = 120_000

/**
 * A pool that is replaced as soon as one of its connections breaks. postgres.js keeps a broken connection for later use together with
 * what was waiting to be written to it; the next connect appends its greeting to that, never sends it and runs into the time limit,
 * again and again. So new queries go to new connections; what runs on the other connections of the old pool comes to its end there.
 * @param connect opens a pool, with the settings of an earlier one where there was one
 */
export function renewingPool(connect: (earlier?: object) => Sql): Sql {
  let current = makeBeginSafe(connect())
  const setAside = new Set<Sql>()

  const renew = (broken: Sql): void => {
    if (broken !== current) return
    current = makeBeginSafe(connect(Reflect.get(broken, 'options') as object))
    owners.set(current, own)
    setAside.add(broken)
    setTimeout(() => {
      setAside.delete(broken)
      void broken.end({ timeout: 0 })
    }, farewellMs).unref()
  }
  /** Watches a query through its own reject, which postgres.js calls in the moment of the loss, before any of our code hears of it. */
  const watched = <T>(query: T, pool: Sql): T => {
    const { reject } = query as { reject?: (error: unknown) => void }
    if (typeof reject === 'function') (query as { reject: (error: unknown) => void }).reject = (error) => {
      if (isConnectionLoss(error)) renew(pool)
      reject(error)
    }
    return query
  }
  const members: Partial<Record<string | symbol, (...args: never[]) => unknown>> = {
    unsafe: (...args: Parameters<Sql['unsafe']>) => watched(sound(current.unsafe(...args)), current),
    begin: (...args: Parameters<Sql['begin']>) => {
      const pool = current
      const whole = pool.begin(...args)
      whole.catch((error: unknown) => { if (isConnectionLoss(error)) renew(pool) })
      return whole
    },
    end: async (...args: Parameters<Sql['end']>) => void await Promise.all([...setAside, current].map((pool) => pool.end(...args))),
  }
  const own: Sql = new Proxy(current, {
    apply: (_target, self, args) => {
      keepTypes(current)
      return watched(sound(Reflect.apply(current as never, self, args) as unknown), current)
    },
    get: (_target, name) => (Object.hasOwn(members, name) ? members[name] : undefined) ?? (Reflect.get(current, name) as unknown),
  })
  owners.set(current, own)
  return own
}
