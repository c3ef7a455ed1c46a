/** One procedure as the national portal tells it (LayThuTuc). The keys are those of the real messages; all values are text. */
export interface ProcedureMessage {
  ID: string
  MATTHC: string
  TENTTHC: string
  MACOQUANCONGBO: string
  LOAITTHC: string
  MOTADOITUONGTHUCHIEN: string
  DIACHITIEPNHAN: string
  QUYETDINH: string
  IDQUYETDINHCONGBO: string
  YEUCAU: string
  TUKHOA: string
  TRANGTHAI: string
  MOTACOQUANTHUCHIEN: string
  MOTACOQUANTHAMQUYEN: string
  MOTA: string
  TRINHTUTHUCHIEN: { TRUONGHOP: string; TRINHTU: { TENTRINHTU: string }[] }[]
  CAPTHUCHIEN: { CAPTHUCHIEN: string; TENCAP: string }[]
  LINHVUCTHUCHIEN: { MALINHVUC: string; TENLINHVUC: string }[]
  CACHTHUCTHUCHIEN: { KENH: string; THOIGIAN: TimeMessage[] }[]
  DOITUONGTHUCHIEN: { MADOITUONG: string; TENDOITUONG: string }[]
  THANHPHANHOSO: { TRUONGHOP: string; GIAYTO: PaperMessage[] }[]
  KETQUATHUCHIEN: { MAKETQUA: string; TENKETQUA: string; TENTEP: string; URL: string }[]
  CANCUPHAPLY: LawMessage[]
  COQUANTHUCHIEN: AgencyMessage[]
  COQUANCOTHAMQUYEN: AgencyMessage[]
  COQUANDUOCUYQUYEN: AgencyMessage[]
  COQUANPHOIHOP: AgencyMessage[]
  TTHCLIENQUAN: string[]
  TTHCLIENTHONG: string[]
}

export interface TimeMessage { THOIGIANGIAIQUYET: string; DONVITINH: string; MOTA: string; PHILEPHI: FeeMessage[] }
export interface FeeMessage { MAPHILEPHI: string; SOTIEN: string; DONVI: string; MOTA: string; TENTEP: string; URL: string }
export interface PaperMessage { MAGIAYTO: string; TENGIAYTO: string; TENMAUDON: string; URL: string; SOBANCHINH: string; SOBANSAO: string; MA_KQ_THAYTHE: string }
export interface LawMessage { SOVANBAN: string; TENVANBAN: string; NGAYBANHANH: string; NGAYHIEULUC: string; COQUANBANHANH: string; DIACHITRUYCAP: string }
export interface AgencyMessage { MADONVI: string; TENDONVI: string }

/** One line of the list (LayDanhSachTTHC). */
export type ListedProcedure = Pick<ProcedureMessage, 'ID' | 'MATTHC' | 'TENTTHC' | 'MACOQUANCONGBO' | 'QUYETDINH' | 'TRANGTHAI' | 'LINHVUCTHUCHIEN' | 'CAPTHUCHIEN'>

/** Codes of channels, levels and units of time in the messages. */
export const channelCodes = { desk: '1', online: '2', post: '3' } as const
export const levelNames = { ministry: ['1', 'Cấp Bộ'], province: ['2', 'Cấp Tỉnh'], commune: ['4', 'Cấp Xã'], other: ['5', 'Cơ quan khác'] } as const
export const unitNames = { hour: 'Giờ', day: 'Ngày', 'working-day': 'Ngày làm việc', month: 'Tháng' } as const
