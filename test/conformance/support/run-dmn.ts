import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { casesOf, keyOf } from './dmn-case.ts'
import type { Report, Work } from './dmn-worker.ts'
import { filesBelow } from './files-below.ts'

export interface CaseResult { file: string; id: string; failures: string[] }

/** The longest that one case may take, in milliseconds, and the memory of the process that runs them, in MB. */
export const patience = 10_000
const memory = 512

/** Files of test cases below a folder. */
export const testFiles = (folder: string): string[] => filesBelow(folder, '.xml').filter(({ text }) => text.includes('testCases')).map(({ path }) => path)

/** Runs every case. One that takes too long, or more memory than there is, has failed; the rest goes on in a new process. */
export async function runCases(files: string[], ms = patience): Promise<CaseResult[]> {
  const cases = files.flatMap((file) => casesOf(readFileSync(file, 'utf8')).cases.map(({ id }, i) => ({ file, id, key: keyOf(file, i) })))
  const results = new Map<string, string[]>()
  for (let more = true; more;) more = await runUntilStuck({ files, skip: [...results.keys()] }, results, ms)
  return cases.map(({ file, id, key }) => ({ file, id, failures: results.get(key) ?? ['was not run'] }))
}

/** Whether the process ended before the last case, with some more behind it, so that the rest is still to be run. */
function runUntilStuck(work: Work, results: Map<string, string[]>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'dmn-worker.ts'), [], { execArgv: ['--import', 'tsx', `--max-old-space-size=${memory}`], stdio: ['ignore', 'inherit', 'ignore', 'ipc'] })
    let [current, timer, done]: [string | undefined, NodeJS.Timeout | undefined, boolean] = [undefined, undefined, false]
    child.on('message', (report: Report) => {
      clearTimeout(timer)
      if ('done' in report) done = true
      else if ('begins' in report) {
        current = report.begins
        timer = setTimeout(() => child.kill('SIGKILL'), ms)
      } else {
        results.set(report.ends, report.failures)
        current = undefined
      }
    })
    // Its last messages may come after it has ended, but not after the channel is closed.
    let open = 2
    const end = (): void => {
      if (--open > 0) return
      clearTimeout(timer)
      if (current !== undefined) results.set(current, ['took too long or too much memory'])
      resolve(!done && results.size > work.skip.length)
    }
    child.on('exit', end)
    child.on('disconnect', end)
    child.send(work)
  })
}
