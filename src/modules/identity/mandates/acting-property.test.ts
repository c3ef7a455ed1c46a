import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Person } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { authenticate } from '../access/authenticate.ts'
import { createSession } from '../access/session.store.ts'
import { insertAccount, type Account } from '../citizens/account.store.ts'
import { acceptMandate } from './accept-mandate.ts'
import { listActingRights } from './acting.ts'
import { expireMandates } from './expire-mandates.ts'
import { dayAfter, dayBegins } from './mandate-rules.ts'
import { offerMandate, offerRule } from './offer-mandate.ts'
import { refuseMandate } from './refuse-mandate.ts'
import { startActing } from './start-acting.ts'
import { stopActing } from './stop-acting.ts'
import { withdrawMandate } from './withdraw-mandate.ts'

/** The same sequence for the same seed, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Known { id: string; acting: number; represented: number; offeredBy: 'acting' | 'represented'; state: 'offered' | 'accepted' | 'over'; from: Date; until: Date; lapses: Date }

interface House { node: Node; accounts: Account[]; tokens: string[]; now(): Date; moveClock(ms: number): void; forget(): Promise<void> }

async function house(t: TestContext): Promise<House> {
  const { db, owner } = await testDatabase(t)
  let now = new Date('2026-11-27T02:00:00Z').getTime()
  const node = testNode(db, { code: 'VN', now: () => new Date(now) })
  const accounts: Account[] = []
  const tokens: string[] = []
  for (const n of [1, 2, 3]) {
    const account = await transact(systemCtx(node, 'test'), (tx) => insertAccount(tx, 'VN', { idNumber: `05209000010${n}`, fullName: `Nguyễn Văn Thử ${'ABC'[n]}`, birthDate: '1990-01-01', phone: `090000010${n}`, assurance: 2 }, node.now()))
    accounts.push(account!)
    tokens.push('')
  }
  return { node, accounts, tokens, now: () => new Date(now), moveClock: (ms) => void (now += ms), async forget() { await owner`DELETE FROM identity.throttle WHERE key LIKE ${`${offerRule.name}:%`}` } }
}

/** A session that is open now: the clock of this test moves by days. */
async function personOf(h: House, who: number): Promise<Person> {
  let actor = await authenticate(h.node, { cookies: {}, authorization: `Bearer ${h.tokens[who]}` })
  if (actor.kind !== 'person') {
    h.tokens[who] = (await transact(systemCtx(h.node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: h.accounts[who]!.id, assurance: 2, methods: ['otp'], now: h.now() }))).token
    actor = await authenticate(h.node, { cookies: {}, authorization: `Bearer ${h.tokens[who]}` })
  }
  assert.equal(actor.kind, 'person')
  return actor as Person
}

const refused = (error: unknown): void => { if (!isRefusal(error)) throw error }
const day = 86_400_000

test('nobody ever acts for whom no accepted, begun, unexpired mandate exists, whatever is offered, answered, withdrawn and however late', async (t) => {
  const h = await house(t)
  let actedAtAll = 0
  for (const seed of [1, 2, 3]) {
    const draw = random(seed)
    const known: Known[] = []
    for (let step = 0; step < 60; step++) {
      await doSomething(h, draw, known)
      actedAtAll += await check(h, draw, known, `seed ${seed}, step ${step}`)
    }
  }
  assert.ok(actedAtAll > 20, `the test lets people act at times (${actedAtAll})`)
})

async function doSomething(h: House, draw: (below: number) => number, known: Known[]): Promise<void> {
  const who = draw(3)
  const person = await personOf(h, who)
  const ctx: Ctx = createCtx(h.node, { actor: person })
  const one = known[draw(Math.max(1, known.length))]
  const lapsed = one?.state === 'offered' && (one.lapses <= h.now() || one.until <= h.now())
  switch (draw(9)) {
    case 0: case 1: {
      await h.forget()
      const other = (who + 1 + draw(2)) % 3
      const side = draw(2) === 0 ? 'acting' : 'represented'
      const from = civilDate(new Date(h.now().getTime() + draw(3) * day))
      const to = civilDate(new Date(Date.parse(from) + draw(20) * day))
      const outcome = await offerMandate(ctx, person, { kind: 'person', side, idNumber: h.accounts[other]!.idNumber, fullName: h.accounts[other]!.fullName, relation: 'other', scope: { kind: 'all', codes: [] }, rights: draw(2) ? ['submit'] : ['fill-in', 'submit'], from, to }).catch(refused)
      if (outcome?.kind === 'offered') known.push({ id: outcome.mandateId, acting: side === 'acting' ? who : other, represented: side === 'acting' ? other : who, offeredBy: side, state: 'offered', from: dayBegins(from), until: dayBegins(dayAfter(to)), lapses: new Date(h.now().getTime() + 30 * day) })
      return
    }
    case 2: case 3: {
      const done = one && await acceptMandate(ctx, person, one.id).then(() => true, refused)
      if (one && done) {
        assert.equal(who, one.offeredBy === 'acting' ? one.represented : one.acting, 'only the other side accepts')
        assert.ok(one.state === 'offered' && !lapsed, 'only an open offer is accepted')
        one.state = 'accepted'
      }
      return
    }
    case 4: {
      const done = draw(3) === 0 && one && await refuseMandate(ctx, person, one.id).then(() => true, refused)
      if (one && done) one.state = 'over'
      return
    }
    case 5: {
      const done = draw(2) === 0 && one && await withdrawMandate(ctx, person, one.id).then(() => true, refused)
      if (one && done) {
        assert.ok(who === one.acting || who === one.represented, 'only the sides withdraw')
        one.state = 'over'
      }
      return
    }
    case 6: return void (await stopActing(ctx, person))
    case 7: return void h.moveClock(draw(4) === 0 ? draw(5) * day : draw(24) * 3_600_000)
    default: return void (await expireMandates(systemCtx(h.node, 'test')))
  }
}

/** Tries to act under everything, and looks at who is said to act for whom. */
async function check(h: House, draw: (below: number) => number, known: readonly Known[], where: string): Promise<number> {
  const holds = (m: Known, who: number): boolean => m.state === 'accepted' && m.acting === who && m.from <= h.now() && h.now() < m.until
  const chosen = known[draw(Math.max(1, known.length))]
  const who = draw(3)
  const before = await personOf(h, who)
  if (chosen) {
    const started = await startActing(createCtx(h.node, { actor: before }), before, chosen.id).then(() => true, (error: unknown) => { refused(error); return false })
    assert.equal(started, holds(chosen, who), `${where}: ${started ? 'acts' : 'may not act'} under ${JSON.stringify(chosen)}`)
  }
  let acting = 0
  for (const n of [0, 1, 2]) {
    const rights = (await listActingRights(h.node.db, h.accounts[n]!.id, h.now())).map((r) => r.mandateId).sort()
    const expected = known.filter((m) => holds(m, n)).map((m) => m.id)
    assert.ok(expected.every((id) => rights.includes(id)), `${where}: what is agreed lets act`)
    for (const id of rights.filter((r) => known.some((m) => m.id === r))) assert.ok(expected.includes(id), `${where}: what is not agreed lets nobody act`)
    const { actingFor } = await personOf(h, n)
    if (!actingFor) continue
    acting++
    const mandate = known.find((m) => m.id === actingFor.mandateId)
    if (mandate) assert.ok(holds(mandate, n) && h.accounts[mandate.represented]!.id === actingFor.id, `${where}: a session acts under a mandate that does not hold`)
    else assert.ok(rights.includes(actingFor.mandateId), `${where}: a session acts under a mandate of an earlier round that no longer holds`)
  }
  return acting
}
