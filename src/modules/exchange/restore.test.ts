import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually, exchangeCountry, type TestNode } from './testing/exchange-country.ts'

const payloads = async (n: TestNode): Promise<unknown[]> => (await n.effects()).map((e) => e.payload)

async function exchanged(t: Parameters<typeof exchangeCountry>[0]): Promise<{ VN: TestNode; H21: TestNode }> {
  const { VN, H21 } = await exchangeCountry(t)
  await VN!.start()
  await H21!.start()
  for (const n of [1, 2, 3, 4, 5]) await H21!.send({ to: 'VN', subject: 'a', payload: n })
  await eventually('five effects and their receipts', async () => (await payloads(VN!)).length === 5 && (await H21!.database.db`SELECT FROM exchange.outbox WHERE state = 'delivered'`).length === 5)
  return { VN: VN!, H21: H21! }
}

test('a receiver restored from a backup gets again what it lost, in order, at the next message', async (t) => {
  const { VN, H21 } = await exchanged(t)
  await VN.crash()
  // The backup was taken after the second message.
  await VN.database.owner`DELETE FROM exchange.effect WHERE payload::text::int > 2`
  await VN.database.owner`DELETE FROM exchange.inbox WHERE seq > 2`
  await VN.database.owner`UPDATE exchange.inbox_stream SET last_seq = 2`
  await VN.start()
  await H21.send({ to: 'VN', subject: 'a', payload: 6 })
  await eventually('all six', async () => (await payloads(VN)).length === 6, 20_000)
  assert.deepEqual(await payloads(VN), [1, 2, 3, 4, 5, 6])
})

test('a receiver that starts anew goes on even where the sender has forgotten the beginning', async (t) => {
  const { VN, H21 } = await exchanged(t)
  await VN.crash()
  await VN.database.owner`TRUNCATE exchange.effect, exchange.inbox, exchange.inbox_stream`
  await H21.database.owner`DELETE FROM exchange.outbox WHERE seq <= 3`
  await VN.start()
  await H21.send({ to: 'VN', subject: 'a', payload: 6 })
  await eventually('what there is', async () => (await payloads(VN)).length === 3, 20_000)
  assert.deepEqual(await payloads(VN), [4, 5, 6])
})

test('a sender restored from a backup, whose numbers were used already, goes on with free ones', async (t) => {
  const { VN, H21 } = await exchanged(t)
  await H21.crash()
  await H21.database.owner`DELETE FROM exchange.outbox WHERE seq > 2`
  await H21.database.owner`UPDATE exchange.stream SET last_seq = 2`
  await H21.database.owner`UPDATE exchange.peer SET last_turn = 2`
  await H21.start()
  await H21.send({ to: 'VN', subject: 'a', payload: 'new 1' })
  await H21.send({ to: 'VN', subject: 'a', payload: 'new 2' })
  await eventually('both', async () => (await payloads(VN)).length === 7, 20_000)
  assert.deepEqual(await payloads(VN), [1, 2, 3, 4, 5, 'new 1', 'new 2'])
})
