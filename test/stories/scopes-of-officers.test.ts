import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../src/app.ts'
import { getCurrentProcedure } from '../../src/modules/catalogue/index.ts'
import { findDossier, submitDossier } from '../../src/modules/dossiers/index.ts'
import { findForm, sampleAnswers } from '../../src/modules/forms/index.ts'
import { addOfficer, authenticate, createSession, type Role } from '../../src/modules/identity/index.ts'
import { grantRole } from '../../src/modules/identity/officers/rights/grant-role.ts'
import { proposeChange } from '../../src/modules/identity/officers/rights/propose-change.ts'
import { nameUnit } from '../../src/modules/identity/officers/rights/unit-duties.ts'
import { nameSubstitute } from '../../src/modules/identity/officers/substitutes/name-substitute.ts'
import { drainFollowers, listEvents } from '../../src/modules/ledger/index.ts'
import { assignTask, listTasks } from '../../src/modules/process/index.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../src/platform/ctx.ts'
import { civilDate } from '../../src/platform/i18n.ts'
import { newId } from '../../src/platform/ids.ts'
import type { Node } from '../../src/platform/node.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'

const [birth, business] = ['1.001193', '1.001612']
const pleiku = '23575'

suite('scopes of officers', () => {
let node!: Node
let app!: App
let agency = ''
const stops: (() => unknown)[] = []
before(async () => {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(db, { modules })
  for (const m of node.modules) await m.seed?.(node)
  app = await buildApp(node)
  const [row] = await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = ${pleiku} AND kind = 'peoples-committee'`
  agency = row!.code
})
after(async () => {
  await app.stop()
  for (const stop of stops.reverse()) await stop()
})

let count = 0
interface Who { id: string; token: string; ctx(): Promise<Ctx> }
/** An officer of the commune, logged in. */
async function officer(roles: Role[], limits: { unitId?: string; sectorCode?: string; procedureCode?: string } = {}): Promise<Who> {
  const ctx = systemCtx(node, 'test')
  const id = (await addOfficer(ctx, { login: `can.bo.${++count}`, password: 'mot-mat-khau-dai', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: `Cán Bộ Thử ${count}`, agencyCode: agency, roles, limits }))!
  const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId: id, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
  return { id, token, ctx: async () => createCtx(node, { actor: await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` }) }) }
}
const get = async (who: Who, url: string) => app.server.inject({ url, headers: { authorization: `Bearer ${who.token}` } })
async function post(who: Who, url: string, fields: Record<string, string>, from: string) {
  const form = await get(who, from)
  const cookie = [form.headers['set-cookie']].flat().map((line) => line!.split(';')[0]).join('; ')
  const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
  return app.server.inject({ method: 'POST', url, headers: { authorization: `Bearer ${who.token}`, cookie, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token, ...fields }).toString() })
}

async function file(code: string): Promise<string> {
  const procedure = (await getCurrentProcedure(node.db, code))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const person = { kind: 'person' as const, id: newId(), subject: newId(), name: 'Nguyễn Văn Thử Nghiệm', assurance: 2 as const, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() }
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${person.id}, ${person.subject}, ${`05209${String(++count).padStart(7, '0')}`}, ${person.name}, '1990-03-12', '0900000099', 2, now(), now())`
  const { id } = await submitDossier(createCtx(node, { actor: person }), {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: person.name, idNumber: '052090000099' }, files: [], placeCode: pleiku, returnWay: 'online', channel: 'online', filingKey: newId(),
  })
  return id
}
/** Accepted by a one-stop desk, with the one-stop's own steps done: it lies with the specialist. */
async function toSpecialist(desk: Who, id: string): Promise<void> {
  assert.equal((await post(desk, `/desk/dossiers/${id}/accept`, {}, `/desk/dossiers/${id}`)).statusCode, 303)
  for (let task = (await listTasks(node.db, { subject: id, open: true }))[0]!; task.role === 'one-stop'; task = (await listTasks(node.db, { subject: id, open: true }))[0]!) {
    const done = await post(desk, `/desk/dossiers/${id}/tasks/${task.id}`, { outcome: task.outcomes[0]?.value ?? '', note: '' }, `/desk/dossiers/${id}`)
    assert.equal(done.statusCode, 303, done.body)
  }
}
const firstTask = async (id: string) => (await listTasks(node.db, { subject: id, open: true }))[0]!

let desk!: Who
let births!: string
let businesses!: string
test('a role limited to a procedure, a sector or a unit sees and does only what falls under it: lists, counts, objects and papers', async () => {
  desk = await officer(['one-stop'])
  births = await file(birth)
  businesses = await file(business)
  const sector = (await getCurrentProcedure(node.db, business))!.content.sector.code
  const [unit] = await node.db<{ id: string }[]>`SELECT id FROM organisations.unit WHERE agency_code = ${agency} ORDER BY position LIMIT 1`
  const admin = await officer(['high-level-admin'])
  await nameUnit(await admin.ctx(), { agencyCode: agency, unitId: unit!.id, sectorCode: null, procedureCode: birth })
  for (const id of [births, businesses]) await toSpecialist(desk, id)
  const cases: [string, Who, string, string][] = [
    ['procedure', await officer(['specialist'], { procedureCode: birth }), births, businesses],
    ['sector', await officer(['specialist'], { sectorCode: sector }), businesses, births],
    ['unit', await officer(['specialist'], { unitId: unit!.id }), births, businesses],
  ]
  for (const [name, who, own, other] of cases) {
    for (const view of ['tasks', 'all']) {
      const list = (await get(who, `/desk?view=${view}`)).body
      assert.ok(list.includes(own) && !list.includes(other), `${name}: ${view}`)
      const open = (await listTasks(node.db, { subject: own, open: true })).length
      assert.ok(list.includes(`Việc của tôi (${open})`), `${name}: what is counted`)
    }
    assert.equal((await get(who, `/desk/dossiers/${own}`)).statusCode, 200, name)
    for (const path of ['', '/result-preview', `/files/${newId()}`, `/documents/${newId()}`]) assert.equal((await get(who, `/desk/dossiers/${other}${path}`)).statusCode, 404, `${name} ${path}`)
    const task = await firstTask(other)
    assert.equal((await post(who, `/desk/dossiers/${other}/tasks/${task.id}`, { outcome: task.outcomes[0]?.value ?? '' }, `/desk/dossiers/${own}`)).statusCode, 404, name)
    assert.equal((await post(who, `/desk/dossiers/${other}/supplement`, { supplementReason: 'x', items: '0' }, `/desk/dossiers/${own}`)).statusCode, 404, name)
  }
  const whole = (await get(await officer(['specialist']), '/desk?view=tasks')).body
  assert.ok(whole.includes(births) && whole.includes(businesses))
})

test('two limited roles add up, and the right that goes is gone at the next request', async () => {
  const who = await officer(['specialist'], { procedureCode: birth })
  const ctx = systemCtx(node, 'test')
  await transact(ctx, (tx) => grantRole(tx, ctx, { officerId: who.id, role: 'specialist', agencyCode: agency, procedureCode: business }))
  assert.equal((await get(who, `/desk/dossiers/${businesses}`)).statusCode, 200)
  await node.db`UPDATE identity.role_grant SET revoked_at = now(), revoked_by = 'test' WHERE officer_id = ${who.id} AND procedure_code = ${business}`
  assert.equal((await get(who, `/desk/dossiers/${businesses}`)).statusCode, 404)
  assert.equal((await get(who, `/desk/dossiers/${births}`)).statusCode, 200)
})

test('a substitute does the other\'s step, and the ledger, the task and the history say in whose place', async () => {
  const [away, substitute] = [await officer(['specialist']), await officer(['one-stop'])]
  const task = await firstTask(businesses)
  await transact(systemCtx(node, 'test'), (tx) => assignTask(tx, systemCtx(node, 'test'), { taskId: task.id, assignee: away.id }))
  const complete = () => post(substitute, `/desk/dossiers/${businesses}/tasks/${task.id}`, { outcome: task.outcomes[0]?.value ?? '', note: '' }, `/desk/dossiers/${businesses}`)
  assert.ok([403, 409].includes((await complete()).statusCode), 'not without being named')
  const today = civilDate(node.now())
  assert.deepEqual(await nameSubstitute(await away.ctx(), { officerId: away.id, substituteId: substitute.id, from: today, until: today, reason: 'họp' }), [])
  assert.ok((await get(substitute, '/desk?view=tasks')).body.includes(businesses))
  assert.equal((await complete()).statusCode, 303)
  const event = (await listEvents(node.db, businesses)).findLast((e) => e.type === 'process.task_completed')!
  assert.deepEqual([event.actor, event.data.inPlaceOf], [`officer:${substitute.id}`, away.id])
  const [row] = await node.db<{ inPlaceOf: string }[]>`SELECT in_place_of AS "inPlaceOf" FROM process.task WHERE id = ${task.id}`
  assert.equal(row!.inPlaceOf, away.id)
  const page = (await get(desk, `/desk/dossiers/${businesses}`)).body
  assert.match(page, /Cán Bộ Thử \d+ \(thay Cán Bộ Thử \d+\)/)
})

test('with a transfer the tasks that an officer had taken go back to the pool of their role', async () => {
  const [admin, specialist] = [await officer(['high-level-admin']), await officer(['specialist'])]
  const task = await firstTask(births)
  await transact(systemCtx(node, 'test'), (tx) => assignTask(tx, systemCtx(node, 'test'), { taskId: task.id, assignee: specialist.id }))
  const shown = (await get(admin, `/admin/officers/${specialist.id}/leave`)).body
  assert.ok(shown.includes(task.name.vi), 'what is open is listed before')
  await proposeChange(await admin.ctx(), { kind: 'leave', officerId: specialist.id }, 'nghỉ hưu')
  assert.equal((await get(specialist, `/desk/dossiers/${births}`)).statusCode, 303, 'to the log-in')
  await drainFollowers(node)
  assert.equal((await listTasks(node.db, { subject: births, open: true }))[0]!.assignee, null)
})

test('who drafted a result does not sign it in another\'s place', async () => {
  const [leader, both] = [await officer(['leader']), await officer(['specialist'])]
  const id = await file(business)
  await toSpecialist(desk, id)
  for (let task = await firstTask(id); task.role === 'specialist'; task = await firstTask(id)) {
    const done = await post(both, `/desk/dossiers/${id}/tasks/${task.id}`, { outcome: task.outcomes[0]?.value ?? '', note: '' }, `/desk/dossiers/${id}`)
    assert.equal(done.statusCode, 303, done.body)
  }
  const task = await firstTask(id)
  assert.equal(task.role, 'leader')
  const today = civilDate(node.now())
  assert.deepEqual(await nameSubstitute(await leader.ctx(), { officerId: leader.id, substituteId: both.id, from: today, until: today, reason: 'ốm' }), [])
  assert.equal((await post(both, `/desk/dossiers/${id}/tasks/${task.id}`, { outcome: task.outcomes[0]?.value ?? '', note: '' }, `/desk/dossiers/${id}`)).statusCode, 403)
  assert.notEqual((await findDossier(node.db, id))!.state, 'finished')
})
})
