import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../../app.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { addPortalClient, type AddedClient } from '../../catalogue/index.ts'
import { answerSupplement, findDossier, findDossierByCode, requestSupplement } from '../../dossiers/index.ts'
import { createSession } from '../../identity/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { compareDossiers } from '../client/compare-dossiers.ts'
import { tellingOffice, type TellingOffice } from '../testing/telling-office.ts'

const dstcode = 'VN:GOV:000.00.00.G22:vpcp'
const business = '1.001612'

suite('the national portal takes dossiers of systems that are not ours', () => {
let node!: Node
let app!: App
let url!: string
let anGiang!: AddedClient
let gialai!: AddedClient
const stops: (() => unknown)[] = []
before(async () => {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(db, { code: 'VN', modules })
  for (const m of node.modules) await m.seed?.(node)
  app = await buildApp(node)
  url = await app.server.listen({ host: '127.0.0.1', port: 0 })
  const ctx = systemCtx(node, 'test')
  anGiang = (await addPortalClient(ctx, { username: 'an-giang', agencyCode: 'H01' })) as AddedClient
  gialai = (await addPortalClient(ctx, { username: 'gia-lai', agencyCode: 'H21' })) as AddedClient
  await drainFollowers(node)
})
after(async () => {
  await app.stop()
  for (const stop of stops.reverse()) await stop()
})

async function account(idNumber: string, name: string): Promise<string> {
  const id = newId()
  await node.db`
    INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at)
    VALUES (${id}, ${newId()}, ${idNumber}, ${name}, '1990-03-12', '0900000098', 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
  return id
}

/** A province's client as the description of the formats has it; it knows nothing of this program. */
async function foreign(client: AddedClient) {
  const post = async (path: string, body: object): Promise<any> => (await fetch(url + path, { method: 'POST', headers: { Accept: 'application/json', 'Content-Type': 'application/json', Charset: 'utf-8', dstcode }, body: JSON.stringify(body) })).json()
  const { session } = await post('/api/v1/portal/login', { username: client.username, password: client.password })
  const madonvi = client.agencyCode
  return {
    dossiers: (data: object[], isUpdating: 'True' | 'False') => post('/api/v1/portal/share', { session, madonvi, service: 'DongBoHoSoMC', isUpdating, data }),
    progress: (data: object[]) => post('/api/v1/portal/share', { session, madonvi, service: 'CapNhatTienDoHoSoMC', data }),
    lookUp: async (maHoSo: string) => (await post('/api/v1/portal/data', { session, madonvi, service: 'TraCuuHoSo', maHoSo })).result,
    post: (body: object) => post('/api/v1/portal/share', { session, madonvi, ...body }),
  }
}

let count = 0
const message = (change: object = {}) => ({
  MaHoSo: `H01.15-261120-${String(++count).padStart(4, '0')}`, MaTTHC: business, TenTTHC: 'Đăng ký thành lập hộ kinh doanh', MaLinhVuc: 'G05-KD', TenLinhVuc: 'Hộ kinh doanh', KenhThucHien: '1', ChuHoSo: 'Trần Thị Ví Dụ', SoGiayToChuHoSo: '089090000123',
  LoaiDoiTuong: '1', MaDoiTuong: null, TrichYeuHoSo: 'Đăng ký hộ kinh doanh', NgayNopHoSo: '20261120080000', NgayTiepNhan: '20261120083000', NgayHenTra: '20261125170000', TrangThaiHoSo: '2', HinhThuc: '0', DonViXuLy: 'UBND phường Long Xuyên', NoiNopHoSo: '2',
  HoSoCoThanhPhanSoHoa: '0', TaiKhoanDuocXacThucVoiVNeID: '0', DuocThanhToanTrucTuyen: '0', DinhDanhCHS: [{ LoaiDinhDanh: '1', SoDinhDanh: '089090000123' }], DSKetNoiCSDL: [], ...change,
})
const step = (MaHoSo: string, TrangThai: string, ThoiDiemXuLy: string, NoiDungXuLy = 'Xử lý') => ({ MaHoSo, NguoiXuLy: 'Nguyễn Cán Bộ', ChucDanh: '', ThoiDiemXuLy, PhongBanXuLy: 'Phòng Kinh tế', NoiDungXuLy, TrangThai, NgayBatDau: '', NgayKetThucTheoQuyDinh: '' })

test('a dossier told by another system is looked up and tracked here, and says whose system tells it; "already exists" has the known code', async () => {
  const client = await foreign(anGiang)
  const m = message()
  assert.deepEqual(await client.dossiers([m], 'False'), { error_code: 0, message: 'Thành công' })
  const again = await client.dossiers([m], 'False')
  assert.deepEqual([again.error_code, /đã tồn tại/.test(again.message)], [-3, true])
  const dossier = (await findDossierByCode(node.db, m.MaHoSo))!
  assert.deepEqual([dossier.state, dossier.nodeCode, dossier.agencyCode, dossier.receivedAt?.toISOString()], ['received', 'H01', 'H01.15', '2026-11-20T01:30:00.000Z'])
  const tracked = (await app.server.inject(`/tra-cuu?ma=${m.MaHoSo}`)).body
  assert.match(tracked, /Hồ sơ do hệ thống của UBND phường Long Xuyên \(mã kết nối H01\) giải quyết/)
  assert.doesNotMatch(tracked, /Trần Thị Ví Dụ|089090000123/)
  const api = await app.server.inject(`/api/v1/dossiers/${m.MaHoSo}`)
  assert.equal(JSON.parse(api.body).completion, 25)
  assert.deepEqual((await client.lookUp(m.MaHoSo)).map((d: any) => [d.TrangThaiHoSo, d.NgayTiepNhan, d.NgayHenTra]), [['2', m.NgayTiepNhan, m.NgayHenTra]])
  await drainFollowers(node)
  assert.deepEqual((await node.db<{ place: string }[]>`SELECT place_in_count AS place FROM quality.dossier WHERE id = ${dossier.id}`)[0]!.place, 'overdue', 'our followers count it as they count ours')
})

test('a code of the older kind, its agency written backwards, is looked up too, and the pages of figures stand with agencies that are not in our list', async () => {
  const client = await foreign(anGiang)
  const m = message({ MaHoSo: '000.00.77.H01-261120-0001' })
  assert.equal((await client.dossiers([m], 'False')).error_code, 0)
  assert.equal((await findDossierByCode(node.db, m.MaHoSo))!.agencyCode, 'H01.77')
  const tracked = await app.server.inject(`/tra-cuu?ma=${m.MaHoSo.toLowerCase()}`)
  assert.deepEqual([tracked.statusCode, /mã kết nối H01/.test(tracked.body)], [200, true])
  await drainFollowers(node)
  assert.equal((await app.server.inject('/so-lieu')).statusCode, 200)
})

test('updates move it; the same update again does nothing; a paused one is paused here, and only what is handed over is returned', async () => {
  const client = await foreign(anGiang)
  const m = message()
  await client.dossiers([m], 'False')
  const update = async (change: object) => assert.equal((await client.dossiers([{ ...m, ...change }], 'True')).error_code, 0)
  const row = async () => (await findDossierByCode(node.db, m.MaHoSo))!
  const round = { HoSoBoSungId: 1, NguoiYeuCauBoSung: '', NoiDungBoSung: 'Thiếu hợp đồng', NgayBoSung: '20261121080000', NguoiTiepNhanBoSung: '', ThongTinTiepNhan: '', NgayTiepNhanBoSung: '', TrangThaiBoSung: false, NgayHenTraTruoc: '', NgayHenTraMoi: '' }
  await update({ TrangThaiHoSo: '5', DanhSachHoSoBoSung: [round] })
  const paused = await row()
  assert.deepEqual([paused.state, paused.pausedAt !== null, paused.supplements, paused.finishedAt], ['supplement-required', true, 1, null])
  const seq = paused.eventSeq
  await update({ TrangThaiHoSo: '5', DanhSachHoSoBoSung: [round] })
  assert.equal((await row()).eventSeq, seq)
  await update({ TrangThaiHoSo: '9', NgayKetThucXuLy: '20261124100000' })
  assert.deepEqual([(await row()).state, (await row()).returnedAt, (await row()).pausedAt], ['finished', null, null])
  await update({ TrangThaiHoSo: '10', NgayKetThucXuLy: '20261124100000', NgayTra: '20261125090000' })
  assert.deepEqual([(await row()).state, (await row()).returnedAt?.toISOString()], ['returned', '2026-11-25T02:00:00.000Z'])
  const events = await listEvents(node.db, (await row()).id)
  assert.deepEqual(events.map((e) => e.type), ['dossier.submitted', 'dossier.accepted', 'dossier.supplement_requested', 'dossier.finished', 'dossier.returned'])
  assert.ok(events.every((e) => e.data.mirrored === true && !JSON.stringify(e).includes('Ví Dụ')))
})

test('the same dossier told twice at the same moment is there once', async () => {
  const client = await foreign(anGiang)
  const m = message()
  const codes = (await Promise.all(Array.from({ length: 6 }, () => client.dossiers([m], 'False')))).map((a) => a.error_code)
  assert.deepEqual(codes.toSorted((a, b) => a - b), [-3, -3, -3, -3, -3, 0])
})

test('steps come once, and an older one that comes late moves nothing', async () => {
  const client = await foreign(anGiang)
  const m = message()
  await client.dossiers([m], 'False')
  const [first, second] = [step(m.MaHoSo, '4', '20261121090000', 'Thẩm định'), step(m.MaHoSo, '5', '20261122090000', 'Yêu cầu bổ sung')]
  assert.equal((await client.progress([second])).error_code, 0)
  assert.equal((await client.progress([first, second])).error_code, 0)
  const dossier = (await findDossierByCode(node.db, m.MaHoSo))!
  assert.equal(dossier.state, 'supplement-required')
  assert.equal((await node.db`SELECT FROM dossiers.reported_step WHERE dossier_id = ${dossier.id}`).length, 2)
})

test('what does not fit is refused whole, with the dossier, the field and a sentence, and without what stood in it', async () => {
  const client = await foreign(anGiang)
  const good = message()
  const refused = async (change: object, code: number, words: RegExp) => {
    const bad = message(change)
    const answer = await client.dossiers([good, bad], 'False')
    assert.equal(answer.error_code, code, answer.message)
    assert.match(answer.message, words)
    assert.equal(await findDossierByCode(node.db, good.MaHoSo), undefined, 'all or nothing')
  }
  await refused({ TrangThaiHoSo: '11' }, 9, /TrangThaiHoSo: không có mã/)
  await refused({ NgayHenTra: '20261125 17' }, 9, /NgayHenTra: không đúng dạng yyyyMMddHHmmss/)
  await refused({ TrangThaiHoSo: '5', NgayTra: '20261125090000' }, 9, /NgayTra: trái với trạng thái/)
  await refused({ TrangThaiHoSo: '9' }, 9, /NgayKetThucXuLy: bắt buộc/)
  await refused({ MaTTHC: '9.999999' }, 9, /MaTTHC/)
  await refused({ KenhThucHien: '2' }, 9, /MaDoiTuong/)
  await refused({ ChuHoSo: 'x'.repeat(600) }, 9, /^(?!.*xxx).*ChuHoSo.*500/)
  await refused({ MaHoSo: 'H21.15-261120-0001' }, 7, /H21/)
  assert.equal((await client.dossiers(Array.from({ length: 11 }, () => message()), 'False')).error_code, 10)
  assert.equal((await client.dossiers([message()], 'True')).error_code, 5)
  assert.equal((await client.progress([step('H01.15-261120-9999', '4', '20261121090000')])).error_code, 5)
  assert.equal((await client.post({ service: 'DongBoHoSoMC', data: 'x' })).error_code, 4)
  assert.equal((await client.post({ service: 'DongBoHoSoMC', data: [3] })).error_code, 8)
  assert.equal((await client.post({ service: 'toString', data: [] })).error_code, 3)
  assert.equal((await client.post({ session: 'x', service: 'DongBoHoSoMC', data: [] })).error_code, 2)
  const other = await foreign(gialai)
  await client.dossiers([good], 'False')
  assert.deepEqual(await other.lookUp(good.MaHoSo), [], 'another province does not see it')
  assert.equal((await other.dossiers([{ ...good }], 'True')).error_code, 7)
})

test('its owner sees it in the account, with its steps, and can ask nothing of it here', async () => {
  const id = await account('089090000777', 'Lê Văn Ví Dụ')
  const client = await foreign(anGiang)
  const [mine, notMine] = [message({ ChuHoSo: 'LÊ VĂN VÍ DỤ', SoGiayToChuHoSo: '089090000777' }), message({ ChuHoSo: 'Người Khác', SoGiayToChuHoSo: '089090000777' })]
  await client.dossiers([mine, notMine], 'False')
  await client.progress([step(mine.MaHoSo, '4', '20261121090000', 'Thẩm định tại chỗ')])
  assert.equal((await findDossierByCode(node.db, notMine.MaHoSo))!.accountId, null, 'a number alone is not enough')
  const dossier = (await findDossierByCode(node.db, mine.MaHoSo))!
  assert.equal(dossier.accountId, id)
  const { token } = await transact(systemCtx(node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: id, assurance: 2, methods: ['otp'], now: node.now() }))
  const get = (path: string) => app.server.inject({ url: path, headers: { authorization: `Bearer ${token}` } })
  const page = (await get(`/ho-so/${dossier.id}`)).body
  assert.match(page, /báo về lúc/)
  assert.match(page, /Thẩm định tại chỗ – Phòng Kinh tế/)
  assert.doesNotMatch(page, /Nguyễn Cán Bộ|rut-ho-so/, 'no names of officers, no button that leads nowhere')
  assert.match((await get('/ho-so')).body, new RegExp(mine.MaHoSo))
  const refusal = await app.server.inject({ url: `/api/v1/own-dossiers/${dossier.id}/withdraw`, method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() }, payload: '{"reason":"x"}' })
  assert.equal(refusal.statusCode, 409, refusal.body)
  assert.match(refusal.body, /chỉ báo tình trạng về đây/)
})

test('our own client tells our own server: a whole life arrives, compares equal, and goes on after the session ended', async (t) => {
  await account('052090000099', 'Nguyễn Văn Thử Nghiệm')
  const o: TellingOffice = await tellingOffice({ adapterUrl: url, authEndpoint: '/api/v1/portal/login', integrationEndpoint: '/api/v1/portal/data', shareEndpoint: '/api/v1/portal/share', username: gialai.username, password: gialai.password, mode: 'instead' })
  t.after(() => o.stop())
  const id = await o.accepted()
  assert.equal(await o.tell(), 'empty')
  const code = (await findDossier(o.office.node.db, id))!.code!
  const there = async () => (await findDossierByCode(node.db, code))!
  assert.deepEqual([(await there()).state, (await there()).accountId !== null], ['received', true])
  assert.match((await app.server.inject(`/tra-cuu?ma=${code}`)).body, /mã kết nối H21/)
  await requestSupplement(o.staff['one-stop'].ctx, { dossierId: id, reason: 'Thiếu', items: ['Giấy tờ'] })
  await o.tell()
  assert.deepEqual([(await there()).state, (await there()).finishedAt], ['supplement-required', null])
  await node.db`DELETE FROM catalogue.portal_session`
  await answerSupplement(o.owner.ctx, { dossierId: id, answer: 'Đã bổ sung', files: [] })
  await o.finish(id, 'finished')
  await o.tell()
  assert.deepEqual([(await there()).state, (await there()).returnedAt], ['finished', null])
  await o.finish(id, 'returned')
  await o.tell()
  const [ours, theirs] = [(await findDossier(o.office.node.db, id))!, await there()]
  const whole = (date: Date | null) => date && Math.floor(date.getTime() / 1000)
  for (const name of ['submittedAt', 'receivedAt', 'dueAt', 'finishedAt', 'returnedAt'] as const) assert.equal(whole(theirs[name]), whole(ours[name]), name)
  assert.deepEqual(await compareDossiers(systemCtx(o.office.node, 'test'), o.portal), { compared: 1, same: 1, absent: 0, differing: 0 })
  assert.equal((await o.office.node.db`SELECT FROM exchange.outbox WHERE to_node = 'VN' AND service LIKE 'dossier.%'`).length, 0, 'instead of the signed exchange')
  await node.db`DELETE FROM dossiers.reported_step WHERE dossier_id = ${theirs.id}`
  await node.db`DELETE FROM dossiers.reported WHERE dossier_id = ${theirs.id}`
  assert.equal((await (await foreign(gialai)).dossiers([{ ...message(), MaHoSo: code }], 'True')).error_code, 11, 'what a node of ours tells by signed exchange is not told by messages')
})
})
