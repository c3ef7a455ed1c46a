import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { consistencyProof, inclusionProof, isConsistent, isIncluded, leafHash, rootHash } from './merkle.ts'
import { cosignText, formatKey, formatNote, NoteFault, noteKey, parseKey, parseNote, signText, type KeyKind, type NoteSigner } from './note.ts'
import { checkProof, formatProof, parseProof } from './proof-file.ts'
import { fullTileHash, parseTilePath, readBundle, readerOf, tileOf, tilePath, tilesFor, writeBundle } from './tiles.ts'

const signer = (name: string, kind: KeyKind): NoteSigner => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: noteKey(name, kind, publicKey), privateKey }
}
const log = signer('example.gov/log/H21', 'note')
const witnesses = ['example.gov/witness/VN', 'example.gov/witness/G01'].map((name) => signer(name, 'cosignature'))
const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`entry ${i}`))
const leaves = Buffer.concat(entries.map(leafHash))
const read = readerOf([{ level: 0, index: 0, hashes: leaves.subarray(0, 8192) }, { level: 0, index: 1, hashes: leaves.subarray(8192) }, { level: 1, index: 0, hashes: fullTileHash(leaves.subarray(0, 8192)) }])
const text = (size: number): string => formatCheckpoint({ origin: log.key.name, size, root: rootHash(size, read) })
const at = new Date('2026-11-28T03:00:07.900Z')

test('a checkpoint is opened with the log’s key and tells which witnesses saw it when', () => {
  const note = formatNote(text(300), [signText(text(300), log), ...witnesses.map((w) => cosignText(text(300), w, at))])
  const opened = openCheckpoint(note, log.key, witnesses.map((w) => w.key))
  assert.deepEqual([opened.origin, opened.size, opened.root], [log.key.name, 300, rootHash(300, read)])
  assert.deepEqual(opened.cosignatures.map((c) => [c.key.name, c.at!.toISOString()]), witnesses.map((w) => [w.key.name, '2026-11-28T03:00:07.000Z']))
  assert.deepEqual(openCheckpoint(note, log.key).cosignatures, [], 'witnesses that are not known are passed over')
})

test('a checkpoint that the log did not sign, that was changed, or that is of another log is refused', () => {
  const [signed, cosigned] = [signText(text(300), log), cosignText(text(300), witnesses[0]!, at)]
  const refuse = (note: string, why: RegExp): void => void assert.throws(() => openCheckpoint(note, log.key, [witnesses[0]!.key]), (e) => e instanceof NoteFault && why.test(e.message), note)
  refuse(formatNote(text(300), [cosigned]), /not signed by example.gov\/log\/H21/)
  refuse(formatNote(text(299), [signed]), /does not hold/)
  refuse(formatNote(text(300), [signed, cosigned.replace(/ (\S+)\n$/, (_, b64: string) => ` ${Buffer.from(Buffer.from(b64, 'base64').map((byte, i) => (i === 11 ? byte ^ 1 : byte))).toString('base64')}\n`)]), /does not hold/)
  const other = signer('example.gov/log/G01', 'note')
  const foreign = formatCheckpoint({ origin: other.key.name, size: 1, root: rootHash(1, read) })
  refuse(formatNote(foreign, [signText(foreign, other)]), /a checkpoint of example.gov\/log\/G01/)
  refuse(text(300), /not a|no signed|not signed/)
  refuse(formatNote('x\n-1\nAAAA\n', [signText('x\n-1\nAAAA\n', log)]), /no checkpoint/)
  refuse(formatNote(text(300), [signText(text(300), { ...log, privateKey: other.privateKey })]), /does not hold/)
})

test('a key is written and read, and one whose id does not fit is refused', () => {
  for (const { key } of [log, ...witnesses]) assert.equal(formatKey(parseKey(formatKey(key))), formatKey(key))
  assert.throws(() => parseKey(formatKey(log.key).replace(/\+[0-9a-f]{8}\+/, '+00000000+')), NoteFault)
  assert.throws(() => parseKey('a b+00000000+AAAA'), NoteFault)
  assert.throws(() => noteKey('a b', 'note', log.key.publicKey), NoteFault)
  assert.throws(() => signText('no end of line', log), NoteFault)
  assert.throws(() => signText('bell\u0007\n', log), NoteFault)
})

test('a proof is written and checked by somebody who knows the keys, and not believed with too few witnesses', () => {
  const note = formatNote(text(300), [signText(text(300), log), ...witnesses.map((w) => cosignText(text(300), w, at))])
  const policy = { log: log.key, witnesses: witnesses.map((w) => w.key), quorum: 2 }
  for (const index of [0, 255, 256, 299]) {
    const file = formatProof({ extra: index === 0 ? Buffer.from('{}') : undefined, index, hashes: inclusionProof(index, 300, read), checkpoint: note })
    const proof = parseProof(file)
    assert.equal(formatProof(proof), file)
    assert.equal(checkProof(proof, entries[index]!, policy).size, 300)
    assert.throws(() => checkProof(proof, entries[1]!, policy), /not in the log/)
    assert.throws(() => checkProof(proof, entries[index]!, { ...policy, quorum: 3 }), /3 witnesses are asked for and 2 have signed/)
  }
  const twice = formatNote(text(300), [signText(text(300), log), cosignText(text(300), witnesses[0]!, at), cosignText(text(300), witnesses[0]!, at)])
  assert.throws(() => checkProof({ extra: undefined, index: 0, hashes: inclusionProof(0, 300, read), checkpoint: twice }, entries[0]!, policy), /1 have signed/, 'one witness that signs twice is one')
  const loose = formatProof({ extra: undefined, index: 0, hashes: [Buffer.alloc(32)], checkpoint: note }).replace(`${'A'.repeat(43)}=`, `${'A'.repeat(42)}B=`)
  assert.throws(() => parseProof(loose), NoteFault, 'bits that belong to no byte')
  for (const bad of ['', 'c2sp.org/tlog-proof@v1\nindex 01\n\n', 'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx', `c2sp.org/tlog-proof@v1\nindex 1\n${'A'.repeat(43)}=\n`.repeat(1)]) assert.throws(() => parseProof(bad), NoteFault, bad)
})

test('a proof with any one letter changed is not believed', () => {
  const note = formatNote(text(300), [signText(text(300), log), ...witnesses.map((w) => cosignText(text(300), w, at))])
  const file = formatProof({ extra: undefined, index: 299, hashes: inclusionProof(299, 300, read), checkpoint: note })
  const policy = { log: log.key, witnesses: witnesses.map((w) => w.key), quorum: 2 }
  for (let i = 0; i < file.length; i++) {
    const changed = file.slice(0, i) + (file[i] === 'A' ? 'B' : 'A') + file.slice(i + 1)
    assert.throws(() => checkProof(parseProof(changed), entries[299]!, policy), NoteFault, `letter ${i}: ${JSON.stringify(file.slice(i - 5, i + 5))}`)
  }
})

test('paths of tiles are written as the specification writes them, and no other is read', () => {
  assert.equal(tilePath({ level: 0, index: 1234067, width: 256 }), 'tile/0/x001/x234/067')
  assert.equal(tilePath({ level: 2, index: 5, width: 17 }), 'tile/2/005.p/17')
  assert.equal(tilePath({ level: 'entries', index: 999, width: 256 }), 'tile/entries/999')
  for (const tile of [{ level: 0, index: 1234067, width: 256 }, { level: 'entries' as const, index: 1000, width: 3 }]) assert.deepEqual(parseTilePath(tilePath(tile)), tile)
  for (const bad of ['tile/0/1', 'tile/00/001', 'tile/0/x000/001', 'tile/0/001.p/256', 'tile/0/001.p/0', 'tile/64/000', 'tile/0/000/', 'tile/0/x1/000', 'tile/x/000']) assert.equal(parseTilePath(bad), undefined, bad)
  const widths = [[0, 273], [1, 0], [1, 1], [2, 0]].map(([level, index]) => tileOf(level!, index!, 70_000)?.width)
  assert.deepEqual(widths, [112, 256, 17, 1], 'the example of the specification')
  assert.equal(tileOf(0, 274, 70_000), undefined)
  assert.deepEqual(tilesFor([{ start: 0, end: 256 }], 256), [{ level: 1, index: 0, width: 1 }])
})

test('bundles of entries are read as they were written, and one that is cut is refused', () => {
  assert.deepEqual(readBundle(writeBundle(entries)), entries)
  assert.throws(() => readBundle(writeBundle(entries).subarray(0, -1)), RangeError)
})

const folder = process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'standards/tlog') : ''
const skip = folder && existsSync(folder) ? false : 'MOTCUA_DATA names no folder with standards/tlog'

test('a log made by others is read: its checkpoints hold, and every inclusion and every consistency is proved', { skip }, () => {
  const key = parseKey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx')
  const file = (path: string): Buffer => readFileSync(join(folder, path))
  const checkpoints = Array.from({ length: 16 }, (_, size) => openCheckpoint(file(`checkpoint.${size}`).toString('utf8'), key))
  assert.deepEqual(checkpoints.map((c) => c.size), [...checkpoints.keys()])
  assert.deepEqual(file('checkpoint'), file('checkpoint.15'))
  let [inclusions, consistencies] = [0, 0]
  for (const { size, root } of checkpoints.slice(1)) {
    const bundle = readBundle(file(tilePath({ level: 'entries', index: 0, width: size })))
    const hashes = file(tilePath({ level: 0, index: 0, width: size }))
    assert.deepEqual(Buffer.concat(bundle.map(leafHash)), hashes)
    const readTile = readerOf([{ level: 0, index: 0, hashes }])
    assert.deepEqual(rootHash(size, readTile), root)
    for (const [index, entry] of bundle.entries()) inclusions += Number(isIncluded(leafHash(entry), index, size, root, inclusionProof(index, size, readTile)))
    for (const earlier of checkpoints.slice(0, size + 1)) consistencies += Number(isConsistent(earlier, { size, root }, consistencyProof(earlier.size, size, readTile)))
  }
  assert.deepEqual([inclusions, consistencies], [(15 * 16) / 2, (15 * 18) / 2])
})

test('text that is no note is refused with one kind of fault', () => {
  for (const bad of ['', '\n', 'a\n', 'a\n\n', 'a\n\nb\n', 'a\n\n— b c\n', 'a\r\n\n— b AAAAAAA=\n', `a\n\n${'— b AAAAAAA=\n'.repeat(65)}`]) assert.throws(() => parseNote(bad), NoteFault, JSON.stringify(bad).slice(0, 40))
  for (const bad of ['', 'a\n1\n', 'a\n01\nAAAA\n', `\n1\n${'A'.repeat(43)}=\n`]) assert.throws(() => parseCheckpoint(bad), NoteFault, bad)
})
