import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Task =
  | { kind: 'proof'; file: string; entry: string; log: string; witnesses: readonly string[]; quorum: number }
  | { kind: 'consistency'; old: readonly [number, string]; new: readonly [number, string]; hashes: readonly string[] }

/** Why the second verifier cannot run here; false where it can. */
export const noSecondVerifier: string | false = spawnSync('python3', ['--version'], { stdio: 'ignore' }).status === 0 ? false : 'python3 is not installed'

/** What a verifier in another language, written from the specifications, says of each task: true, or why not. */
export function askSecondVerifier(tasks: readonly Task[]): (true | string)[] {
  const run = spawnSync('python3', [fileURLToPath(new URL('second-verifier.py', import.meta.url))], { input: JSON.stringify(tasks), encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`the second verifier failed: ${run.stderr}`)
  return JSON.parse(run.stdout) as (true | string)[]
}
