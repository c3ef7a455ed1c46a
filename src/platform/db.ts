import postgres from 'postgres'
import { renewingPool } from './renewing-pool.ts'

type Types = { int8: number; date: string }

/** A pool of connections to one node's database. */
export type Sql = postgres.Sql<Types>
/** An open transaction. Every function that writes takes it as its first argument; only acts open one. */
export type Tx = postgres.TransactionSql<Types>
/** What a reading function needs: the pool, or a transaction when it must see uncommitted rows. */
export type Db = postgres.ISql<Types>
/** A part of a statement, or a whole one that has not been sent. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>

/**
 * Opens a pool. `date` columns are 'YYYY-MM-DD' strings (a civil date has no zone), `timestamptz` are `Date`,
 * `int8` are numbers (none of ours passes 2^53), `jsonb` is parsed.
 */
export function openDatabase(url: string, options: { max?: number; name?: string } = {}): Sql {
  return renewingPool((earlier) => postgres((earlier ?? url) as string, {
    max: options.max ?? 10,
    onnotice: () => {},
    idle_timeout: 60,
    connect_timeout: 10,
    // Seconds before a connection that failed tries again; the default grows to twenty, long after the server is back.
    backoff: (failures: number) => Math.min(0.5, 0.02 * 2 ** failures),
    connection: { application_name: options.name ?? 'motcua', TimeZone: 'UTC' },
    types: {
      int8: { to: 20, from: [20], serialize: String, parse: Number },
      date: { to: 1082, from: [1082], serialize: String, parse: String },
    },
  }) as unknown as Sql)
}

/**
 * A row `quickly` for the WITH of a statement that stands alone and whose rows may be lost when the database server crashes within half a second: its commit
 * does not wait for the disk. The statement must read it (`FROM …, quickly`). Whatever commits later and does wait brings these rows to the disk as well.
 */
export const withoutWaiting = (db: Db) => db`quickly AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))`

/** The SQLSTATE of a database error, or undefined for any other value. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof postgres.PostgresError ? error.code : undefined
}

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505'
