import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilDatabaseAnswers } from './await-database.ts'
import { openDatabase, type Sql, type Tx } from './db.ts'
import { onCommit, sentWithCommit } from './safe-begin.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('db', () => {
let server: EmbeddedPostgres
const folder = mkdtempSync(join(tmpdir(), 'motcua-db-'))
// With fsync: without it, what was committed a moment before a kill may be gone.
const options = { folder, sharedBuffers: '16MB' }

before(async () => { server = await startEmbeddedPostgres(options) })
after(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function killServer(): Promise<void> {
  process.kill(server.pid, 'SIGKILL')
  await server.crashed
}

/** Children of the killed server may hold its memory for a moment. */
async function startAgain(): Promise<void> {
  const { port } = server
  for (let attempt = 1; ; attempt++) {
    try {
      server = await startEmbeddedPostgres({ ...options, port })
      return
    } catch (error) {
      if (attempt === 50) throw error
      await sleep(50)
    }
  }
}

async function pool(t: TestContext, max: number): Promise<Sql> {
  const db = openDatabase(server.url('postgres', 'postgres'), { max })
  t.after(() => db.end({ timeout: 1 }))
  await db`SELECT 1`
  return db
}

test('everybody who asks again at once is answered within seconds after the server was killed', async (t) => {
  let over = false
  t.after(() => { over = true })
  const db = await pool(t, 8)
  const answeredAt = new Array<number>(12).fill(0)
  const asking = answeredAt.map(async (_, i) => {
    while (!over) {
      const asked = i % 2 === 0 ? db`SELECT ${i}::int` : db.begin(async (tx) => { await tx`SELECT ${i}::int` })
      await asked.then(() => { answeredAt[i] = performance.now() }, () => (i % 3 === 0 ? sleep(1) : undefined))
    }
  })
  for (let round = 0; round < 4; round++) {
    await sleep(150)
    await killServer()
    await startAgain()
    const up = performance.now()
    while (answeredAt.some((at) => at < up) && performance.now() - up < 4000) await sleep(20)
    assert.ok(answeredAt.every((at) => at > up), `still waiting ${Math.round(performance.now() - up)} ms after the server is back`)
  }
  over = true
  await Promise.all(asking)
})

test('what a transaction asks after its connection was lost reaches nobody else', async (t) => {
  const db = await pool(t, 1)
  await db`CREATE TABLE kept (what text)`
  let goOn: () => void = () => {}
  const paused = new Promise<void>((resolve) => { goOn = resolve })
  let late: Promise<unknown> | undefined
  const lost = db.begin(async (tx) => {
    await tx`INSERT INTO kept VALUES ('first half')`
    await paused
    late = tx`INSERT INTO kept VALUES ('second half')`.then(() => {})
    await late
  })
  await Promise.all([assert.rejects(lost), sleep(50).then(killServer)])
  await startAgain()
  await other(db)
  goOn()
  await sleep(20)
  await assert.rejects(late!, { name: 'TransactionLost' })
  assert.deepEqual((await db<{ what: string }[]>`SELECT what FROM kept`).map((r) => r.what), ['other'])
})

/** The first query after a loss may still hear of it. */
async function other(db: Sql): Promise<void> {
  await db`SELECT 1`.catch(() => {})
  await db.begin(async (tx: unknown) => { await (tx as Tx)`INSERT INTO kept VALUES ('other')` })
}

test('a program that starts before its database waits for it, but not for a wrong password to become right', async () => {
  await killServer()
  const waiting = untilDatabaseAnswers(server.url('postgres', 'postgres'), 20_000)
  await assert.rejects(untilDatabaseAnswers(server.url('postgres', 'postgres'), 200), { code: 'ECONNREFUSED' })
  await startAgain()
  await waiting
  await assert.rejects(untilDatabaseAnswers(server.url('postgres', 'postgres').replace(/:[^:@]+@/, ':wrong@'), 20_000), { code: '28P01' })
})

test('a transaction whose work fails is undone, and its handle is worth nothing afterwards', async (t) => {
  const db = await pool(t, 1)
  await db`CREATE TABLE undone (n int)`
  let kept: Tx | undefined
  await assert.rejects(db.begin(async (tx) => {
    kept = tx as Tx
    await tx`INSERT INTO undone VALUES (1)`
    throw new Error('no')
  }), /^Error: no$/)
  await assert.rejects(kept!`INSERT INTO undone VALUES (2)`.then(() => {}), { name: 'TransactionLost' })
  assert.deepEqual([...(await db`SELECT n FROM undone`)], [])
})

test('a statement that goes with the commit fails the whole transaction; inside a savepoint it fails that alone', async (t) => {
  const db = await pool(t, 2)
  await db`CREATE TABLE paid (n int PRIMARY KEY)`
  const pay = (tx: Tx, n: number) => sentWithCommit(tx, tx`INSERT INTO paid VALUES (${n})`.then(() => {}))
  let committed = 0
  await db.begin(async (tx) => {
    onCommit(tx as Tx, () => { committed++ })
    await pay(tx as Tx, 1)
  })
  await assert.rejects(db.begin(async (tx) => {
    onCommit(tx as Tx, () => { committed++ })
    await pay(tx as Tx, 2)
    await pay(tx as Tx, 1)
  }), { code: '23505' })
  await assert.rejects(db.begin(async (tx) => {
    await pay(tx as Tx, 1)
    await tx`SELECT 1`
  }), { code: '23505' }, 'the first error, not that of what came behind it')
  await db.begin(async (tx) => {
    await pay(tx as Tx, 3)
    await assert.rejects(tx.savepoint((inner) => pay(inner as Tx, 1)), { code: '23505' })
  })
  assert.deepEqual((await db<{ n: number }[]>`SELECT n FROM paid ORDER BY n`).map((row) => row.n), [1, 3])
  assert.equal(committed, 1)
})
})
