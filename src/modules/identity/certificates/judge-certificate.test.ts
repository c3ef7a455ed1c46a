import assert from 'node:assert/strict'
import { beforeEach, suite, test, type TestContext } from 'node:test'
import type { AddressInfo } from 'node:net'
import { randomBytes, X509Certificate } from 'node:crypto'
import type { Sql } from '../../../platform/db.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { authorityRoutes, revocationList as makeList } from '../../../stand-ins/certificate-authority.tsx'
import { demoOrganisation } from '../../../stand-ins/demo-organisations.ts'
import { demoAuthority, orderCertificate, organisationCertificate, pem, personCertificate, softwareKeyPolicy, type Order } from '../../../stand-ins/demo-certificates.ts'
import { demoCitizens } from '../../../stand-ins/demo-people.ts'
import { listen, listener, withFaults } from '../../../stand-ins/http.ts'
import { readCertificate } from './certificate-fields.ts'
import { signerOf } from './check-signature.ts'
import { judgeCertificate } from './judge-certificate.ts'
import { readRevocationList } from './revocation-list.ts'
import { insertTrustedAuthority } from './trusted-authority.store.ts'

suite('judge-certificate', () => {
const [person] = demoCitizens
const key = 'key-of-the-test-authority'
// Made anew for each test: in a process that runs many files, the moment of loading is long past when a list is written.
let now = new Date()
beforeEach(() => { now = new Date() })
const own = (order: Partial<Order> = {}) => orderCertificate({ holder: `CCCD:${person!.idNumber}`, name: person!.fullName, authority: 'public', ...order }).certificate

interface Trusting { db: Sql; url: string; judge(input: string | Buffer, at?: Date): Promise<string>; post(path: string, body: object): Promise<Response> }

/** A database that trusts the three authorities, and their server. */
async function trusting(t: TestContext, until?: string): Promise<Trusting> {
  const { db } = await testDatabase(t)
  const server = await listen(listener(withFaults(authorityRoutes(key))), 0, '127.0.0.1')
  t.after(() => { server.closeAllConnections(); server.close() })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await db.begin(async (tx) => {
    for (const [which, purposes] of [['root', []], ['public', ['person', 'organisation']], ['duty', ['officer']]] as const) {
      await insertTrustedAuthority(tx as never, { name: which, certificate: demoAuthority(which).certificate, purposes, revocationUrl: `${url}/crl/${which}.crl`, softwarePolicies: [softwareKeyPolicy], validFrom: '2025-01-01', ...(until && which === 'public' ? { validTo: until } : {}), basis: 'test' })
    }
  })
  return {
    db, url,
    async judge(input, at = now) {
      const verdict = await judgeCertificate(db, input, at)
      return verdict.ok ? 'good' : verdict.reason
    },
    post: (path, body) => fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${key}` } }),
  }
}

test('a certificate tells whom it names: a person, an organisation, an agency', async (t) => {
  const { db } = await trusting(t)
  const verdict = await judgeCertificate(db, pem(personCertificate(person!).certificate), now)
  assert.ok(verdict.ok)
  const x509 = new X509Certificate(personCertificate(person!).certificate)
  assert.deepEqual(verdict.certificate, { fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(), serial: x509.serialNumber.toLowerCase(), subject: { kind: 'person', idNumber: person!.idNumber }, name: person!.fullName, notAfter: new Date('2035-01-01T00:00:00Z'), key: 'hardware' })
  const subject = async (der: Buffer) => { const v = await judgeCertificate(db, der, now); return v.ok ? v.certificate.subject : v.reason }
  assert.deepEqual(await subject(organisationCertificate().certificate), { kind: 'organisation', taxCode: demoOrganisation.taxCode })
  assert.deepEqual(await subject(own({ holder: 'MCQ:H21.101', authority: 'duty' })), { kind: 'agency', agencyCode: 'H21.101' })
  const inFile = await judgeCertificate(db, own({ policies: [softwareKeyPolicy] }), now)
  assert.equal(inFile.ok && inFile.certificate.key, 'software')
})

test('what is wrong with a certificate is told apart', async (t) => {
  const { judge } = await trusting(t)
  const past = { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2025-06-01T00:00:00Z') }
  const wrong: [string, string | Buffer, string][] = [
    ['text', 'this is no certificate', 'unreadable'],
    ['an authority that nobody trusts', own({ authority: 'foreign' }), 'untrusted'],
    ['expired', own(past), 'expired'],
    ['from tomorrow', own({ from: new Date(now.getTime() + 86_400_000) }), 'not-yet-valid'],
    ['for time-stamps', own({ uses: ['1.3.6.1.5.5.7.3.8'] }), 'purpose'],
    ['for encryption', own({ keyUsage: 0x20 }), 'purpose'],
    ['the authority for the public vouching for an agency', own({ holder: 'MCQ:H21' }), 'purpose'],
    ['the authority for official duty vouching for a person', own({ authority: 'duty' }), 'purpose'],
    ['the root vouching for a person', own({ authority: 'root' }), 'purpose'],
    ['no number of the holder', own({ holder: undefined as never }), 'subject'],
    ['a number of the wrong form', own({ holder: 'CCCD:12' }), 'subject'],
    ['the authority itself', demoAuthority('public').certificate, 'subject'],
  ]
  for (const [what, certificate, reason] of wrong) assert.equal(await judge(certificate), reason, what)
  assert.equal(await judge(own({ uses: [] })), 'good', 'no use stated: any')
})

test('with one byte changed no certificate counts', async (t) => {
  const { judge } = await trusting(t)
  const good = own()
  for (let at = 0; at < good.length; at += 7) {
    const changed = Buffer.from(good)
    changed[at]! ^= 1
    assert.notEqual(await judge(changed), 'good', `byte ${at}`)
  }
})

test('whatever is handed in as a signature or certificate, it is read or refused, and nothing breaks', async (t) => {
  const { judge } = await trusting(t)
  const signed = Buffer.from('challenge')
  const good = own()
  for (let round = 0; round < 400; round++) {
    const noise = round % 2 ? randomBytes(1 + (round % 200)) : Buffer.concat([good.subarray(0, round), randomBytes(8), good.subarray(round + 8)])
    assert.equal(signerOf(signed, { signature: noise, certificate: round % 3 ? noise : good }), undefined)
    assert.notEqual(await judge(noise), 'good')
  }
})

test('an authority counts on the days on which it is trusted', async (t) => {
  const { judge } = await trusting(t, '2026-06-01')
  assert.equal(await judge(own(), new Date('2026-05-31T10:00:00Z')), 'unchecked', 'trusted that day; today’s list does not speak of it')
  assert.equal(await judge(own(), now), 'untrusted')
})

test('a revoked certificate is refused as soon as the list is fetched again', async (t) => {
  const { judge, post } = await trusting(t)
  assert.equal(await judge(own()), 'good')
  await post('/thu-hoi', { authority: 'public', serial: readCertificate(own()).serial })
  assert.equal(await judge(own(), new Date(now.getTime() + 4 * 60_000)), 'good', 'the list is five minutes old at most')
  assert.equal(await judge(own(), new Date(now.getTime() + 5 * 60_000)), 'revoked')
  await post('/thu-hoi', { authority: 'root', serial: readCertificate(demoAuthority('public').certificate).serial })
  assert.equal(await judge(organisationCertificate().certificate, new Date(now.getTime() + 11 * 60_000)), 'revoked', 'the authority itself was revoked')
})

test('without a list nobody gets in; the last one counts as long as it promised', async (t) => {
  const { judge, post } = await trusting(t)
  await post('/admin/faults', { down: true })
  assert.equal(await judge(own()), 'unchecked')
  await post('/admin/faults', {})
  assert.equal(await judge(own()), 'good')
  await post('/admin/faults', { down: true })
  assert.equal(await judge(own(), new Date(now.getTime() + 60 * 60_000)), 'good')
  assert.equal(await judge(own(), new Date(now.getTime() + 25 * 3_600_000)), 'unchecked')
})

test('a list of another authority, or one that was changed, is none', () => {
  const authority = readCertificate(demoAuthority('public').certificate)
  const list = makeList('public', ['0a1b', '4c'], now)
  assert.deepEqual([...readRevocationList(list, authority)!.serials], ['a1b', '4c'])
  assert.equal(readRevocationList(makeList('duty', [], now), authority), undefined)
  const changed = Buffer.from(list)
  // Another serial number under the same signature.
  changed[list.indexOf(Buffer.from('0a1b', 'hex')) + 1]! ^= 1
  assert.equal(readRevocationList(changed, authority), undefined)
})
})
