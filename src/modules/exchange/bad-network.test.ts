import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { send } from './send.ts'
import { eventually, exchangeCountry, type TestNode } from './testing/exchange-country.ts'
import type { Fate } from './testing/gate.ts'

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296
  }
}

const seeds = Array.from({ length: Number(process.env.MOTCUA_SEEDS ?? 4) }, (_, i) => i + 1)

for (const seed of seeds) {
  test(`three nodes over a bad network, with handlers that fail and nodes that die (seed ${seed}), end with every effect once and in order`, async (t) => {
    const random = seeded(seed)
    let bad = true
    const nodes = await exchangeCountry(t, { codes: ['VN', 'H21', 'G01'], during: () => { if (bad && random() < 0.08) throw new Error('handler fails') } })
    const all = Object.values(nodes)
    const fates: Fate[] = ['refuse', 'lose-request', 'lose-answer', 'lose-answer', 'twice', 'twice']
    for (const n of all) n.gate.fate = () => (bad && random() < 0.35 ? fates[Math.floor(random() * fates.length)]! : 'pass')
    for (const n of all) await n.start()
    // Back-off is real time: shortened so that a test of many failures stays short.
    const hurry = setInterval(() => void hurryUp(all), 60)
    t.after(() => clearInterval(hurry))
    const sent = await play(nodes, all, random)
    bad = false
    for (const [to, from] of pairs(all)) await eventually(`all from ${from.node.config.code} at ${to.node.config.code}`, async () => (await received(to, from)).length >= sentTo(sent, from, to).length, 30_000)
    for (const [to, from] of pairs(all)) {
      const [expected, actual] = [sentTo(sent, from, to), await received(to, from)]
      assert.equal(actual.length, expected.length, `effects once, ${from.node.config.code} → ${to.node.config.code}`)
      for (const subject of new Set(expected.map((m) => m.subject))) assert.deepEqual(actual.filter((m) => m.subject === subject).map((m) => m.n), expected.filter((m) => m.subject === subject).map((m) => m.n))
    }
  })
}

interface Sent { from: string; to: string; subject: string; n: number }

/** Thirty steps: mostly a few messages about one subject in one transaction, sometimes a node dies and comes back. */
async function play(nodes: Record<string, TestNode>, all: TestNode[], random: () => number): Promise<Sent[]> {
  const sent: Sent[] = []
  for (let step = 0; step < 30; step++) {
    const from = all[Math.floor(random() * all.length)]!
    const to = all.filter((x) => x !== from)[Math.floor(random() * (all.length - 1))]!
    const subject = `s${Math.floor(random() * 3)}`
    const burst = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, i): Sent => ({ from: from.node.config.code, to: to.node.config.code, subject, n: sent.length + i }))
    const ctx = systemCtx(from.node, 'test')
    await transact(ctx, async (tx) => {
      for (const m of burst) await send(tx, ctx, { to: m.to, service: 'probe.record', subject, payload: { from: m.from, n: m.n } })
    })
    sent.push(...burst)
    if (random() < 0.1) {
      const victim = nodes[['VN', 'H21', 'G01'][Math.floor(random() * 3)]!]!
      await victim.crash()
      await victim.start()
    }
    if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 40))
  }
  return sent
}

const pairs = (all: TestNode[]): [TestNode, TestNode][] => all.flatMap((to) => all.filter((from) => from !== to).map((from): [TestNode, TestNode] => [to, from]))
const sentTo = (sent: Sent[], from: TestNode, to: TestNode): Sent[] => sent.filter((m) => m.from === from.node.config.code && m.to === to.node.config.code)

async function received(to: TestNode, from: TestNode): Promise<{ subject: string; n: number }[]> {
  return (await to.effects()).filter((e) => e.payload.from === from.node.config.code).map((e) => ({ subject: e.subject, n: e.payload.n as number }))
}

async function hurryUp(all: TestNode[]): Promise<void> {
  for (const n of all) {
    await n.database.db`UPDATE exchange.peer SET next_at = NULL WHERE next_at IS NOT NULL`.catch(() => {})
    await n.database.db`UPDATE exchange.stream SET retry_at = NULL WHERE retry_at IS NOT NULL`.catch(() => {})
  }
}
