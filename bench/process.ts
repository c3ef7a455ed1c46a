/**
 * `npm run bench:process`: steps of processes a second without HTTP, in this engine and in `bpmn-engine` with its state kept in the same database. Writes docs/bench-process.md.
 * Options: --rounds N (6) of --seconds S (2) for each of the ways, in turns; --workers W (32); --only PATTERN (ways whose name it fits; docs/bench-process.md stays as it is).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Engine, type BpmnEngineExecutionState } from 'bpmn-engine'
import { BpmnModdle } from 'bpmn-moddle'
import { completeReady, completeTask, lockFreeTasks, publishProcess, readyTask, type CompleteTask, type Completed, startProcess, type Task } from '../src/modules/process/index.ts'
import { draw } from '../src/modules/process/testing.ts'
import { systemCtx, transact } from '../src/platform/ctx.ts'
import { byItself, gatherWrites } from '../src/platform/gather.ts'
import { newId } from '../src/platform/ids.ts'
import { root } from '../src/platform/root.ts'
import { testDatabase } from '../src/platform/testing/database.ts'
import { testNode } from '../src/platform/testing/node.ts'
import { processorOf, perUnit, type Processor } from './memory.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '6' }, seconds: { type: 'string', default: '2' }, workers: { type: 'string', default: '32' }, only: { type: 'string' } } })
const [rounds, seconds, workers] = [Number(values.rounds), Number(values.seconds), Number(values.workers)]

await using database = await testDatabase()
const { db, owner } = database
const node = testNode(db)
const ctx = systemCtx(node, 'bench')
await owner`CREATE TABLE public.saved (id uuid PRIMARY KEY, state jsonb NOT NULL)`
await owner`GRANT SELECT, INSERT, UPDATE ON public.saved TO motcua_app`
const server = await postmaster()

interface Subject {
  name: string
  key: string
  /** The file as the other engine wants it, read once: the same, with its own way to ask for the outcome. */
  read: unknown
  outcome(elementId: string, times: number): string | undefined
}

const permit = readFileSync(join(root, 'src/modules/process/definitions/building-permit.bpmn'), 'utf8')
/** Ten steps, two of them at the same time. */
const ten = draw('k', 's>a1 a1>a2 a2>a3 a3>p p>b1 p>b2 b1>p2 b2>p2 p2>c1 c1>c2 c2>c3 c3>c4 c4>c5 c5>e')
const subjects: Subject[] = [
  { name: 'Ten user tasks, two of them at the same time', key: 'k', read: await new BpmnModdle().fromXML(ten), outcome: () => undefined },
  {
    name: 'Building permit as shipped: seven tasks in three lanes, two at the same time, the draft sent back once', key: 'building-permit',
    read: await new BpmnModdle().fromXML(permit.replace('outcome = "returned"', '${environment.services.isReturned()}')), outcome: (id, times) => (id === 'review' ? (times === 0 ? 'returned' : 'approved') : undefined),
  },
]
for (const bpmn of [ten, permit]) await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn, validFrom: new Date(0) }))

/** A life of one process; says after each step that it is done. */
type Life = (subject: Subject, step: () => void) => Promise<void>

/** How often a life came to an element. */
const counter = () => {
  const counts = new Map<string, number>()
  return (id: string): number => {
    const before = counts.get(id) ?? 0
    counts.set(id, before + 1)
    return before
  }
}

/** A step in a transaction of its own. */
const alone = (input: CompleteTask): Promise<Completed> => transact(ctx, (tx) => completeTask(tx, ctx, input))

/** As the desk does it: steps of different processes that come together share a transaction. */
const together = gatherWrites((inputs: CompleteTask[]) => transact(ctx, async (tx): Promise<(Completed | typeof byItself)[]> => {
  if (inputs.length === 1) return [await completeTask(tx, ctx, inputs[0]!)]
  const locked = await lockFreeTasks(tx, inputs.map((input) => input.taskId))
  const free = inputs.filter(({ taskId }) => locked.has(taskId))
  const completed = await completeReady(tx, free.map((input) => readyTask(ctx, input, locked.get(input.taskId)!)))
  return inputs.map((input) => completed[free.indexOf(input)] ?? byItself)
}), { atOnce: 1, most: 50 })

const ours = (complete: (input: CompleteTask) => Promise<Completed>): Life => async ({ key, outcome }, step) => {
  const times = counter()
  let tasks: Task[] = (await transact(ctx, (tx) => startProcess(tx, ctx, { processKey: key, subject: newId(), agencyCode: 'H21' }))).tasks
  for (let [task, ...rest] = tasks; task; [task, ...rest] = tasks) {
    const { id, elementId } = task
    tasks = [...rest, ...(await complete({ taskId: id, outcome: outcome(elementId, times(elementId)) })).tasks]
    step()
  }
}

interface Waiting { id: string; type: string; signal(): void }
const postponed = (execution: { getPostponed(): Waiting[] }) => execution.getPostponed().find((one) => one.type === 'bpmn:UserTask')

function otherEngine({ read, outcome }: Subject) {
  const times = counter()
  let said: string | undefined
  const options = { name: 'k', services: { isReturned: () => said === 'returned' } }
  return {
    begin: () => new Engine({ ...options, moddleContext: read } as never).execute(),
    recover: (state: BpmnEngineExecutionState) => new Engine(options).recover(state, { services: options.services } as never).resume(),
    signal(task: Waiting) {
      said = outcome(task.id, times(task.id))
      task.signal()
    },
  }
}

interface Saved { id: string; state: BpmnEngineExecutionState }
const saveByItself = async ({ id, state }: Saved): Promise<unknown> => db`UPDATE public.saved SET state = ${db.json(state as never)} WHERE id = ${id}`
/** Its states are gathered like our steps. */
const saveTogether = gatherWrites(async (states: Saved[]) => {
  await db`UPDATE public.saved s SET state = r.state FROM jsonb_to_recordset(${db.json(states as never)}) AS r (id uuid, state jsonb) WHERE s.id = r.id`
  return states.map(() => true)
}, { atOnce: 1, most: 50 })

/** The other engine keeps its instance in memory and saves it after each step. */
const savedAtEachStep = (save: (saved: Saved) => Promise<unknown>): Life => async (subject, step) => {
  const id = newId()
  const other = otherEngine(subject)
  const execution = await other.begin()
  await db`INSERT INTO public.saved VALUES (${id}, ${db.json(execution.getState() as never)})`
  for (let task = postponed(execution); task; task = postponed(execution)) {
    other.signal(task)
    await save({ id, state: execution.getState() })
    step()
  }
}

/** As a server of several processes must do it: nothing in memory between two steps. */
const recoveredAtEachStep: Life = async (subject, step) => {
  const id = newId()
  const other = otherEngine(subject)
  const begun = await other.begin()
  await db`INSERT INTO public.saved VALUES (${id}, ${db.json(begun.getState() as never)})`
  for (let open = true; open;) {
    open = await db.begin(async (tx) => {
      const [row] = await tx<{ state: BpmnEngineExecutionState }[]>`SELECT state FROM public.saved WHERE id = ${id} FOR UPDATE`
      const execution = await other.recover(row!.state)
      const task = postponed(execution)
      if (!task) return false
      other.signal(task)
      await tx`UPDATE public.saved SET state = ${tx.json(execution.getState() as never)} WHERE id = ${id}`
      return true
    })
    if (open) step()
  }
}

/** The process of the database server, whose children serve the connections. */
async function postmaster(): Promise<number> {
  const [row] = await db<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
  return Number(readFileSync(`/proc/${row!.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1])
}

interface Result { steps: number; seconds: number; cpu: Processor }

async function round(life: Life, subject: Subject, into: Result): Promise<void> {
  const before = processorOf(process.pid, server)
  const began = performance.now()
  const end = began + seconds * 1000
  let steps = 0
  await Promise.all(Array.from({ length: workers }, async () => { while (performance.now() < end) await life(subject, () => { steps++ }) }))
  into.seconds += (performance.now() - began) / 1000
  into.steps += steps
  const spent = perUnit(before, processorOf(process.pid, server), 1)
  into.cpu = { node: into.cpu.node + spent.load, database: into.cpu.database + spent.database, load: 0 }
}

const ways: { name: string; life: Life }[] = [
  { name: 'this engine', life: ours(together) },
  { name: 'this engine, each step in a transaction of its own', life: ours(alone) },
  { name: 'bpmn-engine, instance in memory, saved at each step', life: savedAtEachStep(saveByItself) },
  { name: 'bpmn-engine, instance in memory, what is saved at the same time in one statement', life: savedAtEachStep(saveTogether) },
  { name: 'bpmn-engine, recovered and saved at each step', life: recoveredAtEachStep },
].filter(({ name }) => new RegExp(values.only ?? '').test(name))

const whole = (n: number): string => Math.round(n).toLocaleString('en')
const tables: string[] = []
for (const subject of subjects) {
  const results = ways.map((): Result => ({ steps: 0, seconds: 0, cpu: { node: 0, database: 0, load: 0 } }))
  for (const { life } of ways) await life(subject, () => {})
  for (let n = 0; n < rounds; n++) for (const [at, { life }] of ways.entries()) await round(life, subject, results[at]!)
  const rates = results.map((one) => one.steps / one.seconds)
  const lines = results.map(({ steps, cpu }, at) => `| ${ways[at]!.name} | ${whole(rates[at]!)} | ${(cpu.node / steps).toFixed(2)} | ${(cpu.database / steps).toFixed(2)} | ${at === 0 ? '' : `${(rates[0]! / rates[at]!).toFixed(1)} ×`} |`)
  tables.push(`${subject.name}:\n\n| | steps /s | Node ms a step | PostgreSQL ms a step | ours is |\n|---|---:|---:|---:|---:|\n${lines.join('\n')}`)
}
const text = `# Bench of the process engine

Repeat with \`npm run bench:process\`. Steps of processes done by ${workers} workers without HTTP, each with lives of its own one after the other, in one program with its database beside it (PostgreSQL without fsync, so that
engines are compared and not disks). The ways take turns, ${rounds} rounds of ${seconds} seconds each, so that what the machine does meanwhile falls on all. Starting a process is a part of each life; both engines have read the file once before.

A step of ours locks the instance, checks right and state, closes the task, moves the tokens, opens the next task and appends its events, in one transaction; nothing of it is kept in memory. Steps of different processes that come
together share a transaction and its statements, as at the desk (\`completeStep\` of the dossiers); what is locked by somebody else or refused goes by itself. With fewer people at once fewer steps share one: a step in a transaction of
its own is the other end.

A step of bpmn-engine 25.0.1 is its signal and its state as JSON in one row; it keeps neither tasks to list nor a record of what happened. In memory, all instances stay in the one program; its states are saved one
by one, or gathered like our steps. Recovered, an instance is read under the lock of its row and saved in the same transaction, as a server of several programs must do it; as little as ours is kept between two steps.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}

${tables.join('\n\n')}

Milliseconds are of processor time, and change less than the rate with what else the machine does. A step over HTTP beside the same writes without one is a row of [the bench](bench.md).
`
if (!values.only) writeFileSync(join(root, 'docs/bench-process.md'), text)
console.log(text)
