import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { openDatabase, type Db, type Tx } from './db.ts'
import { createMemory } from './memory.ts'
import { publicChanged, publicState } from './public-state.ts'
import { testDatabase } from './testing/database.ts'

suite('memory', () => {
const change = "UPDATE catalogue.sector SET name_en = 'changed'"

test('what was read is remembered for each pool until this process has changed public data, and not a moment longer', async (t) => {
  const { db } = await testDatabase(t)
  const other = await testDatabase(t)
  const memory = createMemory({ capacity: 9 })
  let asked = 0
  const load = async (): Promise<number> => ++asked
  assert.deepEqual(await Promise.all([memory.remember(db, 'a', load), memory.remember(db, 'a', load)]), [1, 1])
  assert.equal(await memory.remember(db, 'b', load), 2)
  assert.equal(await memory.remember(other.db, 'a', load), 3)
  await db.begin(async (tx) => {
    await tx.unsafe(change)
    publicChanged(tx as Tx)
    assert.equal(await memory.remember(db, 'a', load), 1, 'not before the commit')
    assert.equal(await memory.remember(tx as Tx, 'a', load), 4, 'a transaction sees its own rows')
  })
  assert.equal(await memory.remember(db, 'a', load), 5)
  assert.equal(await memory.remember(other.db, 'a', load), 3)
})

test('where acts share the memory, one takes what is known, asks by itself what is not, and sees a change that this process made', async (t) => {
  const { url } = await testDatabase(t)
  const db = openDatabase(url, { max: 3 })
  t.after(() => db.end())
  const memory = createMemory({ capacity: 9, inActs: true })
  let asked = 0
  const load = async (from: Db): Promise<number> => (await from<{ n: number }[]>`SELECT ${++asked}::int AS n`)[0]!.n
  const inAct = (): Promise<number> => db.begin((tx) => memory.remember(tx as Tx, 'a', load)) as Promise<number>
  assert.equal(await inAct(), 1, 'in the transaction')
  while (asked < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  await memory.remember(db, 'a', load)
  assert.deepEqual([await inAct(), await inAct(), asked], [2, 2, 2], 'and once more behind it, for the next')
  await db.begin(async (tx) => { publicChanged(tx as Tx) })
  assert.ok(await inAct() > 2)
})

test('what was rolled back changes nothing; what another process changed is seen within a second', async (t) => {
  const { db, owner } = await testDatabase(t)
  const before = await publicState(db)
  await assert.rejects(db.begin(async (tx) => {
    await tx.unsafe(change)
    publicChanged(tx as Tx)
    throw new Error('changed my mind')
  }))
  assert.equal(await publicState(db), before)
  const changed = performance.now()
  await owner.unsafe(change)
  while (await publicState(db) === before) {
    assert.ok(performance.now() - changed < 1200, 'seen too late')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})

test('a change that commits after a later one is seen as well, and what is older than a day is cleared away', async (t) => {
  const { db, owner } = await testDatabase(t)
  let commit: () => void = () => {}
  const held = new Promise<void>((resolve) => { commit = resolve })
  let written: () => void = () => {}
  const inside = new Promise<void>((resolve) => { written = resolve })
  const early = db.begin(async (tx) => {
    await tx.unsafe(change)
    publicChanged(tx as Tx)
    written()
    await held
  })
  await inside
  const late = async () => { await db.begin(async (tx) => { await tx.unsafe(change); publicChanged(tx as Tx) }) }
  await late()
  const between = await publicState(db)
  commit()
  await early
  assert.notEqual(await publicState(db), between)
  await owner`UPDATE platform.public_change SET at = now() - interval '2 days'`
  for (let i = 0; i < 50; i++) await owner.unsafe(change)
  const [left] = await owner<{ n: number }[]>`SELECT count(*)::int AS n FROM platform.public_change WHERE at < now() - interval '1 day'`
  assert.equal(left!.n, 0)
})

test('a failure and what is not there are not kept; a full memory begins anew', async (t) => {
  const { db } = await testDatabase(t)
  const memory = createMemory({ capacity: 2 })
  let asked = 0
  const load = async (): Promise<number> => ++asked
  await assert.rejects(memory.remember(db, 'a', () => Promise.reject(new Error('no database'))))
  assert.equal(await memory.remember(db, 'a', async () => undefined), undefined)
  assert.equal(await memory.remember(db, 'a', load), 1)
  for (const key of ['b', 'c']) await memory.remember(db, key, load)
  assert.equal(await memory.remember(db, 'a', load), 4)
})
})
