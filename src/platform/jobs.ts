import { withoutWaiting, type Db, type Tx } from './db.ts'
import type { Node } from './node.ts'
import { onCommit } from './safe-begin.ts'

/** Does one piece of scheduled work. At least once: a repeat must have no second effect. */
export type JobHandler = (node: Node, payload: Record<string, unknown>, job: { id: number; attempts: number }) => Promise<void>

/** One job as a batch handler gets it. */
export interface Job { readonly id: number; readonly attempts: number; readonly payload: Record<string, unknown> }

/** Does many pieces of the same work together, as `JobHandler` does one. Answers those that failed; to throw fails them all. */
export type BatchHandler = (node: Node, jobs: readonly Job[]) => Promise<readonly { id: number; error: unknown }[]>

export interface JobRequest {
  queue: string
  /** Ids only, no personal data. */
  payload: Record<string, unknown>
  runAt?: Date
  /** With a key, a second request while the first still waits has no effect. */
  key?: string
}

/** Asks for work in the caller's transaction: it is done if and only if the transaction commits. */
export async function enqueue(tx: Tx, job: JobRequest): Promise<void> {
  await tx`INSERT INTO platform.job (queue, key, payload, run_at) VALUES (${job.queue}, ${job.key ?? null}, ${tx.json(job.payload as never)}, ${job.runAt ?? new Date(0)}) ON CONFLICT (queue, key) WHERE key IS NOT NULL DO NOTHING`
  onCommit(tx, () => wakeJobs(job.queue))
}

/** Many at once, in one statement. */
export async function enqueueAll(tx: Tx, jobs: readonly JobRequest[]): Promise<void> {
  if (jobs.length === 0) return
  await tx`
    INSERT INTO platform.job (queue, key, payload, run_at)
    SELECT queue, key, payload, coalesce("runAt", 'epoch') FROM jsonb_to_recordset(${tx.json(jobs as never)}) AS r (queue text, key text, payload jsonb, "runAt" timestamptz) ON CONFLICT (queue, key) WHERE key IS NOT NULL DO NOTHING`
  onCommit(tx, () => { for (const queue of new Set(jobs.map((job) => job.queue))) wakeJobs(queue) })
}

const loops = new Set<(queue: string) => void>()

/** Wakes those in this process who work off a queue; for a statement that asked for work by itself (`platform.enqueue`), when it has committed. */
export function wakeJobs(queue: string): void {
  for (const wake of loops) wake(queue)
}

/** Short, because a process that was killed cannot give its jobs back; prolonged while they run. */
const leaseSeconds = 15
const renewalMs = 5000
/** A job that failed so often stays for an administrator. */
export const maxAttempts = 12
/** More requests than this in flight: jobs come in small helpings with a pause between them. */
const busyAbove = 6

interface Row extends Job { queue: string }

/** How much work of a kind is taken at once. */
interface Crew {
  readonly handlers: ReadonlyMap<string, BatchHandler>
  /** While it is calm, and while requests are being answered. */
  readonly most: number
  readonly mostWhenBusy: number
  readonly busyPauseMs: number
  readonly isUrgent: boolean
}

/**
 * Works off the jobs of the queues that the node's modules handle. Woken by commits of this process, else every half second.
 * A failed job waits 2^attempts seconds (at most an hour), and after twelve attempts stays for an administrator.
 * Queues for which people wait have a loop of their own, which does not give way to requests: those are the same people. So have those whose work is done in batches.
 */
export function startJobs(node: Node): { stop(): Promise<void> } {
  const urgent = new Set(node.modules.flatMap((m) => m.urgentQueues ?? []))
  const single = [...singleHandlers(node)]
  const crews: Crew[] = [
    { handlers: new Map(single.filter(([queue]) => !urgent.has(queue))), most: 8, mostWhenBusy: 3, busyPauseMs: 100, isUrgent: false },
    { handlers: new Map(single.filter(([queue]) => urgent.has(queue))), most: 16, mostWhenBusy: 16, busyPauseMs: 0, isUrgent: true },
    { handlers: new Map(node.modules.flatMap((m) => Object.entries(m.batchJobs ?? {}))), most: 100, mostWhenBusy: 50, busyPauseMs: 200, isUrgent: false },
  ]
  const running = crews.filter((crew) => crew.handlers.size > 0).map((crew) => startLoop(node, crew))
  return { stop: async () => void await Promise.all(running.map((loop) => loop.stop())) }
}

function singleHandlers(node: Node): Map<string, BatchHandler> {
  return new Map(node.modules.flatMap((m) => Object.entries(m.jobs ?? {})).map(([queue, handler]) => [queue, async (on, jobs) => {
    try {
      await Promise.all(jobs.map((job) => handler(on, job.payload, job)))
      return []
    } catch (error) {
      return jobs.map(({ id }) => ({ id, error }))
    }
  }]))
}

function startLoop(node: Node, crew: Crew): { stop(): Promise<void> } {
  const { handlers, isUrgent } = crew
  let stopped = false
  let wake: () => void = () => {}
  let nudged = false
  const look = (): void => {
    nudged = true
    wake()
  }
  const off = node.onNudge('jobs', look)
  const onQueue = (queue: string): void => { if (handlers.has(queue)) look() }
  loops.add(onQueue)
  const isBusy = (): boolean => !isUrgent && node.load.requests > busyAbove
  const loop = (async () => {
    while (!stopped) {
      nudged = false
      const done = await runSome(node, handlers, isBusy() ? crew.mostWhenBusy : crew.most).catch((error: unknown) => {
        if (!stopped) node.log.error({ err: error }, 'jobs could not be read')
        return 0
      })
      if (done > 0 && isBusy()) await new Promise((resolve) => setTimeout(resolve, crew.busyPauseMs))
      if (done === 0 && !stopped && !nudged) await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 500)
        wake = () => { clearTimeout(timer); resolve() }
      })
      // A moment for more to come: one look for all of them.
      else if (isUrgent) await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  return {
    async stop() {
      stopped = true
      off()
      loops.delete(onQueue)
      wake()
      await loop
    },
  }
}

/** Runs the jobs that are due now, once; returns how many. Tests call it instead of waiting. */
export async function runDue(node: Node): Promise<number> {
  return await runSome(node, singleHandlers(node), 8) + await runSome(node, new Map(node.modules.flatMap((m) => Object.entries(m.batchJobs ?? {}))), 100)
}

async function runSome(node: Node, handlers: ReadonlyMap<string, BatchHandler>, most: number): Promise<number> {
  if (handlers.size === 0) return 0
  // A lease or an end that a crash of the server takes away means that the job runs once more, as after a crash of this process.
  const rows = await node.db<Row[]>`
    WITH ${withoutWaiting(node.db)}
    UPDATE platform.job SET locked_until = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1 FROM quickly
    WHERE id IN (SELECT id FROM platform.job WHERE failed_at IS NULL AND run_at <= ${node.now()} AND (locked_until IS NULL OR locked_until < now()) AND queue = ANY(${[...handlers.keys()]}) ORDER BY run_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING id, queue, payload, attempts`
  const running = new Set(rows.map((row) => row.id))
  const renewal = setInterval(() => void renew(node, [...running]), renewalMs)
  try {
    await Promise.all(together(node, rows).map(([queue, jobs]) => runTogether(node, queue, handlers.get(queue)!, jobs).finally(() => { for (const job of jobs) running.delete(job.id) })))
  } finally {
    clearInterval(renewal)
  }
  return rows.length
}

/** Jobs of batch queues by queue, any other by itself. */
function together(node: Node, rows: readonly Row[]): [string, Row[]][] {
  const batched = new Set(node.modules.flatMap((m) => Object.keys(m.batchJobs ?? {})))
  return [...Map.groupBy(rows, (row) => (batched.has(row.queue) ? row.queue : row.id)).values()].map((jobs) => [jobs[0]!.queue, jobs])
}

async function renew(node: Node, ids: readonly number[]): Promise<void> {
  await node.db`UPDATE platform.job SET locked_until = now() + make_interval(secs => ${leaseSeconds}) WHERE id = ANY(${ids}::bigint[])`.catch((error: unknown) => node.log.warn({ err: error }, 'running jobs could not be prolonged'))
}

/** Never rejects: what cannot even be noted comes again when its lease is over. */
async function runTogether(node: Node, queue: string, handler: BatchHandler, jobs: readonly Row[]): Promise<void> {
  try {
    const failed = await (async () => handler(node, jobs))().catch((error: unknown) => jobs.map(({ id }) => ({ id, error })))
    const done = jobs.filter((job) => !failed.some((f) => f.id === job.id)).map((job) => job.id)
    if (done.length > 0) await node.db`WITH ${withoutWaiting(node.db)} DELETE FROM platform.job USING quickly WHERE id = ANY(${done}::bigint[])`
    for (const { id, error } of failed) await noteFailure(node, queue, jobs.find((job) => job.id === id)!, error)
  } catch (fault) {
    node.log.error({ err: fault, queue, jobs: jobs.map((job) => job.id) }, 'the end of jobs could not be noted')
  }
}

async function noteFailure(node: Node, queue: string, { id, attempts }: Row, error: unknown): Promise<void> {
  node.log.warn({ err: error, queue, job: id, attempts }, 'job failed')
  await node.db`
    UPDATE platform.job SET locked_until = NULL, run_at = now() + make_interval(secs => ${Math.min(3600, 2 ** attempts)}), last_error = ${String(error).slice(0, 500)},
      failed_at = CASE WHEN attempts >= ${maxAttempts} THEN now() END WHERE id = ${id}`
}

/** A job that gave up. */
export interface FailedJob { id: number; queue: string; payload: Record<string, unknown>; attempts: number; error: string; failedAt: Date }

/** Jobs of these queues that gave up, the latest first, at most 200. */
export async function listFailedJobs(db: Db, queues: readonly string[]): Promise<FailedJob[]> {
  return await db<FailedJob[]>`SELECT id, queue, payload, attempts, coalesce(last_error, '') AS error, failed_at AS "failedAt" FROM platform.job WHERE queue = ANY (${[...queues]}) AND failed_at IS NOT NULL ORDER BY failed_at DESC LIMIT 200`
}

/** Gives a job of one of these queues that gave up its attempts anew; what it was, or undefined when there is no such job any more. */
export async function retryFailedJob(tx: Tx, queues: readonly string[], id: number): Promise<Record<string, unknown> | undefined> {
  const [job] = await tx<{ queue: string; payload: Record<string, unknown> }[]>`UPDATE platform.job SET failed_at = NULL, attempts = 0, run_at = 'epoch' WHERE id = ${id} AND queue = ANY (${[...queues]}) AND failed_at IS NOT NULL RETURNING queue, payload`
  if (job) onCommit(tx, () => wakeJobs(job.queue))
  return job?.payload
}
