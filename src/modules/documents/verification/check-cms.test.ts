import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { fillSignature, prepareSignature } from '../signing/prepare-signature.ts'
import { samplePdf } from '../testing/sample-pdf.ts'
import { needs, run } from '../testing/tools.ts'
import { checkCms } from '../../../platform/pki/check-cms.ts'
import { verifyPdf } from './verify-pdf.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('check-cms', () => {
let folder: string
const file = (name: string): string => join(folder, name)
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-cms-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const kinds: [string, string[], string[]][] = [
  ['RSA', ['-newkey', 'rsa:2048'], []],
  ['RSA-PSS with SHA-512', ['-newkey', 'rsa:2048'], ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss']],
  ['EC P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], []],
  ['EC P-384 named by its key identifier', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], ['-md', 'sha384', '-keyid']],
  ['without signed attributes', ['-newkey', 'rsa:2048'], ['-noattr']],
  ['in pieces of indefinite length', ['-newkey', 'rsa:2048'], ['-stream', '-indef']],
  ['CAdES', ['-newkey', 'rsa:2048'], ['-cades']],
]

for (const [name, key, options] of kinds) {
  test(`a signature made by openssl is understood: ${name}`, needs('openssl'), async () => {
    await run('openssl', ['req', '-x509', '-nodes', ...key, '-keyout', file('key.pem'), '-out', file('cert.pem'), '-subj', '/C=VN/CN=Another program', '-days', '30'])
    const prepared = prepareSignature(samplePdf(), { field: 'officer', reserve: [], name: 'x', reason: null, at: new Date(), room: 6000 })
    const covered = Buffer.concat([prepared.bytes.subarray(0, prepared.from), prepared.bytes.subarray(prepared.to)])
    await writeFile(file('covered'), covered)
    const made = await run('openssl', ['cms', '-sign', '-binary', '-in', file('covered'), '-signer', file('cert.pem'), '-inkey', file('key.pem'), '-outform', 'DER', '-out', file('cms'), ...options])
    assert.equal(made.code, 0, made.stderr)
    const cms = await readFile(file('cms'))
    const pem = await readFile(file('cert.pem'), 'utf8')
    const checked = checkCms(cms, covered)
    assert.deepEqual([checked.integrity, checked.certificate?.fingerprint256], ['intact', new X509Certificate(pem).fingerprint256])
    covered[50]! ^= 1
    assert.equal(checkCms(cms, covered).integrity, 'altered')
    const verdict = await verifyPdf(fillSignature(prepared, cms), { roots: [], now: new Date() })
    assert.equal(verdict.signatures[0]?.integrity, 'intact')
  })
}

test('a signature by SHA-1 is not accepted', needs('openssl'), async () => {
  await writeFile(file('covered'), 'x')
  await run('openssl', ['cms', '-sign', '-binary', '-md', 'sha1', '-in', file('covered'), '-signer', file('cert.pem'), '-inkey', file('key.pem'), '-outform', 'DER', '-out', file('cms')])
  assert.equal(checkCms(await readFile(file('cms')), Buffer.from('x')).integrity, 'malformed')
})

test('no damage to a signature makes the check fail instead of answering, and none passes', needs('openssl'), async () => {
  const cms = await readFile(file('cms'))
  for (let at = 0; at < cms.length; at += 3) {
    const bytes = Buffer.from(cms)
    bytes[at]! ^= 0x41
    assert.notEqual(checkCms(bytes, Buffer.from('x')).integrity, 'intact')
    assert.notEqual(checkCms(cms.subarray(0, at), Buffer.from('x')).integrity, 'intact')
  }
})
})
