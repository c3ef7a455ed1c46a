import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { appendEvent, drainFollowers, listEvents } from '../../ledger/index.ts'
import { eventually, exchangeCountry } from '../../exchange/testing/exchange-country.ts'
import type { ProcedureInput } from '../content.ts'
import { catalogue, publishProcedure } from '../index.ts'
import { officer, site } from '../testing/site.tsx'
import { changeOffer } from './change-offer.ts'
import { listOffered } from './list-offered.ts'
import { moveOnboarding } from './move-onboarding.ts'
import { findOnboarding, listOnboardings, listSteps } from './onboarding.store.ts'
import { caseHref, moveHref, offerHref, servicesPath } from './pages/hrefs.ts'
import { proposeOnboarding, type Proposal } from './propose-onboarding.ts'
import { serviceRoutes } from './routes.ts'
import { receiveServiceChange, serviceChangeService, serviceFeed } from './offer-feed.ts'
import { assertServiceOpen } from './offer-state.ts'

const code = '1.000001'
const content: ProcedureInput = {
  code, name: { vi: 'Thủ tục thử', en: 'Sample procedure' }, sector: { code: 'thu', name: { vi: 'Thử' } }, levels: ['commune'],
  agencies: { executing: [], competent: [], authorised: [], cooperating: [] }, subjects: ['citizen'], steps: [], methods: [], components: [], requirements: [], legalBases: [], results: [],
  onlineLevel: 'full', filingScope: 'province', related: [], keywords: [], lifeEvents: [],
  service: { formKey: 'f', processKey: 'p', resultTemplate: 'r', competence: { level: 'commune' }, limit: { value: 3, unit: 'working-day' }, fee: { amount: 0 } },
}
const proposal: Proposal = { procedureCode: code, serviceNumber: '01', agencyCode: 'H21', approval: { number: '12/QĐ-BTP', date: '2026-11-02', fileId: 'a'.repeat(64), fileName: 'qd.pdf' } }

/** A national node on Friday 6 March 2026, nine o'clock; the clock is moved by hand. */
async function national(t: TestContext): Promise<{ node: Node; ctx(): Ctx; clock: { now: Date } }> {
  const { db } = await testDatabase(t)
  const clock = { now: new Date('2026-03-06T09:00:00+07:00') }
  const node = testNode(db, { code: 'VN', modules: [catalogue], now: () => clock.now })
  const setUp = systemCtx(node, 'test')
  await transact(setUp, (tx) => publishProcedure(tx, setUp, { content, validFrom: '2026-01-01' }))
  return { node, ctx: () => systemCtx(node, 'test'), clock }
}

const day = (date: Date | null): string => (date ? new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 10) : '')
const refusal = (wanted: string) => (error: unknown): boolean => isRefusal(error) && error.code === wanted

test('an onboarding gives two, five and again two working days, across a week-end', async (t) => {
  const { node, ctx, clock } = await national(t)
  const id = await proposeOnboarding(ctx(), proposal)
  const due = async () => day((await findOnboarding(node.db, id))!.dueAt)
  assert.equal(await due(), '2026-03-10')
  clock.now = new Date('2026-03-09T15:00:00+07:00')
  await moveOnboarding(ctx(), id, { move: 'open', revision: 1, side: 'office' })
  assert.equal(await due(), '2026-03-16')
  clock.now = new Date('2026-03-13T10:00:00+07:00')
  await moveOnboarding(ctx(), id, { move: 'report', revision: 2, side: 'agency', testDossiers: ['H21.101-260312-0001'] })
  assert.equal(await due(), '2026-03-17')
  clock.now = new Date('2026-03-18T10:00:00+07:00')
  assert.equal((await listOnboardings(node.db, { overdueAt: clock.now, limit: 9, offset: 0 })).total, 1, 'the office is late')
  await moveOnboarding(ctx(), id, { move: 'confirm', revision: 3, side: 'office' })
  const done = (await findOnboarding(node.db, id))!
  assert.deepEqual([done.state, done.dueAt, done.testDossiers], ['confirmed', null, ['H21.101-260312-0001']])
  assert.deepEqual((await listSteps(node.db, id)).map((s) => s.state), ['proposed', 'testing', 'reported', 'confirmed'])
  const events = await listEvents(node.db, `${code}.01`)
  assert.deepEqual(events.map((e) => [e.type, e.data.late]), [['catalogue.service_proposed', undefined], ['catalogue.service_testing', false], ['catalogue.service_reported', false], ['catalogue.service_confirmed', true]])
})

test('only who has the turn moves a case, from the state that was seen; a second proposal of the same service waits', async (t) => {
  const { ctx } = await national(t)
  const id = await proposeOnboarding(ctx(), proposal)
  await assert.rejects(proposeOnboarding(ctx(), proposal), refusal('ONBOARDING_OPEN'))
  await assert.rejects(moveOnboarding(ctx(), id, { move: 'open', revision: 1, side: 'agency' }), refusal('NOT_YOUR_TURN'))
  await assert.rejects(moveOnboarding(ctx(), id, { move: 'confirm', revision: 1, side: 'office' }), refusal('ONBOARDING_MOVED'))
  await moveOnboarding(ctx(), id, { move: 'return', revision: 1, side: 'office', reason: 'Thiếu quy trình' })
  await assert.rejects(moveOnboarding(ctx(), id, { move: 'open', revision: 1, side: 'office' }), refusal('ONBOARDING_MOVED'))
  await proposeOnboarding(ctx(), proposal)
  await assert.rejects(proposeOnboarding(ctx(), { ...proposal, procedureCode: '9.999999' }), refusal('PROCEDURE_NOT_FOUND'))
})

test('a suspended service takes no dossiers and says why, until it is offered again', async (t) => {
  const { node, ctx, clock } = await national(t)
  const check = () => assertServiceOpen(node.db, code, { now: clock.now, lang: 'en' })
  await check()
  await changeOffer(ctx(), { procedureCode: code, state: 'suspended', reasonVi: 'Hệ thống đang nâng cấp', reasonEn: 'The system is being renewed' })
  await assert.rejects(check(), (error) => isRefusal(error) && error.params.reason === 'The system is being renewed')
  clock.now = new Date(clock.now.getTime() + 1000)
  await changeOffer(ctx(), { procedureCode: code, state: 'open', reasonVi: 'Đã xong' })
  await check()
})

test('a service that is taken back after its test is closed, and every local node hears of it', async (t) => {
  const { VN, H21 } = await exchangeCountry(t, { modules: (node) => [node === 'VN' ? { name: 'catalogue', followers: () => [serviceFeed] } : { name: 'catalogue', services: { [serviceChangeService]: receiveServiceChange } }] })
  await VN!.start()
  await changeOffer(systemCtx(VN!.node, 'test'), { procedureCode: code, state: 'stopped', reasonVi: 'Chưa hoàn thành kiểm thử' })
  await H21!.start()
  const states = async () => (await H21!.database.db<{ state: string }[]>`SELECT state FROM catalogue.service_change ORDER BY from_at, id`).map((r) => r.state)
  await eventually('what was decided before it enrolled', async () => { await drainFollowers(VN!.node); return (await states()).length === 1 })
  await changeOffer(systemCtx(VN!.node, 'test'), { procedureCode: code, state: 'open', reasonVi: 'Đã hoàn thiện' })
  await eventually('what is decided later', async () => { await drainFollowers(VN!.node); return (await states()).length === 2 })
  assert.deepEqual(await states(), ['stopped', 'open'])
})

test('a service that nobody filed for in three years is marked; one dossier clears it', async (t) => {
  const { node, ctx, clock } = await national(t)
  const idle = async () => (await listOffered(node.db, clock.now)).find((o) => o.procedureCode === code)!.idle
  assert.equal(await idle(), false)
  clock.now = new Date('2029-03-07T09:00:00+07:00')
  assert.equal(await idle(), true)
  await transact(ctx(), (tx) => appendEvent(tx, ctx(), { type: 'dossier.submitted', subject: 'd1', data: { procedure: code } }))
  await drainFollowers(node)
  assert.equal(await idle(), false)
})

test('the pages show a case to both sides and let each do its own part; mistakes keep what was typed', async (t) => {
  const { node, ctx } = await national(t)
  const id = await proposeOnboarding(ctx(), proposal)
  const office = await site(t, node, serviceRoutes)
  office.as(officer('VN', 'catalogue.view-services', 'catalogue.decide-services'))
  const agency = await site(t, node, serviceRoutes)
  agency.as(officer('H21', 'catalogue.view-services', 'catalogue.propose-services'))
  assert.match((await office.get(`${servicesPath}?lang=en`)).body, /1\.000001\.01[\s\S]*Proposed/)
  assert.match((await agency.get(`${caseHref(id)}?lang=en`)).body, /Waiting for the Government Office/)
  assert.equal((await agency.post(moveHref(id), { move: 'open', revision: '1' }, '/admin/services/propose')).statusCode, 403)
  const empty = await office.post(moveHref(id), { move: 'return', revision: '1', reason: ' ' }, caseHref(id))
  assert.equal(empty.statusCode, 400)
  assert.equal((await office.post(moveHref(id), { move: 'open', revision: '1' }, caseHref(id))).statusCode, 303)
  const wrong = await agency.post(moveHref(id), { move: 'report', revision: '2', testDossiers: 'khong-phai-ma' }, caseHref(id))
  assert.equal(wrong.statusCode, 400)
  assert.match(wrong.body, /khong-phai-ma<\/textarea>/)
  const closed = await office.post(offerHref(code), { state: 'suspended', reasonVi: 'Nâng cấp' }, offerHref(code))
  assert.equal(closed.statusCode, 400, 'not without the confirmation')
  assert.equal((await office.post(offerHref(code), { state: 'suspended', reasonVi: 'Nâng cấp', sure: '1' }, offerHref(code))).statusCode, 303)
  assert.equal((await agency.post(offerHref(code), { state: 'open', reasonVi: 'x', sure: '1' }, '/admin/services/propose')).statusCode, 403)
})
