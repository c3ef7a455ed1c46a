import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { listDocuments } from '../../documents/index.ts'
import { addOfficer, authenticate, createSession } from '../../identity/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { modules } from '../../../app.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { runDue } from '../../../platform/jobs.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findContent, findDossier } from '../dossiers.store.ts'
import { requestSupplement } from '../request-supplement.ts'
import { requestWithdrawal } from '../withdraw-dossier.ts'
import { refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'
import { keepDeliveredMs, TryLater } from '../../exchange/index.ts'
import { forgetUnheard } from './forget-early.ts'
import { mostEarly } from './hear-of-transfer.ts'
import { mostWaiting } from './receive-transfer.ts'
import { findLastTransfer } from './node-transfer.store.ts'
import { returnTransfer, transferToNode } from './transfer-to-node.ts'

const police = 'G01.08'

suite('transfer to an agency of another node', () => {
let office!: SmallOffice
let [province, ministry, national] = [] as unknown as [Node, Node, Node]
let desk!: Sitting
const stops: (() => unknown)[] = []
before(async () => {
  office = await smallOffice()
  province = office.node
  ;[ministry, national] = [await another('G01'), await another('VN')]
  desk = await office.officer('one-stop')
})
after(async () => {
  await office.stop()
  for (const stop of stops.reverse()) await stop()
})

async function another(code: string): Promise<Node> {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  const node = testNode(db, { modules, code })
  for (const m of node.modules) await m.seed?.(node)
  await drainFollowers(node)
  return node
}

/** Messages of one node that another has not heard yet, in their order; each `times`. Returns what was refused. */
const heard = new Set<string>()
async function carry(from: Node, to: Node, { times = 1 } = {}): Promise<string[]> {
  await drainFollowers(from)
  const rows = await from.db<{ id: string; service: string; subject: string; payload: string; at: Date }[]>`SELECT id, service, subject, payload, queued_at AS at FROM exchange.outbox WHERE to_node = ${to.config.code} ORDER BY id`
  const refused: string[] = []
  for (const row of rows.filter((one) => !heard.has(one.id))) {
    heard.add(row.id)
    const handler = to.modules.map((m) => m.services?.[row.service]).find((one) => one !== undefined)
    const ctx = systemCtx(to, 'test')
    for (let n = 0; n < times && handler; n++) await transact(ctx, (tx) => handler(tx, ctx, { id: row.id, from: from.config.code, service: row.service, subject: row.subject, payload: JSON.parse(row.payload) as unknown, sentAt: row.at })).catch((error: unknown) => refused.push(`${row.service}: ${String(error)}`))
  }
  return refused
}

let count = 0
/** An officer of the ministry's agency. */
async function policeman(role: 'one-stop' | 'specialist'): Promise<Ctx> {
  const id = (await addOfficer(systemCtx(ministry, 'test'), { login: `cong.an.${++count}`, password: 'mot-mat-khau-dai', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: 'Công An Thử', agencyCode: police, roles: [role] }))!
  const { token } = await transact(systemCtx(ministry, 'test'), (tx) => createSession(tx, { kind: 'officer', officerId: id, assurance: 2, methods: ['pwd', 'otp'], now: ministry.now() }))
  return createCtx(ministry, { actor: await authenticate(ministry, { cookies: {}, authorization: `Bearer ${token}` }) })
}

/** Received at the province by somebody with an account there, its slip made, known to the national node. */
async function received(): Promise<{ id: string; who: Sitting }> {
  const who = await office.person()
  const id = await office.file(who)
  await acceptDossier(desk.ctx, { dossierId: id })
  await drainFollowers(province)
  while (await runDue(province)) { /* the slip */ }
  await carry(province, national)
  return { id, who }
}
const at = async (node: Node, id: string) => (await findDossier(node.db, id))!
const types = async (node: Node, id: string): Promise<string[]> => (await listEvents(node.db, id)).map((e) => e.type)

test('it goes with its papers, once however often it arrives; code and date stand, its process begins there, and every node that knows of it hears it in order', async () => {
  const { id, who } = await received()
  const before = await at(province, id)
  assert.deepEqual((await transferToNode(desk.ctx, { dossierId: id, agencyCode: office.there, reason: ' ' })).map((w) => w.field), ['toAgency', 'transferReason'], 'inside the node it is another act')
  assert.deepEqual(await transferToNode(desk.ctx, { dossierId: id, agencyCode: police, reason: 'Thuộc thẩm quyền của Bộ' }), [])
  await assert.rejects(transferToNode(desk.ctx, { dossierId: id, agencyCode: police, reason: 'x' }), refusal('NOT_HANDLED_HERE'), 'on its way nobody moves it here')
  assert.deepEqual(await carry(province, ministry, { times: 2 }), [])
  const there = await at(ministry, id)
  assert.deepEqual([there.nodeCode, there.agencyCode, there.code, there.dueAt, there.state, there.originNode, there.eventSeq], ['G01', police, before.code, before.dueAt, 'received', 'H21', before.eventSeq + 1])
  assert.deepEqual((await findContent(ministry.db, id))!.answers, (await findContent(province.db, id))!.answers)
  assert.deepEqual((await listDocuments(ministry.db, id)).map((d) => d.kind), ['appointment-slip'])
  assert.deepEqual([...new Set((await listTasks(ministry.db, { subject: id, open: true })).map((task) => task.agencyCode))], [police])
  assert.equal((await types(ministry, id)).filter((type) => type === 'dossier.transferred').length, 1)

  // The ministry speaks to the national node before the province has said who speaks now.
  assert.deepEqual(await carry(ministry, national), [])
  assert.equal((await at(national, id)).nodeCode, 'H21')
  assert.deepEqual(await carry(ministry, province), [])
  assert.deepEqual(await carry(province, national), [])
  assert.deepEqual([(await at(national, id)).nodeCode, (await at(national, id)).agencyCode, (await at(national, id)).eventSeq], ['G01', police, there.eventSeq])
  assert.equal((await types(national, id)).filter((type) => type === 'dossier.transferred').length, 1)
  assert.deepEqual([(await findLastTransfer(province.db, id))!.state, (await listTasks(province.db, { subject: id, open: true })).length], ['taken', 0])
  assert.ok((await types(province, id)).includes('transfer.taken'))
  assert.ok(!JSON.stringify((await listEvents(province.db, id)).map((e) => e.data)).includes('thẩm quyền của Bộ'), 'the reason is in no event')
  assert.match((await office.get(desk, '/desk/transfers')).body, new RegExp(`${before.code}[\\s\\S]*Đã nhận`))
  assert.equal((await office.get(desk, `/desk/dossiers/${id}`)).statusCode, 404)
  // The owner acts from where he filed, as before: it reaches who handles it now.
  await requestWithdrawal(who.ctx, { dossierId: id, reason: 'Không cần nữa' })
  assert.deepEqual(await carry(province, ministry), [])
  assert.equal((await at(ministry, id)).state, 'withdrawal-requested')
  assert.deepEqual(await carry(ministry, province), [])
  assert.equal((await at(province, id)).state, 'withdrawal-requested')
})

test('what comes too early is kept up to a measure for each node and put off beyond it; what nobody ever explains is forgotten', async () => {
  const { id } = await received()
  const fill = (from: string, at: Date) => national.db`
    INSERT INTO dossiers.early_message (id, dossier_id, from_node, service, payload, sent_at, received_at) SELECT gen_random_uuid(), gen_random_uuid(), ${from}, 'dossier.event', '{}', ${at}, ${at} FROM generate_series(1, ${mostEarly.messages})`
  const early = async (): Promise<number> => (await national.db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.early_message`)[0]!.n
  await fill('G01', new Date(national.now().getTime() - keepDeliveredMs - 1))
  await transferToNode(desk.ctx, { dossierId: id, agencyCode: police, reason: 'x' })
  await carry(province, ministry)
  const tell = (from: string): Promise<void> => {
    const [ctx, handler] = [systemCtx(national, 'test'), national.modules.map((m) => m.services?.['dossier.event']).find((one) => one)!]
    return transact(ctx, (tx) => handler(tx, ctx, { id: newId(), from, service: 'dossier.event', subject: id, payload: { facts: { node: from } }, sentAt: national.now() }))
  }
  await assert.rejects(tell('G01'), TryLater)
  assert.equal(await early(), mostEarly.messages)
  await tell('H01')
  assert.equal(await early(), mostEarly.messages + 1, 'another node has its own measure')
  assert.equal(await forgetUnheard(national), mostEarly.messages)
  assert.equal(await early(), 1, 'what a sender still keeps stays')
  await tell('G01')
  assert.equal(await early(), 2)
  await national.db`DELETE FROM dossiers.early_message`
})

test('files that come before their dossier are kept up to a measure for each node; a transfer that has begun goes on, and what never comes is forgotten', async () => {
  const waiting = async (): Promise<number> => (await ministry.db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.transfer_file`)[0]!.n
  const bring = (from: string, transferId: string): Promise<void> => {
    const [ctx, handler] = [systemCtx(ministry, 'test'), ministry.modules.map((m) => m.services?.['dossier.transfer-file']).find((one) => one)!]
    const payload = { transferId, id: newId(), kind: 'attachment', meta: {}, bytes: Buffer.from('x').toString('base64') }
    return transact(ctx, (tx) => handler(tx, ctx, { id: newId(), from, service: 'dossier.transfer-file', subject: newId(), payload, sentAt: ministry.now() }))
  }
  const fill = (transferId: string | null, files: number, size: number): Promise<unknown> => ministry.db`
    INSERT INTO dossiers.transfer_file (from_node, transfer_id, id, kind, meta, file_id, size, received_at)
    SELECT 'H21', coalesce(${transferId}::uuid, gen_random_uuid()), gen_random_uuid(), 'attachment', '{}', 'x', ${size}, ${new Date(ministry.now().getTime() - keepDeliveredMs - 1)} FROM generate_series(1, ${files})`
  const begun = newId()
  await bring('H21', begun)
  await fill(null, mostWaiting.files - 1, 1)
  await assert.rejects(bring('H21', newId()), TryLater)
  await bring('H21', begun)
  await bring('H26', begun)
  assert.equal(await waiting(), mostWaiting.files + 2, 'another node has its own measure')
  await fill(begun, mostWaiting.files - 2, 1)
  await assert.rejects(bring('H21', begun), TryLater, 'nor has one transfer more')
  assert.equal(await forgetUnheard(ministry), 2 * mostWaiting.files - 3)
  assert.equal(await waiting(), 3, 'what a sender still keeps stays')
  await fill(null, 1, mostWaiting.bytes)
  await assert.rejects(bring('H21', newId()), TryLater, 'bytes count as well')
  await ministry.db`DELETE FROM dossiers.transfer_file`
})

test('an officer there who does not agree sends it back with the reason; it begins anew here, and nobody has it twice', async () => {
  const { id } = await received()
  await transferToNode(desk.ctx, { dossierId: id, agencyCode: police, reason: 'Thuộc thẩm quyền của Bộ' })
  await carry(province, ministry)
  const specialist = await policeman('specialist')
  assert.deepEqual((await returnTransfer(specialist, { dossierId: id, reason: '' })).map((w) => w.field), ['transferReason'])
  assert.deepEqual(await returnTransfer(specialist, { dossierId: id, reason: 'Không thuộc thẩm quyền của Cục' }), [])
  assert.equal((await at(ministry, id)).nodeCode, 'H21')
  for (const [from, to] of [[ministry, province], [province, ministry], [ministry, province], [province, national], [ministry, national]] as const) assert.deepEqual(await carry(from, to, { times: 2 }), [])
  assert.deepEqual([(await at(province, id)).nodeCode, (await at(province, id)).agencyCode], ['H21', office.here])
  assert.ok((await listTasks(province.db, { subject: id, open: true })).length > 0)
  assert.equal((await listTasks(ministry.db, { subject: id, open: true })).length, 0)
  assert.equal((await listDocuments(province.db, id)).filter((d) => d.kind === 'appointment-slip').length, 1, 'its own slip is not doubled')
  const rows = await province.db<{ state: string; answer: string | null }[]>`SELECT state, answer FROM dossiers.node_transfer WHERE dossier_id = ${id} ORDER BY sent_at, id`
  assert.deepEqual(rows.map((r) => [r.state, r.answer]), [['returned', 'Không thuộc thẩm quyền của Cục'], ['taken', null]])
  assert.equal((await at(national, id)).nodeCode, 'H21')
  assert.match((await office.get(desk, '/desk/transfers')).body, /Bị trả lại/)
  await assert.rejects(returnTransfer(desk.ctx, { dossierId: await office.file(), reason: 'x' }), refusal('TRANSFER_MISSING'))
})

test('an agency of another node is found by its name or code, a commune too, and what was searched stays with a mistake', async () => {
  await province.db`
    INSERT INTO exchange.node_certificate (signing_kid, node_code, signing_key, encryption_kid, encryption_key, base_url, valid_from, valid_to, status) SELECT c, c, '{}', c, '{}', 'http://' || c, now(), now() + interval '1 day', 'active' FROM unnest(ARRAY['G01', 'H26', 'VN']) AS c`
  await province.db`INSERT INTO organisations.agency (code, name_vi, name_en, kind, level, parent_code, node_code) VALUES ('H26.31', 'Ủy ban nhân dân phường Ba Đình', 'People’s Committee of Ba Đình ward', 'peoples-committee', 'commune', 'H26', 'H26'), ('H99.31', 'Ủy ban nhân dân phường Ba Đình Hai', 'x', 'peoples-committee', 'commune', 'H99', NULL)`
  const { id } = await received()
  const at = `/desk/dossiers/${id}/transfer-out`
  const offered = (body: string): string[] => [...body.matchAll(/<option value="([A-Z]\d\d[^"]*)"/g)].map((m) => m[1]!)
  const before = offered((await office.get(desk, at)).body)
  assert.ok(before.includes('G01.08') && !before.includes('H26.31'), before.join())
  assert.deepEqual(offered((await office.get(desk, `${at}?agency=ba+dinh`)).body), ['H26.31'])
  assert.deepEqual(offered((await office.get(desk, `${at}?agency=h26.31`)).body), ['H26.31'])
  assert.match((await office.get(desk, `${at}?agency=khong+co`)).body, /Tìm thấy 0 cơ quan/)
  const many = (await office.get(desk, `${at}?agency=cong+an`)).body
  assert.ok(offered(many).length <= 50 && offered(many).length > 1)
  const back = await office.post(desk, `${at}?agency=ba+dinh`, [['toAgency', 'H26.31'], ['transferReason', '']])
  assert.equal(back.statusCode, 400)
  assert.match(back.body, /<option value="H26.31" selected/)
  assert.equal((await office.post(desk, `${at}?agency=ba+dinh`, [['toAgency', 'H26.31'], ['transferReason', 'Thuộc Hà Nội']])).statusCode, 303)
  assert.equal((await findLastTransfer(province.db, id))!.toAgency, 'H26.31')
})

test('what a person asks at the node of filing while the dossier is on its way reaches who gets it', async () => {
  const { id } = await received()
  await province.db`UPDATE dossiers.dossier SET origin_node = 'VN' WHERE id = ${id}`
  await transferToNode(desk.ctx, { dossierId: id, agencyCode: police, reason: 'x' })
  const wish = (node: Node, from: string) => {
    const [ctx, handler] = [systemCtx(node, 'test'), node.modules.map((m) => m.services?.['dossier.withdraw']).find((one) => one)!]
    return transact(ctx, (tx) => handler(tx, ctx, { id: newId(), from, service: 'dossier.withdraw', subject: id, payload: { reason: 'Không cần nữa' }, sentAt: node.now() }))
  }
  await assert.rejects(wish(province, 'G24'), refusal('NOT_HANDLED_HERE'), 'only from where it was filed')
  await wish(province, 'VN')
  assert.deepEqual(await carry(province, ministry), [])
  assert.equal((await at(ministry, id)).state, 'withdrawal-requested')
  await assert.rejects(wish(ministry, 'H01'), refusal('NOT_FOUND'), 'who never had it speaks for nobody')
})

test('what the other node cannot take stays: it goes on here where it was', async () => {
  const { id } = await received()
  const open = (await listTasks(province.db, { subject: id, open: true })).map((task) => task.id)
  await transferToNode(desk.ctx, { dossierId: id, agencyCode: police, reason: 'x' })
  await province.db`UPDATE exchange.outbox SET payload = replace(payload, '"procedureVersion":1', '"procedureVersion":99') WHERE subject = ${id} AND service = 'dossier.transfer'`
  for (const [from, to] of [[province, ministry], [ministry, province]] as const) assert.deepEqual(await carry(from, to, { times: 2 }), [])
  assert.equal(await findDossier(ministry.db, id), undefined)
  assert.equal((await ministry.db`SELECT 1 FROM dossiers.transfer_file`).length, 0, 'nor does anything of it stay there')
  assert.deepEqual([(await at(province, id)).nodeCode, (await at(province, id)).agencyCode, (await findLastTransfer(province.db, id))!.state], ['H21', office.here, 'refused'])
  assert.deepEqual((await listTasks(province.db, { subject: id, open: true })).map((task) => task.id), open)
  assert.match((await office.get(desk, `/desk/dossiers/${id}/transfer-out`)).body, /Lần chuyển trước không được nhận/)
})

test('nobody takes what is not the sender’s to give; while it waits for the applicant it stays; a mistake keeps what was typed', async () => {
  const { id } = await received()
  const back = await office.post(desk, `/desk/dossiers/${id}/transfer-out`, [['toAgency', ''], ['transferReason', 'Lý do đã gõ']])
  assert.equal(back.statusCode, 400)
  assert.match(back.body, /Lý do đã gõ/)
  await requestSupplement(desk.ctx, { dossierId: id, reason: 'Thiếu', items: ['Giấy tờ'] })
  await assert.rejects(transferToNode(desk.ctx, { dossierId: id, agencyCode: police, reason: 'x' }), refusal('NOT_IN_STATE'))
  const other = await received()
  await transferToNode(desk.ctx, { dossierId: other.id, agencyCode: police, reason: 'x' })
  const [row] = await province.db<{ payload: string }[]>`SELECT payload FROM exchange.outbox WHERE subject = ${other.id} AND service = 'dossier.transfer'`
  const ctx = systemCtx(ministry, 'test')
  const handler = ministry.modules.map((m) => m.services?.['dossier.transfer']).find((one) => one)!
  await assert.rejects(transact(ctx, (tx) => handler(tx, ctx, { id: other.id, from: 'H01', service: 'dossier.transfer', subject: other.id, payload: JSON.parse(row!.payload), sentAt: ministry.now() })), refusal('NOT_COMPETENT_HERE'))
  assert.equal(await findDossier(ministry.db, other.id), undefined)
})
})
