import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { takeStep } from '../assignment/take-step.ts'
import { listAccountRequests } from './accountability.store.ts'
import { askAccount, receiveAccountRequest } from './ask-account.ts'
import { giveAccount, receiveAccount } from './give-account.ts'
import { accountReminderJobs, accountReminderQueue } from './remind-of-account.ts'
import { refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

suite('accountability', () => {
let now = new Date('2026-11-20T02:00:00Z').getTime()
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node } = office)
})
after(() => office.stop())

async function received(who: Sitting, desk: Sitting): Promise<string> {
  const id = await office.file(who)
  await acceptDossier(desk.ctx, { dossierId: id })
  return id
}

test('a person asks to account for the handling; who held the dossier is responsible, answers by the date of the rule, and the person reads it', async () => {
  const [desk, specialist, other, who, stranger] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('specialist', { agencyCode: office.there }), await office.person(), await office.person()]
  const id = await received(who, desk)
  const task = (await listTasks(node.db, { subject: id, open: true })).find((t) => t.role === 'specialist')!
  await takeStep(specialist.ctx, { dossierId: id, taskId: task.id })
  await assert.rejects(askAccount(stranger.ctx, { dossierId: id, request: 'x' }), refusal('NOT_FOUND'))
  assert.deepEqual((await askAccount(who.ctx, { dossierId: id, request: ' ' })).map((w) => w.field), ['accountRequest'])
  assert.deepEqual(await askAccount(who.ctx, { dossierId: id, request: 'Vì sao phải nộp thêm bản sao?' }), [])
  await assert.rejects(askAccount(who.ctx, { dossierId: id, request: 'Lần nữa' }), refusal('ACCOUNT_ASKED'))
  const [request] = await listAccountRequests(node.db, id)
  assert.deepEqual([request!.responsibleOfficer, request!.dueAt!.toISOString()], [specialist.id, '2026-12-07T10:00:00.000Z'], 'fifteen days end on a Saturday: the next working day')
  assert.match((await office.get(desk, '/desk/accountability')).body, new RegExp(specialist.name))
  assert.doesNotMatch((await office.get(other, '/desk/accountability')).body, new RegExp(id))
  await assert.rejects(giveAccount(other.ctx, { dossierId: id, answer: 'x' }), refusal('NOT_FOUND'))
  assert.deepEqual((await giveAccount(specialist.ctx, { dossierId: id, answer: '' })).map((w) => w.field), ['account'])
  assert.deepEqual(await giveAccount(specialist.ctx, { dossierId: id, answer: 'Bản sao trước bị mờ' }), [])
  await assert.rejects(giveAccount(specialist.ctx, { dossierId: id, answer: 'Khác' }), refusal('ANSWERED_ALREADY'))
  assert.match((await office.get(who, `/ho-so/${id}`)).body, /Bản sao trước bị mờ/)
  await drainFollowers(node)
  const notices = await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${who.id}`
  assert.ok(notices.some((n) => n.event === 'dossier-account-given'))
  assert.ok(!(await listEvents(node.db, id)).some((e) => /bản sao/i.test(JSON.stringify(e.data))), 'words are in no event')
  assert.deepEqual(await askAccount(who.ctx, { dossierId: id, request: 'Một điều khác' }), [], 'answered, another may be asked')
})

test('who lets the date pass is reminded with the leader, once', async () => {
  const [desk, leader, who] = [await office.officer('one-stop'), await office.officer('leader'), await office.person()]
  await node.db`UPDATE identity.officer SET email = 'lanh.dao@example.gov.vn' WHERE id = ${leader.id}`
  const id = await received(who, desk)
  await askAccount(who.ctx, { dossierId: id, request: 'Vì sao chậm?' })
  const [request] = await listAccountRequests(node.db, id)
  const [job] = await node.db<{ run_at: Date }[]>`SELECT run_at FROM platform.job WHERE queue = ${accountReminderQueue} AND key = ${request!.id}`
  assert.deepEqual(job!.run_at, request!.dueAt)
  now = request!.dueAt!.getTime() + 1000
  for (let n = 0; n < 2; n++) await accountReminderJobs[accountReminderQueue]!(node, { requestId: request!.id }, {} as never)
  assert.equal((await listEvents(node.db, id)).filter((e) => e.type === 'accountability.overdue').length, 1)
  assert.equal((await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM notifications.message WHERE template = 'dossiers.accountability.mail.text'`)[0]!.n, 1)
})

test('asked at another node it is answered there: only who may ask and answer is heard, and repeats change nothing', async () => {
  const [desk, who] = [await office.officer('one-stop'), await office.person()]
  const id = await received(who, desk)
  const ctx = systemCtx(node, 'test')
  const message = (from: string, payload: unknown) => ({ id: newId(), from, service: 'x', subject: id, payload, sentAt: node.now() })
  const asks = { id: newId(), request: 'Hỏi từ cổng quốc gia', askedAt: node.now().toISOString() }
  await assert.rejects(transact(ctx, (tx) => receiveAccountRequest(tx, ctx, message('G02', asks))), refusal('NOT_FOUND'))
  for (let n = 0; n < 2; n++) await transact(ctx, (tx) => receiveAccountRequest(tx, ctx, message('VN', asks)))
  assert.equal((await listAccountRequests(node.db, id)).length, 1)
  await giveAccount(desk.ctx, { dossierId: id, answer: 'Đã xem lại' })
  const [out] = await node.db<{ to_node: string; payload: string }[]>`SELECT to_node, payload FROM exchange.outbox WHERE subject = ${id} AND service = 'accountability.answer'`
  assert.deepEqual([out!.to_node, (JSON.parse(out!.payload) as { answer: string }).answer], ['VN', 'Đã xem lại'])

  await node.db`UPDATE dossiers.dossier SET node_code = 'G01' WHERE id = ${id}`
  await askAccount(who.ctx, { dossierId: id, request: 'Hỏi cơ quan ở nơi khác' })
  const [sent] = await node.db<{ to_node: string }[]>`SELECT to_node FROM exchange.outbox WHERE subject = ${id} AND service = 'accountability.ask'`
  assert.equal(sent!.to_node, 'G01')
  const answer = { answer: 'Trả lời từ nơi khác', at: node.now().toISOString() }
  await assert.rejects(transact(ctx, (tx) => receiveAccount(tx, ctx, message('H01', answer))), refusal('NOT_FOUND'))
  for (let n = 0; n < 2; n++) await transact(ctx, (tx) => receiveAccount(tx, ctx, message('G01', answer)))
  assert.equal((await listAccountRequests(node.db, id)).at(-1)!.answer, 'Trả lời từ nơi khác')
})
})
