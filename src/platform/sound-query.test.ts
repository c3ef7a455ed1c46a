import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { openDatabase, type Sql } from './db.ts'
import { UnsendableValue } from './sound-query.ts'
import { testDatabase, type TestDatabase } from './testing/database.ts'

suite('queries that go wrong on a shared connection', () => {
  let db: Sql
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
    db = openDatabase(database.url, { max: 1 })
    await db`SELECT 1`
  })
  after(async () => {
    await db.end({ timeout: 1 })
    await database[Symbol.asyncDispose]()
  })

  const missing: { name: string; send: (sql: Sql) => Promise<unknown> }[] = [
    { name: 'undefined', send: (sql) => sql`SELECT ${undefined as never}::int` },
    { name: 'a date that is none', send: (sql) => sql`SELECT ${new Date(NaN)}::timestamptz` },
    { name: 'undefined in a part', send: (sql) => sql`SELECT 1 ${sql`WHERE ${undefined as never}::int = 1`}` },
    { name: 'undefined in one of several parts', send: (sql) => sql`SELECT 1 ${[sql`WHERE true`, sql`AND ${undefined as never}::int = 1`]}` },
    { name: 'undefined in a row', send: (sql) => sql`SELECT * FROM (VALUES ${sql([[1, undefined as never]])}) v` },
    { name: 'undefined in a column that is written', send: (sql) => sql`INSERT INTO t ${sql([{ a: 1, b: 1 }, { a: 2, b: undefined as never }], 'a', 'b')}` },
    { name: 'undefined in a list', send: (sql) => sql`SELECT 1 WHERE 1 IN ${sql([1, undefined as never])}` },
    { name: 'undefined as JSON', send: (sql) => sql`SELECT ${sql.json(undefined as never)}` },
    { name: 'undefined in a statement given as text', send: (sql) => sql.unsafe('SELECT $1::int', [undefined as never]) },
  ]
  for (const { name, send } of missing) {
    test(`${name}: that statement alone fails, and each other gets its own answer`, { timeout: 10_000 }, async () => {
      const number = async (n: number): Promise<number> => (await db<{ n: number }[]>`SELECT ${n}::int AS n FROM pg_sleep(0.02)`)[0]!.n
      // The statements must be known to the server: only then they are sent one behind the other.
      await Promise.all([number(0), number(0)])
      const settled = await Promise.allSettled([number(1), number(2), send(db), number(3), number(4)])
      assert.deepEqual(settled.map((s) => (s.status === 'fulfilled' ? s.value : (s.reason as Error).constructor)), [1, 2, UnsendableValue, 3, 4])
      assert.equal(await number(5), 5)
    })
  }

  test('the same inside a transaction, which does not commit', { timeout: 10_000 }, async () => {
    await db`CREATE TEMPORARY TABLE IF NOT EXISTS kept (n int)`
    await assert.rejects(db.begin(async (tx) => {
      await tx`INSERT INTO kept VALUES (1)`
      await Promise.all([tx`SELECT 1 FROM pg_sleep(0.01)`, tx`SELECT 1 FROM pg_sleep(0.01)`, tx`SELECT ${undefined as never}::int`])
    }), UnsendableValue)
    assert.deepEqual([...await db`SELECT n FROM kept`], [])
  })

  test('what is not written may be undefined', async () => {
    await db`CREATE TEMPORARY TABLE IF NOT EXISTS partly (a int)`
    await db`INSERT INTO partly ${db([{ a: 1, b: undefined }, { a: 2 }] as { a: number }[], 'a')}`
    assert.deepEqual((await db<{ a: number }[]>`SELECT a FROM partly ORDER BY a`).map((row) => row.a), [1, 2])
  })

  test('a statement that fails after some rows leaves no holes in the next answer', { timeout: 10_000 }, async () => {
    const failing = db`SELECT 1 / (4 - i) FROM generate_series(1, 10) i`.then(() => 'no failure', (error: Error) => error.message)
    const next = db<{ x: number }[]>`SELECT x FROM generate_series(1, 5) x`
    assert.match(await failing, /division by zero/)
    assert.deepEqual([...await next].map((row) => row.x), [1, 2, 3, 4, 5])
  })
})
