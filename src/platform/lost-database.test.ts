import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './root.ts'

const run = (rejection: string): { status: number | null; stderr: string } => {
  const script = `import { endWhenDatabaseIsLost } from ${JSON.stringify(join(root, 'src/platform/lost-database.ts'))}; endWhenDatabaseIsLost(); Promise.reject(${rejection}); setTimeout(() => {}, 5000)`
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })
}

test('a connection lost where nobody can catch it ends the program with a sentence; any other rejection stays a fault', () => {
  const lost = run("Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })")
  assert.equal(lost.status, 1)
  assert.match(lost.stderr, /^The database was lost \(ECONNRESET\)/)
  assert.doesNotMatch(lost.stderr, /at .*\(/, 'no trace')
  const fault = run("new Error('a mistake of ours')")
  assert.notEqual(fault.status, 0)
  assert.match(fault.stderr, /a mistake of ours[\s\S]*at /)
})
