import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { appendEvents, drainFollowers, ledger, type NewEvent } from '../index.ts'
import { openCheckpoint } from './checkpoint.ts'
import { eventText, logOrigin } from './event-text.ts'
import { logKeysOf } from './log-keys.ts'
import { findCheckpoint, readChain, readEntries, readEntriesAndEvents, readNodes, readTile } from './log.store.ts'
import { isConsistent, isIncluded, leafHash, nodeHash, emptyRoot, rootHash } from './merkle.ts'
import { proveConsistency, proveInclusion } from './prove-event.ts'
import { LogDiffers, sealLog } from './seal-log.ts'
import { extendTiles } from './sequence-events.ts'
import { tileOf } from './tiles.ts'

async function setUp(t: TestContext): Promise<{ node: Node; database: TestDatabase }> {
  const database = await testDatabase(t)
  return { node: testNode(database.db, { modules: [ledger] }), database }
}

const append = async (node: Node, events: readonly NewEvent[]): Promise<void> => {
  const ctx = systemCtx(node, 'test')
  await transact(ctx, (tx) => appendEvents(tx, ctx, events))
}
const happened = (count: number, subjects = 7): NewEvent[] => Array.from({ length: count }, (_, i) => ({ type: 'thing.happened', subject: `s${i % subjects}`, data: { n: i, deep: { b: [1, 'hai'], a: null } } }))

/** The root as the standard defines it, over all leaves. */
function definedRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? emptyRoot
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)))
}

test('every event gets one entry, in the order of the transactions and without gaps, linked to the one before about the same subject', async (t) => {
  const { node } = await setUp(t)
  await append(node, happened(20))
  await drainFollowers(node)
  await append(node, happened(5))
  await drainFollowers(node)
  await drainFollowers(node)
  const entries = await readEntriesAndEvents(node.db, { start: 0, end: 100 })
  assert.deepEqual(entries.map((e) => e.index), [...Array(25).keys()])
  assert.deepEqual(entries.map((e) => e.eventId), [...entries.map((e) => e.eventId!)].sort((a, b) => a - b))
  const chain = await readChain(node.db, 's3')
  assert.deepEqual(chain.map((e) => e.seq), [1, 2, 3, 4])
  for (const [i, e] of chain.entries()) assert.deepEqual(e.previousHash, i === 0 ? null : chain[i - 1]!.hash)
})

test('the text of an event holds neither who acted nor what it says, and without the salt nobody can guess them', async (t) => {
  const { node } = await setUp(t)
  await append(node, [{ type: 'thing.happened', subject: 's', data: { secretive: 'MARK' } }, { type: 'thing.happened', subject: 't', data: { secretive: 'MARK' } }])
  await drainFollowers(node)
  const [first, second] = await readEntriesAndEvents(node.db, { start: 0, end: 2 })
  const text = eventText(logOrigin('H21'), first!.event!, { seq: 1, previous: null }, first!.commitment!)
  assert.ok(!/MARK|secretive|system|test/.test(text), text)
  assert.notDeepEqual(first!.commitment, second!.commitment, 'two events that say the same look different')
})

test('a checkpoint is the root over all entries, signed, and every entry and every earlier checkpoint is proved', async (t) => {
  const { node } = await setUp(t)
  const { log } = await logKeysOf(node)
  assert.equal((await sealLog(node)).size, 0, 'the first checkpoint is that of the empty log')
  const sizes: number[] = []
  for (const count of [1, 254, 1, 1, 300, 511]) {
    await append(node, happened(count))
    await drainFollowers(node)
    const sealed = await sealLog(node)
    const opened = openCheckpoint(sealed.note, log.key)
    sizes.push(opened.size)
    assert.deepEqual(opened.root, definedRoot((await readEntries(node.db, { start: 0, end: opened.size })).map(leafHash)))
    assert.deepEqual(await sealLog(node), sealed, 'nothing new, nothing signed')
  }
  assert.deepEqual(sizes, [1, 255, 256, 257, 557, 1068])
  const size = sizes.at(-1)!
  const { root } = (await findCheckpoint(node.db))!
  const entries = await readEntries(node.db, { start: 0, end: size })
  for (const index of [0, 255, 256, 1023, 1024, 1067]) assert.ok(isIncluded(leafHash(entries[index]!), index, size, root, await proveInclusion(node.db, index, size)), String(index))
  for (const earlier of sizes) assert.ok(isConsistent((await findCheckpoint(node.db, earlier))!, { size, root }, await proveConsistency(node.db, earlier, size)), `from ${earlier}`)
  assert.deepEqual((await readTile(node.db, tileOf(1, 0, size)!)).length, 4 * 32)
})

test('tiles of every layer are the same however the entries came', async (t) => {
  const { owner, db } = await testDatabase(t)
  await owner`INSERT INTO ledger.log_entry (index, subject_no, seq, event, at, commitment, hash) SELECT n, n, 1, n, now(), '', sha256(n::text::bytea) FROM generate_series(0, 69999) AS n`
  const entries = await readEntries(db, { start: 0, end: 70_000 })
  const leaves = entries.map(leafHash)
  for (const steps of [[70_000], [256, 1, 254, 65_100, 1, 4388]]) {
    await owner`TRUNCATE ledger.log_tile`
    let start = 0
    for (const count of steps) {
      await db.begin((tx) => extendTiles(tx as Tx, start, entries.slice(start, start + count)))
      start += count
    }
    assert.equal(start, 70_000)
    const [full, partial, top] = await Promise.all([[1, 0], [1, 1], [2, 0]].map(([level, index]) => readTile(db, tileOf(level!, index!, 70_000)!)))
    assert.deepEqual([full!.length, partial!.length, top!.length], [256 * 32, 17 * 32, 32])
    assert.deepEqual(top, definedRoot(leaves.slice(0, 65_536)))
    assert.deepEqual(partial!.subarray(16 * 32), definedRoot(leaves.slice(272 * 256, 273 * 256)))
    assert.deepEqual(rootHash(70_000, await readNodes(db, [{ start: 0, end: 70_000 }], 70_000)), definedRoot(leaves))
  }
})

test('what does not follow from the ledger is not signed: a changed event, one that is gone, an entry that was damaged', async (t) => {
  const tricks: [string, string][] = [
    ['its data', `UPDATE ledger.event SET data = '{"n": 99}' WHERE subject = 's3'`], ['its time', `UPDATE ledger.event SET at = at - interval '1 second' WHERE subject = 's3'`], ['its type', `UPDATE ledger.event SET type = 'other' WHERE subject = 's3'`],
    ['its actor', `UPDATE ledger.event SET actor = 'other' WHERE subject = 's3'`], ['its subject', `UPDATE ledger.event SET subject = 's4' WHERE subject = 's3'`], ['it', `DELETE FROM ledger.event WHERE subject = 's3'`],
    ['a bit of its entry', 'UPDATE ledger.log_entry SET hash = set_bit(hash, 77, 1 - get_bit(hash, 77)) WHERE index = 3'], ['its link', 'UPDATE ledger.log_entry SET seq = 2 WHERE index = 3'],
  ]
  for (const [what, sql] of tricks) {
    const { node, database } = await setUp(t)
    await append(node, happened(7))
    await drainFollowers(node)
    await database.owner.unsafe(sql)
    await assert.rejects(sealLog(node), (error) => error instanceof LogDiffers && /^Entry 3 .* about s3/.test(error.message), what)
    assert.equal(await findCheckpoint(node.db), undefined)
  }
})

test('the program can neither change nor delete entries and checkpoints', async (t) => {
  const { node } = await setUp(t)
  for (const attack of ['UPDATE ledger.log_entry SET seq = 1', 'DELETE FROM ledger.log_entry', 'TRUNCATE ledger.log_entry', 'DELETE FROM ledger.log_checkpoint', 'UPDATE ledger.log_checkpoint SET size = 0']) {
    await assert.rejects(async () => node.db.unsafe(attack), { code: '42501' }, attack)
  }
})
