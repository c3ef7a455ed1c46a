import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { appendEvent, drainFollowers } from '../../src/modules/ledger/index.ts'
import { systemCtx, transact } from '../../src/platform/ctx.ts'
import type { Follower } from '../../src/platform/module.ts'
import { root } from '../../src/platform/root.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'

test('after a logical dump, the statements that docs/run-a-node.md gives make followers go on', async (t) => {
  const { db, owner } = await testDatabase(t)
  const seen: string[] = []
  const follower: Follower = { name: 'reader', title: 'ledger.nav', handle: async (_tx, events) => void seen.push(...events.map((e) => e.subject)) }
  const node = testNode(db, { modules: [{ name: 'test', followers: () => [follower] }] })
  const ctx = systemCtx(node, 'test')
  const append = (subject: string) => transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'thing.happened', subject, data: {} }))
  await append('before')
  await drainFollowers(node)
  // What a new cluster looks like from the old one's rows: their transactions lie in its future.
  await owner`UPDATE ledger.event SET xid = '9000000000'`
  await owner`UPDATE ledger.follower SET xid = '9000000000'`
  await append('lost without the step')
  await drainFollowers(node)
  assert.deepEqual(seen, ['before'], 'the step is needed: without it the event is passed by')
  const page = readFileSync(join(root, 'docs/run-a-node.md'), 'utf8')
  const [, statements] = /```sql\n([^`]+)```/.exec(page)!
  await owner.unsafe(statements!)
  await append('after')
  await drainFollowers(node)
  assert.deepEqual(seen, ['before', 'after'])
})
