import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../../platform/testing/database.ts'
import { dossierStates, edges, transition, type DossierAction, type DossierFacts, type DossierState } from '../../dossiers/index.ts'
import { agencyOfNumber } from '../server/agency-of-number.ts'
import { checkDossier, checkProgress } from './check-message.ts'
import { codesOf, listCodes, loadCodes, type CodeEntry } from './code-lists.ts'
import { portalTime, readPortalTime } from './portal-time.ts'
import { writeDossier, type Life } from './write-dossier.ts'
import { writeProgress } from './write-progress.ts'

const lists: Record<string, Record<string, string>> = {
  TrangThaiHoSo: { new: '1', received: '2', 'not-accepted': '3', 'in-progress': '4', 'supplement-required': '5', 'payment-required': '6', 'withdrawal-requested': '7', stopped: '8', finished: '9', returned: '10' },
  KenhThucHien: { desk: '1', online: '2', assisted: '2', post: '3' }, HinhThuc: { desk: '0', online: '0', post: '1' }, LoaiDoiTuong: { person: '1', enterprise: '2', agency: '3', other: '4' }, NoiNopHoSo: { portal: '1', local: '2' },
  LoaiDinhDanh: { citizen: '1', 'old-card': '2', 'tax-code': '3' }, DuocThanhToanTrucTuyen: { none: '0', portal: '1', local: '2', offline: '3' },
}
const entries = Object.entries(lists).flatMap(([list, codes]) => Object.entries(codes).map(([ours, code]): CodeEntry => ({ list: list as CodeEntry['list'], ours, code, nameVi: ours, isRead: ours !== 'assisted' && !(list === 'HinhThuc' && ours === 'online'), validFrom: '2020-01-01', validTo: null, source: 'test' })))
const codes = codesOf(entries, '2026-11-22')

const facts = (change: Partial<DossierFacts> = {}): DossierFacts => ({
  node: 'H21', origin: 'H21', agency: 'H21.101', procedure: '1.001612', version: 1, place: null, channel: 'online', state: 'received', reference: 'MC-88XN4-3CER6', code: 'H21.101-261120-0001', submittedAt: '2026-11-20T01:00:00.000Z', receivedAt: '2026-11-20T02:00:00.000Z',
  promisedAt: '2026-11-25T10:00:00.000Z', dueAt: '2026-11-25T10:00:00.000Z', pausedAt: null, finishedAt: null, returnedAt: null, supplements: 0, late: false, seq: 1, ...change,
})
const life = (change: Partial<Life> = {}): Life => ({
  facts: facts(), number: 'H21.101-261120-0001', procedure: { code: '1.001612', name: 'Đăng ký thành lập hộ kinh doanh', sectorCode: 'G05-KD', sectorName: 'Hộ kinh doanh' }, agencyName: 'UBND phường Pleiku', returnWay: 'desk',
  owner: { name: 'Nguyễn Văn Thử Nghiệm', idNumber: '052090000099', isOrganisation: false, phone: '0900000099', email: '', account: 'tech-1' }, isVerified: true, isFiledAtPortal: false, papers: [], payments: [], supplements: [], results: [], ...change,
})

test('the shipped code lists are those of the messages', async (t) => {
  const { db } = await testDatabase(t)
  const shipped = await listCodes(db)
  assert.deepEqual(shipped.map((c) => `${c.list} ${c.ours} ${c.code} ${c.isRead}`).sort(), entries.map((c) => `${c.list} ${c.ours} ${c.code} ${c.isRead}`).sort())
  assert.equal((await loadCodes(db, new Date('2019-12-31T00:00:00Z'))).has('TrangThaiHoSo', '1'), false, 'before its first day a code does not hold')
})

test('no two states can stand under one code of a day: who keeps the list cannot make paused into finished', async (t) => {
  const { owner } = await testDatabase(t)
  await assert.rejects(owner`UPDATE national_portal.code SET code = '9' WHERE list = 'TrangThaiHoSo' AND ours = 'supplement-required'`, /code_state/)
})

test('a code holds from its day until the day before its end', () => {
  const changing = [{ ...entries[0]!, validTo: '2027-01-01' }, { ...entries[0]!, code: 'M1', validFrom: '2027-01-01' }]
  assert.deepEqual(['2019-12-31', '2026-12-31', '2027-01-01'].map((day) => codesOf(changing, day).codeOf('TrangThaiHoSo', 'new')), ['', '1', 'M1'])
  assert.deepEqual(['1', 'M1'].map((code) => codesOf(changing, '2027-01-01').oursOf('TrangThaiHoSo', code)), [undefined, 'new'])
})

test('times are those of Việt Nam on the 24-hour clock, and come back', () => {
  assert.deepEqual(['2026-11-22T17:05:09.999Z', '2026-11-22T05:00:00Z', null, ''].map(portalTime), ['20261123000509', '20261122120000', '', ''])
  assert.equal(portalTime('2026-11-22T08:00:00Z'), '20261122150000', 'three in the afternoon is 15')
  assert.equal(readPortalTime('20261123000509')?.toISOString(), '2026-11-22T17:05:09.000Z')
  for (const nonsense of ['20260231000000', '20261122240000', '2026112217', '22/11/2026', '', null, 20261122120000, '20261122126000']) assert.equal(readPortalTime(nonsense), undefined, String(nonsense))
})

// As the description of the messages has them, not as the code does.
const table: readonly [state: DossierState, change: Partial<DossierFacts>, code: string, filled: readonly string[]][] = [
  ['new', { receivedAt: null, dueAt: null }, '1', []],
  ['received', {}, '2', ['NgayTiepNhan', 'NgayHenTra']],
  ['not-accepted', { receivedAt: null, dueAt: null, finishedAt: '2026-11-21T01:00:00Z' }, '3', ['NgayTuChoi']],
  ['in-progress', {}, '4', ['NgayTiepNhan', 'NgayHenTra']],
  ['supplement-required', { pausedAt: '2026-11-21T01:00:00Z' }, '5', ['NgayTiepNhan', 'NgayHenTra']],
  ['payment-required', { pausedAt: '2026-11-21T01:00:00Z' }, '6', ['NgayTiepNhan', 'NgayHenTra']],
  ['withdrawal-requested', {}, '7', ['NgayTiepNhan', 'NgayHenTra']],
  ['stopped', { finishedAt: '2026-11-21T01:00:00Z' }, '8', ['NgayTiepNhan', 'NgayHenTra', 'NgayKetThucXuLy']],
  ['finished', { finishedAt: '2026-11-21T01:00:00Z' }, '9', ['NgayTiepNhan', 'NgayHenTra', 'NgayKetThucXuLy']],
  ['returned', { finishedAt: '2026-11-21T01:00:00Z', returnedAt: '2026-11-22T01:00:00Z' }, '10', ['NgayTiepNhan', 'NgayHenTra', 'NgayKetThucXuLy', 'NgayTra']],
]

test('each state has its code and its times: paused has no end, signed is not returned, refused was never received', () => {
  for (const [state, change, code, filled] of table) {
    const message = writeDossier(life({ facts: facts({ state, ...change }) }), codes)
    assert.equal(message.TrangThaiHoSo, code, state)
    assert.deepEqual((['NgayTiepNhan', 'NgayHenTra', 'NgayKetThucXuLy', 'NgayTra', 'NgayTuChoi'] as const).filter((name) => message[name] !== '').toSorted(), filled.toSorted(), state)
    assert.deepEqual(checkDossier({ ...message }, codes), [], state)
  }
})

test('channel, way of return, kind and number of the owner, place of filing, payment', () => {
  const written = (change: Partial<Life>) => writeDossier(life(change), codes)
  const channel = (c: DossierFacts['channel']) => { const m = written({ facts: facts({ channel: c }) }); return [m.KenhThucHien, m.MaDoiTuong] }
  assert.deepEqual((['desk', 'online', 'assisted', 'post'] as const).map(channel), [['1', null], ['2', 'tech-1'], ['2', 'tech-1'], ['3', null]])
  assert.deepEqual(['desk', 'online', 'post'].map((returnWay) => written({ returnWay }).HinhThuc), ['0', '0', '1'])
  const owner = life().owner!
  assert.deepEqual([owner, { ...owner, idNumber: '230123456' }, { ...owner, idNumber: '5900123456', isOrganisation: true }].map((o) => { const m = written({ owner: o }); return [m.LoaiDoiTuong, m.DinhDanhCHS[0]!.LoaiDinhDanh] }), [['1', '1'], ['1', '2'], ['2', '3']])
  assert.deepEqual([true, false].map((isFiledAtPortal) => written({ isFiledAtPortal }).NoiNopHoSo), ['1', '2'])
  assert.deepEqual([[], [{ name: 'Phí', amount: 0, isPaid: false }], [{ name: 'Phí', amount: 5000, isPaid: true }]].map((payments) => written({ payments }).DuocThanhToanTrucTuyen), ['0', '0', '3'])
})

test('long words are cut where the format says so, and are a problem where it does not', () => {
  const message = writeDossier(life({ procedure: { ...life().procedure, name: 'x'.repeat(1900) }, papers: [{ id: 'a', name: 'y'.repeat(5000), type: '', url: 'https://x.example/a' }] }), codes)
  assert.deepEqual([message.TrichYeuHoSo.length, message.TaiLieuNop[0]!.TenTepDinhKem.length, checkDossier({ ...message }, codes)], [1000, 4000, []])
  const long = writeDossier(life({ owner: { ...life().owner!, name: 'z'.repeat(501) } }), codes)
  assert.deepEqual(checkDossier({ ...long }, codes), [{ field: 'ChuHoSo', problem: 'too-long', max: 500 }])
  const progress = writeProgress({ number: 'H21.101-261120-0001', at: new Date('2026-11-20T02:00:00Z'), state: 'received', words: 'w'.repeat(3000), by: 'Công Tằng Tôn Nữ '.repeat(5), title: '', unit: '', startedAt: null, dueAt: null }, codes)
  assert.deepEqual([progress.NguoiXuLy.length, progress.NoiDungXuLy.length, checkProgress({ ...progress }, codes)], [50, 2000, []])
})

test('every mistake of a message is named by its field', () => {
  const good = writeDossier(life({ supplements: [{ reason: 'Thiếu', items: ['Giấy'], requestedAt: new Date(), requestedBy: '', answeredAt: null, dueBefore: null, dueAfter: null }], payments: [{ name: 'Phí', amount: 5000, isPaid: false }] }), codes)
  const cases: [change: object, problems: string[]][] = [
    [{ MaHoSo: 'H21-1' }, ['MaHoSo wrong-form']], [{ MaTTHC: 'abc' }, ['MaTTHC wrong-form']], [{ MaLinhVuc: ' ' }, ['MaLinhVuc missing']], [{ Email: 3 }, ['Email not-text']], [{ HinhThuc: '7' }, ['HinhThuc not-a-code']], [{ NgayHenTra: '20261332000000' }, ['NgayHenTra not-a-time']],
    [{ HoSoCoThanhPhanSoHoa: 'có' }, ['HoSoCoThanhPhanSoHoa too-long']], [{ DinhDanhCHS: undefined }, ['DinhDanhCHS missing']], [{ DSKetNoiCSDL: 'x' }, ['DSKetNoiCSDL not-a-list']], [{ MaDoiTuong: null }, ['MaDoiTuong missing']],
    [{ DanhSachLePhi: [{ ...good.DanhSachLePhi[0], Gia: '5.000' }] }, ['DanhSachLePhi[0].Gia not-a-number']], [{ TaiLieuNop: [null] }, ['TaiLieuNop[0] wrong-form']],
    [{ DanhSachGiayToKetQua: [{ TenGiayTo: 'x', GiayToId: '1', DuongDanTepTinKetQua: 'javascript:alert(1)', MaGiayToKetQua: 'KQ' }] }, ['DanhSachGiayToKetQua[0].DuongDanTepTinKetQua not-an-address', 'DanhSachGiayToKetQua[0].MaGiayToKetQua wrong-form']],
    [{ DanhSachHoSoBoSung: [{ ...good.DanhSachHoSoBoSung[0], HoSoBoSungId: '1' }] }, ['DanhSachHoSoBoSung[0].HoSoBoSungId not-a-number']],
    [{ TrangThaiHoSo: '5', NgayTra: '20261122120000', NgayKetThucXuLy: '20261122120000' }, ['NgayKetThucXuLy contradicts-state', 'NgayTra contradicts-state']], [{ NgayTiepNhan: '' }, ['NgayTiepNhan missing']], [{ TrangThaiHoSo: '10' }, ['NgayKetThucXuLy missing', 'NgayTra missing']],
  ]
  assert.deepEqual(checkDossier({ ...good }, codes), [])
  for (const [change, problems] of cases) assert.deepEqual(checkDossier({ ...good, ...change }, codes).map((p) => `${p.field} ${p.problem}`), problems, JSON.stringify(change))
})

test('the number of a dossier names its agency, in either way of writing', () => {
  assert.deepEqual(['H15.50.05.13-261008-0975', '000.00.19.H29-181225-0001', '000.00.00.H38-181225-0001', 'MC-88XN4-3CER6'].map(agencyOfNumber), ['H15.50.05.13', 'H29.19', 'H38', undefined])
})

/** A dossier lives through the table of states, a minute or so a step. */
const lives = fc.array(fc.nat(), { maxLength: 14 }).map((choices) => {
  let at = Date.parse('2026-11-20T01:00:00Z')
  let now = facts({ state: 'new', code: null, receivedAt: null, dueAt: null, promisedAt: null })
  let pausedFor: 'supplement' | 'payment' | undefined
  const steps = [now]
  for (const choice of choices) {
    const actions = (Object.keys(edges) as DossierAction[]).filter((a) => edges[a].from.includes(now.state))
    const action = actions[choice % actions.length]
    if (!action) break
    const iso = new Date((at += 61_000)).toISOString()
    const date = (text: string | null) => (text ? new Date(text) : null)
    const state = transition({ state: now.state, receivedAt: date(now.receivedAt), pausedAt: date(now.pausedAt), pausedFor }, action)
    const { clock } = edges[action]
    if (clock === 'stop') pausedFor = action === 'request-payment' ? 'payment' : 'supplement'
    now = {
      ...now, state, seq: now.seq + 1, ...(action === 'accept' ? { code: 'H21.101-261120-0001', receivedAt: iso, dueAt: '2026-11-25T10:00:00.000Z' } : {}), ...(clock === 'stop' ? { pausedAt: iso } : clock === 'resume' || clock === 'end' ? { pausedAt: null } : {}),
      ...(clock === 'end' ? { finishedAt: iso } : {}), ...(action === 'return' ? { returnedAt: iso } : {}),
    }
    steps.push(now)
  }
  return steps
})

test('whatever a dossier lives through, each message of it fits the format and says what is: its own state, no end where none is, no return before the return', () => {
  const seen = new Set<DossierState>()
  fc.assert(fc.property(lives, (steps) => {
    for (const step of steps) {
      seen.add(step.state)
      const message = writeDossier(life({ facts: step }), codes)
      assert.deepEqual(checkDossier({ ...message }, codes), [], step.state)
      assert.equal(message.TrangThaiHoSo, String(dossierStates[step.state]))
      assert.equal(codes.oursOf('TrangThaiHoSo', message.TrangThaiHoSo), step.state, 'and is read as what it was')
      assert.equal(message.NgayKetThucXuLy !== '', ['finished', 'returned', 'stopped'].includes(step.state))
      assert.equal(message.NgayTra !== '', step.state === 'returned')
    }
  }), { numRuns: 1000 })
  assert.equal(seen.size, 10, 'every state was lived through')
})
