import assert from 'node:assert/strict'
import { generateKeyPairSync, hash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'node:test'
import { translator } from '../../src/platform/i18n.ts'
import { formatCheckpoint } from '../../src/modules/ledger/log/checkpoint.ts'
import { inclusionProof, leafHash, rootHash } from '../../src/modules/ledger/log/merkle.ts'
import { cosignText, formatNote, noteKey, signText, type KeyKind, type NoteSigner } from '../../src/modules/ledger/log/note.ts'
import { formatPolicy } from '../../src/modules/ledger/log/policy.ts'
import { formatProof } from '../../src/modules/ledger/log/proof-file.ts'
import { readerOf } from '../../src/modules/ledger/log/tiles.ts'
import { verifierPage } from '../../src/modules/witness/verifier/verifier-page.ts'
import { visitor } from './support/browser.ts'

const signer = (name: string, kind: KeyKind): NoteSigner => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: noteKey(name, kind, publicKey), privateKey }
}

test('the page that somebody kept checks proofs from a file, without a network', async (t) => {
  const [log, ...witnesses] = [signer('motcua/log/H21', 'note'), signer('motcua/witness/VN', 'cosignature'), signer('motcua/witness/G01', 'cosignature')] as const
  const texts = Array.from({ length: 100 }, (_, n) => JSON.stringify({ v: 1, log: log.key.name, type: 'dossier.submitted', subject: `d-${n}`, at: '2026-11-28T03:00:00.000Z', seq: 1, previous: null, commitment: 'x' }))
  const read = readerOf([{ level: 0, index: 0, hashes: Buffer.concat(texts.map((text) => leafHash(hash('sha256', text, 'buffer')))) }])
  const head = formatCheckpoint({ origin: log.key.name, size: 100, root: rootHash(100, read) })
  const at = new Date('2026-11-28T03:00:05Z')
  const proof = (index: number, signedBy: readonly NoteSigner[] = witnesses) => formatProof({ extra: Buffer.from(texts[index]!), index, hashes: inclusionProof(index, 100, read), checkpoint: formatNote(head, [signText(head, log), ...signedBy.map((w) => cosignText(head, w, at))]) })
  const folder = mkdtempSync(join(tmpdir(), 'motcua-verifier-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const policy = formatPolicy({ log: log.key, witnesses: witnesses.map((w) => w.key), quorum: 2 })
  for (const lang of ['vi', 'en'] as const) writeFileSync(join(folder, `${lang}.html`), verifierPage(translator(lang), lang, policy))
  const files: Record<string, string> = {
    good: proof(42), last: proof(99), one: proof(42, [witnesses[0]]), moved: proof(42).replace('index 42', 'index 43'), other: proof(42).replace(/^extra .*$/m, `extra ${Buffer.from(texts[41]!).toString('base64')}`),
    resized: proof(42).replace('\n100\n', '\n101\n'), torn: proof(42).slice(0, 300),
  }
  const { page } = await visitor(t)
  const requests: string[] = []
  page.on('request', (request) => { if (!request.url().startsWith('file:')) requests.push(request.url()) })
  await page.goto(pathToFileURL(join(folder, 'en.html')).href)
  const judge = async (name: string): Promise<string> => {
    await page.locator('#result').evaluate((element) => { element.textContent = '' })
    writeFileSync(join(folder, `${name}.tlog-proof`), files[name]!)
    await page.getByLabel('Proof (.tlog-proof)').setInputFiles(join(folder, `${name}.tlog-proof`))
    await page.locator('#result h2').waitFor()
    return page.locator('#result').innerText()
  }
  assert.match(await judge('good'), /The proof holds[\s\S]*d-42[\s\S]*Confirmed by motcua\/witness\/VN: 28\/11\/2026, 10:00:05/)
  assert.match(await judge('last'), /The proof holds[\s\S]*d-99/)
  assert.match(await judge('one'), /Too few other systems/)
  assert.match(await judge('moved'), /not in the signed log/)
  assert.match(await judge('other'), /not in the signed log/)
  assert.match(await judge('resized'), /A signature in the file is wrong/)
  assert.match(await judge('torn'), /does not hold/)
  await page.getByLabel('Trusted keys').fill(policy.replace(/^log .*$/m, `log ${formatPolicy({ log: signer('motcua/log/H21', 'note').key, witnesses: [], quorum: 0 }).split('\n')[0]!.slice(4)}`))
  assert.match(await judge('good'), /not signed by this log/)
  await page.goto(pathToFileURL(join(folder, 'vi.html')).href)
  assert.match(await page.locator('h1').innerText(), /Kiểm tra bằng chứng/)
  assert.deepEqual(requests, [])
})
