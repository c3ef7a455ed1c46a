import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { openPdf } from '../pdf/open-pdf.ts'
import type { PdfDict, PdfValue } from '../pdf/values.ts'
import { appendRevision, type Written } from '../pdf/write-revision.ts'
import { openAuthority, type KeyHolder } from '../signing/authority.ts'
import { issueCertificate } from '../signing/certificate.ts'
import { softwareSigner } from '../signing/signer.ts'
import { rootCertificatePem, signPdf, signWith } from '../signing/sign-pdf.ts'
import { ownTimeStamper } from '../signing/time-stamp.ts'
import { sampleKeys, samplePdf } from '../testing/sample-pdf.ts'
import { needs, run } from '../testing/tools.ts'
import type { Trust, Verdict } from './verdict.ts'
import { verifyPdf } from './verify-pdf.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('verify-pdf', () => {
let folder: string
let node: KeyHolder
let trust: Trust
let sealed: Buffer
/** Signed by an officer, the seal still missing. */
let half: Buffer
let whole: Buffer
const officer = { officerId: 'officer-1', name: 'Trần Thị Bích Hạnh', title: 'Phó Chủ tịch' }

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-verify-'))
  node = sampleKeys(join(folder, 'one'))
  trust = { roots: [{ pem: await rootCertificatePem(node), nodeCode: 'H21' }], now: new Date() }
  sealed = await signPdf(node, samplePdf(), { signer: 'agency', reason: 'Ban hành' })
  half = await signPdf(node, samplePdf(), { signer: officer })
  whole = await signPdf(node, half, { signer: 'agency' })
})
after(() => rm(folder, { recursive: true, force: true }))

const outcome = async (pdf: Buffer, t: Trust = trust): Promise<string> => (await verifyPdf(pdf, t)).outcome
const kinds = (verdict: Verdict, index = 0): string[] => [...new Set(verdict.signatures[index]?.changes.filter((c) => !c.allowed).map((c) => c.kind))]
const findings = (verdict: Verdict): string[] => verdict.findings.map((f) => f.key.replace('documents.verify.', ''))
const raw = (text: string): Written => ({ raw: text })
/** The file with an update that nobody signed. */
const updated = (pdf: Buffer, objects: Record<number, Written>): Buffer => appendRevision(openPdf(pdf), new Map(Object.entries(objects).map(([n, v]) => [Number(n), v])))
/** An own content stream for the first page. */
const overlay = '<< /Length 44 >>\nstream\nBT /F1 24 Tf 72 720 Td (Amount: 900) Tj ET    \nendstream'
const free = (pdf: Buffer): number => Number(openPdf(pdf).trailer.get('Size'))

test('a sealed paper says who, when by the time-stamp, why, and that all of it is covered', async () => {
  const verdict = await verifyPdf(sealed, trust)
  assert.equal(verdict.outcome, 'valid')
  const [signature] = verdict.signatures
  assert.equal(signature?.signer?.name, 'Ủy ban nhân dân tỉnh Gia Lai')
  assert.equal(signature?.signer?.code, 'H21')
  assert.equal(signature?.time?.source, 'time-stamp')
  assert.ok(Math.abs((signature?.time?.at.getTime() ?? 0) - Date.now()) < 60_000)
  assert.deepEqual([signature?.reason, signature?.integrity, signature?.trust, signature?.trustedBy, signature?.coverage], ['Ban hành', 'intact', 'trusted', 'H21', 'whole-file'])
})

test('a second signature leaves the first valid, and the first says that only a signature follows', async () => {
  const verdict = await verifyPdf(whole, trust)
  assert.equal(verdict.outcome, 'valid')
  assert.deepEqual(verdict.signatures.map((s) => [s.signer?.name, s.coverage]), [['Trần Thị Bích Hạnh', 'then-signatures'], ['Ủy ban nhân dân tỉnh Gia Lai', 'whole-file']])
  const third = await signPdf(node, whole, { signer: { ...officer, officerId: 'officer-2', name: 'Lê Quang Minh' } })
  assert.deepEqual((await verifyPdf(third, trust)).signatures.map((s) => s.coverage), ['then-signatures', 'then-signatures', 'whole-file'])
})

test('files with a cross-reference stream are judged alike', async () => {
  const streamed = await signPdf(node, await signPdf(node, samplePdf({ xrefStream: true }), { signer: officer }), { signer: 'agency' })
  assert.equal(await outcome(streamed), 'valid')
  assert.equal(await outcome(updated(streamed, { 4: raw(overlay) })), 'changed')
})

test('a changed byte anywhere in the signed part is found', async () => {
  const gap = { from: sealed.indexOf('/Contents <') + 10, to: sealed.indexOf('>', sealed.indexOf('/Contents <')) }
  for (let at = 0; at < sealed.length; at += 97) {
    if (at >= gap.from && at <= gap.to) continue
    const bytes = Buffer.from(sealed)
    bytes[at]! ^= 1
    assert.ok(['invalid', 'unreadable', 'unsigned'].includes(await outcome(bytes)), `byte ${at}: ${await outcome(bytes)}`)
  }
})

test('a changed digit in the text is "altered", and the signer is still named', async () => {
  const verdict = await verifyPdf(Buffer.from(sealed.toString('latin1').replace('Amount: 100', 'Amount: 900'), 'latin1'), trust)
  assert.equal(verdict.outcome, 'invalid')
  assert.deepEqual([verdict.signatures[0]?.integrity, verdict.signatures[0]?.signer?.code], ['altered', 'H21'])
})

test('appended bytes are named, whether they mean something or not', async () => {
  for (const tail of ['x', '\n', '% comment\n', '99 0 obj\n(hidden)\nendobj\n', 'startxref\n0\n']) {
    const verdict = await verifyPdf(Buffer.concat([sealed, Buffer.from(tail)]), trust)
    if (verdict.outcome === 'unreadable') assert.match(tail, /startxref/)
    else {
      assert.equal(verdict.outcome, 'changed', JSON.stringify(tail))
      assert.ok(findings(verdict).includes('uncovered'))
      assert.ok(kinds(verdict).some((k) => k === 'foreign-bytes' || k === 'hidden-object'), JSON.stringify(tail))
    }
  }
})

test('an update that nobody signed is named by what it does', async () => {
  const cases: [Record<number, Written>, string][] = [
    [{ 4: raw(overlay) }, 'page-content'],
    [{ 3: raw('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>') }, 'page'],
    [{ 2: raw('<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>') }, 'page'],
    [{ 5: raw('<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>') }, 'page-content'],
  ]
  for (const [objects, kind] of cases) {
    const verdict = await verifyPdf(updated(sealed, objects), trust)
    assert.deepEqual([verdict.outcome, kinds(verdict)[0]], ['changed', kind])
    assert.equal(verdict.signatures[0]?.integrity, 'intact')
  }
})

test('an annotation laid over the page is named', async () => {
  const file = openPdf(sealed)
  const page = file.dict({ ref: 3, gen: 0 })!
  const n = free(sealed)
  const annots = [...(file.resolve(page.get('Annots')) as []), { ref: n, gen: 0 }]
  const verdict = await verifyPdf(appendRevision(file, new Map<number, Written>([[n, raw('<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 800] /Contents (900) >>')], [3, new Map<string, PdfValue>([...page, ['Annots', annots]])]])), trust)
  assert.deepEqual([verdict.outcome, ...kinds(verdict)], ['changed', 'annotation'])
})

test('settings that change what is shown are named', async () => {
  const file = openPdf(sealed)
  const verdict = await verifyPdf(appendRevision(file, new Map<number, Written>([[1, new Map<string, PdfValue>([...(file.dict({ ref: 1, gen: 0 }) as PdfDict), ['OCProperties', new Map<string, PdfValue>()]])]])), trust)
  assert.deepEqual([verdict.outcome, ...kinds(verdict)], ['changed', 'document-settings'])
})

test('a shadow change is found: the signed part refers to an object that a later update defines', async () => {
  const prepared = Buffer.from(samplePdf().toString('latin1').replace('/Contents 4 0 R', '/Contents 9 0 R'), 'latin1')
  const signed = await signPdf(node, prepared, { signer: 'agency' })
  assert.ok(free(signed) <= 9)
  const verdict = await verifyPdf(updated(signed, { 9: raw(overlay) }), trust)
  assert.deepEqual([verdict.outcome, ...kinds(verdict)], ['changed', 'defined-later'])
})

test('a change hidden in the update of a second signature is named by the first', async () => {
  const verdict = await verifyPdf(await signPdf(node, updated(sealed, { 4: raw(overlay) }), { signer: officer, awaits: [] }), trust)
  assert.equal(verdict.outcome, 'changed')
  assert.deepEqual(kinds(verdict, 0), ['page-content'])
  assert.equal(verdict.signatures[1]?.coverage, 'whole-file')
})

test('a cut-off last signature is missed because its field was reserved', async () => {
  assert.ok(whole.subarray(0, half.length).equals(half))
  const verdict = await verifyPdf(whole.subarray(0, half.length), trust)
  assert.deepEqual([verdict.outcome, ...findings(verdict)], ['incomplete', 'missing_field'])
})

test('a cut-off last signature is missed by who expects its signer', async () => {
  const [first, second] = [sealed, await signPdf(node, sealed, { signer: officer, awaits: [] })]
  const expecting = { ...trust, expected: ['H21', 'Trần Thị Bích Hạnh'] }
  assert.equal(await outcome(second, expecting), 'valid')
  const verdict = await verifyPdf(second.subarray(0, first.length), expecting)
  assert.deepEqual([verdict.outcome, ...findings(verdict)], ['incomplete', 'missing_signer'])
})

test('a file cut anywhere is never valid', async () => {
  for (let at = 0; at < whole.length; at += 211) assert.notEqual(await outcome(whole.subarray(0, at)), 'valid', `cut at ${at}`)
})

test('a byte range that leaves out more than the signature is refused', async () => {
  const text = sealed.toString('latin1')
  const [, from = ''] = /\/ByteRange \[0 (\d{10})/.exec(text) ?? []
  const wider = text.replace(`[0 ${from}`, `[0 ${String(Number(from) - 40).padStart(10, '0')}`)
  const [, to = '', rest = ''] = /\/ByteRange \[0 \d{10} (\d{10}) (\d{10})/.exec(text) ?? []
  const later = text.replace(`${to} ${rest}`, [Number(to) + 40, Number(rest) - 40].map((n) => String(n).padStart(10, '0')).join(' '))
  for (const forged of [wider, later]) {
    const verdict = await verifyPdf(Buffer.from(forged, 'latin1'), trust)
    assert.deepEqual([verdict.outcome, verdict.signatures[0]?.coverage, verdict.signatures[0]?.integrity], ['invalid', 'wrong-range', 'malformed'])
  }
})

test('an empty signature value, or one taken from another paper, is no signature', async () => {
  const text = sealed.toString('latin1')
  const value = /\/Contents <([0-9a-f]+)>/.exec(text)?.[1] ?? ''
  assert.equal(await outcome(Buffer.from(text.replace(value, '0'.repeat(value.length)), 'latin1')), 'invalid')
  const other = (await signPdf(node, samplePdf({ text: 'Other 123456' }), { signer: 'agency', reason: 'Ban hành' })).toString('latin1')
  const foreign = /\/Contents <([0-9a-f]+)>/.exec(other)?.[1] ?? ''
  assert.equal(await outcome(Buffer.from(text.replace(value, foreign.slice(0, value.length)), 'latin1')), 'invalid')
})

test('a signer whose root is not trusted here is named as unknown; once its root is trusted the paper is valid', async () => {
  const other = sampleKeys(join(folder, 'two'), 'Bộ Công an')
  const pdf = await signPdf(other, samplePdf(), { signer: 'agency' })
  const verdict = await verifyPdf(pdf, trust)
  assert.deepEqual([verdict.outcome, verdict.signatures[0]?.trust, verdict.signatures[0]?.signer?.name], ['untrusted', 'unknown-root', 'Bộ Công an'])
  const both = { ...trust, roots: [...trust.roots, { pem: await rootCertificatePem(other), nodeCode: 'G01' }] }
  assert.deepEqual([await outcome(pdf, both), (await verifyPdf(pdf, both)).signatures[0]?.trustedBy], ['valid', 'G01'])
})

test('a root of the same name with another key is not taken for ours', async () => {
  const impostor = sampleKeys(join(folder, 'impostor'))
  assert.equal(await outcome(await signPdf(impostor, samplePdf(), { signer: 'agency' })), 'untrusted')
})

test('a certificate that only names our root as its issuer is not taken for one of ours', async () => {
  const { root } = await openAuthority(node)
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const forged = issueCertificate({ subject: { commonName: 'Ủy ban nhân dân tỉnh Gia Lai' }, publicKey, use: 'document', from: new Date(Date.now() - 1000), to: new Date(Date.now() + 1e9), issuer: { certificate: root, key: privateKey } })
  const pdf = await signWith(samplePdf(), softwareSigner(privateKey, [forged]), null, { field: 'agency', at: new Date() })
  const verdict = await verifyPdf(pdf, trust)
  assert.deepEqual([verdict.outcome, verdict.signatures[0]?.integrity, verdict.signatures[0]?.trust], ['untrusted', 'intact', 'unknown-root'])
})

test('the proven time decides whether the certificate was valid; a claimed time does not', async () => {
  const signer = await (await openAuthority(node)).signer('agency')
  const future = { ...trust, now: new Date(Date.now() + 5 * 365 * 86_400_000) }
  assert.equal(await outcome(sealed, future), 'valid')
  const unstamped = await signWith(samplePdf(), signer, null, { field: 'agency', at: new Date() })
  const now = await verifyPdf(unstamped, trust)
  assert.deepEqual([now.outcome, now.signatures[0]?.time?.source, now.signatures[0]?.findings[0]?.key], ['valid', 'claimed', 'documents.verify.no_time_stamp'])
  assert.deepEqual([(await verifyPdf(unstamped, future)).signatures[0]?.trust], ['expired'])
})

test('a time-stamp of an unknown authority, or by a certificate not meant for it, proves nothing', async () => {
  const authority = await openAuthority(node)
  const signer = await authority.signer('agency')
  const foreign = (await openAuthority(sampleKeys(join(folder, 'two'), 'Bộ Công an'))).timeStamper
  for (const stamper of [foreign, ownTimeStamper(signer, () => new Date())]) {
    const verdict = await verifyPdf(await signWith(samplePdf(), signer, stamper, { field: 'agency', at: new Date() }), trust)
    assert.deepEqual([verdict.signatures[0]?.time?.source, verdict.signatures[0]?.findings[0]?.key], ['claimed', 'documents.verify.bad_time_stamp'])
  }
})

test('empty, foreign, damaged, encrypted, oversized and unsigned files each get their own word', async () => {
  const said = async (bytes: Buffer): Promise<string[]> => {
    const verdict = await verifyPdf(bytes, trust)
    return [verdict.outcome, ...findings(verdict)]
  }
  assert.deepEqual(await said(Buffer.alloc(0)), ['unreadable', 'empty'])
  assert.deepEqual(await said(Buffer.from('hello')), ['unreadable', 'not_pdf'])
  assert.deepEqual(await said(Buffer.from('%PDF-1.7\nhello')), ['unreadable', 'damaged'])
  assert.deepEqual(await said(samplePdf({ trailer: '/Encrypt << >>' })), ['unreadable', 'encrypted'])
  assert.deepEqual(await said(Buffer.alloc(11 * 1024 * 1024, 32)), ['unreadable', 'too_large'])
  assert.deepEqual(await said(samplePdf()), ['unsigned'])
})

test('no damage makes the verifier fail instead of answering', async () => {
  const streamed = await signPdf(node, samplePdf({ xrefStream: true }), { signer: 'agency' })
  for (const pdf of [sealed, streamed]) {
    for (let at = 0; at < pdf.length; at += 61) {
      const bytes = Buffer.from(pdf)
      bytes.fill(0xff, at, at + 5)
      await verifyPdf(bytes, trust)
    }
  }
})

test('pdfsig and we agree on a changed file', needs('pdfsig'), async () => {
  const bytes = Buffer.from(sealed.toString('latin1').replace('Amount: 100', 'Amount: 900'), 'latin1')
  assert.match((await run('pdfsig', ['a.pdf'], { 'a.pdf': bytes })).stdout, /Digest Mismatch/)
})
})
