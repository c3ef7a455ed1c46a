import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Officer, Person } from '../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../platform/ctx.ts'
import { isRefusal } from '../../platform/errors.ts'
import { emptyForm, type Req } from '../../platform/http/route.ts'
import { newId } from '../../platform/ids.ts'
import type { Node } from '../../platform/node.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { modules } from '../../app.ts'
import { getCurrentProcedure } from '../catalogue/index.ts'
import { findForm, sampleAnswers } from '../forms/index.ts'
import { actUnder, findActingRight, learnMandates } from '../identity/index.ts'
import { drainFollowers, listEvents } from '../ledger/index.ts'
import { acceptDossier } from './accept-dossier.ts'
import { fileDossierRoute } from './api/file-dossier.route.ts'
import { answerSupplement } from './answer-supplement.ts'
import { findContent, findDossier, listOwnDossiers } from './dossiers.store.ts'
import { mirrorEvent } from './mirror-dossier.ts'
import { findDraft, listDrafts } from './drafts.store.ts'
import { coveredProcedures, draftHolder, mandatesInForce, mayActOn, mayReceive, maySee, partyOf } from './on-behalf.ts'
import { findOfficialForm } from '../documents/index.ts'
import { buildSlip } from './papers/build-slip.ts'
import { requestSupplement } from './request-supplement.ts'
import { startDraft } from './start-draft.ts'
import { submitDossier } from './submit-dossier.ts'
import { requestWithdrawal } from './withdraw-dossier.ts'

const code = '1.001612'
const otherCode = '1.001193'
const pleiku = '23575'

// Hooks of a file without a suite would run for every file of the process.
suite('dossiers filed for others', () => {
let node!: Node
let owner!: Awaited<ReturnType<typeof testDatabase>>['owner']
const stops: (() => unknown)[] = []
let now = new Date('2026-11-20T02:00:00Z').getTime()
before(async () => {
  const database = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  owner = database.owner
  node = testNode(database.db, { modules, now: () => new Date(now) })
  for (const m of node.modules) await m.seed?.(node)
  // Notices follow only what happens from now on.
  await drainFollowers(node)
})
after(async () => {
  for (const m of node.modules) await m.stop?.(node)
  for (const stop of stops.reverse()) await stop()
})

let people = 0
async function person(name: string): Promise<Person> {
  const id = newId()
  const idNumber = `0520900007${String(++people).padStart(2, '0')}`
  await owner`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${id}, ${`subject-${people}`}, ${idNumber}, ${name}, '1990-03-12', '0900000099', 2, now(), now())`
  return { kind: 'person', id, subject: `subject-${people}`, name, assurance: 2, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() }
}
const ctxOf = (actor: Person | Officer): Ctx => createCtx(node, { actor })

interface Given { kind?: string; rights?: string[]; scope?: string; codes?: string[]; to?: string; represented?: object }
/** The national node says at a log-in for whom this person may act here. */
async function given(agent: Person, list: Given[]): Promise<string[]> {
  const claims = list.map((g) => ({ id: newId(), kind: g.kind ?? 'staff', represented: g.represented ?? { kind: 'organisation', subject: 'subject-of-company', name: 'Công ty TNHH Thử Nghiệm', facts: { taxCode: '5900000019' } }, scope: g.scope ?? 'all', codes: g.codes ?? [], rights: g.rights ?? ['fill-in', 'submit', 'receive'], from: '2026-01-01T00:00:00.000Z', to: g.to ?? '2027-01-01T00:00:00.000Z' }))
  await transact(systemCtx(node, 'test'), (tx) => learnMandates(tx, agent.id, claims, node.now()))
  return claims.map((c) => c.id)
}
const acting = async (agent: Person, mandateId: string): Promise<Person> => (await actUnder(ctxOf(agent), mandateId)).actor as Person

async function file(who: Person, more: { key?: string; procedure?: string } = {}): Promise<string> {
  const procedure = (await getCurrentProcedure(node.db, more.procedure ?? code, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const answers = sampleAnswers(form, 5, { fixed: { founder: 'individual' } })
  return (await submitDossier(ctxOf(who), { procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant: { name: (who.actingFor ?? who).name, idNumber: '052090000099' }, files: [], placeCode: pleiku, returnWay: 'online', channel: 'online', filingKey: more.key ?? newId() })).id
}
const refusal = (name: string) => (error: unknown): boolean => isRefusal(error, name)

test('a dossier filed under a mandate is the represented party’s; everybody who may act for the party sees it, the filer as long as the mandate holds', async () => {
  const [agent, colleague, stranger] = [await person('Lê Văn Nhân Viên'), await person('Phạm Thị Đồng Nghiệp'), await person('Hoàng Văn Người Ngoài')]
  const [mandate] = await given(agent, [{}])
  const [theirs] = await given(colleague, [{ rights: ['receive'] }])
  const id = await file(await acting(agent, mandate!))
  const dossier = (await findDossier(node.db, id))!
  assert.deepEqual([dossier.accountId, dossier.ownerSubject, dossier.mandateId, dossier.filerAccountId], [null, 'subject-of-company', mandate, agent.id])
  const [submitted] = await listEvents(node.db, id)
  assert.deepEqual(submitted!.data.onBehalfOf, { mandate, kind: 'organisation', subject: 'subject-of-company' })
  const sees = async (who: Person): Promise<boolean> => maySee(ctxOf(who), who, dossier)
  const colleagueActing = await acting(colleague, theirs!)
  assert.deepEqual([await sees(agent), await sees(await acting(agent, mandate!)), await sees(colleagueActing), await sees(colleague), await sees(stranger)], [true, true, true, false, false])
  assert.deepEqual([await mayReceive(ctxOf(colleagueActing), colleagueActing, dossier), await mayActOn(ctxOf(colleagueActing), colleagueActing, 'submit', dossier), await mayActOn(ctxOf(agent), agent, 'submit', dossier)], [true, false, false], 'who only filed it says first for whom he acts')
  const listed = await listOwnDossiers(node.db, partyOf(agent), { limit: 10, offset: 0, filer: { accountId: agent.id, mandateIds: await mandatesInForce(ctxOf(agent), agent) } })
  assert.deepEqual(listed.map((d) => d.id), [id])
  await given(agent, [])
  assert.deepEqual([await sees(agent), await mandatesInForce(ctxOf(agent), agent)], [false, []], 'no longer named, no longer seen')
})

test('both the officer’s page and the slip say who filed for whom, and the filer is told of every step', async () => {
  const agent = await person('Lê Văn Nộp Thay')
  const [mandate] = await given(agent, [{}])
  const id = await file(await acting(agent, mandate!))
  const [agency] = await node.db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = ${pleiku} AND kind = 'peoples-committee'`
  const officer: Officer = { kind: 'officer', id: newId(), name: 'Phan Một Cửa', agencyCode: agency!.code, unitId: null, roles: ['one-stop'], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: newId() }
  await drainFollowers(node)
  await acceptDossier(ctxOf(officer), { dossierId: id })
  const dossier = (await findDossier(node.db, id))!
  const by = (await findContent(node.db, id))!.applicant.submittedBy!
  assert.deepEqual([by.name, by.represented, by.mandateId, by.ground], [agent.name, 'Công ty TNHH Thử Nghiệm', mandate, 'staff'])
  const slip = await buildSlip(ctxOf(officer), 'appointment-slip', dossier, { name: 'Phan Một Cửa', at: node.now(), sealedAt: node.now() }, (await findOfficialForm(node.db, 'appointment-slip', '2026-11-20'))!) as { submitter: string }
  assert.equal(slip.submitter, 'Lê Văn Nộp Thay nộp thay Công ty TNHH Thử Nghiệm theo ủy quyền')
  await drainFollowers(node)
  const notices = await owner<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${agent.id} ORDER BY event`
  assert.deepEqual(notices.map((n) => n.event), ['dossier-accepted', 'dossier-submitted'])
  await requestSupplement(ctxOf(officer), { dossierId: id, reason: 'Thiếu giấy tờ', items: ['Giấy tờ'] })
  await assert.rejects(answerSupplement(ctxOf(agent), { dossierId: id, answer: 'Bổ sung', files: [] }), refusal('OUT_OF_MANDATE'))
  const acts = await acting(agent, mandate!)
  await answerSupplement(ctxOf(acts), { dossierId: id, answer: 'Bổ sung', files: [] })
  const last = (await listEvents(node.db, id)).findLast((e) => e.type === 'dossier.supplement_answered' || e.data.onBehalfOf)!
  assert.equal(last.data.onBehalfOf.mandate, mandate)
})

test('a child’s form is filled in with the child’s data, a person’s own with his own', async () => {
  const parent = await person('Trần Thị Mẹ')
  const [mandate] = await given(parent, [{ kind: 'child', represented: { kind: 'person', subject: 'subject-of-child', name: 'Trần Thử Em Bé', facts: { idNumber: '052215000001', birthDate: '2015-02-03' } } }])
  const acts = await acting(parent, mandate!)
  const draft = (await findDraft(node.db, await startDraft(ctxOf(acts), acts, code), draftHolder(acts)))!
  const form = (await findForm(node.db, 'household-business'))!
  const { applicant } = form.definition
  assert.deepEqual([draft.answers[applicant.name], draft.answers[applicant.citizenId], draft.partySubject, draft.mandateId], ['Trần Thử Em Bé', '052215000001', 'subject-of-child', mandate])
  if (applicant.birthDate) assert.equal(draft.answers[applicant.birthDate], '2015-02-03')
  const own = (await findDraft(node.db, await startDraft(ctxOf(parent), parent, code), draftHolder(parent)))!
  assert.deepEqual([own.answers[applicant.name], own.partySubject], ['Trần Thị Mẹ', null])
  assert.equal(await findDraft(node.db, own.id, draftHolder(acts)), undefined, 'while acting one’s own drafts are out of reach')
  assert.equal(await findDraft(node.db, draft.id, draftHolder(parent)), undefined, 'and the party’s while not acting')
  const child: Person = { ...(await person('Trần Thử Em Bé')), subject: 'subject-of-child' }
  assert.equal((await findDraft(node.db, draft.id, draftHolder(child)))?.id, draft.id, 'the represented finds what is prepared for him')
})

test('rights and scope are held before anything is filled in or filed, by pages, acts and the API alike', async () => {
  const agent = await person('Lê Văn Phạm Vi')
  const procedure = (await getCurrentProcedure(node.db, code, node.now()))!
  const cases: [Given, { fill: boolean; submit: boolean; receive: boolean; other: boolean }][] = [
    [{ rights: ['fill-in'] }, { fill: true, submit: false, receive: false, other: true }],
    [{ rights: ['submit'] }, { fill: false, submit: true, receive: false, other: false }],
    [{ rights: ['receive'] }, { fill: false, submit: false, receive: true, other: false }],
    [{ rights: ['pay'] }, { fill: false, submit: false, receive: false, other: false }],
    [{ scope: 'procedures', codes: [code] }, { fill: true, submit: true, receive: true, other: false }],
    [{ scope: 'procedures', codes: ['9.999999'] }, { fill: false, submit: false, receive: false, other: false }],
    [{ scope: 'sectors', codes: [procedure.content.sector.code] }, { fill: true, submit: true, receive: true, other: false }],
    [{ scope: 'sectors', codes: ['none'] }, { fill: false, submit: false, receive: false, other: false }],
  ]
  const [whole] = await given(agent, [{}])
  const reference = (await findDossier(node.db, await file(await acting(agent, whole!))))!
  for (const kind of ['representative', 'staff', 'person', 'child']) for (const [terms, may] of cases) {
    const [mandate] = await given(agent, [{ ...terms, kind }])
    const acts = await acting(agent, mandate!)
    const what = `${kind} ${JSON.stringify(terms)}`
    const tries = async (work: () => Promise<unknown>): Promise<boolean> => work().then(() => true, (error: unknown) => { assert.ok(isRefusal(error, 'OUT_OF_MANDATE'), `${what}: ${String(error)}`); return false })
    assert.equal(await tries(() => startDraft(ctxOf(acts), acts, code)), may.fill, `${what} fills in`)
    assert.equal(await tries(() => startDraft(ctxOf(acts), acts, otherCode)), may.other, `${what} fills in another procedure`)
    assert.equal(await mayReceive(ctxOf(acts), acts, reference), may.receive, `${what} receives`)
    assert.equal(await mayActOn(ctxOf(acts), acts, 'submit', reference), may.submit, `${what} acts on the dossier`)
  }
  const [narrow] = await given(agent, [{ scope: 'procedures', codes: ['9.999999'] }])
  const acts = await acting(agent, narrow!)
  await assert.rejects(file(acts), refusal('OUT_OF_MANDATE'))
  assert.equal(await maySee(ctxOf(acts), acts, reference), false, 'what is out of scope is not even seen')
  assert.deepEqual(await coveredProcedures(ctxOf(acts), acts, [code]), [])
  assert.equal((await listDrafts(node.db, draftHolder(acts), [])).length, 0)
})

test('a right that ended meanwhile stops filing until the person knows', async () => {
  const agent = await person('Lê Văn Kết Thúc')
  const ended: Person = { ...agent, actingEnded: true }
  await assert.rejects(startDraft(ctxOf(ended), ended, code), refusal('MANDATE_ENDED'))
  await assert.rejects(file(ended), refusal('MANDATE_ENDED'))
  const id = await file(agent)
  await assert.rejects(requestWithdrawal(ctxOf(ended), { dossierId: id, reason: '' }), refusal('MANDATE_ENDED'))
  const [mandate] = await given(agent, [{ to: '2026-11-20T02:00:00.001Z' }])
  assert.ok(await findActingRight(node.db, agent.id, mandate!, node.now()))
  now += 1
  assert.equal(await findActingRight(node.db, agent.id, mandate!, node.now()), undefined)
  await assert.rejects(actUnder(ctxOf(agent), mandate!), refusal('MANDATE_NOT_FOUND'))
})

test('the API files on behalf with the mandate named; another’s mandate is not found, and a repeat has one effect', async () => {
  const [agent, stranger] = [await person('Lê Văn Giao Diện'), await person('Vũ Văn Kẻ Lạ')]
  const [mandate] = await given(agent, [{}])
  const form = (await findForm(node.db, 'household-business'))!
  const answers = sampleAnswers(form, 7, { fixed: { founder: 'individual', idCopies: undefined }, communes: [{ code: pleiku, province: '52' }] })
  const call = async (who: Person, onBehalfOf: string | undefined, key: string) => {
    const req = { ctx: ctxOf(who), params: {}, query: {}, form: emptyForm, json: { procedure: code, answers, ...(onBehalfOf ? { onBehalfOf } : {}) }, headers: { 'idempotency-key': key }, cookies: {}, ip: '', raw: {} } as unknown as Req
    const reply = await fileDossierRoute.handler(req)
    assert.ok(reply.kind === 'body')
    return { status: reply.status, body: JSON.parse(String(reply.body)) as { id: string } }
  }
  const first = await call(agent, mandate, 'key-1')
  assert.equal(first.status, 201)
  assert.equal((await findDossier(node.db, first.body.id))!.ownerSubject, 'subject-of-company')
  assert.deepEqual([(await call(agent, mandate, 'key-1')).status, (await call(agent, mandate, 'key-1')).body.id], [200, first.body.id])
  await assert.rejects(call(stranger, mandate, 'key-2'), refusal('MANDATE_NOT_FOUND'))
  await assert.rejects(call(agent, newId(), 'key-3'), refusal('MANDATE_NOT_FOUND'))
  assert.equal((await call(agent, 'nonsense', 'key-4')).status, 400)
  const own = await call(agent, undefined, 'key-5')
  assert.equal((await findDossier(node.db, own.body.id))!.accountId, agent.id)
})
})

test('filed at the national node, an organisation’s dossier goes out under the name that the deciding node knows, and comes back to all who act for it', async (t) => {
  const { db, owner } = await testDatabase(t)
  const national = testNode(db, { code: 'VN', modules })
  for (const m of national.modules) await m.seed?.(national)
  t.after(async () => { for (const m of national.modules) await m.stop?.(national) })
  const [account, organisation, mandate] = [newId(), newId(), newId()]
  const at = new Date(national.now().getTime() - 1000)
  await owner`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${account}, 'own-subject', '052090000799', 'Lê Văn Đại Diện', '1985-01-01', '0900000079', 2, ${at}, ${at})`
  await owner`INSERT INTO identity.organisation (id, subject, tax_code, name, checked_at, created_at, updated_at) VALUES (${organisation}, 'organisation-here', '5900000058', 'Công ty Mẫu Liên Thông', ${at}, ${at}, ${at})`
  await owner`INSERT INTO identity.mandate (id, kind, acting_account_id, organisation_id, offered_by, offered_account_id, relation, scope, rights, starts_at, state, offered_at, acting_confirmed_at) VALUES (${mandate}, 'representative', ${account}, ${organisation}, 'acting', ${account}, 'representative', 'all', '{fill-in,submit,receive,pay}', ${at}, 'accepted', ${at}, ${at})`
  const person: Person = { kind: 'person', id: account, subject: 'own-subject', name: 'Lê Văn Đại Diện', assurance: 2, methods: ['otp'], authenticatedAt: at, sessionId: newId() }
  const ctx = await actUnder(createCtx(national, { actor: person }), mandate)
  const acts = ctx.actor as Person
  const procedure = (await getCurrentProcedure(db, code, national.now()))!
  const form = (await findForm(db, procedure.content.service!.formKey))!
  const { id } = await submitDossier(ctx, { procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: 'Công ty Mẫu Liên Thông', idNumber: '' }, files: [], placeCode: pleiku, returnWay: 'online', channel: 'online', filingKey: newId() })
  const [sent] = await owner<{ payload: { owner: { node: string; subject: string }; applicant: { submittedBy: { name: string } }; facts: object } }[]>`SELECT payload::jsonb AS payload FROM exchange.outbox WHERE subject = ${id} AND service = 'dossier.file'`
  const [known] = await db<{ subject: string }[]>`SELECT subject FROM identity.represented_subject WHERE represented_id = ${organisation} AND node_code = 'H21'`
  assert.deepEqual(sent!.payload.owner, { node: 'H21', subject: known!.subject })
  assert.notEqual(known!.subject, 'organisation-here', 'two nodes cannot match whom they serve')
  assert.equal(sent!.payload.applicant.submittedBy.name, 'Lê Văn Đại Diện')
  // Filed at the province by somebody else of the organisation: the mirror here bears the province's name for it.
  const elsewhere = newId()
  const facts = { ...sent!.payload.facts, origin: 'H21', reference: 'MC-22222-33333', code: null, seq: 1 }
  await transact(systemCtx(national, 'test'), (tx) => mirrorEvent(tx, systemCtx(national, 'test'), { id: newId(), from: 'H21', service: 'dossier.event', subject: elsewhere, sentAt: at, payload: { type: 'dossier.submitted', at: at.toISOString(), facts, returnWay: 'online', owner: { node: 'H21', subject: known!.subject }, supplement: null, reason: null } }))
  const again = (await actUnder(createCtx(national, { actor: person }), mandate)).actor as Person
  assert.deepEqual((await listOwnDossiers(db, partyOf(again), { limit: 10, offset: 0 })).map((d) => d.id).sort(), [id, elsewhere].sort())
  assert.equal((await listOwnDossiers(db, partyOf(person), { limit: 10, offset: 0 })).length, 0)
  assert.ok(acts.actingFor)
})
