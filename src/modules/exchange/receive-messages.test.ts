import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { decodeJwt } from 'jose'
import { seal } from './envelope.ts'
import { exchangeOf } from './exchange-state.ts'
import { newId } from '../../platform/ids.ts'
import { receiveMessages } from './receive-messages.ts'
import { readReceipt, type MessageAnswer } from './receipt.ts'
import { digestOf } from './envelope.ts'
import { eventually, exchangeCountry, type CountryOptions, type TestNode } from './testing/exchange-country.ts'

/** Three enrolled nodes, without couriers in play: the tests carry the messages themselves. */
async function enrolled(t: TestContext, options: CountryOptions = {}): Promise<Record<'VN' | 'H21' | 'G01', TestNode>> {
  const nodes = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'], ...options })
  for (const n of Object.values(nodes)) await n.start()
  await eventually('enrolment', async () => (await nodes.VN!.database.db`SELECT FROM exchange.node_certificate WHERE status = 'active'`).length === 3)
  await eventually('all know all', async () => {
    const known = await Promise.all(Object.values(nodes).map(async (n) => {
      const { registry } = await exchangeOf(n.node)
      await registry.refresh()
      return registry.peers().length
    }))
    return known.every((count) => count === 2)
  })
  return nodes as Record<'VN' | 'H21' | 'G01', TestNode>
}

interface Made { id?: string; subject?: string; seq?: number; turn?: number; payload?: unknown; at?: Date; service?: string }

async function make(from: TestNode, to: TestNode, m: Made = {}): Promise<string> {
  const { keys, registry } = await exchangeOf(from.node)
  const recipient = registry.recipient(to.node.config.code)
  assert.ok(recipient, 'the receiver is enrolled')
  const message = { id: m.id ?? newId(), from: from.node.config.code, to: to.node.config.code, service: m.service ?? 'probe.record', subject: m.subject ?? 's', seq: m.seq ?? 1, turn: m.turn ?? 1, payload: JSON.stringify(m.payload ?? null) }
  return seal(message, keys.signing, recipient, m.at ?? from.node.now())
}

/** Presents sealed messages at a node's door over HTTP; returns the answers of the receipt, proved for `asker`. */
async function present(at: TestNode, messages: string[], asker: TestNode): Promise<readonly MessageAnswer[]> {
  const response = await fetch(`${at.gate.url}/exchange/v1/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ messages }) })
  assert.equal(response.status, 200)
  const { receipt } = (await response.json()) as { receipt: string }
  const { registry } = await exchangeOf(asker.node)
  return (await readReceipt(receipt, registry, { from: at.node.config.code, self: asker.node.config.code, digests: messages.map(digestOf) })).answers
}

const short = (answers: readonly MessageAnswer[]): string[] => answers.map((a) => (a.status === 'refused' ? a.code : a.status))
const rejections = async (n: TestNode): Promise<string[]> => (await n.database.db<{ line: string }[]>`SELECT coalesce(claimed_sender, '?') || ' ' || code AS line FROM exchange.rejection ORDER BY id`).map((r) => r.line)

test('a captured message presented again has no effect, at once and after a restart, and each replay is recorded with its sender', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const sealed = await make(H21, VN, { payload: 'pay once' })
  assert.deepEqual(short(await present(VN, [sealed], H21)), ['accepted'])
  assert.deepEqual(short(await present(VN, [sealed], H21)), ['duplicate'])
  await VN.crash()
  await VN.start()
  assert.deepEqual(short(await present(VN, [sealed, sealed], H21)), ['duplicate', 'duplicate'])
  assert.equal((await VN.effects()).length, 1)
  assert.deepEqual(await rejections(VN), ['H21 REPLAYED', 'H21 REPLAYED', 'H21 REPLAYED'])
})

test('an honest retry, sealed anew, is a duplicate and no replay', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const id = newId()
  await present(VN, [await make(H21, VN, { id })], H21)
  assert.deepEqual(short(await present(VN, [await make(H21, VN, { id, at: new Date(Date.now() - 5000) })], H21)), ['duplicate'])
  assert.deepEqual(await rejections(VN), [])
})

test('the same message twice in one request is handled once', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const id = newId()
  assert.deepEqual(short(await present(VN, [await make(H21, VN, { id }), await make(H21, VN, { id })], H21)), ['accepted', 'duplicate'])
  assert.equal((await VN.effects()).length, 1)
})

test('a message captured on its way to one node is refused at another', async (t) => {
  const { VN, H21, G01 } = await enrolled(t)
  assert.deepEqual(short(await present(G01, [await make(H21, VN)], H21)), ['WRONG_AUDIENCE'])
  assert.deepEqual(await G01.effects(), [])
  assert.deepEqual(await rejections(G01), ['H21 WRONG_AUDIENCE'])
})

test('a message captured and presented after its time is refused even though it was never handled', async (t) => {
  const { VN, H21 } = await enrolled(t)
  assert.deepEqual(short(await present(VN, [await make(H21, VN, { at: new Date(Date.now() - 20 * 60_000) })], H21)), ['EXPIRED'])
  assert.deepEqual(await VN.effects(), [])
})

test('messages of a node whose certificate was revoked are refused', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const sealed = await make(H21, VN)
  await VN.database.db`UPDATE exchange.node_certificate SET status = 'revoked' WHERE node_code = 'H21'`
  await (await exchangeOf(VN.node)).registry.reload()
  assert.deepEqual(short(await present(VN, [sealed], H21)), ['UNKNOWN_KEY'])
  assert.deepEqual(await VN.effects(), [])
})

test('a forged message beside good ones in a request is refused alone', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const good = [await make(H21, VN, { seq: 1, payload: 1 }), await make(H21, VN, { seq: 2, payload: 2 })]
  const forged = `${good[0]!.slice(0, -6)}AAAAAA`
  assert.deepEqual(short(await present(VN, [good[0]!, forged, good[1]!], H21)), ['accepted', 'UNDECIPHERABLE', 'accepted'])
  assert.deepEqual((await VN.effects()).map((e) => e.payload), [1, 2])
})

test('a message that arrives before its predecessor waits at the sender, and the answer says which one is missing', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const [first, second, third] = [await make(H21, VN, { seq: 1, payload: 1 }), await make(H21, VN, { seq: 2, payload: 2 }), await make(H21, VN, { seq: 3, payload: 3 })]
  const [early] = await present(VN, [third], H21)
  assert.deepEqual(early, { digest: digestOf(third), status: 'refused', code: 'GAP', expected: 1 })
  assert.deepEqual(short(await present(VN, [first, third], H21)), ['accepted', 'GAP'])
  assert.deepEqual(short(await present(VN, [second, third], H21)), ['accepted', 'accepted'])
  assert.deepEqual((await VN.effects()).map((e) => e.payload), [1, 2, 3])
})

test('another message under a number that was used is refused', async (t) => {
  const { VN, H21 } = await enrolled(t)
  await present(VN, [await make(H21, VN, { seq: 1 })], H21)
  const [answer] = await present(VN, [await make(H21, VN, { seq: 1, payload: 'changed' })], H21)
  assert.ok(answer?.status === 'refused' && answer.code === 'SEQUENCE_USED' && answer.expected === 2)
  assert.equal((await VN.effects()).length, 1)
})

test('the same batch presented twice at the same time has its effects once', async (t) => {
  const { VN, H21 } = await enrolled(t, { during: () => new Promise((resolve) => setTimeout(resolve, 5)) })
  const batch = await Promise.all(Array.from({ length: 20 }, (_, i) => make(H21, VN, { subject: `s${i}`, payload: i })))
  const answers = await Promise.all([present(VN, batch, H21), present(VN, batch, H21), present(VN, batch, H21)])
  assert.equal(answers.flat().filter((a) => a.status === 'accepted').length, 20)
  assert.equal((await VN.effects()).length, 20)
})

test('a message for a service that the node does not have is refused with UNKNOWN_SERVICE', async (t) => {
  const { VN, H21 } = await enrolled(t)
  assert.deepEqual(short(await present(VN, [await make(H21, VN, { service: 'toString' })], H21)), ['UNKNOWN_SERVICE'])
})

test('requests that are none get 400 with a stable code, and none of them harms', async (t) => {
  const { VN } = await enrolled(t)
  const bodies = ['', 'null', '[]', '{}', '{"messages":[]}', '{"messages":[1]}', '{"messages":"x"}', `{"messages":[${'"x",'.repeat(50)}"x"]}`, '{"messages":', '['.repeat(20_000), '{"__proto__":{"messages":["x"]}}']
  for (const body of bodies) {
    const response = await fetch(`${VN.gate.url}/exchange/v1/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    assert.equal(response.status, 400, body.slice(0, 40))
    assert.equal(((await response.json()) as { code: string }).code, 'exchange.MALFORMED')
  }
})

test('of hundreds of captured and altered messages none is accepted, and no honest one is refused', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const { keys, registry, rejectionBudget } = await exchangeOf(VN.node)
  const means = { keys, registry, rejectionBudget }
  const honest = await Promise.all(Array.from({ length: 50 }, (_, i) => make(H21, VN, { subject: `h${i}`, payload: i })))
  const answersTo = async (messages: string[]): Promise<string[]> => {
    const { receipt } = await receiveMessages(VN.node, means, { messages }, '127.0.0.1')
    return short(decodeJwt<{ answers: MessageAnswer[] }>(receipt).answers)
  }
  assert.ok((await answersTo(honest)).every((a) => a === 'accepted'))
  let accepted = 0
  for (let round = 0; round < 12; round++) {
    const altered = honest.map((sealed, i) => {
      const at = (i * 37 + round * 101) % sealed.length
      return round === 0 || sealed[at] === '.' ? sealed : sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    })
    accepted += (await answersTo(altered)).filter((a) => a === 'accepted').length
  }
  assert.equal(accepted, 0)
  assert.equal((await VN.effects()).length, 50)
  const [{ count } = { count: 0 }] = await VN.database.db<{ count: number }[]>`SELECT count(*) AS count FROM exchange.rejection`
  assert.ok(count >= 590, `${count} of 600 recorded`)
})
