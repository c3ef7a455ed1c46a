import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../platform/errors.ts'
import { erasePayloads, keepDeliveredMs } from './erase-payloads.ts'
import { broadcast } from './send.ts'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { eventually, exchangeCountry } from './testing/exchange-country.ts'

test('a message has its effect at the other node within a second of the commit', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await eventually('both nodes know each other', async () => (await VN!.database.db`SELECT FROM exchange.node_certificate WHERE status = 'active'`).length === 2 && (await H21!.database.db`SELECT FROM exchange.node_certificate`).length === 2)
  // The best of five: a machine that does something else for a moment is no slow exchange.
  const times: number[] = []
  for (let n = 1; n <= 5; n++) {
    await H21!.send({ to: 'VN', payload: { n }, subject: 'dossier' })
    const committed = performance.now()
    await eventually('the effect', async () => (await VN!.effects()).length === n)
    times.push(performance.now() - committed)
    if (times.at(-1)! < 1000) break
  }
  assert.ok(Math.min(...times) < 1000, `${times.map(Math.round).join(', ')} ms`)
  assert.deepEqual((await VN!.effects())[0]!.payload, { n: 1 })
})

test('a message of a transaction that is rolled back is never sent', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  const ctx = systemCtx(H21!.node, 'test')
  await assert.rejects(transact(ctx, async (tx) => {
    const { send } = await import('./send.ts')
    await send(tx, ctx, { to: 'VN', service: 'probe.record', subject: 's', payload: 'lost' })
    throw new Error('the act fails')
  }))
  await H21!.send({ to: 'VN', payload: 'kept' })
  await eventually('the other message', async () => (await VN!.effects()).length > 0)
  assert.deepEqual((await VN!.effects()).map((e) => e.payload), ['kept'])
})

test('messages about one subject arrive in the order in which they were sent', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  for (let n = 0; n < 120; n++) await H21!.send({ to: 'VN', subject: `dossier-${n % 7}`, payload: n })
  await eventually('all effects', async () => (await VN!.effects()).length === 120)
  for (let s = 0; s < 7; s++) {
    const own = (await VN!.effects()).filter((e) => e.subject === `dossier-${s}`).map((e) => e.payload as number)
    assert.deepEqual(own, own.toSorted((a, b) => a - b))
  }
})

test('a receiver that dies after its commit and before its answer handles the message once', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  let lost = 0
  VN!.gate.fate = (path) => path === '/exchange/v1/messages' && lost++ < 2 ? 'lose-answer' : 'pass'
  const id = await H21!.send({ to: 'VN', payload: 'once' })
  await eventually('delivery', async () => (await H21!.database.db`SELECT FROM exchange.outbox WHERE id = ${id} AND state = 'delivered'`).length === 1)
  assert.deepEqual((await VN!.effects()).map((e) => e.payload), ['once'])
  const [inbox] = await VN!.database.db`SELECT duplicates FROM exchange.inbox WHERE id = ${id}`
  assert.equal(inbox!.duplicates, 2)
})

test('a handler that fails after its effect leaves no effect behind, and the message is handled at a later attempt', async (t) => {
  let failures = 2
  const { VN, H21 } = await exchangeCountry(t, { during: () => { if (failures-- > 0) throw new Error('crash before the commit') } })
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', subject: 'a', payload: 1 })
  await H21!.send({ to: 'VN', subject: 'a', payload: 2 })
  await eventually('both effects', async () => (await VN!.effects()).length === 2)
  assert.deepEqual((await VN!.effects()).map((e) => e.payload), [1, 2])
})

test('a message that fails holds up only its own subject', async (t) => {
  let broken = true
  const { VN, H21 } = await exchangeCountry(t, { during: (_node, payload) => { if (broken && payload.subject === 'bad') throw new Error('fails for now') } })
  await VN!.start()
  await H21!.start()
  for (const subject of ['bad', 'good', 'bad', 'good']) await H21!.send({ to: 'VN', subject, payload: { subject } })
  await eventually('the good ones', async () => (await VN!.effects()).length === 2)
  assert.deepEqual((await VN!.effects()).map((e) => e.subject), ['good', 'good'])
  broken = false
  await eventually('all', async () => (await VN!.effects()).length === 4)
})

test('messages written while the other node is away, and across a restart of the sender, arrive when it is back', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', payload: 0 })
  await eventually('the first', async () => (await VN!.effects()).length === 1)
  await VN!.crash()
  for (let n = 1; n <= 60; n++) await H21!.send({ to: 'VN', subject: `s${n % 3}`, payload: n })
  await eventually('a failed attempt', async () => (await H21!.database.db`SELECT FROM exchange.peer WHERE failures > 0`).length === 1)
  await H21!.crash()
  await H21!.start()
  await VN!.start()
  await eventually('all', async () => (await VN!.effects()).length === 61, 20_000)
  assert.equal(new Set((await VN!.effects()).map((e) => e.id)).size, 61)
})

test('a connection that fails five times counts as lost until it works again, and the ledger says both', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', payload: 0 })
  await eventually('the first', async () => (await VN!.effects()).length === 1)
  VN!.gate.fate = () => 'refuse'
  await H21!.send({ to: 'VN', payload: 1 })
  const events = async (): Promise<string[]> => (await H21!.database.db<{ type: string }[]>`SELECT type FROM ledger.event WHERE subject = 'VN' ORDER BY id`).map((e) => e.type)
  // The clock of the back-off is the database row's: shortened here so that the test does not wait half a minute.
  const hurry = setInterval(() => void H21!.database.db`UPDATE exchange.peer SET next_at = NULL`.catch(() => {}), 50)
  t.after(() => clearInterval(hurry))
  await eventually('the loss', async () => (await events()).includes('exchange.connection_lost'))
  VN!.gate.fate = () => 'pass'
  await eventually('the recovery', async () => (await events()).includes('exchange.connection_restored'))
  assert.deepEqual((await VN!.effects()).map((e) => e.payload), [0, 1])
})

test('a broadcast reaches every other enrolled node', async (t) => {
  const { VN, H21, G01 } = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'] })
  for (const n of [VN!, H21!, G01!]) await n.start()
  await eventually('enrolment', async () => (await VN!.database.db`SELECT FROM exchange.node_certificate WHERE status = 'active'`).length === 3)
  const ctx = systemCtx(VN!.node, 'test')
  assert.equal(await transact(ctx, (tx) => broadcast(tx, ctx, { service: 'probe.record', subject: '1.001', payload: 'new version' })), 2)
  await eventually('both', async () => (await H21!.effects()).length === 1 && (await G01!.effects()).length === 1)
})

test('two local nodes exchange directly, with keys from the registry', async (t) => {
  const { VN, H21, G01 } = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'] })
  for (const n of [VN!, H21!, G01!]) await n.start()
  await H21!.send({ to: 'G01', payload: 'hello' })
  await eventually('arrival', async () => (await G01!.effects()).length === 1)
  assert.equal(VN!.gate.captured.length, 0)
})

test('a key makes a repeated send one message', async (t) => {
  const { H21 } = await exchangeCountry(t)
  const first = await H21!.send({ to: 'VN', payload: 1, key: 'event-7' })
  assert.equal(await H21!.send({ to: 'VN', payload: 1, key: 'event-7' }), first)
  assert.equal((await H21!.database.db`SELECT FROM exchange.outbox`).length, 1)
})

test('a payload over the stated limit is refused when it is written', async (t) => {
  const { H21 } = await exchangeCountry(t)
  await assert.rejects(H21!.send({ to: 'VN', payload: 'x'.repeat(16 * 1024 * 1024) }), (e) => e instanceof Refusal && e.code === 'PAYLOAD_TOO_LARGE')
})

test('a message of nearly the largest size arrives whole', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  const big = 'ô'.repeat(8 * 1024 * 1024 - 100)
  await H21!.send({ to: 'VN', payload: { big } })
  await eventually('arrival', async () => (await VN!.database.db`SELECT FROM exchange.effect`).length === 1, 30_000)
  assert.equal((await VN!.effects())[0]!.payload.big.length, big.length)
})

test('a courier that was killed is replaced within seconds, though it could not give back its lease', async (t) => {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', payload: 1 })
  await eventually('the first', async () => (await VN!.effects()).length === 1)
  await H21!.crash()
  await H21!.database.db`UPDATE exchange.peer SET lease_owner = ${crypto.randomUUID()}, lease_until = now() + interval '3 seconds'`
  await H21!.start()
  await H21!.send({ to: 'VN', payload: 2 })
  await eventually('the second', async () => (await VN!.effects()).length === 2, 6000)
})

test('a delivered payload is erased after thirty days; the row, its receipt and what waits stay', async (t) => {
  let later = 0
  const { VN, H21 } = await exchangeCountry(t, { now: () => new Date(Date.now() + later) })
  await VN!.start()
  await H21!.start()
  await H21!.send({ to: 'VN', payload: 'personal' })
  await eventually('delivery', async () => (await H21!.database.db`SELECT FROM exchange.outbox WHERE state = 'delivered'`).length === 1)
  await H21!.send({ to: 'G99', payload: 'waits' })
  assert.equal(await erasePayloads(H21!.node), 0)
  later = keepDeliveredMs + 1000
  assert.equal(await erasePayloads(H21!.node), 1)
  const rows = await H21!.database.db`SELECT state, payload, receipt_id IS NOT NULL AS proved FROM exchange.outbox ORDER BY position`
  assert.deepEqual(rows.map((r) => ({ ...r })), [{ state: 'delivered', payload: '', proved: true }, { state: 'queued', payload: '"waits"', proved: false }])
})
