import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Actor, Officer } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { findDossier, listDeskDossiers } from '../dossiers.store.ts'
import { answerMessage } from './answer-message.ts'
import { mostOfDay } from './message.ts'
import { listMessages } from './message.store.ts'
import { readMessages } from './read-messages.ts'
import { receiveConversation } from './receive-conversation.ts'
import { settleMessages } from './settle-messages.ts'
import { writeMessage } from './write-message.ts'
import { smallOffice, type SmallOffice } from '../testing/small-office.ts'

suite('messages about a dossier', () => {
let now = new Date('2026-11-20T02:00:00Z').getTime()
let accountId = ''
let office!: SmallOffice
let node!: Node
let agency = ''
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node, here: agency } = office)
  accountId = newId()
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, 'subject-1', '052090000099', 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
})
after(() => office.stop())

const person = (id = accountId, subject = 'subject-1'): Ctx => {
  const actor: Actor = { kind: 'person', id, subject, name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
  return createCtx(node, { actor })
}
const officer = (agencyCode = agency): Ctx => {
  const actor: Officer = { kind: 'officer', id: newId(), name: 'Phan Một Cửa', agencyCode, unitId: null, roles: ['one-stop'], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: node.now(), sessionId: newId() }
  return createCtx(node, { actor })
}
const file = (): Promise<string> => office.file({ ctx: person() }, { returnWay: 'online' })
const waiting = async (): Promise<string[]> => (await listDeskDossiers(node.db, 'H21', { reach: [{ agencyCode: agency, procedureCodes: undefined }], waiting: true, limit: 50, offset: 0 })).rows.map((d) => d.id)
const told = async (id: string) => (await node.db<{ to: string; payload: string }[]>`SELECT to_node AS to, payload FROM exchange.outbox WHERE subject = ${id} AND service = 'dossier.conversation' ORDER BY queued_at, id`).map(({ to, payload }) => ({ to, ...(JSON.parse(payload) as { kind: string; side: string; body?: string }) }))

test('a question waits for an answer, the answer settles it and is told to the owner; no event says what was written', async () => {
  const id = await file()
  const message = { dossierId: id, id: newId(), body: 'Tôi nộp bản sao lúc nào?', files: [] }
  await writeMessage(person(), message)
  await writeMessage(person(), message)
  assert.equal((await listMessages(node.db, id)).length, 1, 'pressing twice writes once')
  assert.deepEqual(await waiting(), [id])
  await readMessages(officer(), (await findDossier(node.db, id))!, 'office')
  assert.deepEqual((await listMessages(node.db, id))[0]!.readAt, node.now())
  assert.deepEqual(await waiting(), [id], 'read is not answered')
  now += 60_000
  await answerMessage(officer(), { dossierId: id, id: newId(), body: 'Nộp khi nhận kết quả.', files: [] })
  assert.deepEqual(await waiting(), [])
  await drainFollowers(node)
  const notices = await node.db<{ event: string; href: string }[]>`SELECT event, href FROM notifications.inbox_item WHERE person_id = ${accountId} AND event = 'dossier-message'`
  assert.deepEqual(notices.map((n) => n.href), [`/ho-so/${id}/trao-doi`], 'only what the office wrote is told')
  const events = (await listEvents(node.db, id)).filter((e) => e.type.startsWith('dossier.message'))
  assert.deepEqual(events.map((e) => e.type), ['dossier.message_sent', 'dossier.messages_read', 'dossier.message_sent'])
  assert.doesNotMatch(JSON.stringify(events), /bản sao|kết quả|Thử Nghiệm/)
})

test('a message that needs no answer is settled without one', async () => {
  const id = await file()
  await writeMessage(person(), { dossierId: id, id: newId(), body: 'Cảm ơn.', files: [] })
  await settleMessages(officer(), { dossierId: id })
  assert.deepEqual(await waiting(), [])
})

test('others cannot write, nor officers elsewhere; nobody writes without end', async () => {
  const id = await file()
  const message = () => ({ dossierId: id, id: newId(), body: 'x', files: [] })
  await assert.rejects(writeMessage(person(newId(), 'subject-2'), message()), (e) => isRefusal(e, 'NOT_FOUND'))
  await assert.rejects(answerMessage(officer('H21.999'), message()), (e) => isRefusal(e, 'NOT_FOUND'))
  await assert.rejects(settleMessages(officer('H21.999'), { dossierId: id }), (e) => isRefusal(e, 'NOT_FOUND'))
  for (let n = 0; n < mostOfDay; n++) await writeMessage(person(), message())
  await assert.rejects(writeMessage(person(), message()), (e) => isRefusal(e, 'TOO_MANY_MESSAGES'))
  now += 86_400_001
  await writeMessage(person(), message())
})

test('what the person writes at another node arrives with its files, and the answer and read marks go back', async () => {
  const id = await file()
  await node.db`UPDATE dossiers.dossier SET origin_node = 'G01' WHERE id = ${id}`
  const receive = (from: string, payload: unknown) => transact(systemCtx(node, 'test'), (tx) => receiveConversation(tx, { ...systemCtx(node, 'test'), actor: { kind: 'node', id: from } }, { id: newId(), from, service: 'dossier.conversation', subject: id, sentAt: node.now(), payload }))
  const said = { kind: 'message', id: newId(), side: 'person', body: 'Gửi từ nơi khác', sentAt: node.now().toISOString(), files: [{ id: newId(), fileId: 'x', fileName: 'a.pdf', mimeType: 'application/pdf', size: 3, bytes: Buffer.from('abc').toString('base64') }] }
  await receive('G01', said)
  await receive('G01', said)
  const [kept] = await listMessages(node.db, id)
  assert.equal((await node.files.get(kept!.files[0]!.fileId)).toString(), 'abc')
  assert.deepEqual((await told(id)).map((m) => [m.to, m.kind, m.side]), [['VN', 'message', 'person']], 'the national node is told as well, once, and not the one that told us')
  await readMessages(officer(), (await findDossier(node.db, id))!, 'office')
  await answerMessage(officer(), { dossierId: id, id: newId(), body: 'Đã nhận', files: [] })
  await receive('G01', { kind: 'read', side: 'office', at: node.now().toISOString() })
  assert.ok((await listMessages(node.db, id)).every((m) => m.readAt))
  assert.deepEqual((await told(id)).map((m) => `${m.to} ${m.kind} ${m.side}`).sort(), ['G01 message office', 'G01 read person', 'VN message office', 'VN message person', 'VN read office', 'VN read person'].sort())
  await assert.rejects(receive('G01', { ...said, id: newId(), side: 'office' }), (e) => isRefusal(e, 'NOT_FOUND'), 'who does not handle it cannot speak for the office')
  await assert.rejects(receive('G05', { ...said, id: newId() }), (e) => isRefusal(e, 'NOT_FOUND'))
})
})
