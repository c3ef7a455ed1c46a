import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { eventually } from '../exchange/testing/exchange-country.ts'
import { appendEvent, findCheckpoint, formatNote, isConsistent, leafHash, listEvents, logKeysOf, logSize, openCheckpoint, proveConsistency, readEntries, sealingState, sealLog, signText, startFollowers, startWatching } from '../ledger/index.ts'
import { addCheckpoint } from './add-checkpoint.ts'
import { witness } from './module.ts'
import { recoverLog } from './recover-log.ts'
import { logCountry, type LogNode } from './testing/log-country.ts'
import { findLog, listLogs, readCopies } from './witness.store.ts'
import { quorumOf, witnessCodes, witnessesOf } from './witnesses.ts'

const cosignedBy = async (n: LogNode): Promise<string[]> => {
  const { log } = await logKeysOf(n.node)
  const { known } = await witnessesOf(n.node)
  const note = await fetch(`${n.gate.url}/log/checkpoint`).then((r) => r.text())
  return openCheckpoint(note, log.key, known.map((w) => w.key)).cosignatures.map((c) => c.key.name.split('/').at(-1)!).sort()
}
const requestFor = async (n: LogNode, old: number, note?: string): Promise<string> => {
  const sealed = (await findCheckpoint(n.node.db))!
  const hashes = old > 0 && old < sealed.size ? await proveConsistency(n.node.db, old, sealed.size) : []
  return `old ${old}\n${hashes.map((h) => `${h.toString('base64')}\n`).join('')}\n${note ?? sealed.note}`
}
const post = (n: LogNode, body: string): Promise<Response> => fetch(`${n.gate.url}/witness/add-checkpoint`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body })

test('the witnesses of a node are the national node and two neighbours of the ring', () => {
  const ring = Array.from({ length: 20 }, (_, i) => `H${String(10 + i)}`)
  assert.deepEqual(witnessCodes('H12', [...ring, 'VN'], 'VN'), ['VN', 'H13', 'H19'])
  assert.deepEqual(witnessCodes('H29', [...ring, 'VN'], 'VN'), ['VN', 'H10', 'H16'])
  assert.deepEqual(witnessCodes('G24', ['VN', 'H21', 'G01', 'G24'], 'VN'), ['VN', 'H21', 'G01'])
  assert.deepEqual(witnessCodes('H21', ['VN', 'H21'], 'VN'), ['VN'])
  assert.deepEqual(witnessCodes('H21', [], 'VN'), ['VN'], 'the national node is a witness even before it is known where it is')
  assert.deepEqual(witnessCodes('VN', ['VN', 'H21', 'G01', 'G24'], 'VN'), ['G01', 'G24'])
  assert.deepEqual(witnessCodes('VN', ['VN'], 'VN'), [])
  assert.deepEqual([0, 1, 2, 3].map(quorumOf), [0, 1, 2, 2])
})

test('a log that grows honestly is cosigned by all its witnesses, copied whole by each, and with what it is about by the national node alone', async (t) => {
  const { VN, H21, G01 } = await logCountry(t)
  assert.equal((await H21!.seal()).outcome, 'sealed', 'the empty log')
  for (const count of [3, 300, 1]) {
    await H21!.act(count)
    assert.equal((await H21!.seal()).outcome, 'sealed')
  }
  assert.equal((await H21!.seal()).outcome, 'sealed', 'nothing new: cosigned once more')
  assert.deepEqual(await cosignedBy(H21!), ['G01', 'G24', 'VN'])
  assert.equal((await VN!.seal()).outcome, 'sealed')
  const copies = await readCopies(VN!.node.db, 'H21', 0, 10)
  assert.deepEqual(Buffer.concat(copies.map((c) => c.hashes)), Buffer.concat(await readEntries(H21!.node.db, { start: 0, end: 304 })))
  assert.deepEqual(copies[0]!.subjects.slice(0, 4), ['d-0', 'd-1', 'd-2', 'd-0'])
  assert.deepEqual(copies.map((c) => c.subjects.length), [256, 48])
  const atNeighbour = await readCopies(G01!.node.db, 'H21', 0, 10)
  assert.deepEqual(atNeighbour[0]!.hashes, copies[0]!.hashes)
  assert.deepEqual([...new Set(atNeighbour.flatMap((c) => c.subjects))], [''])
  const tile = Buffer.from(await fetch(`${H21!.gate.url}/log/tile/0/001.p/48`).then((r) => r.bytes()))
  assert.deepEqual(tile, Buffer.concat((await readEntries(H21!.node.db, { start: 256, end: 304 })).map(leafHash)))
  for (const path of ['tile/0/001', 'tile/0/001.p/49', 'tile/0/002', 'tile/1/000', 'tile/x']) assert.equal((await fetch(`${H21!.gate.url}/log/${path}`)).status, 404, path)
  assert.equal((await fetch(`${H21!.gate.url}/log/tile/1/000.p/1`)).status, 200)
  assert.equal((await fetch(`${H21!.gate.url}/log/tile/entries/001.p/1`).then((r) => r.arrayBuffer())).byteLength, 34)
})

test('history that was bent is not cosigned, though the log’s own key signed it, and the evidence is kept', async (t) => {
  const { VN, H21, G01 } = await logCountry(t)
  await H21!.act(10)
  await H21!.seal()
  await H21!.act(10)
  // Somebody with every right and the key writes the past anew and signs it.
  await H21!.database.owner`UPDATE ledger.log_entry SET hash = sha256('bent'::bytea) WHERE index = 4`
  const bent = await sealLog(H21!.node)
  for (const n of [VN!, VN!, G01!]) assert.equal((await post(n, await requestFor(H21!, 10, bent.note))).status, 422)
  assert.deepEqual((await VN!.database.owner<{ reason: string }[]>`SELECT reason FROM witness.refusal WHERE node_code = 'H21'`).map((r) => r.reason), Array(2).fill('the proof of consistency does not hold'))
  assert.equal((await H21!.seal()).outcome, 'unseen')
  for (const n of [VN!, G01!]) assert.equal((await findLog(n.node.db, 'H21'))!.size, 10)
})

test('a witness answers by the protocol: unknown log, other key, old size, sizes the wrong way round, two heads of one size', async (t) => {
  const { VN, H21, G01 } = await logCountry(t)
  await H21!.act(10)
  await H21!.seal()
  await H21!.act(5)
  const early = await sealLog(H21!.node)
  const conflict = await post(VN!, await requestFor(H21!, 7))
  assert.deepEqual([conflict.status, conflict.headers.get('content-type'), await conflict.text()], [409, 'text/x.tlog.size', '10\n'])
  assert.equal((await post(VN!, await requestFor(H21!, 16))).status, 400)
  assert.equal((await post(VN!, 'nonsense')).status, 400)
  assert.equal((await post(VN!, (await requestFor(H21!, 10)).replace(/motcua\/log\/H21/g, 'motcua/log/H99'))).status, 404)
  assert.equal((await post(VN!, (await requestFor(H21!, 10)).replace(/\n15\n/, '\n14\n'))).status, 403)
  const missing = await post(VN!, await requestFor(H21!, 10))
  assert.deepEqual([missing.status, await missing.text()], [412, '10\n'], 'what is cosigned is copied first')
  await H21!.seal()
  const { log } = await logKeysOf(H21!.node)
  const text = `motcua/log/H21\n15\n${Buffer.alloc(32, 7).toString('base64')}\n`
  assert.equal((await post(G01!, `old 15\n\n${formatNote(text, [signText(text, log)])}`)).status, 409)
  assert.equal((await listLogs(G01!.node.db)).find((l) => l.nodeCode === 'H21')!.refusals, 1)
  assert.equal((await post(G01!, await requestFor(H21!, 15, early.note))).status, 200, 'the true one once more')
})

test('two requests at once do not roll a witness back', async (t) => {
  const { VN, H21 } = await logCountry(t)
  await H21!.act(10)
  await H21!.seal()
  await H21!.act(3)
  await H21!.seal()
  const body = await requestFor(H21!, 13)
  const old = await requestFor(H21!, 10)
  const answers = await Promise.all([body, old, body, old, body].map((b) => addCheckpoint(VN!.node, b)))
  assert.deepEqual(answers.map((a) => a.status), [200, 409, 200, 409, 200])
  await H21!.act(4)
  await H21!.seal()
  const again = await Promise.all([addCheckpoint(VN!.node, await requestFor(H21!, 13)), addCheckpoint(VN!.node, await requestFor(H21!, 17)), addCheckpoint(VN!.node, await requestFor(H21!, 13))])
  assert.deepEqual(again.map((a) => a.status), [409, 200, 409])
  await H21!.act(2)
  VN!.gate.fate = (path) => (path.endsWith('add-checkpoint') ? 'refuse' : 'pass')
  await H21!.seal()
  const grown = await requestFor(H21!, 17)
  const race = await Promise.all([1, 2, 3, 4].map(() => addCheckpoint(VN!.node, grown)))
  assert.deepEqual(race.map((a) => a.status).sort(), [200, 409, 409, 409], 'only one of them finds the state that it grew from')
  assert.equal((await findLog(VN!.node.db, 'H21'))!.size, 19)
})

/** As a backup that was taken when the log had `size` entries. */
async function restore(n: LogNode, size: number): Promise<void> {
  const { owner } = n.database
  await owner.begin(async (tx) => {
    await tx`DELETE FROM ledger.event WHERE id IN (SELECT event FROM ledger.log_entry WHERE index >= ${size})`
    await tx`DELETE FROM ledger.log_entry WHERE index >= ${size}`
    await tx`DELETE FROM ledger.log_checkpoint WHERE size > ${size}`
    await tx`DELETE FROM ledger.log_cosignature WHERE size > ${size}`
    await tx`TRUNCATE ledger.log_tile`
    await tx`DELETE FROM ledger.log_subject s WHERE NOT EXISTS (SELECT FROM ledger.log_entry l WHERE l.subject_no = s.no)`
    for (const s of await tx<{ no: number; seq: number; hash: Buffer }[]>`SELECT DISTINCT ON (subject_no) subject_no AS no, seq, hash FROM ledger.log_entry ORDER BY subject_no, seq DESC`) await tx`UPDATE ledger.log_subject SET seq = ${s.seq}, head = ${leafHash(s.hash)} WHERE no = ${s.no}`
    await tx`UPDATE ledger.follower SET (xid, id) = (SELECT xid, id FROM ledger.event ORDER BY xid DESC, id DESC LIMIT 1)`
  })
  delete n.memory.agreed
}

test('a node that was restored from a backup takes back what it lost, says so, and goes on without a fork', async (t) => {
  const { VN, H21 } = await logCountry(t)
  await H21!.act(10)
  await H21!.seal()
  const before = (await findCheckpoint(H21!.node.db))!
  await H21!.act(10)
  await H21!.seal()
  const newest = (await findCheckpoint(H21!.node.db))!
  await restore(H21!, 10)
  assert.equal(await logSize(H21!.node.db), 10)
  const round = await H21!.seal()
  assert.equal(round.outcome, 'behind')
  assert.equal(round.behind!.code, 'VN', 'of those who saw as much, the one who knows what entries are about')
  assert.equal(await recoverLog(H21!.node, round.behind!), 10)
  assert.deepEqual((await findCheckpoint(H21!.node.db))!.root, newest.root)
  assert.deepEqual((await listEvents(H21!.node.db, 'H21')).filter((e) => e.type === 'log.lost').map((e) => e.data), [{ from: 10, to: 20, witness: 'VN' }])
  await H21!.act(5)
  assert.equal((await H21!.seal()).outcome, 'sealed')
  const now = (await findCheckpoint(H21!.node.db))!
  assert.equal(now.size, 26)
  for (const earlier of [before, newest]) assert.ok(isConsistent(earlier, now, await proveConsistency(H21!.node.db, earlier.size, now.size)))
  assert.equal((await findLog(VN!.node.db, 'H21'))!.size, 26)
  assert.deepEqual(await cosignedBy(H21!), ['G01', 'G24', 'VN'])
  assert.ok((await listLogs(VN!.node.db)).every((l) => l.refusals === 0))
})

test('a restored node whose history was bent as well does not go on', async (t) => {
  const { H21 } = await logCountry(t)
  await H21!.act(20)
  await H21!.seal()
  await restore(H21!, 10)
  await H21!.database.owner`UPDATE ledger.log_entry SET hash = sha256('bent'::bytea) WHERE index = 4`
  const { known } = await witnessesOf(H21!.node)
  await assert.rejects(recoverLog(H21!.node, known[0]!), /history differs/)
  assert.equal(await logSize(H21!.node.db), 10)
})

test('entries that were copied and never cosigned may be replaced by others, those that were cosigned not', async (t) => {
  const { VN, H21 } = await logCountry(t)
  await H21!.act(300)
  await H21!.seal()
  await H21!.act(20)
  await sealLog(H21!.node)
  // Copied, but the answer and the database were lost before the checkpoint was cosigned.
  VN!.gate.fate = (path) => (path.endsWith('add-checkpoint') ? 'refuse' : 'pass')
  await H21!.seal()
  assert.equal((await findLog(VN!.node.db, 'H21'))!.frontier.size, 320)
  VN!.gate.fate = () => 'pass'
  await VN!.database.owner`UPDATE witness.tile SET hashes = overlay(hashes placing sha256('x'::bytea) from 1601) WHERE node_code = 'H21' AND index = 1`
  assert.equal((await H21!.seal()).outcome, 'sealed')
  assert.equal((await findLog(VN!.node.db, 'H21'))!.size, 320)
  const copies = await readCopies(VN!.node.db, 'H21', 0, 10)
  assert.deepEqual(Buffer.concat(copies.map((c) => c.hashes)), Buffer.concat(await readEntries(H21!.node.db, { start: 0, end: 320 })))
  assert.deepEqual(copies.map((c) => c.subjects.length), [256, 64])
})

test('a clock that is wrong is noticed before anything is signed, and said', async (t) => {
  const { H21 } = await logCountry(t)
  await H21!.act(3)
  await H21!.seal()
  const { node } = H21!
  const right = node.now
  for (const wrong of [-3600_000, -5 * 86_400_000, 86_400_000]) {
    await H21!.act(2)
    const { size } = (await findCheckpoint(node.db))!
    Object.assign(node, { now: () => new Date(Date.now() + wrong) })
    // The last time as in a process that has just started and knows of no other clock.
    if (wrong > 0) delete H21!.memory.agreed
    assert.equal((await H21!.seal()).outcome, 'wrong-clock', String(wrong))
    assert.equal((await findCheckpoint(node.db))!.size, size, 'nothing is signed')
    Object.assign(node, { now: right })
    assert.equal((await H21!.seal()).outcome, 'sealed', 'the clock is right again')
  }
  assert.equal((await listEvents(H21!.node.db, 'H21')).filter((e) => e.type === 'log.clock-differs').length, 3)
})

test('a log that nobody sees is said after five minutes, closes the intake after four hours, and opens it when it is seen again', async (t) => {
  let offset = 0
  const { VN, H21, G01 } = await logCountry(t, { now: () => new Date(Date.now() + offset) })
  await startWatching(H21!.node.db, H21!.node.now())
  await H21!.act(3)
  assert.equal((await H21!.seal()).outcome, 'sealed')
  const state = async (): Promise<string> => (await sealingState(H21!.node.db, H21!.node.now())).state
  for (const n of [VN!, G01!]) n.gate.fate = () => 'refuse'
  await H21!.act(1)
  assert.equal((await H21!.seal()).outcome, 'unseen', 'one of three is not enough')
  offset = 4 * 60_000
  await H21!.seal()
  assert.equal(await state(), 'sealed')
  offset = 6 * 60_000
  await H21!.seal()
  await H21!.seal()
  assert.equal(await state(), 'late')
  const said = async (type: string): Promise<number> => (await listEvents(H21!.node.db, 'H21')).filter((e) => e.type === type).length
  assert.equal(await said('log.unsealed'), 1, 'said once')
  offset = 4 * 3600_000 + 60_000
  await H21!.seal()
  assert.equal(await state(), 'closed')
  VN!.gate.fate = () => 'pass'
  assert.equal((await H21!.seal()).outcome, 'sealed', 'two of three')
  assert.equal(await state(), 'sealed')
  assert.equal(await said('log.sealed-again'), 1)
})

test('a cosignature in the name of a witness that its key did not make is not kept', async (t) => {
  const { VN, H21, G01 } = await logCountry(t)
  await H21!.act(3)
  const foreign = await logKeysOf(G01!.node)
  Object.assign(await logKeysOf(VN!.node), { witness: { ...foreign.witness, key: (await logKeysOf(VN!.node)).witness.key } })
  await H21!.seal()
  assert.deepEqual(await cosignedBy(H21!), ['G01', 'G24'])
})

test('the running sealer enters nothing before witnesses have answered, seals what comes, and is quiet when nothing does', async (t) => {
  const { VN, H21, G01 } = await logCountry(t)
  for (const n of [VN!, G01!]) n.gate.fate = () => 'refuse'
  const asked: string[] = []
  const { node } = H21!
  await witness.start!(node)
  const followers = startFollowers(node)
  t.after(async () => {
    await followers.stop()
    await witness.stop!(node)
  })
  const ctx = systemCtx(node, 'test')
  await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'thing.happened', subject: 's', data: {} }))
  await new Promise((resolve) => setTimeout(resolve, 1500))
  assert.equal(await logSize(node.db), 0, 'held')
  for (const n of [VN!, G01!]) n.gate.fate = (path) => { if (path.startsWith('/witness/')) asked.push(path); return 'pass' }
  await eventually('sealed', async () => ((await findCheckpoint(node.db))?.size ?? 0) === 1 && (await cosignedBy(H21!)).length === 3, 20_000)
  await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'thing.happened', subject: 's', data: {} }))
  await eventually('sealed again', async () => ((await findCheckpoint(node.db))?.size ?? 0) === 2 && (await cosignedBy(H21!)).length === 3, 20_000)
  asked.length = 0
  await new Promise((resolve) => setTimeout(resolve, 5000))
  assert.deepEqual(asked, [], 'an idle log asks nobody')
})
