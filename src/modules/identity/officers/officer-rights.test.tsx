import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { isRefusal } from '../../../platform/errors.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent, drainFollowers, listEvents } from '../../ledger/index.ts'
import { authenticate } from '../access/authenticate.ts'
import { createSession } from '../access/session.store.ts'
import type { Role } from '../roles.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { logInOfficer, whoIs } from '../testing/stories.ts'
import { lockOfficer } from './accounts/lock-officer.ts'
import { resetPassword } from './accounts/reset-password.ts'
import { unlockOfficer } from './accounts/unlock-officer.ts'
import { watchAccounts } from './accounts/watch-accounts.ts'
import { findOfficer, findOfficerByLogin } from './officer.store.ts'
import { grantRole } from './rights/grant-role.ts'
import { grantsOf } from './rights/grant.store.ts'
import { cancelRequest, decideRequest } from './rights/decide-request.ts'
import { confirmGrants, currentReview, grantsToReview, reviewPeriod } from './rights/grant-review.ts'
import { proposeChange } from './rights/propose-change.ts'
import { listRequests } from './rights/right-request.store.ts'
import { listRightEvents } from './rights/rights-audit.ts'
import { endUnitDuty, listUnitDuties, nameUnit, unitInCharge } from './rights/unit-duties.ts'
import { endSubstitution } from './substitutes/end-substitution.ts'
import { nameSubstitute } from './substitutes/name-substitute.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('rights of officers', () => {
let country!: SmallCountry
let province!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ province } = country)
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

let count = 0
/** A new officer of an agency, with roles for it. */
async function add(agencyCode: string, roles: Role[], options: { unitId?: string; procedureCode?: string } = {}): Promise<string> {
  const ctx = systemCtx(province.node, 'test')
  const id = newId()
  // A hash of a password takes longer than all the rest, and nobody logs in with one here.
  await transact(ctx, async (tx) => {
    await tx`INSERT INTO identity.officer (id, login, name, agency_code, unit_id, password_hash, totp_secret, created_at, state_since) VALUES (${id}, ${`thu.${++count}`}, ${`Thử Quyền ${count}`}, ${agencyCode}, ${options.unitId ?? null}, 'x', 'x', ${ctx.now}, ${ctx.now})`
    await appendEvent(tx, ctx, { type: 'identity.officer_added', subject: id, data: { agencyCode, unitId: null } })
    for (const role of roles) await grantRole(tx, ctx, { officerId: id, role, agencyCode, procedureCode: options.procedureCode ?? null })
  })
  return id
}
/** A session of an officer, and the context of his next request: rights as the server reads them. */
async function session(id: string): Promise<{ token: string; ctx(): Promise<Ctx> }> {
  const { token } = await transact(systemCtx(province.node, 'test'), (tx) => createSession(tx, { kind: 'officer', officerId: id, assurance: 2, methods: ['pwd', 'otp'], now: province.node.now() }))
  return { token, ctx: async () => createCtx(province.node, { actor: await authenticate(province.node, { cookies: {}, authorization: `Bearer ${token}` }) }) }
}
const as = async (id: string): Promise<Ctx> => (await session(id)).ctx()
const refusal = (code: string) => (error: unknown): boolean => isRefusal(error, code) || assert.fail(`expected ${code}, got ${String(error)}`)
const rolesOf = async (id: string): Promise<string[]> => (await findOfficer(province.node.db, id))!.roles

test('an administrator of an agency acts on officers of it and of those below it, and on nobody else, whatever the act', async () => {
  const admin = await add('H21.101', ['high-level-admin'])
  const acts: Record<string, (ctx: Ctx, id: string) => Promise<unknown>> = {
    lock: (ctx, id) => lockOfficer(ctx, id, 'r'),
    unlock: async (ctx, id) => {
      await province.database.owner`UPDATE identity.officer SET state = 'locked' WHERE id = ${id}`
      try {
        await unlockOfficer(ctx, id, 'r')
      } finally {
        await province.database.owner`UPDATE identity.officer SET state = 'active' WHERE id = ${id}`
      }
    },
    password: (ctx, id) => resetPassword(ctx, id, 'r'),
    grant: (ctx, id) => proposeChange(ctx, { kind: 'grant', officerId: id, grant: { role: 'leader', agencyCode: 'H21.101' } }, 'r'),
    withdraw: async (ctx, id) => proposeChange(ctx, { kind: 'withdraw', officerId: id, grantId: (await grantsOf(province.node.db, id)).find((g) => !g.revokedAt)!.id }, 'r'),
    'reset of the second factor': (ctx, id) => proposeChange(ctx, { kind: 'reset-second-factor', officerId: id }, 'r'),
    move: (ctx, id) => proposeChange(ctx, { kind: 'move', officerId: id, agencyCode: 'H21.101', unitId: 'x' }, 'r'),
    leave: (ctx, id) => proposeChange(ctx, { kind: 'leave', officerId: id }, 'r'),
  }
  for (const [name, act] of Object.entries(acts)) {
    for (const [agencyCode, allowed] of [['H21.101', true], ['H21.101.01', true], ['H21.102', false], ['H21', false], ['H21.1011', false]] as const) {
      const officer = await add(agencyCode, ['specialist'])
      const attempt = act(await as(admin), officer)
      if (allowed) await assert.doesNotReject(attempt, `${name} at ${agencyCode}`)
      else await assert.rejects(attempt, refusal('OFFICER_NOT_FOUND'), `${name} at ${agencyCode}`)
    }
    await assert.rejects(act(await as(admin), admin), refusal('OWN_ACCOUNT'), `${name} on oneself`)
  }
})

test('who has no administrative role administers nobody', async () => {
  const [leader, officer] = [await add('H21.101', ['leader']), await add('H21.101', ['specialist'])]
  await assert.rejects(lockOfficer(await as(leader), officer, 'r'), refusal('OFFICER_NOT_FOUND'))
})

test('a high-level account makes nobody run the node, nor gives a role beyond its reach', async () => {
  const [admin, officer] = [await add('H21.101', ['high-level-admin']), await add('H21.101', [])]
  for (const grant of [{ role: 'agency-admin', agencyCode: 'H21' }, { role: 'agency-admin', agencyCode: 'H21.101' }, { role: 'national-admin', agencyCode: 'H21' }, { role: 'specialist', agencyCode: 'H21' }, { role: 'specialist', agencyCode: 'H21.102' }] as const) {
    await assert.rejects(proposeChange(await as(admin), { kind: 'grant', officerId: officer, grant }, 'r'), refusal('GRANT_NOT_ALLOWED'), JSON.stringify(grant))
  }
})

test('an administrative right comes by two persons: not by who asks, not by whom it concerns, not by an agency beside or below', async () => {
  const [asks, second, beside, below, above, beneficiary] = [await add('H21.103', ['high-level-admin']), await add('H21.103', ['high-level-admin']), await add('H21.102', ['high-level-admin']), await add('H21.103.01', ['high-level-admin']), await add('H21', ['high-level-admin']), await add('H21.103', ['specialist'])]
  const outcome = await proposeChange(await as(asks), { kind: 'grant', officerId: beneficiary, grant: { role: 'high-level-admin', agencyCode: 'H21.103' } }, 'thay người nghỉ')
  assert.equal(outcome.kind, 'requested')
  const requestId = (outcome as { requestId: string }).requestId
  assert.deepEqual(await rolesOf(beneficiary), ['specialist'], 'nothing has changed yet')
  await assert.rejects(proposeChange(await as(second), { kind: 'grant', officerId: beneficiary, grant: { role: 'high-level-admin', agencyCode: 'H21.103' } }, 'again'), refusal('REQUEST_EXISTS'))
  const decide = async (who: string) => decideRequest(await as(who), { requestId, approve: true, reason: 'đồng ý' })
  await assert.rejects(decide(asks), refusal('SECOND_PERSON_NEEDED'))
  await assert.rejects(decide(beneficiary), refusal('REQUEST_NOT_FOUND'))
  await assert.rejects(decide(beside), refusal('REQUEST_NOT_FOUND'))
  await assert.rejects(decide(below), refusal('REQUEST_NOT_FOUND'))
  const both = await Promise.allSettled([decide(second), decide(above)])
  assert.deepEqual(both.map((r) => r.status).sort(), ['fulfilled', 'rejected'], 'one decision only')
  assert.deepEqual(await rolesOf(beneficiary), ['high-level-admin', 'specialist'])
  const types = (await listEvents(province.node.db, beneficiary)).map((e) => e.type)
  for (const type of ['identity.right_requested', 'identity.right_approved', 'identity.role_granted']) assert.ok(types.includes(type), type)
  // Now an administrator himself, he cannot be the second person for what concerns him.
  const grant = (await grantsOf(province.node.db, beneficiary)).find((g) => g.role === 'high-level-admin')!
  const withdrawal = await proposeChange(await as(asks), { kind: 'withdraw', officerId: beneficiary, grantId: grant.id }, 'r') as { requestId: string }
  await assert.rejects(decideRequest(await as(beneficiary), { requestId: withdrawal.requestId, approve: false, reason: 'no' }), refusal('SECOND_PERSON_NEEDED'))
  await decideRequest(await as(above), { requestId: withdrawal.requestId, approve: true, reason: 'đồng ý' })
  assert.deepEqual(await rolesOf(beneficiary), ['specialist'])
})

test('a request is refused, taken back, or runs out, and then nothing can make it good', async () => {
  const [asks, second, officer] = [await add('H21.104', ['high-level-admin']), await add('H21.104', ['high-level-admin']), await add('H21.104', ['specialist'])]
  const ask = async () => (await proposeChange(await as(asks), { kind: 'reset-second-factor', officerId: officer }, 'mất máy') as { requestId: string }).requestId
  const refused = await ask()
  await decideRequest(await as(second), { requestId: refused, approve: false, reason: 'chưa xác minh' })
  await assert.rejects(decideRequest(await as(second), { requestId: refused, approve: true, reason: 'x' }), refusal('REQUEST_DECIDED'))
  const taken = await ask()
  await assert.rejects(cancelRequest(await as(second), taken), refusal('REQUEST_NOT_FOUND'))
  await cancelRequest(await as(asks), taken)
  const old = await ask()
  country.moveClock(7 * 86_400 - 60)
  assert.ok((await listRequests(province.node.db, { pending: true, now: province.node.now(), limit: 50 })).some((r) => r.id === old))
  country.moveClock(61)
  assert.ok(!(await listRequests(province.node.db, { pending: true, now: province.node.now(), limit: 50 })).some((r) => r.id === old), 'over, though nobody wrote it down yet')
  await assert.rejects(decideRequest(await as(second), { requestId: old, approve: true, reason: 'x' }), refusal('REQUEST_DECIDED'))
  await watchAccounts(province.node)
  assert.equal((await listEvents(province.node.db, officer)).filter((e) => e.type === 'identity.right_request_expired').length, 1)
  assert.ok(!(await listEvents(province.node.db, officer)).some((e) => e.type === 'identity.second_factor_reset'))
})

test('an approval that is no longer allowed makes nothing: the administrator who asked may be gone, the officer too', async () => {
  const [asks, second, officer] = [await add('H21.105', ['high-level-admin']), await add('H21.105', ['high-level-admin']), await add('H21.105', ['specialist'])]
  const { requestId } = await proposeChange(await as(asks), { kind: 'grant', officerId: officer, grant: { role: 'catalogue-checker', agencyCode: 'H21.105' } }, 'r') as { requestId: string }
  await proposeChange(await as(second), { kind: 'leave', officerId: officer }, 'nghỉ hưu')
  await assert.rejects(decideRequest(await as(second), { requestId, approve: true, reason: 'x' }), refusal('SECOND_PERSON_NEEDED'))
  assert.deepEqual(await rolesOf(officer), [])
})

test('a transfer takes every right, and the session of before is refused on the very next request', async () => {
  const [admin, officer, colleague] = [await add('H21', ['high-level-admin']), await add('H21.106', ['specialist', 'leader']), await add('H21.106', ['specialist'])]
  const open = await session(officer)
  const today = civilDate(province.node.now())
  assert.deepEqual(await nameSubstitute(await as(colleague), { officerId: colleague, substituteId: officer, from: today, until: today, reason: 'họp' }), [])
  assert.equal(await whoIs(province, open.token), 'officer')
  await proposeChange(await as(admin), { kind: 'move', officerId: officer, agencyCode: 'H21.107', unitId: null }, 'QĐ 12/QĐ-UBND')
  assert.equal(await whoIs(province, open.token), 'anonymous')
  const moved = (await findOfficer(province.node.db, officer))!
  assert.deepEqual([moved.agencyCode, moved.roles], ['H21.107', []])
  const again = await as(officer)
  assert.ok(again.actor.kind === 'officer' && again.actor.permissions.size === 0 && again.actor.scopes!.length === 0, 'nor by the substitution')
  const events = await listEvents(province.node.db, officer)
  assert.deepEqual(events.find((e) => e.type === 'identity.officer_moved')!.data, { from: 'H21.106', fromUnit: null, to: 'H21.107', toUnit: null, grants: 2, sessions: 1, substitutions: 1 })
  assert.equal(events.filter((e) => e.type === 'identity.role_revoked').length, 2)
})

test('who leaves cannot log in again; a lock sleeps and an unlock wakes the rights', async () => {
  const [admin, officer] = [await add('H21.108', ['high-level-admin']), await add('H21.108', ['one-stop'])]
  const open = await session(officer)
  await lockOfficer(await as(admin), officer, 'nghi lộ mật khẩu')
  assert.equal(await whoIs(province, open.token), 'anonymous')
  assert.equal((await as(officer)).actor.kind, 'anonymous')
  await unlockOfficer(await as(admin), officer, 'đã kiểm tra')
  assert.equal(await whoIs(province, open.token), 'anonymous', 'the old session stays ended')
  assert.deepEqual((await as(officer)).actor.kind === 'officer' && await rolesOf(officer), ['one-stop'])
  await proposeChange(await as(admin), { kind: 'leave', officerId: officer }, 'nghỉ hưu')
  assert.equal((await as(officer)).actor.kind, 'anonymous')
  await assert.rejects(unlockOfficer(await as(admin), officer, 'x'), refusal('WRONG_OFFICER_STATE'))
})

test('a right holds from its first to its last day, and the ledger is told once when it is over', async () => {
  const [admin, officer] = [await add('H21.109', ['high-level-admin']), await add('H21.109', [])]
  const day = (shift: number): string => civilDate(new Date(province.node.now().getTime() + shift * 86_400_000))
  await proposeChange(await as(admin), { kind: 'grant', officerId: officer, grant: { role: 'specialist', agencyCode: 'H21.109', validFrom: day(1), validTo: day(3) } }, 'r')
  const roles = async () => { const { actor } = await as(officer); return actor.kind === 'officer' ? actor.roles : [] }
  assert.deepEqual(await roles(), [])
  country.moveClock(86_400)
  assert.deepEqual(await roles(), ['specialist'])
  country.moveClock(2 * 86_400)
  assert.deepEqual(await roles(), [])
  await watchAccounts(province.node)
  await watchAccounts(province.node)
  assert.equal((await listEvents(province.node.db, officer)).filter((e) => e.type === 'identity.role_ended').length, 1)
})

test('a substitute has the other\'s roles where both reach, for the days named, and never those of administration', async () => {
  const [away, substitute, third] = [await add('H21.110', ['leader', 'high-level-admin']), await add('H21.110', ['specialist'], { procedureCode: '1.001193' }), await add('H21.110', ['specialist'])]
  const today = civilDate(province.node.now())
  const days = { from: today, until: today, reason: 'đi công tác' }
  assert.deepEqual(await nameSubstitute(await as(away), { officerId: away, substituteId: substitute, ...days }), [])
  const { actor } = await as(substitute)
  assert.ok(actor.kind === 'officer')
  assert.deepEqual(actor.scopes!.filter((s) => s.inPlaceOf), [{ role: 'leader', agencyCode: 'H21.110', unitId: null, sectorCode: null, procedureCode: '1.001193', inPlaceOf: away }])
  assert.ok(![...actor.permissions].some((p) => p.startsWith('identity.manage')))
  // No chain: neither a second substitute, nor one for the substitute, nor one who is away himself.
  const clash = async (who: string, officerId: string, substituteId: string) => (await nameSubstitute(await as(who), { officerId, substituteId, ...days }))[0]?.key.split('.').at(-1)
  assert.equal(await clash(away, away, third), 'has-substitute')
  assert.equal(await clash(substitute, substitute, third), 'is-substitute')
  assert.equal(await clash(third, third, away), 'substitute-away')
  await assert.rejects(nameSubstitute(await as(third), { officerId: away, substituteId: third, ...days }), refusal('OFFICER_NOT_FOUND'), 'for a superior')
  country.moveClock(86_400)
  const next = await as(substitute)
  assert.deepEqual(next.actor.kind === 'officer' && next.actor.roles, ['specialist'], 'it ends by itself')
  await watchAccounts(province.node)
  assert.equal((await listEvents(province.node.db, away)).filter((e) => e.type === 'identity.substitution_ended').length, 1)
})

test('a head of unit names substitutes in the unit; who stands in may lay it down; a right of the other that goes, goes for both', async () => {
  const unit = 'H21.111.social'
  const [head, inUnit, outside, substitute, admin] = [await add('H21.111', ['unit-head'], { unitId: unit }), await add('H21.111', ['specialist'], { unitId: unit }), await add('H21.111', ['specialist'], { unitId: 'H21.111.council-office' }), await add('H21.111', ['one-stop']), await add('H21.111', ['high-level-admin'])]
  const today = civilDate(province.node.now())
  const days = { from: today, until: today, reason: 'ốm' }
  await assert.rejects(nameSubstitute(await as(head), { officerId: outside, substituteId: substitute, ...days }), refusal('OFFICER_NOT_FOUND'))
  assert.deepEqual(await nameSubstitute(await as(head), { officerId: inUnit, substituteId: substitute, ...days }), [])
  const roles = async () => { const { actor } = await as(substitute); return actor.kind === 'officer' ? actor.roles : [] }
  assert.deepEqual(await roles(), ['one-stop', 'specialist'])
  const [grant] = await grantsOf(province.node.db, inUnit)
  await proposeChange(await as(admin), { kind: 'withdraw', officerId: inUnit, grantId: grant!.id }, 'r')
  assert.deepEqual(await roles(), ['one-stop'])
  const named = await province.node.db<{ id: string }[]>`SELECT id FROM identity.substitution WHERE substitute_id = ${substitute}`
  await assert.rejects(endSubstitution(await as(outside), named[0]!.id), refusal('SUBSTITUTION_NOT_FOUND'))
  await endSubstitution(await as(substitute), named[0]!.id)
})

test('an account that nobody uses is warned a week before and switched off after 45 days, with its sessions', async () => {
  const officer = await add('H21.112', ['specialist'])
  await session(officer)
  country.moveClock(37 * 86_400)
  await watchAccounts(province.node)
  const types = async () => (await listEvents(province.node.db, officer)).map((e) => e.type)
  assert.ok(!(await types()).includes('identity.officer_unused'))
  country.moveClock(86_400 + 60)
  await watchAccounts(province.node)
  await watchAccounts(province.node)
  assert.equal((await types()).filter((type) => type === 'identity.officer_unused').length, 1)
  country.moveClock(7 * 86_400)
  await watchAccounts(province.node)
  const off = (await findOfficer(province.node.db, officer))!
  assert.deepEqual([off.state, off.stateReason], ['locked', 'unused'])
  // The demo people of this country were away as long.
  await province.database.owner`UPDATE identity.officer SET state = 'active', state_reason = NULL, state_since = ${province.node.now()}, unused_noticed_at = NULL WHERE state_reason = 'unused'`
})

test('officers idle fifteen minutes and administrators five; an administrative right that comes shortens the open session; the day ends after twelve hours', async () => {
  const [officer, admin] = [await add('H21.113', ['specialist']), await add('H21.113', ['high-level-admin'])]
  const [one, two] = [await session(officer), await session(admin)]
  country.moveClock(5 * 60 - 1)
  assert.deepEqual([await whoIs(province, one.token), await whoIs(province, two.token)], ['officer', 'officer'])
  country.moveClock(5 * 60)
  assert.deepEqual([await whoIs(province, one.token), await whoIs(province, two.token)], ['officer', 'anonymous'])
  await transact(systemCtx(province.node, 'test'), (tx) => grantRole(tx, systemCtx(province.node, 'test'), { officerId: officer, role: 'high-level-admin', agencyCode: 'H21.113' }))
  country.moveClock(5 * 60)
  assert.equal(await whoIs(province, one.token), 'anonymous')
  const long = await session(await add('H21.113', ['specialist']))
  for (let minutes = 0; minutes < 12 * 60 - 14; minutes += 14) {
    country.moveClock(14 * 60)
    assert.equal(await whoIs(province, long.token), 'officer', `${minutes} minutes`)
  }
  country.moveClock(14 * 60)
  assert.equal(await whoIs(province, long.token), 'anonymous')
})

test('one session more than allowed ends the one unused longest', async () => {
  const officer = await add('H21.114', ['specialist'])
  const tokens: string[] = []
  for (let n = 0; n < 6; n++) {
    tokens.push((await session(officer)).token)
    country.moveClock(1)
  }
  assert.deepEqual(await Promise.all(tokens.map((token) => whoIs(province, token))), ['anonymous', ...Array(5).fill('officer')])
})

test('rights are reviewed twice a year by another than who holds them, and the page says how far it is', async () => {
  assert.deepEqual(['2026-01-31', '2026-06-30', '2026-07-01', '2026-12-31'].map((day) => reviewPeriod(new Date(`${day}T05:00:00Z`), 6)), ['2026-01', '2026-01', '2026-07', '2026-07'])
  const [admin, officer, elsewhere] = [await add('H21.115', ['high-level-admin']), await add('H21.115', ['specialist', 'leader']), await add('H21.116', ['specialist'])]
  const ctx = await as(admin)
  const period = await currentReview(ctx)
  const toReview = await grantsToReview(ctx, ctx.db, period)
  assert.deepEqual(toReview.map((g) => [g.officerId, g.role]), [[officer, 'leader'], [officer, 'specialist']])
  const foreign = (await grantsOf(ctx.db, elsewhere))[0]!.id
  const own = (await grantsOf(ctx.db, admin))[0]!.id
  assert.equal(await confirmGrants(ctx, [toReview[0]!.id, foreign, own]), 1)
  assert.deepEqual((await grantsToReview(ctx, ctx.db, period)).map((g) => [g.role, g.reviewedAt !== null]), [['specialist', false], ['leader', true]])
})

test('a unit is in charge of a sector or a procedure, the procedure first, until another is named', async () => {
  const admin = await add('H21.117', ['high-level-admin'])
  const ctx = await as(admin)
  const duty = { agencyCode: 'H21.117', sectorCode: null, procedureCode: null }
  const of = (procedureCode: string) => unitInCharge(ctx.db, 'H21.117', { procedureCode, sectorCode: 'S1' }, ctx.now)
  await nameUnit(ctx, { ...duty, unitId: 'H21.117.social', sectorCode: 'S1' })
  await nameUnit(ctx, { ...duty, unitId: 'H21.117.economy', procedureCode: '1.000001' })
  assert.deepEqual([await of('1.000001'), await of('1.000002'), await unitInCharge(ctx.db, 'H21.118', { procedureCode: '1.000001', sectorCode: 'S1' }, ctx.now)], ['H21.117.economy', 'H21.117.social', null])
  await nameUnit(ctx, { ...duty, unitId: 'H21.117.council-office', procedureCode: '1.000001' })
  assert.equal(await of('1.000001'), 'H21.117.council-office')
  const duties = await listUnitDuties(ctx.db, 'H21.117', ctx.now)
  assert.equal(duties.length, 2)
  for (const { id } of duties) await endUnitDuty(ctx, id)
  assert.equal(await of('1.000002'), null)
  await assert.rejects(nameUnit(ctx, { ...duty, agencyCode: 'H21.118', unitId: 'x', sectorCode: 'S1' }), refusal('GRANT_NOT_ALLOWED'))
})

test('every change of rights is found by officer, act and day, only in one\'s reach, and cannot be changed', async () => {
  const [admin, officer, elsewhere] = [await add('H21.119', ['high-level-admin']), await add('H21.119', []), await add('H21.120', ['specialist'])]
  await proposeChange(await as(admin), { kind: 'grant', officerId: officer, grant: { role: 'specialist', agencyCode: 'H21.119' } }, 'r')
  await drainFollowers(province.node)
  const find = async (query: object) => (await listRightEvents(province.node.db, { within: ['H21.119'], limit: 50, offset: 0, ...query })).rows.map((e) => [e.officerId, e.type])
  assert.deepEqual(await find({ act: 'role_granted' }), [[officer, 'role_granted'], [admin, 'role_granted']])
  const { name } = (await findOfficer(province.node.db, officer))!
  assert.deepEqual(await find({ q: name }), [[officer, 'role_granted'], [officer, 'officer_added']])
  const tomorrow = civilDate(new Date(province.node.now().getTime() + 86_400_000))
  assert.deepEqual(await find({ from: tomorrow }), [])
  assert.ok(!(await find({})).some(([id]) => id === elsewhere))
  await assert.rejects(async () => province.node.db`DELETE FROM identity.right_event`, { code: '42501' })
  await assert.rejects(async () => province.node.db`UPDATE identity.officer_note SET reason = ''`, { code: '42501' })
})

test('the demo people of before still log in, and each node has two administrators', async () => {
  for (const login of ['quantri.gialai', 'quantri2.gialai', 'hotich.pleiku', 'truongphong.pleiku', 'capcao.pleiku']) {
    const browser = new TestBrowser()
    await logInOfficer(province, browser, login)
    assert.equal(await whoIs(province, browser.cookie('mc_session_h21')), 'officer', login)
  }
  const unit = (await findOfficerByLogin(province.node.db, 'truongphong.pleiku'))!.unitId
  assert.ok(unit?.endsWith('.council-office'))
})
})
