/**
 * The messages in which systems of ministries and provinces tell the national portal of their dossiers. The keys are those of the real messages; values are text
 * unless said, times as `portalTime` writes them, and what there is nothing to say about is ''.
 */

/** A paper that was filed (TaiLieuNop). */
export interface PaperEntry {
  TepDinhKemId: string
  TenTepDinhKem: string
  IsDeleted: string
  MaThanhPhanHoSo: string
  DuongDanTaiTepTin: string
  DuocSoHoa: string
  DuocTaiSuDung: string
  DuocLayTuKhoDMQG: string
  MaKetQuaThayThe: string
}

export interface FeeEntry { TenPhiLePhi: string; MaPhiLePhi: string; HinhThucThu: string; Gia: string; LoaiPhiLePhi: string }
export interface OtherPaperEntry { TenGiayTo: string; SoLuong: number; LoaiGiayTo: number }

/** A round of supplementing (yêu cầu bổ sung). */
export interface SupplementEntry {
  HoSoBoSungId: number
  NguoiYeuCauBoSung: string
  NoiDungBoSung: string
  NgayBoSung: string
  NguoiTiepNhanBoSung: string
  ThongTinTiepNhan: string
  NgayTiepNhanBoSung: string
  TrangThaiBoSung: boolean
  DanhSachGiayToBoSung: PaperEntry[]
  DanhSachLePhiBoSung: FeeEntry[]
  NgayHenTraTruoc: string
  NgayHenTraMoi: string
}

export interface ResultEntry { TenGiayTo: string; MaThanhPhanHoSo: string; GiayToId: string; DuongDanTepTinKetQua: string; MaGiayToKetQua: string }

/** One dossier of DongBoHoSoMC. */
export interface DossierMessage {
  MaHoSo: string
  MaTTHC: string
  TenTTHC: string
  MaLinhVuc: string
  TenLinhVuc: string
  SoBienNhan: string
  KenhThucHien: string
  ChuHoSo: string
  SoGiayToChuHoSo: string
  LoaiDoiTuong: string
  /** Account of the owner at the portal (TechID); null where the dossier was not filed online. */
  MaDoiTuong: string | null
  ThongTinKhac: string
  Email: string
  Fax: string
  SoDienThoai: string
  TrichYeuHoSo: string
  NgayNopHoSo: string
  NgayTiepNhan: string
  NgayHenTra: string
  TrangThaiHoSo: string
  NgayTra: string
  ThongTinTra: string
  HinhThuc: string
  NgayKetThucXuLy: string
  DonViXuLy: string
  GhiChu: string
  NoiNopHoSo: string
  HoSoCoThanhPhanSoHoa: string
  TaiKhoanDuocXacThucVoiVNeID: string
  DuocThanhToanTrucTuyen: string
  NgayTuChoi: string
  DinhDanhCHS: { LoaiDinhDanh: string; SoDinhDanh: string }[]
  DSKetNoiCSDL: { MaCSDL: string }[]
  TaiLieuNop: PaperEntry[]
  DanhSachLePhi: FeeEntry[]
  DanhSachTepDinhKemKhac: OtherPaperEntry[]
  DanhSachHoSoBoSung: SupplementEntry[]
  DanhSachGiayToKetQua: ResultEntry[]
}

/** One entry of CapNhatTienDoHoSoMC: who did what with a dossier, and its state after that. */
export interface ProgressMessage {
  MaHoSo: string
  NguoiXuLy: string
  ChucDanh: string
  ThoiDiemXuLy: string
  PhongBanXuLy: string
  NoiDungXuLy: string
  TrangThai: string
  NgayBatDau: string
  NgayKetThucTheoQuyDinh: string
}

/** Entries of one push at most: what existing clients send. */
export const mostEntries = 10
