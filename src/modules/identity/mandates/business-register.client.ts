import { z } from 'zod'
import type { Node } from '../../../platform/node.ts'

/** What the business register says about a tax code. */
export interface RegisteredOrganisation {
  name: string
  state: 'active' | 'suspended' | 'dissolved'
  /** Id number of the legal representative ("người đại diện theo pháp luật"). */
  representativeIdNumber: string
}

export type BusinessAnswer =
  | { kind: 'found'; organisation: RegisteredOrganisation }
  | { kind: 'unknown' }
  /** No answer in time, refused, or not understood. */
  | { kind: 'unavailable' }

const answerSchema = z.object({
  ketQua: z.enum(['CO', 'KHONG_CO']),
  doanhNghiep: z.object({
    TenDoanhNghiep: z.string().min(1),
    TrangThai: z.enum(['DANG_HOAT_DONG', 'TAM_NGUNG', 'DA_GIAI_THE']),
    NguoiDaiDien: z.object({ SoDinhDanh: z.string().regex(/^\d{12}$/) }),
  }).optional(),
})
const states = { DANG_HOAT_DONG: 'active', TAM_NGUNG: 'suspended', DA_GIAI_THE: 'dissolved' } as const
const patience = 4000

/** Asks the national database of enterprise registration ("CSDL quốc gia về đăng ký doanh nghiệp"). Never throws: every trouble is an answer. */
export async function askBusinessRegister(node: Node, taxCode: string): Promise<BusinessAnswer> {
  try {
    const response = await fetch(new URL('/tra-cuu', node.config.standIns.businessUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${node.config.standIns.key}` },
      body: JSON.stringify({ maSoThue: taxCode }),
      signal: AbortSignal.timeout(patience),
    })
    if (!response.ok) {
      node.log.warn({ status: response.status }, 'business register refused')
      return { kind: 'unavailable' }
    }
    const { ketQua, doanhNghiep } = answerSchema.parse(await response.json())
    if (ketQua === 'KHONG_CO' || !doanhNghiep) return { kind: 'unknown' }
    return { kind: 'found', organisation: { name: doanhNghiep.TenDoanhNghiep, state: states[doanhNghiep.TrangThai], representativeIdNumber: doanhNghiep.NguoiDaiDien.SoDinhDanh } }
  } catch (error) {
    node.log.warn({ err: error }, 'business register did not answer')
    return { kind: 'unavailable' }
  }
}
