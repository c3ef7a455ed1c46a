import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx } from '../../platform/ctx.ts'
import { defineErrors, isRefusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Actor } from '../../platform/actor.ts'
import { listConnections, listDeadLetters } from './list-connections.ts'
import { TryLater } from './refusal-codes.ts'
import { redriveMessage, setMessageAside } from './redrive-message.ts'
import { eventually, exchangeCountry, type TestNode } from './testing/exchange-country.ts'

const errors = defineErrors('probe', { NOT_NOW: { status: 409 } })

interface Refusing { VN: TestNode; H21: TestNode; allow(): void }

/** VN refuses payload 'bad' until allowed; a message 'bad' with one behind it waits at H21. */
async function withDeadLetter(t: Parameters<typeof exchangeCountry>[0], actor?: Actor): Promise<Refusing> {
  let allowed = false
  const { VN, H21 } = await exchangeCountry(t, { actor, during: (_node, payload) => { if (payload === 'bad' && !allowed) throw errors.NOT_NOW() } })
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', subject: 'a', payload: 'bad' })
  await H21!.send({ to: 'VN', subject: 'a', payload: 'behind' })
  await H21!.send({ to: 'VN', subject: 'b', payload: 'elsewhere' })
  await eventually('the dead letter', async () => (await listDeadLetters(H21!.database.db)).length === 1)
  return { VN: VN!, H21: H21!, allow: () => { allowed = true } }
}

const payloads = async (n: TestNode): Promise<unknown[]> => (await n.effects()).map((e) => e.payload)

test('a message refused by the service becomes a dead letter with the reason; only its own subject waits behind it', async (t) => {
  const { VN, H21 } = await withDeadLetter(t)
  await eventually('the other subject', async () => (await payloads(VN)).length === 1)
  const [dead] = await listDeadLetters(H21.database.db)
  assert.equal(dead!.code, 'probe.NOT_NOW')
  assert.equal(dead!.behind, 1)
  assert.deepEqual(await payloads(VN), ['elsewhere'])
  const [connection] = await listConnections(H21.database.db, 'H21', new Date())
  assert.equal(connection!.health, 'refusing')
  const [inbox] = await VN.database.db`SELECT state, code FROM exchange.inbox WHERE id = ${dead!.id}`
  assert.deepEqual({ ...inbox }, { state: 'refused', code: 'probe.NOT_NOW' })
})

test('what the service puts off is no dead letter: it stays at the sender, says why, and has its effect when it is taken', async (t) => {
  let full = true
  const { VN, H21 } = await exchangeCountry(t, { during: () => { if (full) throw new TryLater('full') } })
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', subject: 'a', payload: 'early' })
  await eventually('the refusal', async () => (await H21!.database.db`SELECT FROM exchange.outbox WHERE last_code = 'LATER' AND state = 'queued'`).length === 1)
  assert.equal((await listDeadLetters(H21!.database.db)).length, 0)
  full = false
  await eventually('the effect', async () => (await payloads(VN!)).length === 1)
})

test('a dead letter sent again after its reason is gone has its effect once, and what stood behind it follows in order', async (t) => {
  const { VN, H21, allow } = await withDeadLetter(t)
  const [dead] = await listDeadLetters(H21.database.db)
  allow()
  await redriveMessage(systemCtx(H21.node, 'test'), dead!.id)
  await eventually('both', async () => (await payloads(VN)).length === 3)
  assert.deepEqual((await payloads(VN)).filter((p) => p !== 'elsewhere'), ['bad', 'behind'])
  assert.equal((await H21.database.db`SELECT FROM ledger.event WHERE type = 'exchange.redriven' AND subject = ${dead!.id}`).length, 1)
  await assert.rejects(redriveMessage(systemCtx(H21.node, 'test'), dead!.id), (e) => isRefusal(e, 'NOT_DEAD'))
})

test('a dead letter sent again while the reason remains is dead again', async (t) => {
  const { H21 } = await withDeadLetter(t)
  const [dead] = await listDeadLetters(H21.database.db)
  await redriveMessage(systemCtx(H21.node, 'test'), dead!.id)
  await eventually('the second refusal', async () => (await listDeadLetters(H21.database.db))[0]?.attempts === 2)
})

test('a dead letter that is set aside lets what stands behind it go', async (t) => {
  const { VN, H21 } = await withDeadLetter(t)
  const [dead] = await listDeadLetters(H21.database.db)
  await setMessageAside(systemCtx(H21.node, 'test'), dead!.id)
  await eventually('the one behind', async () => (await payloads(VN)).includes('behind'))
  assert.ok(!(await payloads(VN)).includes('bad'))
  await H21.send({ to: 'VN', subject: 'a', payload: 'later' })
  await eventually('later ones', async () => (await payloads(VN)).includes('later'))
})

test('what is no dead letter cannot be sent again', async (t) => {
  const { H21 } = await exchangeCountry(t)
  for (const id of [newId(), 'x', '']) await assert.rejects(redriveMessage(systemCtx(H21!.node, 'test'), id), (e) => isRefusal(e, 'NOT_DEAD'))
})

const administrator: Actor = { kind: 'officer', id: newId(), name: 'Quản trị', agencyCode: 'H21', unitId: null, roles: [], permissions: new Set(['exchange.view', 'exchange.manage']), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' }

test('the page shows connections and dead letters, and the button only to whoever may manage', async (t) => {
  const { H21 } = await withDeadLetter(t, administrator)
  const html = await (await fetch(`${H21.gate.url}/admin/exchange`)).text()
  assert.match(html, /probe\.NOT_NOW/)
  assert.match(html, /Gửi lại/)
  assert.match(html, /Có thông điệp bị từ chối/)
})

test('a reader without the right to manage sees no button', async (t) => {
  const { H21 } = await withDeadLetter(t, { ...administrator, permissions: new Set(['exchange.view']) })
  const html = await (await fetch(`${H21.gate.url}/admin/exchange`)).text()
  assert.match(html, /probe\.NOT_NOW/)
  assert.doesNotMatch(html, /Gửi lại<|Gác lại</)
})
