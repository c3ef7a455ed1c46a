import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../../app.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { addOfficer, authenticate, createSession } from '../../identity/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import type { Person } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findDossier } from '../dossiers.store.ts'
import { likeness } from '../duplicates/alike.ts'
import { requestSupplement } from '../request-supplement.ts'
import { submitDossier } from '../submit-dossier.ts'
import { requestWithdrawal, stopDossier } from '../withdraw-dossier.ts'
import { declineWithdrawal } from './decline-withdrawal.ts'

const business = '1.001612'

suite('withdrawals judged, and filings made twice', () => {
let node!: Node
let app!: App
let here = ''
const stops: (() => unknown)[] = []
before(async () => {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(db, { modules })
  for (const m of node.modules) await m.seed?.(node)
  app = await buildApp(node)
  here = (await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = '23575' AND kind = 'peoples-committee'`)[0]!.code
  await drainFollowers(node)
})
after(async () => {
  await app.stop()
  for (const stop of stops.reverse()) await stop()
})

let count = 0
async function oneStop(): Promise<{ ctx: Ctx; token: string }> {
  const ctx = systemCtx(node, 'test')
  const officerId = (await addOfficer(ctx, { login: `rut.${++count}`, password: 'mot-mat-khau-dai', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: `Cán Bộ ${count}`, agencyCode: here, roles: ['one-stop'] }))!
  const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
  return { token, ctx: createCtx(node, { actor: await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` }) }) }
}
interface Citizen { ctx: Ctx; token: string; id: string }
async function person(): Promise<Citizen> {
  const id = newId()
  const who: Person = { kind: 'person', id, subject: newId(), name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() }
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${id}, ${who.subject}, ${`05209${String(++count).padStart(7, '0')}`}, ${who.name}, '1990-03-12', '0900000099', 2, now(), now())`
  const { token } = await transact(systemCtx(node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: id, assurance: 2, methods: ['otp'], now: node.now() }))
  return { id, token, ctx: createCtx(node, { actor: who }) }
}
async function file(who: Citizen, seed = 5, change: Record<string, unknown> = {}): Promise<string> {
  const procedure = (await getCurrentProcedure(node.db, business, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const answers = { ...sampleAnswers(form, seed, { fixed: { founder: 'individual' } }), ...change }
  return (await submitDossier(who.ctx, { procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant: { name: 'Nguyễn Văn Thử Nghiệm', idNumber: '052090000099' }, files: [], placeCode: '23575', returnWay: 'desk', channel: 'online', filingKey: newId() })).id
}
const get = async (token: string, url: string) => app.server.inject({ url, headers: { authorization: `Bearer ${token}` } })

test('a withdrawal is asked, judged and told: not agreed to, the dossier goes on with its date, and the person reads why', async () => {
  const [desk, who] = [await oneStop(), await person()]
  const id = await file(who)
  const before = await acceptDossier(desk.ctx, { dossierId: id })
  await assert.rejects(declineWithdrawal(desk.ctx, { dossierId: id, reason: 'x' }), (e) => isRefusal(e, 'NOT_IN_STATE'), 'nobody asked')
  await requestWithdrawal(who.ctx, { dossierId: id, reason: 'Không mở cửa hàng nữa' })
  assert.match((await get(desk.token, `/desk/dossiers/${id}`)).body, /Không mở cửa hàng nữa[\s\S]*Không chấp nhận đề nghị rút/)
  const after = await declineWithdrawal(desk.ctx, { dossierId: id, reason: 'Kết quả đã trình ký' })
  assert.deepEqual([after.state, after.dueAt, after.pausedAt], ['in-progress', before.dueAt, null])
  await drainFollowers(node)
  const notices = await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${who.id}`
  assert.ok(notices.some((n) => n.event === 'dossier-withdrawal-declined'))
  assert.match((await get(who.token, `/ho-so/${id}`)).body, /không chấp nhận đề nghị rút hồ sơ. Lý do: Kết quả đã trình ký/)
  assert.ok(!(await listEvents(node.db, id)).some((e) => JSON.stringify(e.data).includes('trình ký')))
  await requestWithdrawal(who.ctx, { dossierId: id, reason: 'Vẫn muốn rút' })
  assert.equal((await stopDossier(desk.ctx, { dossierId: id })).state, 'stopped')
})

test('who asked to withdraw while the office waited for him is waited for again', async () => {
  const [desk, who] = [await oneStop(), await person()]
  const id = await file(who)
  await acceptDossier(desk.ctx, { dossierId: id })
  await requestSupplement(desk.ctx, { dossierId: id, reason: 'Thiếu', items: ['Giấy tờ'] })
  await requestWithdrawal(who.ctx, { dossierId: id, reason: '' })
  const after = await declineWithdrawal(desk.ctx, { dossierId: id, reason: 'x' })
  assert.equal(after.state, 'supplement-required')
  assert.ok(after.pausedAt)
})

test('a filing made twice is told to the officer with a link, and hinders nothing; another matter, or another person’s, is not', async () => {
  const [desk, who, stranger] = [await oneStop(), await person(), await person()]
  const first = await file(who)
  const [second, another, strangers] = [await file(who, 5, { businessPhone: '0900000001' }), await file(who, 77), await file(stranger)]
  const links = async (id: string): Promise<string[]> => [...new Set([...(await get(desk.token, `/desk/dossiers/${id}`)).body.matchAll(/<li><a class="govuk-link" href="\/desk\/dossiers\/([0-9a-f-]{36})">/g)].map(([, other]) => other!))]
  assert.deepEqual(await links(second), [first])
  assert.deepEqual([await links(another), await links(strangers)], [[], []])
  assert.equal((await acceptDossier(desk.ctx, { dossierId: second })).state, 'received')
  assert.ok((await findDossier(node.db, first))!.state === 'new')
})

test('likeness counts answers, not files, ticks, or how they are written', () => {
  const one = { name: 'Cửa hàng Ánh Dương', place: { commune: '23575', street: '1 Hùng Vương' }, workers: 3, agreed: true, scan: { id: 'a', size: 1, type: 'x' } }
  const table: [Record<string, unknown>, number][] = [
    [one, 1], [{ ...one, name: ' cửa hàng ánh dương ', agreed: false, scan: { id: 'b', size: 2, type: 'x' } }, 1], [{ ...one, workers: 4 }, 0.75], [{}, 0], [{ ...one, place: { commune: '23575' } }, 0.75],
  ]
  for (const [other, expected] of table) assert.equal(likeness(one, other), expected, JSON.stringify(other))
})
})
