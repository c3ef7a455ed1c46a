import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { appendEvents, drainFollowers, ledger } from '../index.ts'
import { checkReceipt } from './check-receipt.ts'
import { logKeysOf } from './log-keys.ts'
import { cosignText, formatKey, NoteFault, noteKey, parseNote, type NoteSigner } from './note.ts'
import { formatPolicy, parsePolicy } from './policy.ts'
import { parseProof, type LogPolicy } from './proof-file.ts'
import { proofOfEvent, provedEvents } from './prove-event.ts'
import { sealLog } from './seal-log.ts'
import { keepCosignature } from './seal-state.ts'
import { askSecondVerifier, noSecondVerifier } from './testing/second-verifier.ts'

const witnesses = ['VN', 'G01', 'G24'].map((code): NoteSigner => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: noteKey(`motcua/witness/${code}`, 'cosignature', publicKey), privateKey }
})
const seenAt = new Date('2026-11-28T03:00:05Z')

/** A node whose log has so many events of each of some dossiers, seen by all witnesses but the last in two steps. */
async function sealedNode(t: TestContext, dossiers: number, each: number) {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules: [ledger], now: () => new Date('2026-11-28T03:00:00Z') })
  const ctx = systemCtx(node, 'test')
  for (let step = 0; step < each; step++) {
    await transact(ctx, (tx) => appendEvents(tx, ctx, Array.from({ length: dossiers }, (_, n) => ({ type: 'dossier.accepted', subject: `d-${n}`, data: { name: 'MARK', n } }))))
    await drainFollowers(node)
    const sealed = await sealLog(node)
    const { text } = parseNote(sealed.note)
    for (const w of witnesses.slice(0, 2)) await keepCosignature(db, sealed.size, { witness: w.key.name, at: new Date(seenAt.getTime() + step * 60_000), line: cosignText(text, w, new Date(seenAt.getTime() + step * 60_000)) })
  }
  const { log } = await logKeysOf(node)
  const policy: LogPolicy = { log: log.key, witnesses: witnesses.map((w) => w.key), quorum: 2 }
  return { node, db, policy }
}

test('the proof of an event is checked without the node, and says when others saw it', async (t) => {
  const { db, policy } = await sealedNode(t, 40, 2)
  const events = await provedEvents(db, 'd-7')
  assert.deepEqual(events.map((e) => [e.seq, e.index, e.notBefore?.toISOString() ?? null, e.seenAt?.toISOString(), e.witnesses]), [[1, 7, null, '2026-11-28T03:00:05.000Z', 2], [2, 47, '2026-11-28T03:00:05.000Z', '2026-11-28T03:01:05.000Z', 2]])
  const file = (await proofOfEvent(db, 'H21', 'd-7', 2))!
  const receipt = checkReceipt(file, policy)
  assert.deepEqual([receipt.type, receipt.subject, receipt.claimed.toISOString(), receipt.index, receipt.size], ['dossier.accepted', 'd-7', '2026-11-28T03:00:00.000Z', 47, 80])
  assert.deepEqual(receipt.seen.map((s) => [s.witness, s.at.toISOString()]), [['motcua/witness/G01', '2026-11-28T03:01:05.000Z'], ['motcua/witness/VN', '2026-11-28T03:01:05.000Z']])
  assert.ok(!Buffer.from(file.split('\n')[1]!.slice(6), 'base64').includes('MARK'), 'what the event says is not told')
  assert.equal(await proofOfEvent(db, 'H21', 'd-7', 3), undefined)
  assert.equal(await proofOfEvent(db, 'H21', 'nobody', 1), undefined)
})

test('a hundred receipts hold, for a verifier in another language too, and none of ten thousand with one changed byte', async (t) => {
  const { db, policy } = await sealedNode(t, 100, 1)
  const files = await Promise.all(Array.from({ length: 100 }, async (_, n) => (await proofOfEvent(db, 'H21', `d-${n}`, 1))!))
  for (const file of files) checkReceipt(file, policy)
  let seed = 12345
  const random = (below: number): number => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below }
  let [accepted, signatureOnly] = [0, 0]
  for (let i = 0; i < 10_000; i++) {
    const bytes = Buffer.from(files[i % files.length]!)
    const at = random(bytes.length)
    bytes[at] = (bytes[at]! + 1 + random(255)) % 256
    const changed = bytes.toString('utf8')
    try {
      checkReceipt(changed, policy)
      accepted++
    } catch (error) {
      if (!(error instanceof NoteFault) && !(error instanceof SyntaxError)) throw error
    }
    // The control: one who looks at the signatures alone takes what is not in the log.
    if (changed.slice(changed.indexOf('\n\n')) === files[i % files.length]!.slice(files[i % files.length]!.indexOf('\n\n'))) signatureOnly++
  }
  assert.equal(accepted, 0)
  assert.ok(signatureOnly > 1000)
  if (noSecondVerifier) return
  const verdicts = askSecondVerifier(files.slice(0, 10).map((file) => ({ kind: 'proof', file, entry: createHash('sha256').update(parseProof(file).extra!).digest('base64'), log: formatKey(policy.log), witnesses: policy.witnesses.map(formatKey), quorum: 2 })))
  assert.deepEqual(verdicts, Array(10).fill(true))
})

test('a policy is written and read, and what is not understood is refused', async (t) => {
  const { policy } = await sealedNode(t, 1, 1)
  const text = formatPolicy(policy)
  assert.equal(formatPolicy(parsePolicy(text)), text)
  assert.equal(parsePolicy(text.replace('witnesses 2', 'witnesses all')).quorum, 3)
  assert.equal(parsePolicy(text.replace('witnesses 2', 'witnesses any')).quorum, 1)
  assert.equal(parsePolicy(`# ours\n${text.replace(/group.*\nquorum witnesses/, 'quorum VN')}`).witnesses.length, 1)
  assert.equal(parsePolicy(text.replace(/group.*\nquorum witnesses/, 'quorum none')).quorum, 0)
  for (const bad of ['', text.replace('witnesses 2', 'witnesses 4'), text.replace('witnesses 2', 'witnesses 0'), text.replace('quorum witnesses', 'quorum others'), text.replace('VN G01', 'VN VN'), `${text}quorum none\n`, text.replace('log ', 'book '), text.replace(/^log .*$/m, 'log x')]) assert.throws(() => parsePolicy(bad), NoteFault, bad)
})
