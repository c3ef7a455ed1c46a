import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { isRefusal } from '../../../platform/errors.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findDossier } from '../dossiers.store.ts'
import { likeness } from '../duplicates/alike.ts'
import { requestSupplement } from '../request-supplement.ts'
import { requestWithdrawal, stopDossier } from '../withdraw-dossier.ts'
import { declineWithdrawal } from './decline-withdrawal.ts'
import { smallOffice, type SmallOffice } from '../testing/small-office.ts'

suite('withdrawals judged, and filings made twice', () => {
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
})
after(() => office.stop())

test('a withdrawal is asked, judged and told: not agreed to, the dossier goes on with its date, and the person reads why', async () => {
  const [desk, who] = [await office.officer('one-stop'), await office.person()]
  const id = await office.file(who)
  const before = await acceptDossier(desk.ctx, { dossierId: id })
  await assert.rejects(declineWithdrawal(desk.ctx, { dossierId: id, reason: 'x' }), (e) => isRefusal(e, 'NOT_IN_STATE'), 'nobody asked')
  await requestWithdrawal(who.ctx, { dossierId: id, reason: 'Không mở cửa hàng nữa' })
  assert.match((await office.get(desk, `/desk/dossiers/${id}`)).body, /Không mở cửa hàng nữa[\s\S]*Không chấp nhận đề nghị rút/)
  const after = await declineWithdrawal(desk.ctx, { dossierId: id, reason: 'Kết quả đã trình ký' })
  assert.deepEqual([after.state, after.dueAt, after.pausedAt], ['in-progress', before.dueAt, null])
  await drainFollowers(node)
  const notices = await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${who.id}`
  assert.ok(notices.some((n) => n.event === 'dossier-withdrawal-declined'))
  assert.match((await office.get(who, `/ho-so/${id}`)).body, /không chấp nhận đề nghị rút hồ sơ. Lý do: Kết quả đã trình ký/)
  assert.ok(!(await listEvents(node.db, id)).some((e) => JSON.stringify(e.data).includes('trình ký')))
  await requestWithdrawal(who.ctx, { dossierId: id, reason: 'Vẫn muốn rút' })
  assert.equal((await stopDossier(desk.ctx, { dossierId: id })).state, 'stopped')
})

test('who asked to withdraw while the office waited for him is waited for again', async () => {
  const [desk, who] = [await office.officer('one-stop'), await office.person()]
  const id = await office.file(who)
  await acceptDossier(desk.ctx, { dossierId: id })
  await requestSupplement(desk.ctx, { dossierId: id, reason: 'Thiếu', items: ['Giấy tờ'] })
  await requestWithdrawal(who.ctx, { dossierId: id, reason: '' })
  const after = await declineWithdrawal(desk.ctx, { dossierId: id, reason: 'x' })
  assert.equal(after.state, 'supplement-required')
  assert.ok(after.pausedAt)
})

test('a filing made twice is told to the officer with a link, and hinders nothing; another matter, or another person’s, is not', async () => {
  const [desk, who, stranger] = [await office.officer('one-stop'), await office.person(), await office.person()]
  const first = await office.file(who)
  const [second, another, strangers] = [await office.file(who, { change: { businessPhone: '0900000001' } }), await office.file(who, { seed: 77 }), await office.file(stranger)]
  const links = async (id: string): Promise<string[]> => [...new Set([...(await office.get(desk, `/desk/dossiers/${id}`)).body.matchAll(/<li><a class="govuk-link" href="\/desk\/dossiers\/([0-9a-f-]{36})">/g)].map(([, other]) => other!))]
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
