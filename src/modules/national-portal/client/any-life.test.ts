import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { dossierStates, edges, findDossier, transition, type DossierAction, type DossierFacts, type DossierState } from '../../dossiers/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { tellingOffice, type TellingOffice } from '../testing/telling-office.ts'

/** What may happen: a dossier takes a step, the portal is told, or has a bad day. */
type Happening = { what: 'step'; who: number; choice: number } | { what: 'tell' } | { what: 'bad'; faults: object; behaviour: object }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('step' as const), who: fc.nat(2), choice: fc.nat() }) },
  { weight: 3, arbitrary: fc.constant({ what: 'tell' as const }) },
  { weight: 2, arbitrary: fc.record({
    what: fc.constant('bad' as const), faults: fc.record({ failNext: fc.integer({ min: 0, max: 2 }), down: fc.boolean() }), behaviour: fc.record({ loseAnswers: fc.integer({ min: 0, max: 2 }), sessionCalls: fc.integer({ min: 1, max: 4 }) }),
  }) },
)

let codesGiven = 0

suite('any life of dossiers, on any days of the portal', () => {
let o!: TellingOffice
before(async () => { o = await tellingOffice() })
after(() => o.stop())

/** A dossier whose events are appended as acts would append them, so that hundreds of lives are lived in the time of a few. */
async function beginLife() {
  const { node } = o.office
  const id = await o.office.file(o.owner)
  const dossier = (await findDossier(node.db, id))!
  let facts: DossierFacts = { node: 'H21', origin: 'H21', agency: dossier.agencyCode, procedure: dossier.procedureCode, version: dossier.procedureVersion, place: dossier.placeCode, channel: dossier.channel, state: 'new', reference: dossier.reference, code: null, submittedAt: dossier.submittedAt.toISOString(), receivedAt: null, promisedAt: null, dueAt: null, pausedAt: null, finishedAt: null, returnedAt: null, supplements: 0, late: false, seq: 1 }
  let pausedFor: 'supplement' | 'payment' | undefined
  const states: DossierState[] = ['new']
  return {
    id, states,
    get number() { return facts.code ?? facts.reference },
    get isTold() { return facts.code !== null || facts.state === 'not-accepted' || facts.state === 'stopped' },
    async step(choice: number) {
      const actions = (Object.keys(edges) as DossierAction[]).filter((a) => edges[a].from.includes(facts.state))
      const action = actions[choice % actions.length]
      if (!action) return
      const ctx = systemCtx(node, 'test')
      const now = ctx.now.toISOString()
      const date = (text: string | null) => (text ? new Date(text) : null)
      const { clock, event } = edges[action]
      const state = transition({ state: facts.state, receivedAt: date(facts.receivedAt), pausedAt: date(facts.pausedAt), pausedFor }, action)
      if (clock === 'stop') pausedFor = action === 'request-payment' ? 'payment' : 'supplement'
      facts = {
        ...facts, state, seq: facts.seq + 1, ...(action === 'accept' ? { code: `H21.101-261128-${String(++codesGiven).padStart(4, '0')}`, receivedAt: now, dueAt: new Date(ctx.now.getTime() + 5 * 86_400_000).toISOString() } : {}),
        ...(clock === 'stop' ? { pausedAt: now } : clock === 'resume' || clock === 'end' ? { pausedAt: null } : {}), ...(clock === 'end' ? { finishedAt: now } : {}), ...(action === 'return' ? { returnedAt: now } : {}),
      }
      states.push(state)
      await transact(ctx, (tx) => appendEvent(tx, ctx, { type: event, subject: id, data: facts }))
    },
  }
}

test('the portal ends at the true state of each, having seen its states in their order, each step once, and none that it never had', async () => {
  let [lived, told] = [0, 0]
  await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 24 }), async (happenings) => {
    o.dossiers.clear()
    await o.office.node.db`UPDATE national_portal.dossier SET set_aside_at = now()`
    const lives = await Promise.all([beginLife(), beginLife(), beginLife()])
    for (const h of happenings) {
      o.pass(1000)
      if (h.what === 'step') await lives[h.who]!.step(h.choice)
      else if (h.what === 'tell') await o.tell()
      else for (const path of ['faults', 'behaviour'] as const) await o.behave(path, h[path])
    }
    await o.behave('faults', {})
    await o.behave('behaviour', {})
    for (let i = 0; i < 4; i++) {
      o.pass(60_000)
      await o.tell()
    }
    for (const life of lives) {
      const there = o.dossiers.get(life.number)
      lived++
      if (!life.isTold) {
        assert.equal(there, undefined)
        continue
      }
      told++
      const codes = life.states.map((s) => String(dossierStates[s]))
      assert.ok(there, `${life.number} is there`)
      assert.equal(there.dossier.TrangThaiHoSo, codes.at(-1))
      assert.deepEqual(there.progress.map((p) => p.TrangThai), codes)
      assert.deepEqual(there.states.filter((code) => !codes.includes(code)), [])
    }
    const [left] = await o.office.node.db<{ dead: number; steps: number }[]>`SELECT (SELECT count(*) FROM national_portal.dossier WHERE dead_at IS NOT NULL AND set_aside_at IS NULL)::int AS dead, (SELECT count(*) FROM national_portal.step s JOIN national_portal.dossier d USING (dossier_id) WHERE d.is_sendable AND d.set_aside_at IS NULL)::int AS steps`
    assert.deepEqual({ ...left }, { dead: 0, steps: 0 })
  }), { numRuns: Number(process.env.LIVES ?? 12) })
  assert.ok(told > 5, `${told} of ${lived} were told`)
})
})
