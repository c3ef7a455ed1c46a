import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx, transact } from './ctx.ts'
import { enqueue, enqueueAll, runDue, type JobHandler } from './jobs.ts'
import type { Sql } from './db.ts'
import type { Node } from './node.ts'
import { testDatabase } from './testing/database.ts'
import { testNode } from './testing/node.ts'

const request = (node: Node) => transact(systemCtx(node, 'test'), (tx) => enqueue(tx, { queue: 'test.work', payload: {} }))
const doing = (db: Sql, work: JobHandler): Node => testNode(db, { modules: [{ name: 'test', jobs: { 'test.work': work } }] })
const nodeWith = async (t: Parameters<typeof testDatabase>[0], work: JobHandler): Promise<Node> => doing((await testDatabase(t)).db, work)

test('a job whose process was killed is taken up again within seconds', async (t) => {
  let done = 0
  const node = await nodeWith(t, () => Promise.resolve(void done++))
  await request(node)
  // What a killed process leaves: the job taken, and nobody to give it back.
  void runDue(doing(node.db, () => new Promise(() => {})))
  await untilTaken(node)
  assert.equal(await runDue(node), 0, 'while it counts as running')
  const [row] = await node.db<{ seconds: number }[]>`SELECT extract(epoch FROM locked_until - now())::int AS seconds FROM platform.job`
  assert.ok(row!.seconds > 5 && row!.seconds <= 15, `${row!.seconds} s`)
  await node.db`UPDATE platform.job SET locked_until = now() - interval '1 second'`
  assert.equal(await runDue(node), 1)
  assert.equal(done, 1)
  assert.deepEqual([...(await node.db`SELECT id FROM platform.job`)], [])
})

test('a long job stays with the process that does it', async (t) => {
  let finish: () => void = () => {}
  const node = await nodeWith(t, () => new Promise<void>((resolve) => { finish = resolve }))
  t.mock.timers.enable({ apis: ['setInterval'] })
  await request(node)
  const running = runDue(node)
  await untilTaken(node)
  await node.db`UPDATE platform.job SET locked_until = now()`
  t.mock.timers.tick(5000)
  await until(async () => (await node.db`SELECT FROM platform.job WHERE locked_until > now() + interval '10 seconds'`).length === 1)
  finish()
  assert.equal(await running, 1)
})

test('a job that fails waits, and one of the same helping is done', async (t) => {
  let calls = 0
  const node = await nodeWith(t, () => (calls++ === 0 ? Promise.reject(new Error('not now')) : Promise.resolve()))
  await request(node)
  await request(node)
  assert.equal(await runDue(node), 2)
  const rows = await node.db<{ waits: boolean; last_error: string }[]>`SELECT run_at > now() AS waits, last_error FROM platform.job`
  assert.deepEqual(rows.map((r) => ({ ...r })), [{ waits: true, last_error: 'Error: not now' }])
})

test('work of a batch queue is done together; what failed of it waits, the rest is gone, and to throw fails it all', async (t) => {
  const { db } = await testDatabase(t)
  const helpings: number[][] = []
  let isBroken = true
  const node = testNode(db, { modules: [{ name: 'test', batchJobs: { 'test.many': (_, jobs) => {
    helpings.push(jobs.map((job) => job.payload.n as number))
    if (isBroken) throw new Error('all')
    return Promise.resolve(jobs.filter((job) => job.payload.n === 2).map(({ id }) => ({ id, error: new Error('two') })))
  } } }] })
  const ask = (n: number): Promise<void> => transact(systemCtx(node, 'test'), (tx) => enqueueAll(tx, [{ queue: 'test.many', payload: { n } }, { queue: 'test.many', key: 'once', payload: { n: 9 } }]))
  await ask(1)
  await ask(2)
  assert.equal(await runDue(node), 3)
  assert.deepEqual(helpings.map((h) => h.sort()), [[1, 2, 9]])
  isBroken = false
  await db`UPDATE platform.job SET run_at = now() - interval '1 second'`
  await runDue(node)
  const left = await db<{ n: number; attempts: number; error: string }[]>`SELECT (payload->>'n')::int AS n, attempts, last_error AS error FROM platform.job`
  assert.deepEqual(left.map((row) => ({ ...row })), [{ n: 2, attempts: 2, error: 'Error: two' }])
})

const untilTaken = (node: Node): Promise<void> => until(async () => (await node.db`SELECT FROM platform.job WHERE attempts > 0`).length > 0)

async function until(fact: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200 && !(await fact()); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.ok(await fact())
}
