import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, stat, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { openPdf } from '../pdf/open-pdf.ts'
import { signatureFields } from '../pdf/form-fields.ts'
import { PdfDamaged } from '../pdf/values.ts'
import { sampleKeys, samplePdf } from '../testing/sample-pdf.ts'
import { needs, run } from '../testing/tools.ts'
import { openAuthority, type KeyHolder } from './authority.ts'
import { children, read } from '../../../platform/pki/der.ts'
import { rootCertificatePem, signPdf, signWith } from './sign-pdf.ts'
import type { Signer } from './signer.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('sign-pdf', () => {
let node: KeyHolder
let folder: string
const officer = { officerId: '019a0000-0000-7000-8000-000000000001', name: 'Trần Thị Bích Hạnh', title: 'Phó Chủ tịch' }
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-sign-'))
  node = sampleKeys(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

/** What a signature dictionary covers, and the CMS in its gap. */
function signatureOf(pdf: Buffer, index: number): { covered: Buffer; cms: Buffer } {
  const value = signatureFields(openPdf(pdf)).filter((f) => f.value)[index]?.value
  const [a = 0, b = 0, c = 0, d = 0] = value?.get('ByteRange') as number[]
  const held = value?.get('Contents') as { string: Buffer }
  return { covered: Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]), cms: read(held.string).raw }
}

/** The time-stamp token in the unsigned attributes of the signer. */
function tokenOf(cms: Buffer): { token: Buffer; signature: Buffer } {
  const signedData = children(children(read(cms).content)[1]!.content)[0]!
  const signer = children(children(signedData.content).at(-1)!.content)[0]!
  const parts = children(signer.content)
  const attribute = children(parts.at(-1)!.content)[0]!
  return { token: children(children(attribute.content)[1]!.content)[0]!.raw, signature: parts.find((p) => p.tag === 0x04)!.content }
}

test('pdfsig accepts an officer and then the agency, and the second leaves the first valid', needs('pdfsig'), async () => {
  const first = await signPdf(node, samplePdf(), { signer: officer, reason: 'Ký ban hành' })
  const second = await signPdf(node, first, { signer: 'agency' })
  const said = (await run('pdfsig', ['a.pdf'], { 'a.pdf': second })).stdout
  assert.equal(said.match(/Signature is Valid\./g)?.length, 2, said)
  assert.match(said, /Signer Certificate Common Name: Trần Thị Bích Hạnh/)
  assert.match(said, /Signature Field Name: agency[\s\S]*Signature Type: ETSI\.CAdES\.detached[\s\S]*Total document signed/)
})

test('openssl accepts the signature as CAdES against the root of the node', needs('openssl'), async () => {
  const { covered, cms } = signatureOf(await signPdf(node, samplePdf(), { signer: 'agency' }), 0)
  const files = { 'cms.der': cms, 'covered': covered, 'root.pem': await rootCertificatePem(node) }
  const args = ['cms', '-verify', '-cades', '-inform', 'DER', '-in', 'cms.der', '-content', 'covered', '-binary', '-CAfile', 'root.pem', '-purpose', 'any', '-out', 'out']
  const good = await run('openssl', args, files)
  assert.equal(good.code, 0, good.stderr)
  covered[100]! ^= 1
  assert.notEqual((await run('openssl', args, files)).code, 0)
})

test('openssl accepts the time-stamp over the signature value', needs('openssl'), async () => {
  const { token, signature } = tokenOf(signatureOf(await signPdf(node, samplePdf(), { signer: 'agency' }), 0).cms)
  const args = ['ts', '-verify', '-token_in', '-in', 'token.der', '-data', 'signature', '-CAfile', 'root.pem']
  const files = { 'token.der': token, signature, 'root.pem': await rootCertificatePem(node) }
  const good = await run('openssl', args, files)
  assert.match(good.stdout + good.stderr, /Verification: OK/)
  signature[0]! ^= 1
  assert.notEqual((await run('openssl', args, files)).code, 0)
})

test('openssl accepts the certificates of root, seal, officer and time-stamp authority', needs('openssl'), async () => {
  const authority = await openAuthority(node)
  const pem = (der: Buffer | undefined): string => new X509Certificate(der!).toString()
  const root = pem(authority.root)
  for (const who of ['agency', officer] as const) {
    const own = pem((await authority.signer(who)).certificateChain[0])
    assert.equal((await run('openssl', ['verify', '-x509_strict', '-CAfile', 'root.pem', 'own.pem'], { 'root.pem': root, 'own.pem': own })).code, 0)
  }
})

test('a key outside the process signs too: openssl stands for a token with an elliptic curve', needs('openssl', 'pdfsig'), async () => {
  await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', join(folder, 'ec.pem')])
  await run('openssl', ['req', '-x509', '-new', '-key', join(folder, 'ec.pem'), '-subj', '/C=VN/CN=EC token', '-days', '30', '-out', join(folder, 'ec-cert.pem')])
  const certificate = (await run('cat', [join(folder, 'ec-cert.pem')])).stdout
  const token: Signer = {
    certificateChain: [new X509Certificate(certificate).raw],
    async signDigest(digest) {
      const signed = await run('sh', ['-c', `openssl pkeyutl -sign -inkey ${join(folder, 'ec.pem')} -in digest | base64`], { digest })
      return Buffer.from(signed.stdout, 'base64')
    },
  }
  const pdf = await signWith(samplePdf(), token, (await openAuthority(node)).timeStamper, { field: 'officer', at: node.now() })
  assert.match((await run('pdfsig', ['a.pdf'], { 'a.pdf': pdf })).stdout, /Signature is Valid\./)
})

test('a file with a cross-reference stream gets an update of the same kind', needs('pdfsig', 'pdfinfo'), async () => {
  const signed = await signPdf(node, samplePdf({ xrefStream: true }), { signer: 'agency' })
  assert.deepEqual(openPdf(signed).sections.map((s) => s.kind), ['stream', 'stream'])
  assert.match((await run('pdfsig', ['a.pdf'], { 'a.pdf': signed })).stdout, /Signature is Valid\.[\s\S]*/)
  assert.equal((await run('pdfinfo', ['a.pdf'], { 'a.pdf': signed })).stderr, '')
})

test('an officer’s signature reserves an empty field for the seal, which the agency then fills', async () => {
  const first = await signPdf(node, samplePdf(), { signer: officer })
  assert.deepEqual(signatureFields(openPdf(first)).map((f) => [f.name, f.value !== null]), [['officer', true], ['agency', false]])
  const second = await signPdf(node, first, { signer: 'agency' })
  assert.deepEqual(signatureFields(openPdf(second)).map((f) => [f.name, f.value !== null]), [['officer', true], ['agency', true]])
})

test('not a byte of the file before is changed', async () => {
  const before = samplePdf()
  const after = await signPdf(node, before, { signer: 'agency' })
  assert.ok(after.subarray(0, before.length).equals(before))
})

test('a damaged or encrypted file is not signed', async () => {
  await assert.rejects(signPdf(node, Buffer.from('no pdf'), { signer: 'agency' }), PdfDamaged)
  await assert.rejects(signPdf(node, samplePdf().subarray(0, 300), { signer: 'agency' }), PdfDamaged)
  await assert.rejects(signPdf(node, samplePdf({ trailer: '/Encrypt << /Filter /Standard >>' }), { signer: 'agency' }), /encrypted/i)
})

test('keys are readable by the program only, and a second start finds the same root', async () => {
  const root = await rootCertificatePem(node)
  const keys = join(folder, 'keys')
  assert.equal((await stat(keys)).mode & 0o777, 0o700)
  for (const name of await readdir(keys)) assert.equal((await stat(join(keys, name))).mode & 0o777, 0o600, name)
  const moved = { ...node, config: { ...node.config, dataDir: `${folder}/.` } }
  assert.equal(await rootCertificatePem(moved), root)
})

test('signers who start at the same moment in two processes end with one key', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'motcua-race-'))
  try {
    // Two spellings of one folder pass the memory of this process, as two processes would.
    const roots = await Promise.all([fresh, `${fresh}/.`, `${fresh}/./.`].map((f) => rootCertificatePem(sampleKeys(f))))
    assert.equal(new Set(roots).size, 1)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
})
})
