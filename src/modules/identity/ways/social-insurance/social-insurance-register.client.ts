import { z } from 'zod'
import type { Node } from '../../../../platform/node.ts'

export interface ClaimedInsured { socialInsurance: string; fullName: string; birthDate: string }

export type InsuranceAnswer =
  /** The number belongs to the person with this id number. */
  | { kind: 'match'; idNumber: string }
  | { kind: 'mismatch' }
  /** No answer in time, refused, or not understood. */
  | { kind: 'unavailable' }

const answerSchema = z.object({
  ketQua: z.enum(['KHOP', 'KHONG_KHOP', 'KHONG_TIM_THAY']),
  nguoiThamGia: z.object({ SoDinhDanh: z.string().regex(/^\d{12}$/) }).optional(),
})

const patience = 3000

/** Asks the register of social insurance ("CSDL quốc gia về bảo hiểm") whose number it is. Never throws: every trouble is an answer. */
export async function askSocialInsuranceRegister(node: Node, person: ClaimedInsured): Promise<InsuranceAnswer> {
  try {
    const response = await fetch(new URL('tra-cuu', node.config.standIns.socialInsuranceUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${node.config.standIns.key}` },
      body: JSON.stringify({ maSoBHXH: person.socialInsurance, hoTen: person.fullName, ngaySinh: person.birthDate.replaceAll('-', '') }),
      signal: AbortSignal.timeout(patience),
    })
    if (!response.ok) {
      node.log.warn({ status: response.status }, 'social-insurance register refused')
      return { kind: 'unavailable' }
    }
    const answer = answerSchema.parse(await response.json())
    return answer.ketQua === 'KHOP' && answer.nguoiThamGia ? { kind: 'match', idNumber: answer.nguoiThamGia.SoDinhDanh } : { kind: 'mismatch' }
  } catch (error) {
    node.log.warn({ err: error }, 'social-insurance register did not answer')
    return { kind: 'unavailable' }
  }
}
