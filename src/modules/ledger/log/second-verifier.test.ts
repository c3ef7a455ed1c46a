import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { formatCheckpoint } from './checkpoint.ts'
import { consistencyProof, inclusionProof, leafHash, rootHash } from './merkle.ts'
import { cosignText, formatKey, formatNote, noteKey, signText, type KeyKind, type NoteSigner } from './note.ts'
import { formatProof } from './proof-file.ts'
import { askSecondVerifier, noSecondVerifier, type Task } from './testing/second-verifier.ts'
import { readerOf } from './tiles.ts'

const signer = (name: string, kind: KeyKind): NoteSigner => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: noteKey(name, kind, publicKey), privateKey }
}

test('checkpoints and proofs of ours hold for a verifier in another language, and changed ones for neither', { skip: noSecondVerifier }, () => {
  const log = signer('example.gov/log/H21', 'note')
  const witnesses = ['VN', 'G01', 'G24'].map((code) => signer(`example.gov/witness/${code}`, 'cosignature'))
  const entries = Array.from({ length: 100 }, (_, i) => Buffer.from(`entry ${i}`))
  const read = readerOf([{ level: 0, index: 0, hashes: Buffer.concat(entries.map(leafHash)) }])
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  const tasks: Task[] = []
  for (const size of [1, 2, 3, 7, 64, 99, 100]) {
    const root = rootHash(size, read)
    const text = formatCheckpoint({ origin: log.key.name, size, root })
    const checkpoint = formatNote(text, [signText(text, log), ...witnesses.slice(1).map((w) => cosignText(text, w, new Date('2026-11-28T03:00:00Z')))])
    for (const index of new Set([0, size >> 1, size - 1])) {
      const file = formatProof({ extra: index === 0 ? Buffer.from('more') : undefined, index, hashes: inclusionProof(index, size, read), checkpoint })
      tasks.push({ kind: 'proof', file, entry: base64(entries[index]!), log: formatKey(log.key), witnesses: witnesses.map((w) => formatKey(w.key)), quorum: 2 })
    }
    for (const old of [0, 1, size >> 1, size - 1, size]) tasks.push({ kind: 'consistency', old: [old, base64(rootHash(old, read))], new: [size, base64(root)], hashes: consistencyProof(old, size, read).map(base64) })
  }
  assert.deepEqual(askSecondVerifier(tasks), tasks.map(() => true))
  const proofs = tasks.filter((task) => task.kind === 'proof')
  const other = formatKey(noteKey(log.key.name, 'note', witnesses[0]!.key.publicKey))
  const bad: [Task, string][] = [
    ...proofs.map((task): [Task, string] => [{ ...task, entry: base64(Buffer.from('other')) }, 'inclusion']),
    ...proofs.map((task): [Task, string] => [{ ...task, quorum: 3 }, 'quorum']),
    ...proofs.map((task): [Task, string] => [{ ...task, log: other }, 'log']),
    ...proofs.map((task): [Task, string] => [{ ...task, file: task.file.replace(/\nexample.gov\/log\/H21\n\d+\n/, '$&A') }, 'signature of example.gov/log/H21']),
    ...tasks.filter((task) => task.kind === 'consistency').filter((task) => task.old[0] > 0).map((task): [Task, string] => [{ ...task, old: [task.old[0], base64(leafHash(Buffer.from('other')))] }, 'consistency']),
  ]
  assert.deepEqual(askSecondVerifier(bad.map(([task]) => task)), bad.map(([, why]) => why))
})
