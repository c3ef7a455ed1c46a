import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { decodeJwt } from 'jose'
import { exchangeOf } from './exchange-state.ts'
import { newId } from '../../platform/ids.ts'
import { encryptParcel, sealParcel } from './parcel.ts'
import { receiveParcel } from './receive-parcel.ts'
import { readReceipt, type MessageAnswer, type Receipt } from './receipt.ts'
import { digestOf, signMessage } from './envelope.ts'
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

/** A parcel as `from` would send it to `to`. */
async function make(from: TestNode, to: TestNode, ...made: Made[]): Promise<string> {
  const { keys, registry } = await exchangeOf(from.node)
  const recipient = registry.recipient(to.node.config.code)
  assert.ok(recipient, 'the receiver is enrolled')
  const messages = (made.length > 0 ? made : [{}]).map((m: Made) => ({ id: m.id ?? newId(), from: from.node.config.code, to: to.node.config.code, service: m.service ?? 'probe.record', subject: m.subject ?? 's', seq: m.seq ?? 1, turn: m.turn ?? 1, payload: JSON.stringify(m.payload ?? null) }))
  return sealParcel(messages, keys.signing, recipient, made[0]?.at ?? from.node.now())
}

/** Presents a parcel at a node's door over HTTP; returns the receipt, proved for `asker`. */
async function presentParcel(at: TestNode, parcel: string, asker: TestNode, count: number): Promise<Receipt> {
  const response = await fetch(`${at.gate.url}/exchange/v1/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ parcel }) })
  assert.equal(response.status, 200)
  const { receipt } = (await response.json()) as { receipt: string }
  const { registry } = await exchangeOf(asker.node)
  return readReceipt(receipt, registry, { from: at.node.config.code, self: asker.node.config.code, parcel: digestOf(parcel), count })
}

/** What the receiver says: about the parcel, or about each message. */
async function present(at: TestNode, parcel: string, asker: TestNode, count = 1): Promise<string[]> {
  const { refused, answers } = await presentParcel(at, parcel, asker, count)
  return refused === undefined ? short(answers) : [refused]
}

const short = (answers: readonly MessageAnswer[]): string[] => answers.map((a) => (a.status === 'refused' ? a.code : a.status))
const rejections = async (n: TestNode): Promise<string[]> => (await n.database.db<{ line: string }[]>`SELECT coalesce(claimed_sender, '?') || ' ' || code AS line FROM exchange.rejection ORDER BY id`).map((r) => r.line)

test('a captured parcel presented again has no effect, at once and after a restart, and each replay is recorded with its sender', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const parcel = await make(H21, VN, { payload: 'pay once' })
  assert.deepEqual(await present(VN, parcel, H21), ['accepted'])
  assert.deepEqual(await present(VN, parcel, H21), ['duplicate'])
  await VN.crash()
  await VN.start()
  assert.deepEqual(await present(VN, parcel, H21), ['duplicate'])
  assert.equal((await VN.effects()).length, 1)
  assert.deepEqual(await rejections(VN), ['H21 REPLAYED', 'H21 REPLAYED'])
})

test('an honest retry, signed anew, is a duplicate and no replay', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const id = newId()
  await present(VN, await make(H21, VN, { id }), H21)
  assert.deepEqual(await present(VN, await make(H21, VN, { id, at: new Date(Date.now() - 5000) }), H21), ['duplicate'])
  assert.deepEqual(await rejections(VN), [])
})

test('the same message twice in one parcel is handled once', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const id = newId()
  assert.deepEqual(await present(VN, await make(H21, VN, { id }, { id }), H21, 2), ['accepted', 'duplicate'])
  assert.equal((await VN.effects()).length, 1)
})

test('a parcel captured on its way to one node is refused at another', async (t) => {
  const { VN, H21, G01 } = await enrolled(t)
  assert.deepEqual(await present(G01, await make(H21, VN), H21), ['WRONG_AUDIENCE'])
  assert.deepEqual(await G01.effects(), [])
  assert.deepEqual(await rejections(G01), ['H21 WRONG_AUDIENCE'])
})

test('a message that a receiver passes on under its own name is refused: the signer did not mean that node', async (t) => {
  const { VN, H21, G01 } = await enrolled(t)
  const [h21, vn] = [await exchangeOf(H21.node), await exchangeOf(VN.node)]
  const { evidence, payload } = await signMessage({ id: newId(), from: 'H21', to: 'VN', service: 'probe.record', subject: 's', seq: 1, turn: 1, payload: '1' }, h21.keys.signing, new Date())
  const inside = Buffer.from(`${evidence}\n${payload.length}\n${payload.toString()}`)
  const recipient = vn.registry.recipient('G01')!
  assert.deepEqual(await present(G01, await encryptParcel(inside, { from: 'VN', to: 'G01' }, recipient), VN), ['WRONG_SENDER'])
  assert.deepEqual(await present(G01, await encryptParcel(inside, { from: 'H21', to: 'G01' }, recipient), H21), ['WRONG_AUDIENCE'])
  assert.deepEqual(await G01.effects(), [])
})

test('a message captured and presented after its time is refused even though it was never handled', async (t) => {
  const { VN, H21 } = await enrolled(t)
  assert.deepEqual(await present(VN, await make(H21, VN, { at: new Date(Date.now() - 20 * 60_000) }), H21), ['EXPIRED'])
  assert.deepEqual(await VN.effects(), [])
})

test('messages of a node whose certificate was revoked are refused', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const parcel = await make(H21, VN)
  await VN.database.db`UPDATE exchange.node_certificate SET status = 'revoked' WHERE node_code = 'H21'`
  await (await exchangeOf(VN.node)).registry.reload()
  assert.deepEqual(await present(VN, parcel, H21), ['UNKNOWN_KEY'])
  assert.deepEqual(await VN.effects(), [])
})

test('a message that arrives before its predecessor waits at the sender, and the answer says which one is missing', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const [first, second, third] = [1, 2, 3].map((n): Made => ({ id: newId(), seq: n, payload: n }))
  const early = await presentParcel(VN, await make(H21, VN, third!), H21, 1)
  assert.deepEqual(early.answers, [{ status: 'refused', code: 'GAP', expected: 1 }])
  assert.deepEqual(await present(VN, await make(H21, VN, first!, third!), H21, 2), ['accepted', 'GAP'])
  assert.deepEqual(await present(VN, await make(H21, VN, second!, third!), H21, 2), ['accepted', 'accepted'])
  assert.deepEqual((await VN.effects()).map((e) => e.payload), [1, 2, 3])
})

test('another message under a number that was used is refused', async (t) => {
  const { VN, H21 } = await enrolled(t)
  await present(VN, await make(H21, VN, { seq: 1 }), H21)
  const { answers } = await presentParcel(VN, await make(H21, VN, { seq: 1, payload: 'changed' }), H21, 1)
  assert.deepEqual(answers, [{ status: 'refused', code: 'SEQUENCE_USED', expected: 2 }])
  assert.equal((await VN.effects()).length, 1)
})

test('the same parcel presented three times at the same moment has its effects once', async (t) => {
  const { VN, H21 } = await enrolled(t, { during: () => new Promise((resolve) => setTimeout(resolve, 5)) })
  const parcel = await make(H21, VN, ...Array.from({ length: 20 }, (_, i) => ({ subject: `s${i}`, payload: i })))
  const answers = await Promise.all([1, 2, 3].map(() => present(VN, parcel, H21, 20)))
  assert.equal(answers.flat().filter((a) => a === 'accepted').length, 20)
  assert.equal((await VN.effects()).length, 20)
})

test('a message for a service that the node does not have is refused with UNKNOWN_SERVICE', async (t) => {
  const { VN, H21 } = await enrolled(t)
  assert.deepEqual(await present(VN, await make(H21, VN, { service: 'toString' }), H21), ['UNKNOWN_SERVICE'])
})

test('a message whose payload is not JSON is refused with MALFORMED', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const { keys, registry } = await exchangeOf(H21.node)
  const parcel = await sealParcel([{ id: newId(), from: 'H21', to: 'VN', service: 'probe.record', subject: 's', seq: 1, turn: 1, payload: '{"half":' }], keys.signing, registry.recipient('VN')!, new Date())
  assert.deepEqual(await present(VN, parcel, H21), ['MALFORMED'])
})

test('requests that are none get 400 with a stable code', async (t) => {
  const { VN } = await enrolled(t)
  const bodies = ['', 'null', '[]', '{}', '{"parcel":""}', '{"parcel":1}', '{"parcel":["x"]}', '{"parcel":', '['.repeat(20_000), '{"__proto__":{"parcel":"x"}}']
  for (const body of bodies) {
    const response = await fetch(`${VN.gate.url}/exchange/v1/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    assert.equal(response.status, 400, body.slice(0, 40))
    assert.equal(((await response.json()) as { code: string }).code, 'exchange.MALFORMED')
  }
})

test('of hundreds of captured and altered parcels none has an effect, each is recorded, and no honest one is refused', async (t) => {
  const { VN, H21 } = await enrolled(t)
  const means = await exchangeOf(VN.node)
  const accepted = async (parcel: string): Promise<boolean> => {
    const { receipt } = await receiveParcel(VN.node, means, { parcel }, '127.0.0.1')
    return decodeJwt<Receipt>(receipt).answers.some((a) => a.status === 'accepted')
  }
  const honest = await Promise.all(Array.from({ length: 20 }, (_, i) => make(H21, VN, { subject: `h${i}`, payload: i })))
  for (const parcel of honest) assert.ok(await accepted(parcel))
  for (let round = 0; round < 20; round++) {
    for (const [i, parcel] of honest.entries()) {
      const at = (i * 37 + round * 101) % parcel.length
      const altered = round === 0 || parcel[at] === '.' ? parcel : parcel.slice(0, at) + (parcel[at] === 'A' ? 'B' : 'A') + parcel.slice(at + 1)
      assert.equal(await accepted(altered), false)
    }
  }
  assert.equal((await VN.effects()).length, 20)
  const [row] = await VN.database.db<{ count: number }[]>`SELECT count(*) AS count FROM exchange.rejection WHERE code <> ''`
  assert.equal(row!.count, 400)
})
