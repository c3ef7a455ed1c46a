import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { root } from '../../src/platform/root.ts'
import { testDatabase, type TestDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'
import type { Node } from '../../src/platform/node.ts'
import { auditLog, ledger, type Finding, type Mirror } from '../../src/modules/ledger/index.ts'
import { mirrorOf } from '../../src/modules/witness/index.ts'
import { dossierOf, makeHonestLog } from './support/honest-log.ts'
import { playTrick, tricks, victims } from './support/run-tricks.ts'

const dossiers = 430
let own: TestDatabase
let hub: TestDatabase
let node: Node
let mirror: Mirror

suite('a bent history', () => {
  before(async () => {
    [own, hub] = [await testDatabase(), await testDatabase()]
    const clock = { now: new Date() }
    node = testNode(own.db, { modules: [ledger], now: () => clock.now })
    await makeHonestLog(node, clock, hub.db, { events: 2500, dossiers, step: 250 })
    mirror = (await mirrorOf(hub.db, 'H21'))!
  })
  after(async () => { for (const database of [own, hub]) await database[Symbol.asyncDispose]() })

  const audit = async (m: Mirror): Promise<Finding[]> => {
    const findings: Finding[] = []
    for await (const finding of auditLog(own.db, 'H21', m)) findings.push(finding)
    return findings
  }

  test('an honest one raises no alarm', async () => {
    assert.deepEqual(await audit(mirror), [])
  })

  for (const trick of tricks) {
    test(`is named: ${trick.name}`, async () => {
      const { named, innocent } = await playTrick(own, node, mirror, trick, dossiers)
      assert.deepEqual({ named, innocent }, { named: victims, innocent: 0 })
      if (trick.foundBy === 'any') return
      const blind = await playTrick(own, node, mirror, trick, dossiers, { [trick.foundBy]: false })
      assert.equal(blind.named, 0, `without the rule of ${trick.foundBy} nothing is named`)
    })
  }

  test('the command says that nothing differs, and otherwise what', async () => {
    const run = (code = 'H21') => new Promise<{ status: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts/verify-log.ts'), '--node', code, '--database', own.url, '--witness', hub.url], { cwd: root })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString() })
      child.on('close', (status) => resolve({ status, said }))
    })
    const honest = await run()
    assert.match(honest.said, /^2500 entries compared in [\d.]+ s; nothing differs\.$/m)
    assert.equal(honest.status, 0)
    await own.owner`UPDATE ledger.event SET at = at + interval '9 minutes' WHERE subject = ${dossierOf(5)} AND type = 'dossier.submitted'`
    await own.owner`UPDATE ledger.log_entry l SET at = e.at FROM ledger.event e WHERE e.id = l.event`
    const bent = await run()
    await own.owner`UPDATE ledger.event SET at = at - interval '9 minutes' WHERE subject = ${dossierOf(5)} AND type = 'dossier.submitted'`
    await own.owner`UPDATE ledger.log_entry l SET at = e.at FROM ledger.event e WHERE e.id = l.event`
    assert.equal(bent.status, 1)
    assert.match(bent.said, new RegExp(`^${dossierOf(5)} \\(entry \\d+\\) is not what the witness holds of it$`, 'm'))
    assert.match(bent.said, new RegExp(`^${dossierOf(5)} \\(entry \\d+\\) claims a time that does not fit: it says 2026-11-01T01:09`, 'm'))
    assert.match(bent.said, /4 differences, 1 subjects named\./)
    assert.equal((await run('G99')).status, 2)
  })

  test('a head that the node signed anew is told, and one that others hold wrongly as well', async () => {
    const head = tricks.find((t) => t.name.includes('head anew'))!
    assert.deepEqual((await playTrick(own, node, mirror, head, dossiers)).kinds, ['changed', 'head'])
    assert.deepEqual((await playTrick(own, node, mirror, head, dossiers, { roots: false })).kinds, ['changed'])
    const damaged: Mirror = { ...mirror, read: async (start, end) => { const held = await mirror.read(start, end); held.hashes[3] = held.hashes[3]! ^ 1; return held } }
    assert.deepEqual([...new Set((await audit(damaged)).map((f) => f.kind))].sort(), ['changed', 'head', 'mirror'])
  })
})
