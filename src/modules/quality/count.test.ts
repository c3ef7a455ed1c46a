import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { systemCtx, transact } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { appendEvent, drainFollowers } from '../ledger/index.ts'
import { countFollower } from './count-follower.ts'
import { placeOf, figuresOf, type Facts } from './places.ts'
import { readFigures } from './read-figures.ts'
import { recount } from './recount.ts'
import { markOverdue } from './watch-due-dates.ts'

const counting: Module = { name: 'quality', followers: (node) => [countFollower(node)] }
const now = new Date('2026-11-22T03:00:00Z')
const facts = (change: Partial<Facts> = {}): Facts => ({ node: 'H21', agency: 'H21.101', procedure: '1.001193', state: 'new', receivedAt: null, dueAt: null, finishedAt: null, seq: 1, ...change })

async function tell(node: Node, id: string, f: Facts, type = 'dossier.submitted'): Promise<void> {
  const ctx = systemCtx(node, 'test')
  await transact(ctx, (tx) => appendEvent(tx, ctx, { type, subject: id, data: f }))
}

test('each state of a dossier has its place in the figures', () => {
  const received = { receivedAt: '2026-11-20T01:00:00.000Z' }
  const cases: [Partial<Facts>, string][] = [
    [{}, 'waiting'],
    [{ state: 'supplement-required' }, 'waiting'],
    [{ state: 'not-accepted', finishedAt: '2026-11-21T00:00:00.000Z' }, 'refused'],
    [{ ...received, state: 'in-progress', dueAt: '2026-11-23T00:00:00.000Z' }, 'running'],
    [{ ...received, state: 'in-progress', dueAt: '2026-11-21T00:00:00.000Z' }, 'overdue'],
    [{ ...received, state: 'supplement-required', dueAt: '2026-11-21T00:00:00.000Z' }, 'running'],
    [{ ...received, state: 'finished', dueAt: '2026-11-21T00:00:00.000Z', finishedAt: '2026-11-21T00:00:00.000Z' }, 'on-time'],
    [{ ...received, state: 'returned', dueAt: '2026-11-21T00:00:00.000Z', finishedAt: '2026-11-21T00:00:00.001Z' }, 'late'],
    [{ ...received, state: 'stopped', finishedAt: '2026-11-21T00:00:00.000Z' }, 'stopped'],
  ]
  for (const [change, place] of cases) assert.equal(placeOf(facts(change), now), place, JSON.stringify(change))
})

test('the places of a row add up to what was submitted', () => {
  assert.deepEqual(figuresOf({ waiting: 1, refused: 2, running: 3, overdue: 4, 'on-time': 5, late: 6, stopped: 7 }), { submitted: 28, received: 25, waiting: 1, inProgress: 7, onTime: 5, late: 10, refused: 2, stopped: 7 })
})

test('a dossier moves from place to place as events come, and repeats count once', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules: [counting], now: () => now, code: 'VN' })
  await tell(node, 'd1', facts())
  await drainFollowers(node)
  assert.equal((await readFigures(db, 'agency')).total.waiting, 1)
  const received = facts({ state: 'received', receivedAt: '2026-11-20T01:00:00.000Z', dueAt: '2026-11-23T00:00:00.000Z', seq: 2 })
  await tell(node, 'd1', received, 'dossier.accepted')
  await tell(node, 'd1', received, 'dossier.accepted')
  await tell(node, 'd1', facts(), 'dossier.submitted')
  await drainFollowers(node)
  const { total, rows } = await readFigures(db, 'agency')
  assert.deepEqual([total.submitted, total.received, total.inProgress, total.waiting], [1, 1, 1, 0])
  assert.equal(rows[0]!.key, 'H21.101')
})

test('a due date that passes makes a dossier late without an event', async (t) => {
  const { db } = await testDatabase(t)
  let clock = now
  const node = testNode(db, { modules: [counting], now: () => clock, code: 'VN' })
  await tell(node, 'd1', facts({ state: 'received', receivedAt: '2026-11-20T01:00:00.000Z', dueAt: '2026-11-22T03:00:01.000Z', seq: 2 }), 'dossier.accepted')
  await drainFollowers(node)
  assert.equal(await markOverdue(node), 0)
  clock = new Date('2026-11-22T03:00:02Z')
  assert.equal(await markOverdue(node), 1)
  assert.equal((await readFigures(db, 'agency')).total.late, 1)
  assert.deepEqual((await recount(db, clock)).differences, [])
})

test('the counts equal a recount from the ledger, whatever happens in whatever batches', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules: [counting], now: () => now, code: 'VN' })
  const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), seq: fc.integer({ min: 1, max: 6 }), state: fc.constantFrom('new', 'received', 'in-progress', 'supplement-required', 'finished', 'stopped', 'not-accepted'), late: fc.boolean(), agency: fc.constantFrom('H21.101', 'H21.102'), drain: fc.boolean() })
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
    for (const s of steps) {
      const received = s.state === 'new' || s.state === 'not-accepted' ? null : '2026-11-20T01:00:00.000Z'
      await tell(node, s.id, facts({ agency: s.agency, seq: s.seq, state: s.state, receivedAt: received, dueAt: received && (s.late ? '2026-11-21T00:00:00.000Z' : '2026-11-30T00:00:00.000Z'), finishedAt: s.state === 'finished' ? '2026-11-21T05:00:00.000Z' : null }), 'dossier.started')
      if (s.drain) await drainFollowers(node)
    }
    await drainFollowers(node)
    assert.deepEqual((await recount(db, now)).differences, [])
  }), { numRuns: 20 })
})

test('a count that somebody changed by hand is named by the recount', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules: [counting], now: () => now, code: 'VN' })
  await tell(node, 'd1', facts())
  await drainFollowers(node)
  await db`UPDATE quality.count SET n = n + 1`
  assert.deepEqual((await recount(db, now)).differences, [{ agency: 'H21.101', procedure: '1.001193', place: 'waiting', counted: 2, recounted: 1 }])
})
