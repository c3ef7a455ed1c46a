import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, verifyPassword } from './password.ts'
import { totpCode, totpStep } from './totp.ts'

// RFC 6238, appendix B: the secret "12345678901234567890" in base 32; the last six of the eight digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const vectors: [number, string][] = [[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037']]

test('codes are those of RFC 6238', () => {
  for (const [seconds, code] of vectors) assert.equal(totpCode(secret, new Date(seconds * 1000)), code)
})

test('a code is right in its own half minute and the ones beside it, and tells which', () => {
  const [seconds, code] = vectors[2]!
  const step = Math.floor(seconds / 30)
  for (const drift of [-30, 0, 30]) assert.equal(totpStep(secret, code, new Date((seconds + drift) * 1000)), step)
  for (const drift of [-61, 61]) assert.equal(totpStep(secret, code, new Date((seconds + drift) * 1000)), undefined)
  for (const wrong of ['050472', '05047', '0504711', '', 'abcdef']) assert.equal(totpStep(secret, wrong, new Date(seconds * 1000)), undefined)
})

test('a password is told from a similar one, and two hashes of it differ', async () => {
  const [one, two] = [await hashPassword('mật khẩu dài và lạ'), await hashPassword('mật khẩu dài và lạ')]
  assert.notEqual(one, two)
  assert.equal(await verifyPassword('mật khẩu dài và lạ'.normalize('NFD'), one), true, 'however the accents are encoded')
  assert.equal(await verifyPassword('mat khau dai va la', one), false)
})
