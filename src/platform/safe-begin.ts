import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Sql, Tx } from './db.ts'
import { sound } from './sound-query.ts'

/** The connection of a transaction was lost; nothing of it was kept, unless the loss came during its commit. */
export class TransactionLost extends Error {
  constructor() {
    super('The connection to the database was lost during the transaction.')
    this.name = 'TransactionLost'
  }
}

/** What is known of a transaction's connection while the transaction lasts. */
interface Connection {
  lost: boolean
  readonly pool: object
  readonly beforeCommit: (() => Promise<unknown>)[]
  readonly afterCommit: (() => void)[]
  /** What the commit follows without waiting for the answer; a savepoint waits. */
  readonly withCommit?: Promise<unknown>[]
}

const connections = new WeakMap<object, Connection>()

/** The pool on which a transaction was begun. */
export const beganOn = (tx: object): object | undefined => connections.get(tx)?.pool

/**
 * Runs `then` when the transaction has committed and before the caller of `begin` goes on. Not after a failure; also where a savepoint in
 * which it was asked for was rolled back.
 */
export function onCommit(tx: Tx, then: () => void): void {
  connections.get(tx)?.afterCommit.push(then)
}

/**
 * Runs `last` as the last thing in the transaction, or in the savepoint to which this `tx` belongs, and before a savepoint inside it; what fails there fails the
 * transaction. False where nobody would call it: a transaction that was not begun through a pool of ours.
 */
export function beforeCommit(tx: Tx, last: () => Promise<unknown>): boolean {
  const connection = connections.get(tx)
  connection?.beforeCommit.push(last)
  return connection !== undefined
}

/**
 * Lets the commit follow a statement that was sent and whose answer nobody needs. Where the statement fails, the database undoes the whole transaction when it
 * comes to the commit, and `begin` fails with the statement's error. In a savepoint it is waited for.
 */
export async function sentWithCommit(tx: Tx, sent: Promise<unknown>): Promise<void> {
  const ahead = connections.get(tx)?.withCommit
  if (!ahead) return void await sent
  sent.catch(() => {})
  ahead.push(sent)
}

type Work = (tx: Tx) => Promise<unknown>
/** `begin` and `savepoint`: the work is the last argument. */
type WithWork = (...args: unknown[]) => Promise<unknown>

/**
 * Makes `begin` safe against a connection that dies under a transaction. postgres.js rejects `begin` then, but leaves the connection
 * in the hands of the work, which is still under way: its next query, or the ROLLBACK after its failure, would end the whole process
 * (a write to a socket that is gone) or run on the connection once it serves somebody else. Here the work's later queries are refused,
 * and postgres.js never hears how the work ended.
 */
export function makeBeginSafe(sql: Sql): Sql {
  const begin = Reflect.get(sql, 'begin') as WithWork
  const safe: WithWork = (...args) => {
    const work = args.at(-1) as Work
    const ahead: Promise<unknown>[] = []
    const connection: Connection = { lost: false, pool: sql, beforeCommit: [], afterCommit: [], withCommit: ahead }
    const whole = begin(...args.slice(0, -1), (tx: Tx) => whileConnected(toTheLast(work, guarded(tx, connection), connection), connection))
    // After the end as after a loss: the connection serves somebody else.
    return whole.then(async (result) => {
      connection.lost = true
      await Promise.all(ahead)
      for (const then of connection.afterCommit) then()
      return result
    }, (error: unknown) => {
      connection.lost = true
      throw error
    })
  }
  return Object.assign(sql, { begin: safe })
}

async function toTheLast(work: Work, tx: Tx, connection: Connection): Promise<unknown> {
  const result = await work(tx)
  for (const last of connection.beforeCommit) {
    if (connection.withCommit) await sentWithCommit(tx, last())
    else await last()
  }
  return result
}

async function whileConnected(work: Promise<unknown>, connection: Connection): Promise<unknown> {
  try {
    const result = await work
    if (!connection.lost) return result
  } catch (error) {
    // A query fails a moment before the loss of its connection is known.
    await nextTurn()
    await nextTurn()
    if (!connection.lost) throw error
  }
  return new Promise(() => {})
}

function guarded(tx: Tx, connection: Connection): Tx {
  const refused = (): Promise<never> => {
    const refusal = Promise.reject(new TransactionLost())
    refusal.catch(() => {})
    return refusal
  }
  const savepoint = Reflect.get(tx, 'savepoint') as WithWork
  const members: Partial<Record<string | symbol, (...args: never[]) => unknown>> = {
    unsafe: (...args: Parameters<Tx['unsafe']>) => (connection.lost ? refused() : sound(tx.unsafe(...args))),
    savepoint: async (...args: unknown[]) => {
      if (connection.lost) return refused()
      const work = args.at(-1) as Work
      const within: Connection = { get lost() { return connection.lost }, pool: connection.pool, beforeCommit: [], afterCommit: connection.afterCommit }
      // What waits outside comes before what happens inside.
      for (const last of connection.beforeCommit) await last()
      return savepoint(...args.slice(0, -1), (inner: Tx) => whileConnected(toTheLast(work, guarded(inner, within), within), within))
    },
  }
  const own = new Proxy(tx, {
    apply: (target, self, args) => (connection.lost ? refused() : sound(Reflect.apply(target as never, self, args) as unknown)),
    get: (target, name) => (Object.hasOwn(members, name) ? members[name] : undefined) ?? (Reflect.get(target, name) as unknown),
  })
  connections.set(own, connection)
  return own
}
