import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { demoAuthority, demoPin, orderCertificate, pem, personCertificate } from './demo-certificates.ts'
import { demoCitizens } from './demo-people.ts'
import { pkcs12 } from './pkcs12.ts'
import { SoftwareToken } from './software-token.ts'

const [person] = demoCitizens

test('openssl accepts the chain, the key and the file for browsers', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-ca-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const write = (name: string, content: string | Buffer): string => (writeFileSync(join(folder, name), content), join(folder, name))
  const own = personCertificate(person!)
  const [root, issuer, leaf] = [write('root.pem', pem(demoAuthority('root').certificate)), write('ca.pem', pem(demoAuthority('public').certificate)), write('own.pem', pem(own.certificate))]
  assert.match(execFileSync('openssl', ['verify', '-purpose', 'sslclient', '-CAfile', root, '-untrusted', issuer, leaf], { encoding: 'utf8' }), /: OK/)
  assert.match(execFileSync('openssl', ['x509', '-in', leaf, '-noout', '-subject'], { encoding: 'utf8' }), /CCCD:052090000011/)
  const file = write('own.p12', pkcs12(own, [demoAuthority('public').certificate], demoPin))
  const opened = execFileSync('openssl', ['pkcs12', '-in', file, '-passin', `pass:${demoPin}`, '-nodes'], { encoding: 'utf8' })
  assert.match(opened, /BEGIN PRIVATE KEY/)
  assert.throws(() => execFileSync('openssl', ['pkcs12', '-in', file, '-passin', 'pass:000000', '-nodes'], { stdio: 'pipe' }))
})

test('the same order is the same certificate everywhere', () => {
  assert.deepEqual(personCertificate(person!).certificate, personCertificate(person!).certificate)
  assert.notDeepEqual(personCertificate(person!, 'sim').certificate, personCertificate(person!).certificate)
})

test('a token signs with its number only, and blocks itself after three wrong ones', () => {
  const token = new SoftwareToken(orderCertificate({ name: 'x', authority: 'public' }), '1111')
  assert.equal(token.sign('1111', Buffer.from('a')).kind, 'signed')
  assert.deepEqual([1, 2, 3].map(() => token.sign('2222', Buffer.from('a')).kind), ['wrong-pin', 'wrong-pin', 'blocked'])
  assert.equal(token.sign('1111', Buffer.from('a')).kind, 'blocked')
})
