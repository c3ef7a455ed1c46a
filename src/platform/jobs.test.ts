import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx, transact } from './ctx.ts'
import { enqueue, runDue, type JobHandler } from './jobs.ts'
import type { Node } from './node.ts'
import { testDatabase } from './testing/database.ts'
import { testNode } from './testing/node.ts'

const request = (node: Node) => transact(systemCtx(node, 'test'), (tx) => enqueue(tx, { queue: 'test.work', payload: {} }))
const nodeWith = async (t: Parameters<typeof testDatabase>[0], work: JobHandler): Promise<{ node: Node; handlers: Map<string, JobHandler> }> => {
  const { db } = await testDatabase(t)
  return { node: testNode(db), handlers: new Map([['test.work', work]]) }
}

test('a job whose process was killed is taken up again within seconds', async (t) => {
  let done = 0
  const { node, handlers } = await nodeWith(t, () => Promise.resolve(void done++))
  await request(node)
  // What a killed process leaves: the job taken, and nobody to give it back.
  const never = new Map<string, JobHandler>([['test.work', () => new Promise(() => {})]])
  void runDue(node, never)
  await untilTaken(node)
  assert.equal(await runDue(node, handlers), 0, 'while it counts as running')
  const [row] = await node.db<{ seconds: number }[]>`SELECT extract(epoch FROM locked_until - now())::int AS seconds FROM platform.job`
  assert.ok(row!.seconds > 5 && row!.seconds <= 15, `${row!.seconds} s`)
  await node.db`UPDATE platform.job SET locked_until = now() - interval '1 second'`
  assert.equal(await runDue(node, handlers), 1)
  assert.equal(done, 1)
  assert.deepEqual([...(await node.db`SELECT id FROM platform.job`)], [])
})

test('a long job stays with the process that does it', async (t) => {
  let finish: () => void = () => {}
  const { node, handlers } = await nodeWith(t, () => new Promise<void>((resolve) => { finish = resolve }))
  t.mock.timers.enable({ apis: ['setInterval'] })
  await request(node)
  const running = runDue(node, handlers)
  await untilTaken(node)
  await node.db`UPDATE platform.job SET locked_until = now()`
  t.mock.timers.tick(5000)
  await until(async () => (await node.db`SELECT FROM platform.job WHERE locked_until > now() + interval '10 seconds'`).length === 1)
  finish()
  assert.equal(await running, 1)
})

test('a job that fails waits, and one of the same helping is done', async (t) => {
  let calls = 0
  const { node, handlers } = await nodeWith(t, () => (calls++ === 0 ? Promise.reject(new Error('not now')) : Promise.resolve()))
  await request(node)
  await request(node)
  assert.equal(await runDue(node, handlers), 2)
  const rows = await node.db<{ waits: boolean; last_error: string }[]>`SELECT run_at > now() AS waits, last_error FROM platform.job`
  assert.deepEqual(rows.map((r) => ({ ...r })), [{ waits: true, last_error: 'Error: not now' }])
})

const untilTaken = (node: Node): Promise<void> => until(async () => (await node.db`SELECT FROM platform.job WHERE attempts > 0`).length > 0)

async function until(fact: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200 && !(await fact()); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.ok(await fact())
}
