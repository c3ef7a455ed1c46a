import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import type { Person } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import { demoCitizens, demoOfficers } from '../../../stand-ins/demo-people.ts'
import { listEvents, listEventsUnder, appendEvent } from '../../ledger/index.ts'
import { authenticate } from '../access/authenticate.ts'
import { createSession, endSession } from '../access/session.store.ts'
import { findAccountByIdNumber, insertAccount } from '../citizens/account.store.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { acceptMandate } from './accept-mandate.ts'
import { findActingRight, listActingRights } from './acting.ts'
import { claimChild, type ChildClaim } from './claim-child.ts'
import { decideGuardian } from './decide-guardian.ts'
import { expireMandates } from './expire-mandates.ts'
import { dayBegins, yearsLater } from './mandate-rules.ts'
import { listMandatesOf } from './mandates.store.ts'
import { lookAfterMandates } from './nightly.ts'
import { offerMandate, type Offer } from './offer-mandate.ts'
import { openOrganisation } from './open-organisation.ts'
import { recogniseOrganisation } from './recognise-organisation.ts'
import { refuseMandate } from './refuse-mandate.ts'
import { startActing } from './start-acting.ts'
import { stopActing } from './stop-acting.ts'
import { withdrawMandate } from './withdraw-mandate.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('mandates', () => {
let country!: SmallCountry
let national!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ national } = country)
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

const [father, mother, le, pham] = demoCitizens as unknown as [typeof demoCitizens[number], typeof demoCitizens[number], typeof demoCitizens[number], typeof demoCitizens[number]]
const child = demoCitizens.find((c) => c.fatherIdNumber === le.idNumber)!
const today = (): string => civilDate(national.node.now())

interface Someone { ctx: Ctx; person: Person; token: string }

/** A person with a session of his own, as the server sees him now. */
async function someone(idNumber: string, token?: string): Promise<Someone> {
  const account = (await findAccountByIdNumber(national.node.db, idNumber))!
  const own = token ?? (await transact(systemCtx(national.node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: account.id, assurance: 2, methods: ['otp'], now: national.node.now() }))).token
  const actor = await authenticate(national.node, { cookies: {}, authorization: `Bearer ${own}` })
  assert.equal(actor.kind, 'person')
  return { ctx: createCtx(national.node, { actor }), person: actor as Person, token: own }
}

const offerFrom = (from: typeof father, to: typeof father, more: Partial<Offer> = {}): Offer => ({ kind: 'person', side: 'represented', idNumber: to.idNumber, fullName: to.fullName, relation: 'other', scope: { kind: 'all', codes: [] }, rights: ['fill-in', 'submit'], from: today(), to: yearsLater(today(), 1), ...more })

/** A mandate by which `to` may act for `from`, agreed by both. */
async function agreed(from: typeof father, to: typeof father, more: Partial<Offer> = {}): Promise<{ id: string; giver: Someone; agent: Someone }> {
  const [giver, agent] = [await someone(from.idNumber), await someone(to.idNumber)]
  const offered = await offerMandate(giver.ctx, giver.person, offerFrom(from, to, { scope: { kind: 'procedures', codes: [`1.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`] }, ...more }))
  assert.equal(offered.kind, 'offered')
  const id = (offered as { mandateId: string }).mandateId
  await acceptMandate(agent.ctx, agent.person, id)
  return { id, giver, agent }
}

const refusal = (code: string) => (error: unknown): boolean => isRefusal(error, code)
const actsFor = async (who: Someone): Promise<string | undefined> => { const actor = await authenticate(national.node, { cookies: {}, authorization: `Bearer ${who.token}` }); return actor.kind === 'person' ? actor.actingFor?.name ?? (actor.actingEnded ? 'ended' : undefined) : 'logged out' }

test('a mandate holds only when both sides have said so, and each says it once', async () => {
  const [giver, agent, stranger] = [await someone(father.idNumber), await someone(mother.idNumber), await someone(le.idNumber)]
  const offered = await offerMandate(giver.ctx, giver.person, offerFrom(father, mother))
  assert.equal(offered.kind, 'offered')
  const { mandateId } = offered as { mandateId: string }
  await assert.rejects(startActing(agent.ctx, agent.person, mandateId), refusal('MANDATE_NOT_FOUND'), 'an offer lets nobody act')
  await assert.rejects(acceptMandate(giver.ctx, giver.person, mandateId), refusal('MANDATE_NOT_IN_STATE'), 'who offered cannot answer as well')
  await assert.rejects(acceptMandate(stranger.ctx, stranger.person, mandateId), refusal('MANDATE_NOT_FOUND'), 'another person does not even find it')
  await assert.rejects(refuseMandate(stranger.ctx, stranger.person, mandateId), refusal('MANDATE_NOT_FOUND'))
  await assert.rejects(withdrawMandate(stranger.ctx, stranger.person, mandateId), refusal('MANDATE_NOT_FOUND'))
  const both = await Promise.allSettled([acceptMandate(agent.ctx, agent.person, mandateId), acceptMandate(agent.ctx, agent.person, mandateId)])
  assert.deepEqual(both.map((b) => b.status).sort(), ['fulfilled', 'rejected'], 'two acceptances at once are one')
  await startActing(agent.ctx, agent.person, mandateId)
  assert.equal(await actsFor(agent), father.fullName)
  assert.equal(await actsFor(giver), undefined)
  const events = await listEvents(national.node.db, mandateId)
  assert.deepEqual(events.map((e) => e.type), ['identity.mandate_offered', 'identity.mandate_accepted', 'identity.acting_started'])
  const text = JSON.stringify(events)
  assert.ok(!text.includes(father.idNumber) && !text.includes(mother.fullName), 'events hold ids only')
  await withdrawMandate(giver.ctx, giver.person, mandateId)
})

test('an offer to a number without an account, or under another name, looks the same to who offers and reaches nobody else', async () => {
  const giver = await someone(father.idNumber)
  const nobody = await offerMandate(giver.ctx, giver.person, offerFrom(father, { ...mother, idNumber: '001099000077' }))
  const wrongName = await offerMandate(giver.ctx, giver.person, offerFrom(father, { ...mother, fullName: 'Trần Thị Nào Đó' }))
  assert.deepEqual([nobody.kind, wrongName.kind], ['offered', 'offered'])
  const agent = await someone(mother.idNumber)
  const found = (await listMandatesOf(national.node.db, agent.person.id)).map((m) => m.id)
  assert.ok(!found.includes((wrongName as { mandateId: string }).mandateId))
  await assert.rejects(acceptMandate(agent.ctx, agent.person, (wrongName as { mandateId: string }).mandateId), refusal('MANDATE_NOT_FOUND'))
  const own = await listMandatesOf(national.node.db, giver.person.id)
  const shown = own.filter((m) => [(nobody as { mandateId: string }).mandateId, (wrongName as { mandateId: string }).mandateId].includes(m.id)).map((m) => [m.side, m.state, m.actingAccountId])
  assert.deepEqual(shown, [['represented', 'offered', null], ['represented', 'offered', null]])
})

test('a mandate begins and expires at its exact moment, also for a session that acts under it', async () => {
  const { id, agent } = await agreed(father, mother, { from: today(), to: today(), rights: ['submit'] })
  await startActing(agent.ctx, agent.person, id)
  const last = dayBegins(today()).getTime() + 86_400_000
  assert.ok(await findActingRight(national.node.db, agent.person.id, id, new Date(last - 1)))
  assert.equal(await findActingRight(national.node.db, agent.person.id, id, new Date(last)), undefined)
  assert.ok(await findActingRight(national.node.db, agent.person.id, id, dayBegins(today())))
  assert.equal(await findActingRight(national.node.db, agent.person.id, id, new Date(dayBegins(today()).getTime() - 1)), undefined)
  assert.equal(await expireMandates({ ...systemCtx(national.node, 'test'), now: new Date(last - 1) }), 0)
  await expireMandates({ ...systemCtx(national.node, 'test'), now: new Date(last) })
  assert.equal((await listEvents(national.node.db, id)).at(-1)!.type, 'identity.mandate_expired')
  assert.equal(await actsFor(agent), 'ended')
})

test('either side withdraws while the other acts: at the next request it is over, and the person is told before he goes on for himself', async () => {
  for (const by of ['giver', 'agent'] as const) {
    const { id, giver, agent } = await agreed(le, pham)
    await startActing(agent.ctx, agent.person, id)
    const party = { giver, agent }[by]
    await withdrawMandate(party.ctx, party.person, id)
    assert.equal(await actsFor(agent), 'ended')
    await assert.rejects(startActing(agent.ctx, agent.person, id), refusal('MANDATE_NOT_FOUND'))
    await assert.rejects(withdrawMandate(giver.ctx, giver.person, id), refusal('MANDATE_NOT_IN_STATE'), 'once is enough')
    const now = await someone(pham.idNumber, agent.token)
    await stopActing(now.ctx, now.person)
    assert.equal(await actsFor(agent), undefined)
  }
})

test('a mandate of another account is never usable, and ends with the log-out', async () => {
  const { id, agent } = await agreed(father, mother)
  for (const other of [father, le, pham]) {
    const who = await someone(other.idNumber)
    await assert.rejects(startActing(who.ctx, who.person, id), refusal('MANDATE_NOT_FOUND'), other.fullName)
    // Even where the row of a session were made to name it.
    await national.database.owner`UPDATE identity.session SET mandate_id = ${id} WHERE id = ${who.person.sessionId}`
    assert.equal(await actsFor(who), 'ended')
  }
  await startActing(agent.ctx, agent.person, id)
  await transact(agent.ctx, (tx) => endSession(tx, agent.person.sessionId, national.node.now()))
  assert.equal(await actsFor(agent), 'logged out')
  assert.equal(await actsFor(await someone(mother.idNumber)), undefined, 'a new session acts for oneself')
})

test('every event of who acts under a mandate says for whom, and both sides find it', async () => {
  const { id, agent } = await agreed(father, mother)
  await startActing(agent.ctx, agent.person, id)
  const acting = await someone(mother.idNumber, agent.token)
  const subject = newId()
  await transact(acting.ctx, (tx) => appendEvent(tx, acting.ctx, { type: 'probe.happened', subject, data: { a: 1 } }))
  const [event] = await listEvents(national.node.db, subject)
  const giver = (await findAccountByIdNumber(national.node.db, father.idNumber))!
  assert.deepEqual(event!.data, { a: 1, onBehalfOf: { mandate: id, kind: 'person', subject: giver.subject } })
  assert.equal(event!.actor, `person:${acting.person.id}`)
  assert.deepEqual((await listEventsUnder(national.node.db, id, 10)).map((e) => e.subject), [subject])
  await stopActing(acting.ctx, acting.person)
  const after_ = await someone(mother.idNumber, agent.token)
  await transact(after_.ctx, (tx) => appendEvent(tx, after_.ctx, { type: 'probe.happened', subject, data: {} }))
  assert.deepEqual((await listEvents(national.node.db, subject))[1]!.data, {})
})

const claimOf = (more: Partial<ChildClaim> = {}): ChildClaim => ({ idNumber: child.idNumber, fullName: child.fullName, birthDate: child.birthDate, relation: 'father', scope: { kind: 'all', codes: [] }, rights: ['fill-in', 'submit', 'receive'], from: today(), to: yearsLater(today(), 5), ...more })

test('a parent whom the population register names acts for the child at once', async () => {
  const parent = await someone(le.idNumber)
  const claimed = await claimChild(parent.ctx, parent.person, claimOf())
  assert.equal(claimed.kind, 'accepted')
  await startActing(parent.ctx, parent.person, (claimed as { mandateId: string }).mandateId)
  const { person } = await someone(le.idNumber, parent.token)
  assert.deepEqual([person.actingFor?.name, person.actingFor?.kind, person.actingFor?.id, person.actingFor?.ground], [child.fullName, 'person', undefined, 'child'])
  await assert.rejects(claimChild(parent.ctx, parent.person, claimOf()), refusal('MANDATE_EXISTS'))
  assert.equal((await claimChild(parent.ctx, parent.person, claimOf({ fullName: 'Lê Thị Ai Đó' }))).kind, 'mismatch')
  assert.equal((await claimChild(parent.ctx, parent.person, claimOf({ idNumber: pham.idNumber, fullName: pham.fullName, birthDate: pham.birthDate }))).kind, 'invalid', 'of age')
})

test('a guardian, or a parent whom the register does not name, waits for an officer who compares a paper', async () => {
  const officer = demoOfficers.find((o) => o.login === 'quantri.quocgia')!
  const [row] = await national.node.db<{ id: string }[]>`SELECT id FROM identity.officer WHERE login = ${officer.login}`
  const actor = { kind: 'officer', id: row!.id, name: officer.name, agencyCode: 'VN', unitId: null, roles: ['national-admin'], permissions: new Set(['identity.confirm-mandates']), methods: ['pwd'], authenticatedAt: new Date(), sessionId: newId() } as const
  for (const decision of [{ paper: 'Quyết định giám hộ số 12/QĐ-UBND ngày 01/10/2026, UBND phường Pleiku' }, 'refused'] as const) {
    const guardian = await someone((decision === 'refused' ? mother : father).idNumber)
    const claimed = await claimChild(guardian.ctx, guardian.person, claimOf({ relation: decision === 'refused' ? 'mother' : 'guardian' }))
    assert.equal(claimed.kind, 'awaiting-paper')
    const { mandateId } = claimed as { mandateId: string }
    await assert.rejects(startActing(guardian.ctx, guardian.person, mandateId), refusal('MANDATE_NOT_FOUND'))
    await decideGuardian(createCtx(national.node, { actor }), actor, mandateId, decision)
    await assert.rejects(decideGuardian(createCtx(national.node, { actor }), actor, mandateId, 'refused'), refusal('MANDATE_NOT_IN_STATE'))
    assert.equal(await startActing(guardian.ctx, guardian.person, mandateId).then(() => 'acts', () => 'refused'), decision === 'refused' ? 'refused' : 'acts')
  }
})

test('a child who opens an account keeps the name under which its dossiers stand, here and at other nodes', async () => {
  const parent = await someone(le.idNumber)
  const right = (await listActingRights(national.node.db, parent.person.id, national.node.now())).find((r) => r.name === child.fullName)!
  const { representedSubjectForNode } = await import('./acting.ts')
  const { subjectForNode } = await import('../citizens/account.store.ts')
  const there = await representedSubjectForNode(national.node.db, right.partyId!, 'H21')
  const account = (await transact(systemCtx(national.node, 'test'), (tx) => insertAccount(tx, 'VN', { idNumber: child.idNumber, fullName: child.fullName, birthDate: child.birthDate, phone: child.phone, assurance: 2 }, national.node.now())))!
  assert.equal(account.subject, right.subject)
  assert.equal(await subjectForNode(national.node.db, account.id, 'H21'), there)
  const now = (await findActingRight(national.node.db, parent.person.id, right.mandateId, national.node.now()))!
  assert.deepEqual([now.id, now.subject], [account.id, right.subject])
  const minor = await someone(child.idNumber)
  assert.ok((await listMandatesOf(national.node.db, minor.person.id)).some((m) => m.id === right.mandateId && m.side === 'represented'), 'and sees who acts for it')
  await assert.rejects(withdrawMandate(minor.ctx, minor.person, right.mandateId), refusal('MANDATE_NOT_IN_STATE'), 'but does not end what the law gives the parent')
})

const company = { taxCode: '5900000019', name: 'Công ty TNHH Thử Nghiệm Gia Lai' }
const enter = async (change: object): Promise<void> => { assert.equal((await fetch(`${country.standInsUrl.replace(/\d+$/, (port) => String(Number(port) + 6))}/admin/changes`, { method: 'POST', body: JSON.stringify({ maSoThue: company.taxCode, ...change }) })).status, 200) }
const faults = async (set: object): Promise<void> => void (await fetch(`${country.standInsUrl.replace(/\d+$/, (port) => String(Number(port) + 6))}/admin/faults`, { method: 'POST', body: JSON.stringify(set) }))

test('only the legal representative opens an organisation; the answer to everybody else is the same', async () => {
  const [representative, stranger] = [await someone(le.idNumber), await someone(father.idNumber)]
  assert.deepEqual(await openOrganisation(stranger.ctx, stranger.person, company.taxCode), { kind: 'not-yours' })
  assert.deepEqual(await openOrganisation(stranger.ctx, stranger.person, '5900000058'), { kind: 'not-yours' }, 'no such organisation')
  assert.deepEqual(await openOrganisation(representative.ctx, representative.person, '5900000040'), { kind: 'not-yours' }, 'dissolved')
  const [{ n }] = await national.database.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.organisation` as unknown as [{ n: number }]
  assert.equal(n, 0, 'nothing exists before the source was asked')
  await faults({ down: true })
  assert.deepEqual(await openOrganisation(representative.ctx, representative.person, company.taxCode), { kind: 'unavailable' })
  await faults({})
  const opened = await openOrganisation(representative.ctx, representative.person, company.taxCode)
  assert.equal(opened.kind, 'opened')
  await startActing(representative.ctx, representative.person, (opened as { mandateId: string }).mandateId)
  assert.equal(await actsFor(representative), company.name)
  await assert.rejects(withdrawMandate(representative.ctx, representative.person, (opened as { mandateId: string }).mandateId), refusal('MANDATE_NOT_IN_STATE'), 'the register says who represents')
})

test('the representative names staff, who act for the organisation until he, or they, end it', async () => {
  const [representative, staff, stranger] = [await someone(le.idNumber), await someone(pham.idNumber), await someone(father.idNumber)]
  const [organisation] = await national.node.db<{ id: string }[]>`SELECT id FROM identity.organisation WHERE tax_code = ${company.taxCode}`
  const offer = (who: typeof father): Offer => ({ ...offerFrom(le, who), kind: 'staff', organisationId: organisation!.id, relation: 'staff' })
  await assert.rejects(offerMandate(stranger.ctx, stranger.person, offer(pham)), refusal('ORGANISATION_NOT_FOUND'), 'who does not represent it names nobody')
  const offered = await offerMandate(representative.ctx, representative.person, offer(pham))
  const { mandateId } = offered as { mandateId: string }
  await assert.rejects(acceptMandate(representative.ctx, representative.person, mandateId), refusal('MANDATE_NOT_IN_STATE'))
  await acceptMandate(staff.ctx, staff.person, mandateId)
  await startActing(staff.ctx, staff.person, mandateId)
  assert.equal(await actsFor(staff), company.name)

  // Another representative in the register: the old one loses his right, that of the staff rests until the new one has come.
  await enter({ soDinhDanh: mother.idNumber })
  country.moveClock(21 * 3600)
  const [later, laterStaff] = [await someone(le.idNumber), await someone(pham.idNumber)]
  await lookAfterMandates(national.node)
  while (await runDue(national.node) > 0);
  const mine = (await listMandatesOf(national.node.db, later.person.id)).find((m) => m.kind === 'representative')!
  assert.equal(mine.state, 'withdrawn')
  await assert.rejects(startActing(later.ctx, later.person, mine.id), refusal('MANDATE_NOT_FOUND'))
  await assert.rejects(startActing(laterStaff.ctx, laterStaff.person, mandateId), refusal('MANDATE_NOT_FOUND'))
  await assert.rejects(offerMandate(later.ctx, later.person, offer(father)), refusal('ORGANISATION_NOT_FOUND'))
  const next = await someone(mother.idNumber)
  assert.equal((await openOrganisation(next.ctx, next.person, company.taxCode)).kind, 'opened')
  await startActing(laterStaff.ctx, laterStaff.person, mandateId)
  await withdrawMandate(next.ctx, next.person, mandateId)
  assert.equal(await actsFor(laterStaff), 'ended', 'the new representative withdraws what the old one gave')
})

test('beginning to act asks the register; one that is silent is forgiven while its last answer is fresh', async () => {
  const representative = await someone(mother.idNumber)
  const mandate = (await listActingRights(national.node.db, representative.person.id, national.node.now())).find((r) => r.ground === 'representative')!
  await faults({ down: true })
  await startActing(representative.ctx, representative.person, mandate.mandateId)
  country.moveClock(73 * 3600)
  const later = await someone(mother.idNumber)
  await assert.rejects(startActing(later.ctx, later.person, mandate.mandateId), refusal('REGISTER_UNAVAILABLE'))
  await faults({})
  await enter({ soDinhDanh: le.idNumber })
  await assert.rejects(startActing(later.ctx, later.person, mandate.mandateId), refusal('MANDATE_NOT_FOUND'), 'the change is noticed at the act itself')
  assert.equal((await listEvents(national.node.db, mandate.mandateId)).at(-1)!.type, 'identity.mandate_withdrawn')
})

test('an electronic identity of the organisation opens its account too, and the register is asked soon after', async () => {
  const [wrong, right] = [await someone(father.idNumber), await someone(pham.idNumber)]
  const o = { taxCode: '5900000026', name: 'Công ty cổ phần Ví Dụ Tây Nguyên' }
  await transact(wrong.ctx, (tx) => recogniseOrganisation(tx, wrong.ctx, { ...o, representativeAccountId: wrong.person.id }))
  while (await runDue(national.node) > 0);
  assert.deepEqual((await listActingRights(national.node.db, wrong.person.id, national.node.now())).filter((r) => r.name === o.name), [])
  const first = await transact(right.ctx, (tx) => recogniseOrganisation(tx, right.ctx, { ...o, representativeAccountId: right.person.id }))
  const again = await transact(right.ctx, (tx) => recogniseOrganisation(tx, right.ctx, { ...o, representativeAccountId: right.person.id }))
  assert.deepEqual(again, first)
  while (await runDue(national.node) > 0);
  assert.equal((await listActingRights(national.node.db, right.person.id, national.node.now())).filter((r) => r.name === o.name).length, 1)
})

test('both sides are told of every change, in words that name nobody', async () => {
  const { id } = await agreed(father, mother)
  while (await runDue(national.node) > 0);
  const rows = await national.database.owner<{ event: string; params: unknown; href: string }[]>`SELECT event, params, href FROM notifications.inbox_item WHERE href = ${`/tai-khoan/uy-quyen/${id}`}`
  assert.deepEqual(rows.map((r) => r.event).sort(), ['mandate-accepted', 'mandate-accepted', 'mandate-offered', 'mandate-offered'])
  assert.ok(rows.every((r) => JSON.stringify(r.params) === '{}'))
})

test('of all kinds and states only what is accepted, begun and not over lets act, with the rights that it names and no others', async () => {
  const { db } = national.node
  const owner = national.database.owner
  const now = national.node.now()
  const [giver, agent, keeper] = [await someone(father.idNumber), await someone(mother.idNumber), await someone(pham.idNumber)]
  const day = 86_400_000
  const [ward, organisation] = [newId(), newId()]
  await owner`INSERT INTO identity.ward (id, subject, id_number, full_name, birth_date, created_at) VALUES (${ward}, 'matrix-ward', '064215000088', 'Trẻ Em Ma Trận', '2015-01-01', now())`
  await owner`INSERT INTO identity.organisation (id, subject, tax_code, name, checked_at, created_at, updated_at) VALUES (${organisation}, 'matrix-organisation', '4100000018', 'Công ty Ma Trận Mẫu', ${now}, ${now}, ${now})`
  const insert = (kind: string, state: string, rights: string[], shift: [number, number]): Promise<string> => {
    const id = newId()
    const isOpen = ['offered', 'awaiting-paper', 'accepted'].includes(state)
    return owner`INSERT INTO identity.mandate ${owner({
      id, kind, acting_account_id: agent.person.id, represented_account_id: kind === 'person' ? giver.person.id : null, organisation_id: kind === 'staff' || kind === 'representative' ? organisation : null, ward_id: kind === 'child' ? ward : null,
      offered_by: 'acting', offered_account_id: agent.person.id, relation: 'other', scope: 'all', rights, starts_at: new Date(now.getTime() + shift[0] * day), expires_at: new Date(now.getTime() + shift[1] * day), lapses_at: new Date(now.getTime() + 30 * day),
      state, offered_at: now, acting_confirmed_at: now, represented_confirmed_at: now, ended_at: isOpen ? null : now,
    })}`.then(() => id)
  }
  const holder = newId()
  await owner`INSERT INTO identity.mandate (id, kind, acting_account_id, organisation_id, offered_by, offered_account_id, relation, scope, rights, starts_at, state, offered_at, acting_confirmed_at) VALUES (${holder}, 'representative', ${keeper.person.id}, ${organisation}, 'acting', ${keeper.person.id}, 'representative', 'all', '{submit}', ${now}, 'accepted', ${now}, ${now})`
  for (const kind of ['person', 'child', 'staff'] as const) for (const state of ['offered', 'awaiting-paper', 'accepted', 'refused', 'withdrawn', 'lapsed', 'expired']) for (const shift of [[-1, 1], [1, 2], [-2, -1]] as [number, number][]) for (const rights of [['fill-in'], ['submit', 'pay'], ['receive']]) {
    const id = await insert(kind, state, rights, shift)
    const right = await findActingRight(db, agent.person.id, id, now)
    const holds = state === 'accepted' && shift[0] === -1
    assert.deepEqual(right?.rights, holds ? rights : undefined, `${kind} ${state} ${shift.join('…')} ${rights.join(',')}`)
    assert.equal(await findActingRight(db, giver.person.id, id, now), undefined, 'the represented do not act under it')
  }
  const count = async (): Promise<number> => (await listActingRights(db, agent.person.id, now)).filter((r) => r.name === 'Công ty Ma Trận Mẫu').length
  assert.equal(await count(), 3)
  for (const state of ['suspended', 'dissolved', 'active']) {
    await owner`UPDATE identity.organisation SET state = ${state} WHERE id = ${organisation}`
    assert.equal(await count(), state === 'active' ? 3 : 0, state)
  }
  await owner`UPDATE identity.account SET state = 'closed' WHERE id = ${giver.person.id}`
  assert.ok(!(await listActingRights(db, agent.person.id, now)).some((r) => r.name === father.fullName), 'nobody acts for a closed account')
  await owner`UPDATE identity.account SET state = 'active' WHERE id = ${giver.person.id}`
})

test('nothing of a mandate can be deleted by the program, and what was agreed has its two confirmations', async () => {
  await assert.rejects(national.node.db`DELETE FROM identity.mandate`, /permission denied/)
  await assert.rejects(national.node.db`DELETE FROM identity.organisation`, /permission denied/)
  await assert.rejects(national.database.owner`UPDATE identity.mandate SET state = 'accepted', ended_at = NULL WHERE kind = 'person' AND represented_confirmed_at IS NULL`.then(async (r) => { if (r.count === 0) throw new Error('violates check constraint') }), /violates check constraint/)
})
})
