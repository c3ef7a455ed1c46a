import { isFiledOnline, type DossierFacts, type DossierState } from '../../dossiers/index.ts'
import type { Codes } from './code-lists.ts'
import { portalTime } from './portal-time.ts'
import type { DossierMessage, FeeEntry, PaperEntry, ResultEntry, SupplementEntry } from './portal-message.ts'

/** What there is to tell of a dossier at one moment of its life. */
export interface Life {
  facts: DossierFacts
  /** Number by which the portal knows it: its code, or the reference where it ended without one. */
  number: string
  procedure: { code: string; name: string; sectorCode: string; sectorName: string }
  agencyName: string
  returnWay: string
  /** Undefined where the content was erased. */
  owner: { name: string; idNumber: string; isOrganisation: boolean; phone: string; email: string; /** TechID. */ account: string | null } | undefined
  /** Filed by somebody logged in with an e-identity account. */
  isVerified: boolean
  isFiledAtPortal: boolean
  papers: readonly { id: string; name: string; type: string; url: string }[]
  payments: readonly { name: string; amount: number; isPaid: boolean }[]
  supplements: readonly { reason: string; items: readonly string[]; requestedAt: Date; requestedBy: string; answeredAt: Date | null; dueBefore: Date | null; dueAfter: Date | null }[]
  results: readonly { id: string; title: string; type: string; url: string }[]
}

const ended: ReadonlySet<DossierState> = new Set<DossierState>(['finished', 'returned', 'stopped'])
const cut = (words: string, max: number): string => (words.length <= max ? words : `${words.slice(0, max - 1)}…`)

/**
 * A dossier as DongBoHoSoMC tells it. Each of our states has its own code: paused is never told as finished, signed never as returned. Long words are cut where the
 * format says so; all else that does not fit is for `checkDossier` to find.
 */
export function writeDossier(life: Life, codes: Codes): DossierMessage {
  const { facts, procedure, owner } = life
  return {
    MaHoSo: life.number, MaTTHC: procedure.code, TenTTHC: procedure.name, MaLinhVuc: procedure.sectorCode, TenLinhVuc: procedure.sectorName, SoBienNhan: facts.reference, KenhThucHien: codes.codeOf('KenhThucHien', facts.channel),
    ChuHoSo: owner?.name ?? '', SoGiayToChuHoSo: owner?.idNumber ?? '', LoaiDoiTuong: codes.codeOf('LoaiDoiTuong', owner?.isOrganisation ? 'enterprise' : 'person'), MaDoiTuong: isFiledOnline(facts.channel) ? (owner?.account ?? null) : null,
    ThongTinKhac: '', Email: owner?.email ?? '', Fax: '', SoDienThoai: owner?.phone ?? '', TrichYeuHoSo: cut(procedure.name, 1000),
    NgayNopHoSo: portalTime(facts.submittedAt), NgayTiepNhan: portalTime(facts.receivedAt), NgayHenTra: portalTime(facts.dueAt), TrangThaiHoSo: codes.codeOf('TrangThaiHoSo', facts.state),
    NgayTra: facts.state === 'returned' ? portalTime(facts.returnedAt) : '', ThongTinTra: '', HinhThuc: codes.codeOf('HinhThuc', life.returnWay), NgayKetThucXuLy: ended.has(facts.state) ? portalTime(facts.finishedAt) : '',
    DonViXuLy: life.agencyName, GhiChu: '', NoiNopHoSo: codes.codeOf('NoiNopHoSo', life.isFiledAtPortal ? 'portal' : 'local'), HoSoCoThanhPhanSoHoa: life.papers.length > 0 ? '1' : '0', TaiKhoanDuocXacThucVoiVNeID: life.isVerified ? '1' : '0',
    DuocThanhToanTrucTuyen: codes.codeOf('DuocThanhToanTrucTuyen', life.payments.some((p) => p.amount > 0) ? 'offline' : 'none'), NgayTuChoi: facts.state === 'not-accepted' ? portalTime(facts.finishedAt) : '',
    DinhDanhCHS: owner ? [{ LoaiDinhDanh: codes.codeOf('LoaiDinhDanh', identifierKind(owner)), SoDinhDanh: owner.idNumber }] : [],
    // Nothing records for a dossier which databases were asked about it.
    DSKetNoiCSDL: [],
    TaiLieuNop: life.papers.map(paperOf), DanhSachLePhi: life.payments.map(feeOf), DanhSachTepDinhKemKhac: [], DanhSachHoSoBoSung: life.supplements.map(supplementOf), DanhSachGiayToKetQua: life.results.map(resultOf),
  }
}

const identifierKind = ({ idNumber, isOrganisation }: { idNumber: string; isOrganisation: boolean }): string => (isOrganisation ? 'tax-code' : idNumber.length === 9 ? 'old-card' : 'citizen')

const paperOf = (paper: Life['papers'][number]): PaperEntry => ({
  TepDinhKemId: paper.id, TenTepDinhKem: cut(paper.name, 4000), IsDeleted: '0', MaThanhPhanHoSo: paper.type, DuongDanTaiTepTin: paper.url, DuocSoHoa: '1', DuocTaiSuDung: '0', DuocLayTuKhoDMQG: '0', MaKetQuaThayThe: '',
})

/** Kinds of fees and ways of collecting have lists that no source tells: they stay empty. */
const feeOf = (payment: Life['payments'][number]): FeeEntry => ({ TenPhiLePhi: payment.name, MaPhiLePhi: '', HinhThucThu: '', Gia: String(payment.amount), LoaiPhiLePhi: '' })

const supplementOf = (round: Life['supplements'][number], i: number): SupplementEntry => ({
  HoSoBoSungId: i + 1, NguoiYeuCauBoSung: round.requestedBy, NoiDungBoSung: cut([round.reason, ...round.items].join('; '), 4000), NgayBoSung: portalTime(round.requestedAt), NguoiTiepNhanBoSung: '', ThongTinTiepNhan: '',
  NgayTiepNhanBoSung: portalTime(round.answeredAt), TrangThaiBoSung: round.answeredAt !== null, DanhSachGiayToBoSung: [], DanhSachLePhiBoSung: [], NgayHenTraTruoc: portalTime(round.dueBefore), NgayHenTraMoi: portalTime(round.dueAfter),
})

const resultOf = (result: Life['results'][number]): ResultEntry => ({ TenGiayTo: cut(result.title, 2000), MaThanhPhanHoSo: '', GiayToId: result.id, DuongDanTepTinKetQua: result.url, MaGiayToKetQua: result.type })
