import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower, Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { appendEvent, appendEvents, drainFollowers, followOnce, listEvents, listFollowers, scanEvents, startFollowers } from './index.ts'

async function setUp(t: TestContext, ...followers: Follower[]): Promise<Node> {
  const { db, owner } = await testDatabase(t)
  await owner`CREATE TABLE ledger.seen (n serial, follower text, position bigint)`
  await owner`GRANT ALL ON ledger.seen TO motcua_app`
  await owner`GRANT ALL ON SEQUENCE ledger.seen_n_seq TO motcua_app`
  const module: Module = { name: 'test', followers: () => followers }
  return testNode(db, { modules: [module] })
}

const recorder = (name: string, more: Partial<Follower> = {}): Follower => ({
  name, title: 'ledger.nav',
  async handle(tx, events) {
    for (const e of events) await tx`INSERT INTO ledger.seen (follower, position) VALUES (${name}, ${e.position})`
  },
  ...more,
})

const append = (node: Node, type: string, subject = 's') => {
  const ctx = systemCtx(node, 'test')
  return transact(ctx, (tx) => appendEvent(tx, ctx, { type, subject, data: {} }))
}
const seen = async (node: Node, name: string): Promise<number[]> => (await node.db<{ position: number }[]>`SELECT position FROM ledger.seen WHERE follower = ${name} ORDER BY n`).map((r) => r.position)

test('a follower sees every event once and in order', async (t) => {
  const node = await setUp(t, recorder('a'))
  for (let i = 0; i < 5; i++) await append(node, 'thing.happened')
  await drainFollowers(node)
  await drainFollowers(node)
  const positions = await seen(node, 'a')
  assert.equal(positions.length, 5)
  assert.deepEqual(positions, [...positions].sort((x, y) => x - y))
})

test('an event whose transaction commits late is not skipped', async (t) => {
  const follower = recorder('a')
  const node = await setUp(t, follower)
  const ctx = systemCtx(node, 'test')
  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => { release = resolve })
  let written: () => void = () => {}
  const inside = new Promise<void>((resolve) => { written = resolve })
  const late = transact(ctx, async (tx) => {
    await tx`SELECT pg_current_xact_id()`
    await appendEvent(tx, ctx, { type: 'late', subject: 'late', data: {} })
    written()
    await held
  })
  await inside
  await append(node, 'early')
  assert.equal(await followOnce(node, follower), 'blocked', 'the later event waits for the older transaction')
  release()
  await late
  await drainFollowers(node)
  assert.equal((await seen(node, 'a')).length, 2)
})

test('events of one act stand in their order as its last rows, and those of a savepoint that was undone are not among them', async (t) => {
  const node = await setUp(t)
  const ctx = systemCtx(node, 'test')
  await transact(ctx, async (tx) => {
    await appendEvent(tx, ctx, { type: 'first', subject: 's', data: {} })
    await tx.savepoint((inner) => appendEvent(inner as typeof tx, ctx, { type: 'kept', subject: 's', data: {} }))
    await tx.savepoint(async (inner) => {
      await appendEvent(inner as typeof tx, ctx, { type: 'undone', subject: 's', data: {} })
      throw new Error('no')
    }).catch(() => undefined)
    await appendEvents(tx, ctx, [{ type: 'second', subject: 's', data: {} }, { type: 'third', subject: 's', data: { n: 3 } }])
  })
  assert.deepEqual((await listEvents(node.db, 's')).map((e) => e.type), ['first', 'kept', 'second', 'third'])
  await assert.rejects(transact(ctx, async (tx) => { await appendEvent(tx, ctx, { type: null as never, subject: 's', data: {} }) }), { code: '23502' }, 'what cannot be appended undoes the act')
})

test('what a follower wrote is undone when it fails, and comes once when it recovers', async (t) => {
  let broken = true
  const follower: Follower = { name: 'a', title: 'ledger.nav', async handle(tx, events) {
    for (const e of events) await tx`INSERT INTO ledger.seen (follower, position) VALUES ('a', ${e.position})`
    if (broken) throw new Error('out of order')
  } }
  const node = await setUp(t, follower)
  await append(node, 'thing.happened')
  await assert.rejects(followOnce(node, follower), /out of order/)
  assert.deepEqual(await seen(node, 'a'), [])
  broken = false
  await drainFollowers(node)
  assert.equal((await seen(node, 'a')).length, 1)
})

test('events come in the order of their transactions, also where the number of a transaction gets one more digit', async (t) => {
  const { owner, db } = await testDatabase(t)
  const follower = recorder('a')
  const node = testNode(db, { modules: [{ name: 'test', followers: () => [follower] }] })
  await owner`CREATE TABLE ledger.seen (n int GENERATED ALWAYS AS IDENTITY, follower text, position bigint)`
  await owner`GRANT ALL ON ledger.seen TO motcua_app`
  const written = await owner<{ id: number }[]>`INSERT INTO ledger.event (xid, at, type, subject, actor, data) SELECT n::text::xid8, now(), 'thing.happened', 's', 'test', '{}' FROM unnest(ARRAY[98, 99, 100, 101]) AS n RETURNING id`
  await drainFollowers(node)
  assert.deepEqual(await seen(node, 'a'), written.map((e) => e.id))
  const scanned: number[] = []
  for await (const events of scanEvents(db, ['thing.happened'], 3)) scanned.push(...events.map((e) => e.position))
  assert.deepEqual(scanned, written.map((e) => e.id))
})

test('a follower whose place somebody held for a moment goes on without a new event', async (t) => {
  const follower = recorder('a')
  const node = await setUp(t, follower)
  await append(node, 'first')
  await drainFollowers(node)
  await append(node, 'second')
  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => { release = resolve })
  let locked: () => void = () => {}
  const inside = new Promise<void>((resolve) => { locked = resolve })
  const holder = node.db.begin(async (tx) => {
    await tx`SELECT FROM ledger.follower WHERE name = 'a' FOR UPDATE`
    locked()
    await held
  })
  await inside
  assert.equal(await followOnce(node, follower), 'blocked')
  const running = startFollowers(node)
  t.after(() => running.stop())
  await new Promise((resolve) => setTimeout(resolve, 300))
  release()
  await holder
  for (let i = 0; i < 100 && (await seen(node, 'a')).length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal((await seen(node, 'a')).length, 2)
})

test('a follower of some types passes the others by', async (t) => {
  const node = await setUp(t, recorder('a', { types: ['wanted'] }))
  await append(node, 'other')
  await append(node, 'wanted')
  await append(node, 'other')
  await drainFollowers(node)
  assert.equal((await seen(node, 'a')).length, 1)
  assert.equal((await listFollowers(node.db))[0]!.behind, 0)
})

test('a follower that starts from now leaves history alone', async (t) => {
  const follower = recorder('a', { from: 'now' })
  const node = await setUp(t, follower)
  await append(node, 'history')
  assert.equal(await followOnce(node, follower), 0)
  await append(node, 'news')
  await drainFollowers(node)
  assert.equal((await seen(node, 'a')).length, 1)
})

test('running followers notice a commit without being asked, and one that fails does not hold the others', async (t) => {
  const node = await setUp(t, recorder('a'), { name: 'broken', title: 'ledger.nav', handle: () => Promise.reject(new Error('always')) })
  const running = startFollowers(node)
  t.after(() => running.stop())
  await append(node, 'thing.happened')
  for (let i = 0; i < 100 && (await seen(node, 'a')).length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal((await seen(node, 'a')).length, 1)
  const broken = (await listFollowers(node.db)).find((f) => f.name === 'broken')
  assert.ok(broken === undefined || broken.behind === 1)
})

test('a running follower handles an event that it wants at once, and moves past the others a little later', async (t) => {
  const node = await setUp(t, recorder('a', { types: ['wanted'] }))
  const running = startFollowers(node)
  t.after(() => running.stop())
  const until = async (isTrue: () => Promise<boolean>): Promise<void> => { for (let i = 0; i < 200 && !(await isTrue()); i++) await new Promise((resolve) => setTimeout(resolve, 20)) }
  await append(node, 'other')
  await append(node, 'wanted')
  await until(async () => (await seen(node, 'a')).length === 1)
  assert.equal((await seen(node, 'a')).length, 1)
  await append(node, 'other')
  await until(async () => (await listFollowers(node.db))[0]?.behind === 0)
  assert.equal((await listFollowers(node.db))[0]!.behind, 0)
})

test('while many requests are answered, a follower takes what comes in helpings', async (t) => {
  const helpings: number[] = []
  const node = await setUp(t, { ...recorder('a'), handle: (_, events) => { helpings.push(events.length); return Promise.resolve() } })
  node.load.requests = 100
  const running = startFollowers(node)
  t.after(() => running.stop())
  const off = setInterval(() => node.nudge('ledger'), 1)
  t.after(() => clearInterval(off))
  for (let i = 0; i < 60; i++) await append(node, 'thing.happened', String(i))
  for (let i = 0; i < 200 && helpings.reduce((sum, n) => sum + n, 0) < 60; i++) await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(helpings.reduce((sum, n) => sum + n, 0), 60)
  assert.ok(helpings.length <= 10, `${helpings.length} helpings`)
})

test('the application can neither change nor delete an event', async (t) => {
  const node = await setUp(t)
  await node.db`SELECT ledger.ensure_partition(now()::date)`
  await append(node, 'thing.happened', 'kept')
  for (const attack of ['UPDATE ledger.event SET type = $$forged$$', 'DELETE FROM ledger.event', 'TRUNCATE ledger.event', 'DELETE FROM ledger.event_default']) {
    await assert.rejects(async () => node.db.unsafe(attack), { code: '42501' }, attack)
  }
  const month = new Date().toISOString().slice(0, 7).replace('-', '')
  await assert.rejects(async () => node.db.unsafe(`UPDATE ledger.event_${month} SET type = 'forged'`), { code: '42501' })
  const events: LedgerEvent[] = await listEvents(node.db, 'kept')
  assert.equal(events[0]!.type, 'thing.happened')
})
