import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transact } from '../../../../platform/ctx.ts'
import { isRefusal } from '../../../../platform/errors.ts'
import { subjectForNode, insertAccount, findAccountByIdNumber } from '../../citizens/account.store.ts'
import { createSession } from '../../access/session.store.ts'
import { openChallenge } from '../../access/challenge.store.ts'
import { authenticate } from '../../access/authenticate.ts'
import { addOwnDataSource } from '../own-data/own-data.ts'
import { askForExport } from '../own-data/export-own-data.ts'
import { makePersonalCode } from '../personal-code.ts'
import { reportProblem } from '../problems/report-problem.ts'
import { lifeNode, type LifeNode } from '../testing/life-node.ts'
import { askForData } from './ask-for-data.ts'
import { findRequest, listOwnRequests, type RequestKind } from './data-request.ts'
import { deleteAccount } from './delete-account.ts'
import { acceptRequest, cancelRequest, extendRequest, finishRequest, refuseRequest } from './handle-request.ts'
import type { Account } from '../../citizens/account.store.ts'

async function ask(life: LifeNode, account: Account, kind: RequestKind, words = ''): Promise<string> {
  const ctx = life.asPerson(account)
  await transact(ctx, (tx) => askForData(tx, ctx, { kind, thirdParties: false, words }))
  return (await listOwnRequests(life.node.db, life.node, account.id)).find((r) => r.kind === kind)!.id
}

test('the clocks of a request: two working days, fifteen or twenty days, once fifteen more', async (t) => {
  const life = await lifeNode(t, '2026-11-27T16:30')
  const account = await life.openAccount('052090000011')
  const id = await ask(life, account, 'restriction', 'Đang khiếu nại dữ liệu này')
  const asked = (await findRequest(life.node.db, id))!
  assert.equal(asked.answerBy.toISOString(), '2026-12-01T17:00:00.000Z', 'Friday; the second working day is Tuesday')
  assert.equal(asked.dueBy.toISOString(), '2026-12-12T17:00:00.000Z')
  life.at(new Date(asked.answerBy.getTime() - 1))
  await life.work()
  assert.deepEqual(await life.events(id), ['data_requested'])
  life.at(asked.answerBy)
  await life.work()
  await life.work()
  assert.deepEqual(await life.events(id), ['data_requested', 'data_request_overdue'])
  assert.deepEqual(await extendRequest(life.asOfficer(), id, 'Cần xác minh với cơ quan khác'), [])
  const extended = (await findRequest(life.node.db, id))!
  assert.equal(extended.dueBy.toISOString(), '2026-12-27T17:00:00.000Z')
  await assert.rejects(extendRequest(life.asOfficer(), id, 'Cần thêm thời gian nữa'), (e) => isRefusal(e, 'REQUEST_EXTENDED'))
  await acceptRequest(life.asOfficer(), id)
  life.at(new Date(extended.dueBy.getTime() - 1))
  await life.work()
  assert.equal((await life.events(id)).filter((e) => e === 'data_request_overdue').length, 1, 'the first end no longer counts')
  life.at(extended.dueBy)
  await life.work()
  assert.equal((await life.events(id)).filter((e) => e === 'data_request_overdue').length, 2)
  await finishRequest(life.asOfficer(), id)
  await assert.rejects(refuseRequest(life.asOfficer(), id, 'unfounded'), (e) => isRefusal(e, 'REQUEST_ENDED'))
})

test('a deletion can be called back until its cooling-off is over, by its owner alone', async (t) => {
  const life = await lifeNode(t)
  const [account, other] = [await life.openAccount('052090000011'), await life.openAccount('052090000012')]
  const id = await ask(life, account, 'deletion')
  assert.equal(await transact(life.asPerson(account), (tx) => askForData(tx, life.asPerson(account), { kind: 'deletion', thirdParties: false, words: '' })), undefined, 'one at a time')
  await acceptRequest(life.asOfficer(), id)
  const { coolsUntil } = (await findRequest(life.node.db, id))!
  life.at(new Date(coolsUntil!.getTime() - 1))
  await life.work()
  await deleteAccount(life.node, { id }, { id: 0, attempts: 1 })
  assert.equal((await findRequest(life.node.db, id))!.state, 'accepted', 'not a moment early, even if the job is run by hand')
  await assert.rejects(cancelRequest(life.asPerson(other), id), (e) => isRefusal(e, 'REQUEST_NOT_FOUND'))
  await cancelRequest(life.asPerson(account), id)
  life.at('2027-01-27T09:00')
  await life.work()
  assert.ok(await findAccountByIdNumber(life.node.db, '052090000011'), 'still there')
  assert.equal((await findRequest(life.node.db, id))!.state, 'cancelled')
})

test('running dossiers forbid the deletion: at the grant, and once more at the end', async (t) => {
  const life = await lifeNode(t)
  let running = 1
  addOwnDataSource('test', { title: 'identity.life.data.title', read: async () => [], obstacles: async () => running })
  t.after(() => addOwnDataSource('test', { title: 'identity.life.data.title', read: async () => [] }))
  const account = await life.openAccount('052090000011')
  const id = await ask(life, account, 'deletion')
  await assert.rejects(acceptRequest(life.asOfficer(), id), (e) => isRefusal(e, 'DELETION_HINDERED'))
  running = 0
  await acceptRequest(life.asOfficer(), id)
  running = 1
  life.at('2026-11-30T09:00')
  await life.work()
  assert.equal((await findRequest(life.node.db, id))!.state, 'accepted')
  running = 0
  life.at('2026-12-01T09:00')
  await life.work()
  assert.equal((await findRequest(life.node.db, id))!.state, 'done', 'a day later')
})

test('after a deletion nothing personal is left in the tables of identity, the ledger is as it was, and a new account can be opened', async (t) => {
  const life = await lifeNode(t)
  const { db } = life.node
  const marks = { idNumber: '052090000011', phone: '0912777333', email: 'danh-dau@example.com', fullName: 'Đánh Dấu Giả Định' }
  const account = await life.openAccount(marks.idNumber, marks)
  const session = await db.begin(async (tx) => {
    await subjectForNode(tx as never, account.id, 'VN')
    await openChallenge(tx as never, { purpose: 'change-phone', accountId: account.id, applicant: { phone: marks.phone }, throttleKey: 'k', returnTo: '/', lang: 'vi', now: life.node.now() })
    await tx`INSERT INTO identity.oidc_payload (model, id_hash, payload, grant_id) VALUES ('Session', ${Buffer.from('1')}, ${tx.json({ accountId: account.id })}, 'g'), ('AccessToken', ${Buffer.from('2')}, '{}', 'g')`
    return createSession(tx as never, { kind: 'person', accountId: account.id, assurance: 2, methods: [], device: `Chrome ${marks.phone}`, now: life.node.now() })
  })
  await reportProblem(life.asPerson(account), { kind: 'misuse', words: `Số ${marks.phone} của tôi bị lạm dụng`, contact: marks.email, idNumber: '', source: 's' })
  await ask(life, account, 'objection', `Tôi là ${marks.fullName}, xin phản đối`)
  await makePersonalCode(life.asPerson(account))
  await askForExport(life.asPerson(account))
  await life.work()
  const id = await ask(life, account, 'deletion')
  await acceptRequest(life.asOfficer(), id)
  const before = await db<{ id: number; row: string }[]>`SELECT id, e::text AS row FROM ledger.event e ORDER BY id`
  life.at('2026-11-30T09:00')
  await life.work()
  assert.equal((await findRequest(db, id))!.state, 'done')
  const after = await db<{ id: number; row: string }[]>`SELECT id, e::text AS row FROM ledger.event e ORDER BY id`
  assert.deepEqual(after.slice(0, before.length).map((e) => e.row), before.map((e) => e.row), 'no event was changed')
  const tables = await life.database.owner<{ name: string }[]>`SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema IN ('identity', 'ledger')`
  assert.ok(tables.length > 20)
  for (const { name } of tables) {
    const dump = JSON.stringify(await life.database.owner`SELECT t::text FROM ${life.database.owner(name)} t`)
    for (const mark of [...Object.values(marks), account.subject]) assert.ok(!dump.includes(mark), `${name} holds ${mark}`)
  }
  const left = await db<{ n: number }[]>`SELECT (SELECT count(*) FROM identity.oidc_payload)::int + (SELECT count(*) FROM identity.pairwise_subject)::int AS n`
  assert.equal(left[0]!.n, 0)
  assert.equal((await authenticate(life.node, { cookies: {}, authorization: `Bearer ${session.token}` })).kind, 'anonymous')
  assert.ok(await db.begin((tx) => insertAccount(tx as never, 'VN', { ...marks, birthDate: '1990-03-27', assurance: 2 }, life.node.now())), 'the number is free again')
  await life.work()
  assert.equal((await life.messages(`sms:identity.request:${id}:deleted`)).length, 1, 'told once')
})
