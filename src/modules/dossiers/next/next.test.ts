import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Actor, Officer, Person } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import type { BodyReply } from '../../../platform/http/reply.ts'
import { emptyForm, type Req } from '../../../platform/http/route.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { accountNotices } from '../../identity/index.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { findDossier } from '../dossiers.store.ts'
import { answerMessage } from '../messages/answer-message.ts'
import { readMessages } from '../messages/read-messages.ts'
import { requestSupplement } from '../request-supplement.ts'
import { movesOf } from './moves.ts'
import { ownCalendarRoutes } from './pages/own-calendar.routes.ts'
import { progressOf } from './progress.ts'
import { receiveProgress } from './tell-progress.ts'
import { smallOffice, type SmallOffice } from '../testing/small-office.ts'

suite('what comes next for the person', () => {
let now = new Date('2026-11-20T02:00:00Z').getTime()
let accountId = ''
let office!: SmallOffice
let node!: Node
let agency = ''
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node, here: agency } = office)
})
after(() => office.stop())

let people = 0
async function citizen(): Promise<Ctx> {
  accountId = newId()
  const subject = `subject-${++people}`
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, ${subject}, ${`05209000080${people}`}, 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
  const actor: Actor = { kind: 'person', id: accountId, subject, name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
  return createCtx(node, { actor })
}
const officer = (role: string): Ctx => {
  const actor: Officer = { kind: 'officer', id: newId(), name: 'Phan Một Cửa', agencyCode: agency, unitId: null, roles: [role], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: node.now(), sessionId: newId() }
  return createCtx(node, { actor })
}
const file = (ctx: Ctx, change: Record<string, unknown> = {}): Promise<string> => office.file({ ctx }, { returnWay: 'online', change })
const at = async (id: string) => (await findDossier(node.db, id))!
const moves = async (ctx: Ctx) => (await movesOf(ctx, ctx.actor as Person)).map((m) => m.kind)
const calendar = async (ctx: Ctx, id: string): Promise<string> => ((await ownCalendarRoutes[0]!.handler({ ctx, params: { id }, query: {}, form: emptyForm, json: undefined, headers: {}, cookies: {}, ip: '', raw: {} as Req['raw'] })) as BodyReply).body.toString()

test('what waits for the person is named with its moment, on the account page too, until it is done', async () => {
  const person = await citizen()
  const id = await file(person)
  assert.deepEqual(await moves(person), [])
  await requestSupplement(officer('one-stop'), { dossierId: id, reason: 'Thiếu', items: ['Nội dung kê khai'] })
  now += 60_000
  await answerMessage(officer('one-stop'), { dossierId: id, id: newId(), body: 'Xin gọi lại', files: [] })
  assert.deepEqual(await moves(person), ['supplement', 'answer'], 'the longest waiting first')
  assert.deepEqual((await accountNotices(person, accountId)).map((n) => n.key), ['dossiers.move.supplement', 'dossiers.move.answer'])
  assert.deepEqual(await moves(await citizen()), [], 'nobody sees what waits for another')
  await readMessages(person, await at(id), 'person')
  assert.deepEqual(await moves(person), ['supplement'])
})

test('the steps come with unit and date: done, at work, and those ahead no later than the promise; none while the clock stands', async () => {
  const person = await citizen()
  const id = await file(person)
  assert.deepEqual(await progressOf(person, await at(id)), [], 'before the reception there are no steps')
  await acceptDossier(officer('one-stop'), { dossierId: id })
  const [task] = await listTasks(node.db, { subject: id, open: true })
  now += 3_600_000
  await completeStep(officer(task!.role), { dossierId: id, taskId: task!.id, outcome: task!.outcomes[0]?.value })
  const steps = await progressOf(person, await at(id))
  assert.equal(steps[0]!.state, 'done')
  assert.ok(steps.some((s) => s.state === 'current') && steps.some((s) => s.state === 'ahead'))
  assert.match(steps[0]!.unit.vi, /Pleiku/)
  const ahead = steps.filter((s) => s.state === 'ahead').map((s) => new Date(s.due!).getTime())
  assert.deepEqual(ahead, [...ahead].sort((a, b) => a - b))
  assert.ok(ahead.every((due) => due > now))
  const promise = new Date(now + 1000)
  const bound = await progressOf(person, { ...(await at(id)), dueAt: promise })
  assert.ok(bound.filter((s) => s.state === 'ahead').every((s) => s.due === promise.toISOString()), 'no step is announced for later than the promise')
  assert.doesNotMatch(JSON.stringify(steps), /Phan Một Cửa/)
  await requestSupplement(officer('specialist'), { dossierId: id, reason: 'Thiếu', items: ['Nội dung kê khai'] })
  assert.ok((await progressOf(person, await at(id))).every((s) => s.state === 'done' || s.due === undefined))
})

test('the node of filing is told the steps, and takes no older telling for a later one', async () => {
  const person = await citizen()
  const id = await file(person)
  await node.db`UPDATE dossiers.dossier SET origin_node = 'G01' WHERE id = ${id}`
  await acceptDossier(officer('one-stop'), { dossierId: id })
  await drainFollowers(node)
  const sent = await node.db<{ to: string; payload: string }[]>`SELECT to_node AS to, payload FROM exchange.outbox WHERE subject = ${id} AND service = 'dossier.progress'`
  assert.deepEqual(sent.map((m) => m.to), ['G01'])
  const told = JSON.parse(sent[0]!.payload) as { at: string; steps: { state: string }[] }
  assert.equal(told.steps[0]!.state, 'current')
  // As if this were the node of filing.
  await node.db`UPDATE dossiers.dossier SET node_code = 'G05' WHERE id = ${id}`
  const receive = (from: string, payload: unknown) => transact(systemCtx(node, 'test'), (tx) => receiveProgress(tx, systemCtx(node, 'test'), { id: newId(), from, service: 'dossier.progress', subject: id, sentAt: node.now(), payload }))
  await receive('G05', told)
  await receive('G05', { at: '2020-01-01T00:00:00Z', steps: [] })
  assert.equal((await progressOf(person, await at(id))).length, told.steps.length)
  await assert.rejects(receive('G01', told), (e) => isRefusal(e, 'NOT_FOUND'), 'only who handles it tells its steps')
})

test('the appointment goes into the person’s own calendar; before there is one the file is empty', async () => {
  const person = await citizen()
  const id = await file(person)
  assert.doesNotMatch(await calendar(person, id), /VEVENT/)
  await acceptDossier(officer('one-stop'), { dossierId: id })
  const text = (await calendar(person, id)).replaceAll('\r\n ', '')
  assert.match(text, /BEGIN:VEVENT\r\nUID:result-/)
  assert.match(text, new RegExp(`SUMMARY:.*${(await at(id)).code}`))
  await assert.rejects(calendar(await citizen(), id), (e) => isRefusal(e, 'NOT_FOUND'))
})
})
