import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import { pino } from 'pino'
import { systemCtx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { runDue } from '../../../platform/jobs.ts'
import { createNode } from '../../../platform/node.ts'
import { TestBrowser } from '../testing/browser.ts'
import { foreignParty } from '../testing/foreign-party.ts'
import { smallCountry } from '../testing/small-country.tsx'
import { proveAt } from '../testing/stories.ts'
import { providerOf } from './provider.ts'
import { planRotation, replaceSigningKey, rotateJob, rotateSigningKey } from './rotate-signing-key.ts'

const country = await smallCountry({ after })
const { national, ministry } = country
const ctx = () => systemCtx(national.node, 'test')
const hour = 3600
const jwks = async (): Promise<string[]> => ((await (await fetch(`${national.url}/oidc/jwks`)).json()) as { keys: { kid: string }[] }).keys.map((key) => key.kid)

/** Which key signs now, seen by a system that has just joined and has every signature checked. */
let joined = 0
async function signingNow(): Promise<string> {
  const party = await foreignParty({ after }, country, `joined-${++joined}`)
  const browser = new TestBrowser()
  await proveAt(country, browser, 2)
  return decodeProtectedHeader((await party.logIn(browser)).id_token!).kid!
}

test('the next key is published a day before it signs, and the last one a day longer; nobody restarts anything', async () => {
  const first = await signingNow()
  assert.deepEqual(await jwks(), [first])
  const { kid: second } = await rotateSigningKey(ctx())
  assert.deepEqual(await jwks(), [first, second], 'published ahead')
  assert.equal(await signingNow(), first, 'but not used yet')
  await assert.rejects(rotateSigningKey(ctx()), (error) => isRefusal(error, 'KEY_ANNOUNCED'))
  country.moveClock(24 * hour + 60)
  assert.equal(await signingNow(), second)
  assert.deepEqual(await jwks(), [second, first], 'still published for what it signed')
  const there = new TestBrowser()
  await proveAt(country, there, 2)
  assert.equal((await there.open(`${ministry.url}/dang-nhap`)).url, `${ministry.url}/tai-khoan`, 'a local node takes the new key')
  country.moveClock(24 * hour + 60)
  assert.deepEqual(await jwks(), [second])
})

test('another process of the same node works with a key that this one made, some seconds later', async () => {
  const twin = createNode(national.node.config, national.node.modules, { db: national.node.db, log: pino({ level: 'silent' }), now: national.node.now })
  const before = await providerOf(twin)
  await rotateSigningKey(ctx())
  assert.equal(await providerOf(twin), before)
  country.moveClock(11)
  assert.notEqual(await providerOf(twin), before)
  country.moveClock(24 * hour)
})

test('a key that others may know signs nothing and is worth nothing from one moment to the next', async () => {
  const before = await signingNow()
  const kid = await replaceSigningKey(ctx())
  assert.equal(await signingNow(), kid)
  assert.deepEqual(await jwks(), [kid])
  assert.notEqual(kid, before)
})

test('the keys change by themselves on the first of every month, once, however often the job comes', async () => {
  country.moveClock(40 * 24 * hour)
  await planRotation(national.node)
  const waiting = await national.node.db<{ runAt: Date }[]>`SELECT run_at AS "runAt" FROM platform.job WHERE queue = 'identity.rotate-signing-key'`
  assert.equal(waiting.length, 1)
  assert.match(waiting[0]!.runAt.toLocaleString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }), /-01 03:00:00$/)
  const before = (await jwks()).length
  country.moveClock((waiting[0]!.runAt.getTime() - national.node.now().getTime()) / 1000 + 1)
  while (await runDue(national.node) > 0);
  assert.equal((await jwks()).length, before + 1)
  await rotateJob(national.node, {}, { id: 1, attempts: 1 })
  assert.equal((await jwks()).length, before + 1)
})

test('the private keys cannot be read from the database', async () => {
  const rows = await national.database.owner`SELECT private_jwk FROM identity.signing_key`
  assert.ok(rows.length > 2)
  assert.ok(rows.every((row) => !/"d"|"kty"/.test(String(row.private_jwk)) && !Buffer.from(String(row.private_jwk), 'base64url').includes('"d"')))
})
