import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from './db.ts'
import { findEmbeddedPostgres, freePort, startEmbeddedPostgres } from './embedded-postgres.ts'
import { root } from './root.ts'

const small = { fsync: false, sharedBuffers: '16MB' }

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-postgres-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function runInChild(folder: string, port: number): Promise<{ child: ChildProcess; pid: number; url: string }> {
  const child = fork(join(root, 'src/platform/testing/embedded-server.ts'), [folder, String(port)], { execArgv: ['--import', 'tsx'] })
  const [{ pid, url }] = (await once(child, 'message')) as [{ pid: number; url: string }]
  return { child, pid, url }
}

async function ended(pid: number): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(20)) {
    if (!existsSync(`/proc/${pid}/exe`)) return
  }
  assert.fail(`process ${pid} still runs`)
}

test('data outlives a stop, under the same passwords, in a folder that only its owner can enter', async (t) => {
  const folder = join(temporaryFolder(t), 'new')
  const first = await startEmbeddedPostgres({ folder, ...small })
  const before = openDatabase(first.url('postgres', 'postgres'), { max: 1 })
  await before`CREATE TABLE kept (n int)`
  await before.end()
  await first.stop()
  const second = await startEmbeddedPostgres({ folder, ...small })
  t.after(() => second.stop())
  const after = openDatabase(second.url('postgres', 'postgres'), { max: 1 })
  assert.equal((await after`SELECT * FROM kept`).length, 0)
  await after.end()
  assert.equal(statSync(folder).mode & 0o777, 0o700)
})

test('a server whose parent was killed ends by itself, and the next start finds what was committed', { skip: process.platform !== 'linux' }, async (t) => {
  const folder = temporaryFolder(t)
  const run = await runInChild(folder, await freePort())
  const db = openDatabase(run.url, { max: 1 })
  await db`CREATE TABLE kept (n int)`
  await db.end()
  run.child.kill('SIGKILL')
  await ended(run.pid)
  const next = await startEmbeddedPostgres({ folder, ...small })
  t.after(() => next.stop())
  const again = openDatabase(next.url('postgres', 'postgres'), { max: 1 })
  assert.equal((await again`SELECT * FROM kept`).length, 0)
  await again.end()
})

test('a folder in use, a port in use and a crash are each told', { skip: process.platform !== 'linux' }, async (t) => {
  const folder = temporaryFolder(t)
  const server = await startEmbeddedPostgres({ folder, ...small })
  t.after(() => server.stop())
  await assert.rejects(startEmbeddedPostgres({ folder, ...small }), { name: 'StartFailure', message: `The data folder ${folder} is in use by process ${process.pid}; stop that run first.` })
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const { port } = other.address() as { port: number }
  const elsewhere = join(folder, 'other')
  await assert.rejects(startEmbeddedPostgres({ folder: elsewhere, port, ...small }), { name: 'StartFailure', message: `Port ${port} is already in use by another program; stop that program or choose another port.` })
  assert.equal(findEmbeddedPostgres(folder)?.url('postgres', 'motcua_app'), server.url('postgres', 'motcua_app'))
  process.kill(server.pid, 'SIGKILL')
  await server.crashed
  assert.equal(findEmbeddedPostgres(folder), undefined)
  const again = await startEmbeddedPostgres({ folder, port: server.port, ...small })
  t.after(() => again.stop())
  assert.equal(again.port, server.port)
})
