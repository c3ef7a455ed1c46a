/**
 * `npm run bench:process`: steps of processes a second without HTTP, in this engine and in `bpmn-engine` with its state kept in the same database. Writes docs/bench-process.md.
 * Option: --seconds N for each of the three (10).
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Engine, type BpmnEngineExecutionState } from 'bpmn-engine'
import { completeTask, publishProcess, startProcess } from '../src/modules/process/index.ts'
import { draw } from '../src/modules/process/testing.ts'
import { systemCtx, transact } from '../src/platform/ctx.ts'
import { newId } from '../src/platform/ids.ts'
import { root } from '../src/platform/root.ts'
import { testDatabase } from '../src/platform/testing/database.ts'
import { testNode } from '../src/platform/testing/node.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } })
const seconds = Number(values.seconds)
const workers = 4
/** Ten steps, two of them at the same time. */
const bpmn = draw('k', 's>a1 a1>a2 a2>a3 a3>p p>b1 p>b2 b1>p2 b2>p2 p2>c1 c1>c2 c2>c3 c3>c4 c4>c5 c5>e')

await using database = await testDatabase()
const { db, owner } = database
const node = testNode(db)
const ctx = systemCtx(node, 'bench')
await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn, validFrom: new Date(0) }))
await owner`CREATE TABLE public.saved (id uuid PRIMARY KEY, state jsonb NOT NULL)`
await owner`GRANT SELECT, INSERT, UPDATE ON public.saved TO motcua_app`

/** A life of one process; says after each step that it is done. */
type Life = (step: () => void) => Promise<void>

const ours: Life = async (step) => {
  const subject = newId()
  let { tasks } = await transact(ctx, (tx) => startProcess(tx, ctx, { processKey: 'k', subject, agencyCode: 'H21' }))
  while (tasks.length > 0) {
    const [task, ...rest] = tasks
    tasks = [...rest, ...(await transact(ctx, (tx) => completeTask(tx, ctx, { taskId: task!.id }))).tasks]
    step()
  }
}

const postponed = (execution: { getPostponed(): { id: string; type: string; signal(): void; getPostponed?(): unknown }[] }) => execution.getPostponed().find((one) => one.type === 'bpmn:UserTask')

/** The other engine keeps its instance in memory and saves it after each step. */
const savedAtEachStep: Life = async (step) => {
  const id = newId()
  const execution = await new Engine({ name: 'k', source: bpmn }).execute()
  await db`INSERT INTO public.saved VALUES (${id}, ${db.json(execution.getState() as never)})`
  for (let task = postponed(execution); task; task = postponed(execution)) {
    task.signal()
    await db`UPDATE public.saved SET state = ${db.json(execution.getState() as never)} WHERE id = ${id}`
    step()
  }
}

/** As a server of several processes must do it: nothing in memory between two steps. */
const recoveredAtEachStep: Life = async (step) => {
  const id = newId()
  const begun = await new Engine({ name: 'k', source: bpmn }).execute()
  await db`INSERT INTO public.saved VALUES (${id}, ${db.json(begun.getState() as never)})`
  for (let open = true; open;) {
    open = await db.begin(async (tx) => {
      const [row] = await tx<{ state: BpmnEngineExecutionState }[]>`SELECT state FROM public.saved WHERE id = ${id} FOR UPDATE`
      const execution = await new Engine({ name: 'k' }).recover(row!.state).resume()
      const task = postponed(execution)
      if (!task) return false
      task.signal()
      await tx`UPDATE public.saved SET state = ${tx.json(execution.getState() as never)} WHERE id = ${id}`
      step()
      return true
    })
  }
}

async function stepsASecond(life: Life): Promise<number> {
  await life(() => {})
  let steps = 0
  const began = performance.now()
  const end = began + seconds * 1000
  await Promise.all(Array.from({ length: workers }, async () => { while (performance.now() < end) await life(() => { steps++ }) }))
  return steps / ((performance.now() - began) / 1000)
}

const [here, saved, recovered] = [await stepsASecond(ours), await stepsASecond(savedAtEachStep), await stepsASecond(recoveredAtEachStep)]
const whole = (n: number): string => Math.round(n).toLocaleString('en')
const text = `# Bench of the process engine

Repeat with \`npm run bench:process\`. Steps of one process of ten user tasks, two of them at the same time, done by ${workers} workers without HTTP, ${seconds} seconds each, in one program with its database beside it
(PostgreSQL without fsync, so that engines are compared and not disks). A step of ours locks the instance, checks right and state, closes the task, moves the tokens, opens the next task and appends its events, in one
transaction. A step of bpmn-engine 25.0.1 is its signal and its state as JSON in one row; it keeps neither tasks to list nor a record of what happened.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}

| | steps /s | ours is |
|---|---:|---:|
| this engine | ${whole(here)} | |
| bpmn-engine, instance in memory, saved at each step | ${whole(saved)} | ${(here / saved).toFixed(1)} × |
| bpmn-engine, recovered and saved at each step | ${whole(recovered)} | ${(here / recovered).toFixed(1)} × |

A step over HTTP beside the same writes without one is a row of [the bench](bench.md).
`
writeFileSync(join(root, 'docs/bench-process.md'), text)
console.log(text)
