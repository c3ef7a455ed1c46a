import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../../platform/root.ts'
import type { TypesetJob, TypesetReply } from '../typeset-worker.ts'

/**
 * One child process that typesets, started at the first need and stopped when idle.
 * The queue is kept here and one document is sent at a time, so a crash costs at most one attempt at one document.
 */
export interface Typesetter {
  /** `later`: nobody waits for it; documents for which somebody does are taken before it, five in a row at most. */
  typeset(job: Omit<TypesetJob, 'id'>, options?: { later?: boolean }): Promise<Buffer>
  /** Ends the child now; waiting documents fail. A later call starts a new one. */
  stop(): Promise<void>
  /** The child's process id, while there is one. */
  pid(): number | null
}

export interface TypesetterOptions {
  /** Stop the child after this long without work. */
  idleMs?: number
  /** A document that takes longer is given up and the child is ended. */
  timeoutMs?: number
  /** The child is replaced when it holds more memory than this. With what the compiler remembers it holds about 300 MB. */
  maxBytes?: number
}

interface Waiting {
  job: TypesetJob
  attempts: number
  resolve(pdf: Buffer): void
  reject(error: Error): void
}

const MAX_ATTEMPTS = 2
const MOST_IN_A_ROW = 5

export function createTypesetter({ idleMs = 60_000, timeoutMs = 20_000, maxBytes = 400_000_000 }: TypesetterOptions = {}): Typesetter {
  const queue: Waiting[] = []
  const later: Waiting[] = []
  let inARow = 0
  let child: ChildProcess | null = null
  let current: Waiting | null = null
  let timer: NodeJS.Timeout | undefined
  let lastId = 0

  function start(): ChildProcess {
    const started = startWorker()
    started.on('message', (reply: TypesetReply) => { if (child === started) answered(reply) })
    started.once('error', (error) => gone(started, error))
    started.once('exit', (code, signal) => gone(started, new Error(`The typesetting process ended (${signal ?? code}).`)))
    return started
  }

  function next(): void {
    clearTimeout(timer)
    if (current) return
    const waiting = taken()
    if (!waiting) return rest()
    current = waiting
    waiting.attempts += 1
    child ??= start()
    child.ref()
    child.channel?.ref()
    timer = setTimeout(() => drop(new Error(`Typesetting ${waiting.job.template} took longer than ${timeoutMs} ms.`)), timeoutMs)
    child.send(waiting.job)
  }

  function taken(): Waiting | undefined {
    const isTurn = queue.length === 0 || (inARow >= MOST_IN_A_ROW && later.length > 0)
    inARow = isTurn ? 0 : inARow + 1
    return isTurn ? later.shift() : queue.shift()
  }

  /** Nothing to do: lets the server end without waiting for the child, and ends the child after a while. */
  function rest(): void {
    child?.unref()
    child?.channel?.unref()
    timer = setTimeout(() => end(), idleMs).unref()
  }

  function answered(reply: TypesetReply): void {
    if (!current || reply.id !== current.job.id) return
    const done = current
    current = null
    if ('pdf' in reply) done.resolve(Buffer.from(reply.pdf))
    else done.reject(new Error(reply.error))
    if (reply.rss > maxBytes) end()
    next()
  }

  function gone(which: ChildProcess, error: Error): void {
    if (child !== which) return
    child = null
    const lost = current
    current = null
    if (lost && lost.attempts < MAX_ATTEMPTS) queue.unshift(lost)
    else lost?.reject(error)
    next()
  }

  /** A document that hangs would hang again: it is not tried twice. */
  function drop(error: Error): void {
    const lost = current
    current = null
    end()
    lost?.reject(error)
    next()
  }

  function end(): void {
    const ending = child
    child = null
    ending?.kill('SIGKILL')
  }

  return {
    typeset: (job, options) => new Promise((resolve, reject) => {
      (options?.later ? later : queue).push({ job: { ...job, id: ++lastId }, attempts: 0, resolve, reject })
      next()
    }),
    async stop() {
      clearTimeout(timer)
      const lost = [...(current ? [current] : []), ...queue.splice(0), ...later.splice(0)]
      current = null
      const ending = child
      const ended = ending && new Promise((resolve) => ending.once('exit', resolve))
      end()
      for (const waiting of lost) waiting.reject(new Error('Typesetting was stopped.'))
      await ended
    },
    pid: () => child?.pid ?? null,
  }
}

function startWorker(): ChildProcess {
  const bundled = !import.meta.filename.endsWith('.ts')
  const entry = bundled ? join(root, 'build', 'typeset-worker.js') : join(root, 'src', 'modules', 'documents', 'typeset-worker.ts')
  const templates = join(root, 'src', 'modules', 'documents', 'templates')
  const fonts = join(root, 'node_modules', '@expo-google-fonts', 'tinos')
  return fork(entry, [templates, fonts], { execPath: process.execPath, execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

/** The process-wide typesetter: it knows no node, so nodes that share a process share it. */
export const typesetter: Typesetter = createTypesetter()
