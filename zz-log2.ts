import { readFileSync, statSync } from 'node:fs'
import { findEmbeddedPostgres } from './src/platform/embedded-postgres.ts'
import { openDatabase } from './src/platform/db.ts'
import { completeReady, publishProcess, readyTasks, readyTask, startProcess } from './src/modules/process/index.ts'
import { draw } from './src/modules/process/testing.ts'
import { systemCtx, transact } from './src/platform/ctx.ts'
import { newId } from './src/platform/ids.ts'
import { testDatabase } from './src/platform/testing/database.ts'
import { testNode } from './src/platform/testing/node.ts'
await using database = await testDatabase()
const { owner } = database
const su = openDatabase(findEmbeddedPostgres('var/test-postgres/0')!.url('postgres', 'postgres'), { max: 1 })
const log = 'var/test-postgres/0/postgres.log'
await su`ALTER ROLE motcua_app SET log_min_duration_statement = 0`
const db = openDatabase(database.url, { max: 2 })
const ctx = systemCtx(testNode(db), 'bench')
const bpmn = draw('k', 's>a1 a1>a2 a2>a3 a3>p p>b1 p>b2 b1>p2 b2>p2 p2>c1 c1>c2 c2>c3 c3>c4 c4>c5 c5>e')
await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn, validFrom: new Date(0) }))
const N = Number(process.argv[2] ?? 16)
const life = async () => {
  let live = []
  for (let i = 0; i < N; i++) live.push((await transact(ctx, (tx) => startProcess(tx, ctx, { processKey: 'k', subject: newId(), agencyCode: 'H21' }))).tasks)
  for (let s = 0; s < 10; s++) await transact(ctx, async (tx) => {
      const ready = N === 1 ? [await readyTask(tx, { ctx, input: { taskId: live[0]![0]!.id } })] : (await readyTasks(tx, live.map(([t]) => ({ ctx, input: { taskId: t!.id } }))))
      const done = await completeReady(tx, ready as never)
      live = live.map((l, i) => [...l.slice(1), ...done[i]!.tasks])
    })
}
for (let i = 0; i < 5; i++) await life()
await owner`ANALYZE`
const from = statSync(log).size
for (let i = 0; i < Number(process.argv[3] ?? 20); i++) await life()
await su`ALTER ROLE motcua_app RESET log_min_duration_statement`
const text = readFileSync(log).subarray(from).toString()
const by = new Map<string, number[]>()
for (const m of text.matchAll(/duration: ([\d.]+) ms {2}(parse|bind|execute|statement)[^:]*: (.*(?:\n[ \t].*)*)/g)) { const k = m[2] + ' ' + m[3]!.replace(/\s+/g, ' ').slice(0, 100); by.set(k, [...(by.get(k) ?? []), Number(m[1])]) }
for (const [k, v] of [...by].sort((a, b) => b[1].length - a[1].length)) { v.sort((a, b) => a - b); console.log(String(v.length).padStart(5), 'min', v[0]!.toFixed(3), 'p25', v[v.length >> 2]!.toFixed(3), 'p50', v[v.length >> 1]!.toFixed(3), k) }
await db.end(); await su.end()
