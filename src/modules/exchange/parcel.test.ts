import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, suite, test } from 'node:test'
import { CompactSign, calculateJwkThumbprint, compactDecrypt, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'
import fc from 'fast-check'
import { newId } from '../../platform/ids.ts'
import { EnvelopeFault, digestOf, signMessage, type NewMessage, type OpenedMessage, type OpeningMeans } from './envelope.ts'
import { maxSealedLength } from './limits.ts'
import type { KeyPair } from './node-keys.ts'
import { encryptParcel, isRefused, openParcel, sealParcel } from './parcel.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('parcel', () => {
interface Party { code: string; signing: KeyPair; encryption: KeyPair; sealFor: { kid: string; key: CryptoKey }; verify: CryptoKey }

const now = new Date('2026-11-22T03:00:00Z')
let alice: Party
let bob: Party
let eve: Party
const message = (): NewMessage => ({ id: newId(), from: 'H21', to: 'VN', service: 'dossier.event', subject: 'd-1', seq: 1, turn: 1, payload: '{"state":"accepted"}' })

async function party(code: string): Promise<Party> {
  const pair = async (crv: 'Ed25519' | 'X25519'): Promise<KeyPair & { publicKey: CryptoKey }> => {
    const { publicKey, privateKey } = await generateKeyPair(crv === 'Ed25519' ? 'EdDSA' : 'ECDH-ES+A256KW', { crv, extractable: true })
    const publicJwk = await exportJWK(publicKey)
    return { kid: await calculateJwkThumbprint(publicJwk), publicJwk, privateKey, publicKey }
  }
  const [signing, encryption] = [await pair('Ed25519'), await pair('X25519')]
  return { code, signing, encryption, sealFor: { kid: encryption.kid, key: encryption.publicKey }, verify: signing.publicKey }
}

/** How `self` opens, trusting the keys of Alice and Bob. */
function means(self: Party, at = now): OpeningMeans {
  return { self: self.code, encryption: self.encryption, now: at, signer: async (kid) => [alice, bob].filter((p) => p.signing.kid === kid).map((p) => ({ code: p.code, key: p.verify }))[0] }
}

const refused = (code: string) => (error: unknown): boolean => error instanceof EnvelopeFault && error.code === code

before(async () => {
  alice = await party('H21')
  bob = await party('VN')
  eve = await party('G01')
})

/** A parcel of one message whose parts a test chooses. */
async function craft(change: { outer?: object; inner?: object; claims?: object; payload?: string; signer?: Party; recipient?: Party; plain?: string } = {}): Promise<string> {
  const signer = change.signer ?? alice
  const recipient = change.recipient ?? bob
  const payload = change.payload ?? '{}'
  const iat = Math.floor(now.getTime() / 1000)
  const claims = { jti: newId(), iss: 'H21', aud: 'VN', iat, exp: iat + 300, service: 's', subject: 'x', seq: 1, turn: 1, hash: digestOf(payload), ...change.claims }
  const jws = await new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: 'EdDSA', kid: signer.signing.kid, typ: 'motcua-message+jws', ...change.inner } as never).sign(signer.signing.privateKey)
  return encryptParcel(Buffer.from(change.plain ?? `${jws}\n${payload.length}\n${payload}`), { from: 'H21', to: 'VN' }, recipient.sealFor, { kid: recipient.encryption.kid, ...change.outer })
}

/** Opens a parcel of one message. */
async function openOne(sealed: string, how: OpeningMeans): Promise<OpenedMessage> {
  const { messages } = await openParcel(sealed, how)
  assert.equal(messages.length, 1)
  const [message] = messages
  if (isRefused(message!)) throw message.fault
  return message!
}

const seal = (m: NewMessage): Promise<string> => sealParcel([m], alice.signing, bob.sealFor, now)

describe('a parcel', () => {
  test('is opened by its receiver with sender, numbers and payload proved', async () => {
    const m = message()
    const opened = await openOne(await seal(m), means(bob))
    assert.equal(opened.payload, m.payload)
    assert.deepEqual({ id: opened.claims.jti, from: opened.claims.iss, to: opened.claims.aud, service: opened.claims.service, subject: opened.claims.subject, seq: opened.claims.seq, turn: opened.claims.turn }, { id: m.id, from: 'H21', to: 'VN', service: m.service, subject: m.subject, seq: 1, turn: 1 })
  })

  test('shows nothing of service, subject and payload from outside', async () => {
    const sealed = await seal({ ...message(), service: 'SERVICE-MARK', subject: 'SUBJECT-MARK', payload: '"PAYLOAD-MARK"' })
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1')).join()
    for (const mark of ['SERVICE-MARK', 'SUBJECT-MARK', 'PAYLOAD-MARK']) assert.ok(!readable.includes(mark))
  })

  test('of several messages keeps their order, and one that is forged is refused alone', async () => {
    const good = [message(), { ...message(), payload: '"a\\nb\\n3\\n"' }, message()]
    const opened = await openParcel(await sealParcel(good, alice.signing, bob.sealFor, now), means(bob))
    assert.deepEqual(opened.messages.map((m) => !isRefused(m) && m.claims.jti), good.map((m) => m.id))
    const lines = (await Promise.all([alice, eve, alice].map(async (by) => {
      const { evidence, payload } = await signMessage(message(), by.signing, now)
      return `${evidence}\n${payload.length}\n${payload.toString()}`
    }))).join('')
    const mixed = await openParcel(await craft({ plain: lines }), means(bob))
    assert.deepEqual(mixed.messages.map((m) => (isRefused(m) ? m.fault.code : 'good')), ['good', 'UNKNOWN_KEY', 'good'])
  })

  test('carries any JSON text unchanged', async () => {
    await fc.assert(fc.asyncProperty(fc.json(), async (payload) => {
      assert.equal((await openOne(await seal({ ...message(), payload }), means(bob))).payload, payload)
    }), { numRuns: 30 })
  })

  test('crafted here by hand is accepted, so that the refusals below are for their own reasons', async () => {
    assert.equal((await openOne(await craft(), means(bob))).payload, '{}')
  })

  const hostile: [string, string, () => Promise<string>][] = [
    ['for another node', 'WRONG_AUDIENCE', () => craft({ outer: { aud: 'G01' } })],
    ['re-sealed for a node that the sender did not mean', 'WRONG_AUDIENCE', () => craft({ claims: { aud: 'G01' } })],
    ['sealed for another node’s key', 'UNDECIPHERABLE', () => craft({ recipient: eve })],
    ['sealed for another key under our key’s name', 'UNDECIPHERABLE', () => craft({ recipient: eve, outer: { kid: bob.encryption.kid } })],
    ['signed by an unknown key', 'UNKNOWN_KEY', () => craft({ signer: eve })],
    ['signed by an unknown key under a known one’s name', 'BAD_SIGNATURE', () => craft({ signer: eve, inner: { kid: alice.signing.kid } })],
    ['signed by one known node in the name of another', 'WRONG_SENDER', () => craft({ signer: bob })],
    ['with another sender outside than inside', 'WRONG_SENDER', () => craft({ outer: { iss: 'G01' } })],
    ['with another payload than the signed one', 'PAYLOAD_MISMATCH', () => craft({ claims: { hash: digestOf('other') } })],
    ['whose message is presented after its time', 'EXPIRED', () => craft({ claims: { iat: 1_763_000_000, exp: 1_763_000_300 } })],
    ['valid for years', 'MALFORMED', () => craft({ claims: { exp: 4_000_000_000 } })],
    ['from the future', 'NOT_YET_VALID', () => craft({ claims: { iat: 1_900_000_000, exp: 1_900_000_300 } })],
    ['without a number', 'MALFORMED', () => craft({ claims: { seq: 0 } })],
    ['with an id that is none', 'MALFORMED', () => craft({ claims: { jti: '1; DROP TABLE' } })],
    ['with another content encryption', 'ALGORITHM', () => craft({ outer: { enc: 'A128GCM' } })],
    ['with another key agreement', 'ALGORITHM', () => craft({ outer: { alg: 'ECDH-ES+A128KW' } })],
    ['of another type', 'MALFORMED', () => craft({ outer: { typ: 'JWT' } })],
    ['whose inside is no signature', 'MALFORMED', () => craft({ plain: 'no signature here\n2\n{}' })],
    ['whose inside has no length', 'MALFORMED', () => craft({ plain: 'x\n{}' })],
    ['whose inside is shorter than it says', 'MALFORMED', () => craft({ plain: 'x\n9\n{}' })],
    ['whose inside has a negative length', 'MALFORMED', () => craft({ plain: 'x\n-1\n{}' })],
    ['whose inside has a length of twenty digits', 'MALFORMED', () => craft({ plain: 'x\n00000000000000000002\n{}' })],
    ['with more messages than allowed', 'MALFORMED', () => craft({ plain: 'x\n0\n'.repeat(51) })],
    ['whose inside is empty', 'MALFORMED', () => craft({ plain: '' })],
    ['that is not a parcel at all', 'MALFORMED', async () => 'hello'],
    ['of empty parts', 'MALFORMED', async () => '....'],
    ['with a header of a megabyte', 'MALFORMED', async () => `${'A'.repeat(1_000_000)}.x.x.x.x`],
    ['longer than allowed', 'TOO_LARGE', async () => 'x'.repeat(maxSealedLength + 1)],
  ]
  for (const [what, code, make] of hostile) {
    test(`${what} is refused with ${code}`, async () => {
      await assert.rejects(async () => openOne(await make(), means(bob)), refused(code))
    })
  }

  test('with "alg":"none" or a symmetric signature inside is refused with ALGORITHM', async () => {
    for (const alg of ['none', 'HS256']) {
      const header = Buffer.from(JSON.stringify({ alg, kid: alice.signing.kid, typ: 'motcua-message+jws' })).toString('base64url')
      await assert.rejects(async () => openOne(await craft({ plain: `${header}.e30.\n2\n{}` }), means(bob)), refused('ALGORITHM'))
    }
  })

  test('that asks for decompression is refused before it is decrypted', async () => {
    const sealed = await craft()
    const [header, ...rest] = sealed.split('.')
    const changed = { ...(JSON.parse(Buffer.from(header!, 'base64url').toString()) as object), zip: 'DEF' }
    await assert.rejects(openOne([Buffer.from(JSON.stringify(changed)).toString('base64url'), ...rest].join('.'), means(bob)), refused('ALGORITHM'))
  })

  test('with an ephemeral key of low order is refused', async () => {
    const sealed = await craft()
    const [header, ...rest] = sealed.split('.')
    const changed = { ...(JSON.parse(Buffer.from(header!, 'base64url').toString()) as object), epk: { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).toString('base64url') } }
    await assert.rejects(openOne([Buffer.from(JSON.stringify(changed)).toString('base64url'), ...rest].join('.'), means(bob)), refused('UNDECIPHERABLE'))
  })

  test('with any one letter changed is refused', async () => {
    const sealed = await seal(message())
    await fc.assert(fc.asyncProperty(fc.nat(sealed.length - 1), fc.constantFrom(...'ABab01-_'), async (at, letter) => {
      const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1)
      fc.pre(changed !== sealed && sealed[at] !== '.')
      // The last letter of a part may carry bits that belong to no byte: then the bytes are the same and the message too.
      fc.pre(Buffer.compare(bytesOf(changed), bytesOf(sealed)) !== 0)
      await assert.rejects(openOne(changed, means(bob)), EnvelopeFault)
    }), { numRuns: 150 })
  })

  test('is valid within the tolerance of two clocks and not after', async () => {
    const sealed = await seal(message())
    await openOne(sealed, means(bob, new Date(now.getTime() - 100_000)))
    await openOne(sealed, means(bob, new Date(now.getTime() + 400_000)))
    await assert.rejects(openOne(sealed, means(bob, new Date(now.getTime() + 421_000))), refused('EXPIRED'))
  })
})

const bytesOf = (compact: string): Buffer => Buffer.concat(compact.split('.').map((p) => Buffer.from(p, 'base64url')))

interface Vectors<T> { groups: T[] }
const vectors = <T>(file: string): T[] => (JSON.parse(readFileSync(new URL(`./vectors/${file}`, import.meta.url), 'utf8')) as Vectors<T>).groups

test('published hostile encryptions are all refused by the library behind the seal', async () => {
  interface Group { private: JWK; tests: { tcId: number; comment: string; result: string; jwe: string }[] }
  const counts = { valid: 0, invalid: 0 }
  for (const group of vectors<Group>('wycheproof-jwe.json')) {
    for (const vector of group.tests) {
      const opened = await (async () => compactDecrypt(vector.jwe, await importJWK(group.private, group.private.alg)))().then(() => true, () => false)
      if (opened) counts.valid++
      else counts.invalid++
      if (vector.result === 'invalid') assert.equal(opened, false, `vector ${vector.tcId}: ${vector.comment}`)
    }
  }
  assert.ok(counts.valid > 5 && counts.invalid > 15, JSON.stringify(counts))
})

test('published Ed25519 signatures, good and hostile, are judged rightly by the runtime behind the signature', async () => {
  interface Group { pk: string; tests: { tcId: number; comment: string; msg: string; sig: string; result: string }[] }
  let checked = 0
  for (const group of vectors<Group>('wycheproof-ed25519.json')) {
    const key = (await importJWK({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(group.pk, 'hex').toString('base64url') }, 'EdDSA')) as CryptoKey
    for (const vector of group.tests) {
      const good = await crypto.subtle.verify('Ed25519', key, Buffer.from(vector.sig, 'hex'), Buffer.from(vector.msg, 'hex'))
      assert.equal(good, vector.result === 'valid', `vector ${vector.tcId}: ${vector.comment}`)
      checked++
    }
  }
  assert.ok(checked > 100)
})
})
