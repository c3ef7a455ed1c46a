import type { CodeList, Codes } from './code-lists.ts'
import { readPortalTime } from './portal-time.ts'
import type { DossierMessage, ProgressMessage } from './portal-message.ts'

/** What keeps a message from being sent or taken. `field` as a path: 'TaiLieuNop[0].TenTepDinhKem'. The value itself is not in it: it may be personal. */
export interface Problem { field: string; problem: 'missing' | 'too-long' | 'not-text' | 'not-a-number' | 'not-a-list' | 'not-a-code' | 'not-a-time' | 'not-an-address' | 'wrong-form' | 'contradicts-state'; max?: number }

interface Rule { required?: true | undefined; max: number; kind?: 'time' | 'url' | 'flag' | 'amount' | undefined; list?: CodeList; pattern?: RegExp }

/** Mã hồ sơ of either generation, or the reference of a dossier that never got one. */
export const dossierNumber = /^([GH]\d{2}(\.\d{2,3})*-\d{6}-\d{4,7}|\d{3}(\.\d{2}){2,4}\.[GH]\d{2}-\d{6}-\d{4,7}|MC-[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5})$/
const procedureCode = /^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/
const resultCode = /^KQ\.[GH]\d{2}\.\d{6}$/

const text = (max: number, more: Partial<Rule> = {}): Rule => ({ max, ...more })
const must = (max: number, more: Partial<Rule> = {}): Rule => ({ required: true, max, ...more })
const time: Rule = { max: 14, kind: 'time' }
const list = (name: CodeList): Rule => ({ required: true, max: 20, list: name })
const flag: Rule = { required: true, max: 1, kind: 'flag' }

// Lengths known from the messages: TrichYeuHoSo, TenTepDinhKem, TenGiayTo, NguoiXuLy. The others are bounds of our own, wide enough for what is real.
const dossierRules: Readonly<Record<string, Rule>> = {
  MaHoSo: must(50, { pattern: dossierNumber }), MaTTHC: must(50, { pattern: procedureCode }), TenTTHC: must(2000), MaLinhVuc: must(50), TenLinhVuc: must(500), SoBienNhan: text(50), KenhThucHien: list('KenhThucHien'), ChuHoSo: text(500),
  SoGiayToChuHoSo: must(50), LoaiDoiTuong: list('LoaiDoiTuong'), ThongTinKhac: text(2000), Email: text(200), Fax: text(50), SoDienThoai: text(50), TrichYeuHoSo: must(1000), NgayNopHoSo: { ...time, required: true }, NgayTiepNhan: time, NgayHenTra: time,
  TrangThaiHoSo: list('TrangThaiHoSo'), NgayTra: time, ThongTinTra: text(2000), HinhThuc: list('HinhThuc'), NgayKetThucXuLy: time, DonViXuLy: must(500), GhiChu: text(2000), NoiNopHoSo: list('NoiNopHoSo'), HoSoCoThanhPhanSoHoa: flag,
  TaiKhoanDuocXacThucVoiVNeID: flag, DuocThanhToanTrucTuyen: list('DuocThanhToanTrucTuyen'), NgayTuChoi: time,
}
const paperRules: Readonly<Record<string, Rule>> = {
  TepDinhKemId: must(100), TenTepDinhKem: must(4000), IsDeleted: must(5, { pattern: /^(0|1|True|False)$/ }), MaThanhPhanHoSo: text(50), DuongDanTaiTepTin: text(2000, { kind: 'url' }), DuocSoHoa: flag, DuocTaiSuDung: must(1, { pattern: /^[012]$/ }),
  DuocLayTuKhoDMQG: flag, MaKetQuaThayThe: text(50, { pattern: resultCode }),
}
const feeRules: Readonly<Record<string, Rule>> = { TenPhiLePhi: must(500), MaPhiLePhi: text(50), HinhThucThu: text(20), Gia: must(15, { kind: 'amount' }), LoaiPhiLePhi: text(20) }
const supplementRules: Readonly<Record<string, Rule>> = { NguoiYeuCauBoSung: text(200), NoiDungBoSung: must(4000), NgayBoSung: { ...time, required: true }, NguoiTiepNhanBoSung: text(200), ThongTinTiepNhan: text(2000), NgayTiepNhanBoSung: time, NgayHenTraTruoc: time, NgayHenTraMoi: time }
const resultRules: Readonly<Record<string, Rule>> = { TenGiayTo: must(2000), MaThanhPhanHoSo: text(50), GiayToId: must(100), DuongDanTepTinKetQua: text(2000, { kind: 'url' }), MaGiayToKetQua: text(50, { pattern: resultCode }) }
const identifierRules: Readonly<Record<string, Rule>> = { LoaiDinhDanh: { required: true, max: 20, list: 'LoaiDinhDanh' }, SoDinhDanh: must(50) }
const progressRules: Readonly<Record<string, Rule>> = {
  MaHoSo: must(50, { pattern: dossierNumber }), NguoiXuLy: must(50), ChucDanh: text(200), ThoiDiemXuLy: { ...time, required: true }, PhongBanXuLy: text(500), NoiDungXuLy: must(2000), TrangThai: list('TrangThaiHoSo'), NgayBatDau: time, NgayKetThucTheoQuyDinh: time,
}
const lists: readonly [name: keyof DossierMessage, rules: Readonly<Record<string, Rule>>][] = [
  ['DinhDanhCHS', identifierRules], ['DSKetNoiCSDL', { MaCSDL: must(20) }], ['TaiLieuNop', paperRules], ['DanhSachLePhi', feeRules], ['DanhSachTepDinhKemKhac', { TenGiayTo: must(2000) }], ['DanhSachHoSoBoSung', supplementRules], ['DanhSachGiayToKetQua', resultRules],
]
/** Lists that older clients leave out. */
const optionalLists: ReadonlySet<string> = new Set(['TaiLieuNop', 'DanhSachLePhi', 'DanhSachTepDinhKemKhac', 'DanhSachHoSoBoSung', 'DanhSachGiayToKetQua'])

type Entry = Readonly<Record<string, unknown>>

/**
 * Whether a dossier of DongBoHoSoMC may be sent, or taken from a client: every field of the right kind, length and list, and none that contradicts the state:
 * what is not received has no day of receipt, only what has ended has an end, only what was handed over has a day of return.
 */
export function checkDossier(message: Entry, codes: Codes): Problem[] {
  return [...checkFields(message, dossierRules, codes, ''), ...checkAccount(message, codes), ...lists.flatMap(([name, rules]) => checkList(message, name, rules, codes)), ...checkNested(message, codes), ...checkState(message, codes)]
}

/** The same for an entry of CapNhatTienDoHoSoMC. */
export const checkProgress = (message: Entry, codes: Codes): Problem[] => checkFields(message, progressRules, codes, '')

function checkFields(entry: Entry, rules: Readonly<Record<string, Rule>>, codes: Codes, path: string): Problem[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const problem = checkValue(entry[name], rule, codes)
    return problem ? [{ field: path + name, ...problem }] : []
  })
}

function checkValue(value: unknown, rule: Rule, codes: Codes): Omit<Problem, 'field'> | undefined {
  if (value === undefined || value === null || value === '') return rule.required ? { problem: 'missing' } : undefined
  if (typeof value !== 'string') return { problem: 'not-text' }
  if (value.trim() === '') return rule.required ? { problem: 'missing' } : undefined
  if (value.length > rule.max) return { problem: 'too-long', max: rule.max }
  if (rule.kind === 'time' && !readPortalTime(value)) return { problem: 'not-a-time' }
  if (rule.kind === 'url' && !/^https?:\/\/[^\s/]+\//.test(value)) return { problem: 'not-an-address' }
  if (rule.kind === 'flag' && !/^[01]$/.test(value)) return { problem: 'not-a-code' }
  if (rule.kind === 'amount' && !/^\d+$/.test(value)) return { problem: 'not-a-number' }
  if (rule.list && !codes.has(rule.list, value)) return { problem: 'not-a-code' }
  if (rule.pattern && !rule.pattern.test(value)) return { problem: 'wrong-form' }
  return undefined
}

/** Whoever filed online is known to the portal; of others it needs no account. */
function checkAccount(message: Entry, codes: Codes): Problem[] {
  const { MaDoiTuong: account } = message
  if (account === null || account === undefined || account === '') return codes.oursOf('KenhThucHien', String(message.KenhThucHien)) === 'online' ? [{ field: 'MaDoiTuong', problem: 'missing' }] : []
  if (typeof account !== 'string') return [{ field: 'MaDoiTuong', problem: 'not-text' }]
  return account.length > 100 ? [{ field: 'MaDoiTuong', problem: 'too-long', max: 100 }] : []
}

function checkList(message: Entry, name: string, rules: Readonly<Record<string, Rule>>, codes: Codes): Problem[] {
  const value = message[name]
  if (value === undefined || value === null) return optionalLists.has(name) ? [] : [{ field: name, problem: 'missing' }]
  if (!Array.isArray(value)) return [{ field: name, problem: 'not-a-list' }]
  return value.flatMap((entry: unknown, i) => (typeof entry === 'object' && entry !== null ? checkFields(entry as Entry, rules, codes, `${name}[${i}].`) : [{ field: `${name}[${i}]`, problem: 'wrong-form' as const }]))
}

const wholeNumbers: readonly [list: string, fields: readonly string[]][] = [['DanhSachTepDinhKemKhac', ['SoLuong', 'LoaiGiayTo']], ['DanhSachHoSoBoSung', ['HoSoBoSungId']]]

/** What is no text: numbers, and the lists inside rounds of supplementing. */
function checkNested(message: Entry, codes: Codes): Problem[] {
  const entries = (name: string): Entry[] => (Array.isArray(message[name]) ? message[name].filter((e): e is Entry => typeof e === 'object' && e !== null) : [])
  const numbers = wholeNumbers.flatMap(([name, fields]) => entries(name).flatMap((entry, i) => fields.filter((field) => !Number.isInteger(entry[field])).map((field) => ({ field: `${name}[${i}].${field}`, problem: 'not-a-number' as const }))))
  const rounds = entries('DanhSachHoSoBoSung').flatMap((entry, i) => [['DanhSachGiayToBoSung', paperRules] as const, ['DanhSachLePhiBoSung', feeRules] as const].flatMap(([name, rules]) =>
    (entry[name] === undefined ? [] : checkList(entry, name, rules, codes)).map((p) => ({ ...p, field: `DanhSachHoSoBoSung[${i}].${p.field}` }))))
  return [...numbers, ...rounds]
}

/** States in which a dossier must have been received. */
const received: ReadonlySet<string> = new Set(['received', 'in-progress', 'finished', 'returned'])
const ended: ReadonlySet<string> = new Set(['finished', 'returned', 'stopped'])

function checkState(message: Entry, codes: Codes): Problem[] {
  const state = codes.oursOf('TrangThaiHoSo', String(message.TrangThaiHoSo))
  if (!state) return []
  const contradictions: [field: keyof DossierMessage, missing: boolean, surplus: boolean][] = [
    ['NgayTiepNhan', received.has(state), state === 'new' || state === 'not-accepted'],
    ['NgayKetThucXuLy', state === 'finished' || state === 'returned', !ended.has(state)],
    ['NgayTra', state === 'returned', state !== 'returned'],
    ['NgayTuChoi', false, state !== 'not-accepted'],
  ]
  return contradictions.flatMap(([field, isMust, mustNot]): Problem[] => {
    const isThere = typeof message[field] === 'string' && message[field] !== ''
    if (isMust && !isThere) return [{ field, problem: 'missing' }]
    return mustNot && isThere ? [{ field, problem: 'contradicts-state' }] : []
  })
}

/** Fields whose values an administrator may put right for the messages. States and times are facts of the dossier and are not among them. */
export const mendable: Readonly<Partial<Record<keyof DossierMessage | keyof ProgressMessage, number>>> = Object.fromEntries(
  [...['MaTTHC', 'TenTTHC', 'MaLinhVuc', 'TenLinhVuc', 'ChuHoSo', 'SoGiayToChuHoSo', 'MaDoiTuong', 'Email', 'SoDienThoai', 'TrichYeuHoSo', 'DonViXuLy'].map((name) => [name, dossierRules[name]?.max ?? 100]), ['PhongBanXuLy', 500]])
