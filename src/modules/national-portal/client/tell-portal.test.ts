import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import { acceptDossier, answerSupplement, findDossier, refuseDossier, requestSupplement } from '../../dossiers/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { tellingOffice, type TellingOffice } from '../testing/telling-office.ts'
import { followDossiers } from './follow-dossiers.ts'
import { leasePortal, releasePortal } from './connection.store.ts'
import { redriveDossier } from './redrive-dossier.ts'
import { startPortalCourier } from './run-courier.ts'
import { tellPortal } from './tell-portal.ts'

suite('telling the national portal', () => {
let o!: TellingOffice
before(async () => { o = await tellingOffice() })
after(() => o.stop())
beforeEach(async () => {
  await o.behave('faults', {})
  await o.behave('behaviour', {})
})

test('a life from filing to the signed result arrives step by step: state, who, unit, time; the result with its file, finished and not returned', async () => {
  const id = await o.office.file(o.owner)
  assert.equal(await o.tell(), 'empty')
  assert.equal(o.dossiers.size, 0, 'without a code there is nothing to know it by')
  await acceptDossier(o.staff['one-stop'].ctx, { dossierId: id })
  assert.equal(await o.tell(), 'empty')
  const received = (await o.seen(id))!
  assert.deepEqual(received.states, ['1', '1', '2', '2'], 'created as it was filed, then told its steps, then as it is')
  assert.deepEqual(received.progress.map((p) => [p.TrangThai, p.NguoiXuLy, p.NoiDungXuLy]), [['1', 'Người nộp hồ sơ', 'Đã nộp hồ sơ'], ['2', o.staff['one-stop'].name, 'Tiếp nhận hồ sơ']])
  await o.finish(id, 'finished')
  assert.equal(await o.tell(), 'empty')
  const { dossier, progress } = (await o.seen(id))!
  const row = (await findDossier(o.office.node.db, id))!
  assert.deepEqual([row.state, dossier.TrangThaiHoSo, dossier.NgayTra], ['finished', '9', ''])
  assert.match(String(dossier.NgayKetThucXuLy), /^20\d{12}$/)
  assert.deepEqual([dossier.MaHoSo, dossier.ChuHoSo, dossier.SoGiayToChuHoSo, dossier.MaDoiTuong, dossier.KenhThucHien], [row.code, 'Nguyễn Văn Thử Nghiệm', '052090000099', 'tech-990000090250', '2'])
  const [result] = dossier.DanhSachGiayToKetQua as { DuongDanTepTinKetQua: string }[]
  const link = new URL(result!.DuongDanTepTinKetQua)
  const file = await o.office.app.server.inject(link.pathname)
  assert.deepEqual([file.statusCode, file.rawPayload.subarray(0, 5).toString()], [200, '%PDF-'])
  assert.equal((await o.office.app.server.inject(`${link.pathname.slice(0, -1)}~`)).statusCode, 404, 'the seal is the key')
  const tasks = progress.filter((p) => p.ChucDanh !== '')
  assert.ok(tasks.length >= 2 && tasks.every((p) => p.NgayBatDau !== '' && p.NgayKetThucTheoQuyDinh !== '' && /phường Pleiku/.test(String(p.PhongBanXuLy))), JSON.stringify(tasks))
  assert.equal(progress.at(-1)!.TrangThai, '9')
  await o.finish(id, 'returned')
  await o.tell()
  const returned = (await o.seen(id))!.dossier
  assert.equal(returned.TrangThaiHoSo, '10')
  assert.match(String(returned.NgayTra), /^20\d{12}$/)
})

test('paused is told as paused with its round of supplementing; going on, and refused, are told as such', async () => {
  const id = await o.accepted()
  await requestSupplement(o.staff['one-stop'].ctx, { dossierId: id, reason: 'Thiếu bản sao', items: ['Hợp đồng thuê'] })
  await o.tell()
  const paused = (await o.seen(id))!.dossier
  assert.deepEqual([paused.TrangThaiHoSo, paused.NgayKetThucXuLy, paused.NgayTra], ['5', '', ''])
  const [round] = paused.DanhSachHoSoBoSung as Record<string, unknown>[]
  assert.deepEqual([round!.HoSoBoSungId, round!.TrangThaiBoSung, round!.NoiDungBoSung, round!.NguoiYeuCauBoSung], [1, false, 'Thiếu bản sao; Hợp đồng thuê', o.staff['one-stop'].name])
  await answerSupplement(o.owner.ctx, { dossierId: id, answer: 'Đã bổ sung', files: [] })
  await o.tell()
  const going = (await o.seen(id))!.dossier
  assert.equal(going.TrangThaiHoSo, '4')
  assert.equal((going.DanhSachHoSoBoSung as Record<string, unknown>[])[0]!.TrangThaiBoSung, true)
  const refused = await o.office.file(o.owner)
  await refuseDossier(o.staff['one-stop'].ctx, { dossierId: refused, reason: 'Không thuộc thẩm quyền' })
  await o.tell()
  const told = (await o.seen(refused))!.dossier
  assert.deepEqual([told.TrangThaiHoSo, told.NgayTiepNhan], ['3', ''])
  assert.match(String(told.NgayTuChoi), /^20\d{12}$/)
})

test('many go together, ten at most in one message', async () => {
  const ids: string[] = []
  for (let i = 0; i < 12; i++) ids.push(await o.accepted())
  o.calls.length = 0
  await o.tell()
  for (const id of ids) assert.equal((await o.seen(id))!.dossier.TrangThaiHoSo, '2')
  assert.ok(o.calls.every((c) => c.entries <= 10), JSON.stringify(o.calls))
  assert.deepEqual(o.calls.filter((c) => c.isUpdating === 'False').map((c) => c.entries), [10, 2])
})

test('an answer that is lost: the dossier is told again, is there already, and becomes an update; nothing is there twice', async () => {
  const id = await o.accepted()
  for (let lost = 0; lost < 4; lost++) {
    await o.behave('behaviour', { loseAnswers: 1 })
    assert.equal(await o.tell(), 'failed')
    o.pass(60_000)
  }
  await o.behave('behaviour', {})
  assert.equal(await o.tell(), 'empty')
  const { dossier, progress } = (await o.seen(id))!
  assert.deepEqual([dossier.TrangThaiHoSo, progress.length], ['2', 2])
  assert.equal((await o.office.node.db`SELECT FROM national_portal.dossier WHERE dead_at IS NOT NULL`).length, 0)
})

test('a session that ends at every second call is renewed', async () => {
  const id = await o.accepted()
  await o.behave('behaviour', { sessionCalls: 2 })
  assert.equal(await o.tell(), 'empty')
  assert.equal((await o.seen(id))!.dossier.TrangThaiHoSo, '2')
})

test('an outage: nothing is lost, the wait grows, and what happened meanwhile follows in order', async () => {
  const id = await o.accepted()
  await o.behave('faults', { down: true })
  const waits: number[] = []
  for (let i = 0; i < 6; i++) {
    assert.equal(await o.tell(), 'failed')
    const [row] = await o.office.node.db<{ next: Date }[]>`SELECT next_at AS next FROM national_portal.connection`
    waits.push(row!.next.getTime() - o.office.node.now().getTime())
    assert.equal(await o.tell(), 'empty', 'the back-off holds')
    o.pass(60_000)
  }
  assert.ok(waits.at(-1)! > waits[0]! * 4, waits.join())
  const events = async () => (await listEvents(o.office.node.db, 'H21')).map((e) => e.type).filter((type) => type.startsWith('national-portal.connection'))
  assert.deepEqual(await events(), ['national-portal.connection_lost'])
  await requestSupplement(o.staff['one-stop'].ctx, { dossierId: id, reason: 'Thiếu', items: ['Giấy tờ'] })
  await answerSupplement(o.owner.ctx, { dossierId: id, answer: 'Đã bổ sung', files: [] })
  await o.behave('faults', { latencyMs: 2500 })
  assert.equal(await o.tell(), 'failed', 'so slow that nobody waits for it')
  o.pass(60_000)
  await o.behave('faults', { latencyMs: 30 })
  await o.tell()
  assert.deepEqual(await events(), ['national-portal.connection_lost', 'national-portal.connection_restored'])
  assert.deepEqual((await o.seen(id))!.progress.map((p) => p.TrangThai), ['1', '2', '5', '4'])
})

test('one that the portal refuses waits as a dead letter with the portal’s words, its later steps behind it; the others of its message go', async () => {
  const [bad, good] = [await o.accepted(), await o.accepted()]
  const code = (await findDossier(o.office.node.db, bad))!.code!
  await o.behave('behaviour', { refuse: { [code]: 'Mã lĩnh vực không đúng' } })
  await o.tell()
  assert.equal((await o.seen(good))!.dossier.TrangThaiHoSo, '2')
  assert.equal(await o.seen(bad), undefined)
  const [dead] = await o.office.node.db<{ answer: string }[]>`SELECT dead_answer AS answer FROM national_portal.dossier WHERE dossier_id = ${bad}`
  assert.match(dead!.answer, /^-1: Mã lĩnh vực không đúng/)
  await requestSupplement(o.staff['one-stop'].ctx, { dossierId: bad, reason: 'Thiếu', items: ['Giấy tờ'] })
  await o.behave('behaviour', {})
  await o.tell()
  assert.equal(await o.seen(bad), undefined, 'it waits for an administrator')
  await redriveDossier(o.staff.leader.ctx, bad)
  await o.tell()
  assert.deepEqual((await o.seen(bad))!.progress.map((p) => p.TrangThai), ['1', '2', '5'])
})

test('one that breaks the portal does not keep the others back', async () => {
  const bad = await o.accepted()
  const code = (await findDossier(o.office.node.db, bad))!.code!
  await o.behave('behaviour', { refuse: { [code]: 'Lỗi hệ thống, vui lòng thử lại sau' } })
  const good = await o.accepted()
  for (let i = 0; i < 8 && !(await o.seen(good)); i++) {
    await o.tell()
    o.pass(10_000)
  }
  assert.equal((await o.seen(good))!.dossier.TrangThaiHoSo, '2')
  await drainFollowers(o.office.node)
})
test('what was filed before the day of the configuration, what another node handles and what is only mirrored is not noted', async () => {
  const { node } = o.office
  const id = await o.accepted()
  const events = (await listEvents(node.db, id)).filter((e) => e.type === 'dossier.submitted')
  const noted = async (change: object, since?: string) => {
    const follower = followDossiers({ ...node, config: { ...node.config, nationalPortal: { ...node.config.nationalPortal!, since } } })
    const other = newId()
    await node.db.begin((tx) => follower.handle(tx as Tx, events.map((e) => ({ ...e, position: -e.position - ++shift, subject: other, data: { ...e.data, ...change } })), node))
    return (await node.db`SELECT FROM national_portal.dossier WHERE dossier_id = ${other}`).length
  }
  let shift = 0
  assert.deepEqual([await noted({}), await noted({}, '2026-01-01'), await noted({}, '2099-01-01'), await noted({ node: 'G01' }), await noted({ mirrored: true })], [1, 1, 0, 0, 0])
})
test('two processes do not talk to the portal at once; one that was killed lets go', async () => {
  const { node } = o.office
  await o.accepted()
  await drainFollowers(node)
  await leasePortal(node.db, 'one', node.now())
  assert.equal(await tellPortal({ node, portal: o.portal, owner: 'other' }), 'empty')
  o.pass(91_000)
  assert.equal(await tellPortal({ node, portal: o.portal, owner: 'other' }), 'told')
  await releasePortal(node.db, 'other')
})

test('the courier tells what the follower nudges it to, and stops in the middle of a slow answer', async () => {
  const { node } = o.office
  const courier = startPortalCourier(node)!
  const id = await o.accepted()
  await drainFollowers(node)
  for (const deadline = Date.now() + 15_000; Date.now() < deadline && (await o.seen(id))?.progress.length !== 2;) await setTimeout(20)
  assert.equal((await o.seen(id))!.progress.length, 2)
  await o.behave('faults', { latencyMs: 20_000 })
  await o.accepted()
  await drainFollowers(node)
  await setTimeout(200)
  const begun = Date.now()
  await courier.stop()
  assert.ok(Date.now() - begun < 10_000)
})
})
