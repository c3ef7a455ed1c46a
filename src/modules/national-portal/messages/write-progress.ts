import type { Codes } from './code-lists.ts'
import { portalTime } from './portal-time.ts'
import type { ProgressMessage } from './portal-message.ts'
import type { DossierState } from '../../dossiers/index.ts'

/** One step of a dossier, with who did it. */
export interface ToldStep {
  number: string
  at: Date
  /** State after the step. */
  state: DossierState
  /** What was done, in Vietnamese. */
  words: string
  /** Officer, or the words for the applicant or the system. */
  by: string
  title: string
  unit: string
  /** ISO 8601. */
  startedAt: string | null
  dueAt: string | null
}

/** A step as CapNhatTienDoHoSoMC tells it: the same step always gives the same entry, so that a repeat can be known as one. */
export function writeProgress(step: ToldStep, codes: Codes): ProgressMessage {
  return {
    MaHoSo: step.number, NguoiXuLy: step.by.slice(0, 50), ChucDanh: step.title, ThoiDiemXuLy: portalTime(step.at), PhongBanXuLy: step.unit, NoiDungXuLy: step.words.slice(0, 2000), TrangThai: codes.codeOf('TrangThaiHoSo', step.state),
    NgayBatDau: portalTime(step.startedAt), NgayKetThucTheoQuyDinh: portalTime(step.dueAt),
  }
}
