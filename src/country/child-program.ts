import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../platform/root.ts'
import { StartFailure } from '../platform/start-failure.ts'

export interface ChildProgram {
  readonly name: string
  /** Settles when the program says that it is ready; rejects with `StartFailure` when it ends before. */
  readonly ready: Promise<void>
  /** Process id while it runs. */
  pid(): number | undefined
  stop(): Promise<void>
}

interface Options {
  name: string
  /** Built program under build/. */
  program: string
  env: Record<string, string>
  nodeArgs?: readonly string[]
  logFolder: string
}

const startPatience = 120_000
const stopPatience = 8000
const firstPause = 250
const longestPause = 10_000
/** Who served that long is not dying at its start. */
const soundAfter = 3000

/**
 * Runs a program of ours as a child until `stop()`. A child that dies is started again, after a pause that doubles while it dies at its
 * start; one that dies before it was ready for the first time is not.
 */
export function runChild(options: Options): ChildProgram {
  const logFile = join(options.logFolder, `${options.name}.log`)
  let stopping = false
  let pause = firstPause / 2
  let current = startOnce(options, logFile)
  const { ready } = current
  ready.then(watch, () => {})

  function watch(): void {
    const { child, ready: isReady, exited } = current
    let readyAt = Infinity
    // One that hangs before it is ready is no better than a dead one.
    isReady.then(() => { readyAt = Date.now() }, () => child.kill('SIGKILL'))
    void exited.then(async () => {
      if (stopping) return
      pause = Date.now() - readyAt > soundAfter ? firstPause : Math.min(pause * 2, longestPause)
      console.error(`${options.name} ended unexpectedly and starts again (log: ${logFile})`)
      await new Promise((done) => setTimeout(done, pause))
      if (stopping) return
      current = startOnce(options, logFile)
      watch()
    })
  }

  return {
    name: options.name,
    ready,
    pid: () => (current.child.exitCode === null && current.child.signalCode === null ? current.child.pid : undefined),
    async stop() {
      stopping = true
      current.child.kill('SIGTERM')
      const timer = setTimeout(() => current.child.kill('SIGKILL'), stopPatience)
      await current.exited
      clearTimeout(timer)
    },
  }
}

function startOnce(options: Options, logFile: string): { child: ChildProcess; ready: Promise<void>; exited: Promise<void> } {
  const log = openSync(logFile, 'a', 0o600)
  const logStart = readFileSync(logFile).length
  // Without source maps: reading one takes 50 MB at the first error, and the bundles keep the names of functions.
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), join(root, 'build', options.program)], {
    stdio: ['ignore', log, log, 'ipc'],
    env: { NODE_COMPILE_CACHE: join(root, 'build/compile-cache'), ...process.env, ...options.env }, cwd: root,
  })
  closeSync(log)
  const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()))
  const ready = new Promise<void>((done, fail) => {
    const timer = setTimeout(() => fail(new StartFailure(`${options.name} is not ready after ${startPatience / 1000} seconds (log: ${logFile}).`)), startPatience)
    child.once('message', (message) => {
      clearTimeout(timer)
      if (message === 'ready') done()
      else fail(new StartFailure(`${options.name} cannot start: ${String((message as { failed?: string }).failed ?? message)}`))
    })
    void exited.then(() => {
      clearTimeout(timer)
      const last = lastLines(logFile, logStart)
      fail(new StartFailure(`${options.name} ended while starting (log: ${logFile}).${last ? `\n${last}` : ''}`))
    })
  })
  ready.catch(() => {})
  return { child, ready, exited }
}

function lastLines(logFile: string, from: number): string {
  try {
    return readFileSync(logFile).subarray(from).toString().trim().split('\n').slice(-12).join('\n')
  } catch {
    return '' // the folder was removed meanwhile
  }
}
