import assert from 'node:assert/strict'
import { stat, rm, writeFile, readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { enrolAtNational } from './enrol-at-national.ts'
import { exchangeOf } from './exchange-state.ts'
import { fetchRegistry } from './fetch-registry.ts'
import { loadNodeKeys } from './node-keys.ts'
import { PeerAnswerError } from './post-json.ts'
import { readRegistry, replyMac, signRegistry } from './registry-document.ts'
import { listCertificates } from './registry.store.ts'
import { eventually, exchangeCountry, type TestNode } from './testing/exchange-country.ts'

const enrolledAt = (n: TestNode) => async (): Promise<boolean> => (await n.database.db`SELECT FROM exchange.node_certificate WHERE node_code = 'H21' AND status = 'active'`).length === 1
const enrolEvents = async (n: TestNode): Promise<number> => (await n.database.db`SELECT FROM ledger.event WHERE type = 'exchange.node_enrolled' AND subject = 'H21'`).length
const forbidden = (error: unknown): boolean => error instanceof PeerAnswerError && error.status === 403 && error.code === 'exchange.ENROLMENT_REFUSED'

test('keys are made once, for this user only, and read again at the next start', async (t) => {
  const { H21 } = await exchangeCountry(t)
  const dir = H21!.node.config.dataDir
  const [first, second] = [await loadNodeKeys(dir), await loadNodeKeys(dir)]
  assert.equal(first.signing.kid, second.signing.kid)
  assert.equal(first.encryption.kid, second.encryption.kid)
  for (const name of await readdir(join(dir, 'keys'))) assert.equal((await stat(join(dir, 'keys', name))).mode & 0o777, 0o600)
  assert.equal((await stat(join(dir, 'keys'))).mode & 0o777, 0o700)
})

test('two processes that start at once end with the same keys', async (t) => {
  const { H21 } = await exchangeCountry(t)
  const loaded = await Promise.all(Array.from({ length: 6 }, () => loadNodeKeys(H21!.node.config.dataDir)))
  assert.equal(new Set(loaded.map((k) => k.signing.kid)).size, 1)
  assert.equal(new Set(loaded.map((k) => k.encryption.kid)).size, 1)
})

test('a damaged key file stops the start with a sentence that says what to do', async (t) => {
  const { H21 } = await exchangeCountry(t)
  const dir = H21!.node.config.dataDir
  await loadNodeKeys(dir)
  await writeFile(join(dir, 'keys/signing.jwk.json'), '{"kty":')
  await assert.rejects(loadNodeKeys(dir), /damaged\. Restore it from a backup/)
})

test('a local node enrols by itself, also when the national node comes up later', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await H21!.start()
  await new Promise((resolve) => setTimeout(resolve, 200))
  await VN!.start()
  await eventually('enrolment', enrolledAt(VN!))
  await eventually('its copy', enrolledAt(H21!))
  assert.equal(await enrolEvents(VN!), 1)
})

test('enrolling again with the same keys changes nothing once messages have arrived', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await eventually('enrolment', enrolledAt(VN!))
  await VN!.send({ to: 'H21', payload: 'first' })
  await eventually('arrival', async () => (await H21!.database.db`SELECT FROM exchange.inbox_stream`).length === 1 && (await H21!.effects()).length === 1)
  // A start that had to try twice, on a busy machine, was entered twice.
  const [before, entered] = [await listCertificates(VN!.database.db), await enrolEvents(VN!)]
  await enrolAtNational(H21!.node, (await exchangeOf(H21!.node)).keys)
  assert.deepEqual(await listCertificates(VN!.database.db), before)
  assert.equal(await enrolEvents(VN!), entered)
})

test('a node with the wrong enrolment secret, address or code is refused with one and the same answer', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  const keys = await loadNodeKeys(H21!.node.config.dataDir)
  const { config } = H21!.node
  const changes = [{ national: { ...config.national, enrolmentSecret: 'not-the-secret-not-the-secret' } }, { baseUrl: 'http://127.0.0.1:9' }, { code: 'H99' }]
  for (const change of changes) await assert.rejects(enrolAtNational({ ...H21!.node, config: { ...config, ...change } }, keys), forbidden)
  assert.equal((await listCertificates(VN!.database.db)).length, 1)
})

test('an answer that is not proved by the enrolment secret is not taken for the national node', async (t) => {
  const { H21 } = await exchangeCountry(t)
  const impostor = await loadNodeKeys(join(H21!.node.config.dataDir, 'impostor'))
  const certificate = { nodeCode: 'VN', baseUrl: 'http://127.0.0.1:9', signingKid: impostor.signing.kid, signingKey: impostor.signing.publicJwk, encryptionKid: impostor.encryption.kid, encryptionKey: impostor.encryption.publicJwk, validFrom: new Date(0), validTo: new Date('2100-01-01'), status: 'active' }
  const registry = await signRegistry('VN', impostor.signing, 9, [certificate as never], new Date())
  const server = createServer((_req, res) => res.end(JSON.stringify({ registry, mac: replyMac('a guessed secret', 'n', registry) })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { config } = H21!.node
  const national = { ...config.national, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  await assert.rejects(enrolAtNational({ ...H21!.node, config: { ...config, national } }, await loadNodeKeys(config.dataDir)), /its proof is wrong/)
  assert.equal((await listCertificates(H21!.database.db)).length, 0)
})

test('a node that lost its keys enrols new ones and goes on; messages in both directions arrive', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', payload: 'before' })
  await eventually('the first', async () => (await VN!.effects()).length === 1)
  await H21!.crash()
  await rm(join(H21!.node.config.dataDir, 'keys'), { recursive: true })
  await H21!.start()
  await H21!.send({ to: 'VN', payload: 'after' })
  await VN!.send({ to: 'H21', payload: 'down' })
  await eventually('both', async () => (await VN!.effects()).length === 2 && (await H21!.effects()).length === 1)
  assert.deepEqual((await listCertificates(VN!.database.db)).filter((c) => c.nodeCode === 'H21').map((c) => c.status).toSorted(), ['active', 'superseded'])
})

test('a national node with new keys is accepted only through the enrolment secret', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await eventually('enrolment', enrolledAt(H21!))
  await VN!.crash()
  await rm(join(VN!.node.config.dataDir, 'keys'), { recursive: true })
  await VN!.start()
  assert.equal(await fetchRegistry(H21!.node), false)
  await VN!.send({ to: 'H21', payload: 'signed with the new key' })
  await eventually('arrival', async () => (await H21!.effects()).length === 1)
  assert.equal((await H21!.database.db`SELECT FROM ledger.event WHERE type = 'exchange.national_key_changed'`).length, 1)
})

test('an older registry, though genuine, does not replace a newer copy', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await eventually('enrolment', enrolledAt(H21!))
  await H21!.database.db`UPDATE exchange.registry SET version = version + 1000000`
  await H21!.database.db`UPDATE exchange.node_certificate SET status = 'revoked' WHERE node_code = 'H21'`
  assert.equal(await fetchRegistry(H21!.node), true)
  assert.equal((await listCertificates(H21!.database.db)).find((c) => c.nodeCode === 'H21')!.status, 'revoked')
})

test('a registry that is expired, changed or of another node is not read', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  const now = new Date('2026-11-22T03:00:00Z')
  const national = await loadNodeKeys(VN!.node.config.dataDir)
  const other = await loadNodeKeys(H21!.node.config.dataDir)
  const good = await signRegistry('VN', national.signing, 1, [], now)
  const pinned = { code: 'VN', key: national.signing.publicJwk }
  assert.equal((await readRegistry(good, pinned, now)).version, 1)
  await assert.rejects(readRegistry(good, pinned, new Date(now.getTime() + 8 * 24 * 3600_000)), /expired/)
  await assert.rejects(readRegistry(await signRegistry('H21', national.signing, 1, [], now), pinned, now), /not issued by the national node/)
  await assert.rejects(readRegistry(await signRegistry('VN', other.signing, 1, [], now), pinned, now))
  const [header, payload, signature] = good.split('.')
  await assert.rejects(readRegistry(`${header}.${Buffer.from(Buffer.from(payload!, 'base64url').toString().replace('"version":1', '"version":2')).toString('base64url')}.${signature}`, pinned, now))
})
