import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { isRight, runVectors } from './support/run-vectors.ts'
import { countVectors, reportOf } from './support/vectors-report.ts'

const folder = process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'standards') : ''
const skip = folder && existsSync(join(folder, 'wycheproof')) ? false : 'MOTCUA_DATA names no folder with standards/wycheproof'

test('every signature and encryption made by others is judged rightly, or refused by the name of its algorithm', { skip }, async () => {
  const results = await runVectors(folder)
  assert.deepEqual(results.filter((result) => !isRight(result)), [])
  const judged = (algorithm: string): number => countVectors(results).filter((c) => c.algorithm === algorithm).reduce((sum, c) => sum + c.judged, 0)
  assert.deepEqual([judged('Ed25519'), judged('ECDSA P-256'), judged('ES256'), judged('RS256'), judged('HS256'), judged('RSA1_5')], [151, 484, 39, 0, 0, 0])
})

test('a vector that is judged wrongly is told', async (t) => {
  const scratch = mkdtempSync(join(tmpdir(), 'motcua-vectors-'))
  t.after(() => rmSync(scratch, { recursive: true, force: true }))
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jws = await new CompactSign(Buffer.from('x')).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  const symmetric = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.eA.eA`
  mkdirSync(join(scratch, 'wycheproof'))
  writeFileSync(join(scratch, 'wycheproof/json.json'), JSON.stringify({ testGroups: [{ public: await exportJWK(publicKey), tests: [{ tcId: 1, result: 'valid', jws }, { tcId: 2, result: 'invalid', jws }, { tcId: 3, result: 'valid', jws: `${jws.slice(0, -4)}AAAA` }, { tcId: 4, result: 'valid', jws: symmetric }, { tcId: 5, result: 'invalid', jws: `${jws}x` }] }] }))
  const results = await runVectors(scratch)
  assert.deepEqual(results.map((r) => [r.id, isRight(r)]), [['1', true], ['2', false], ['3', false], ['4', true], ['5', true]])
  assert.deepEqual(results[3]!.verdict, { refused: 'alg HS256' })
  assert.match(reportOf(results), /json\.json 2 \(ES256\): a bad one was taken\n- wycheproof\/json\.json 3 \(ES256\): a good one was not taken/)
})
