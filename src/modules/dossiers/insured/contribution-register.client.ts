import { z } from 'zod'
import type { Node } from '../../../platform/node.ts'

/** A worker's number belongs to the name and this employer paid for the month; it does, and nobody or another paid; it is somebody else's; there is none such. */
export const findings = ['paid', 'unpaid', 'mismatch', 'unknown'] as const
export type Finding = (typeof findings)[number]

export interface Asked { taxCode: string; /** yyyy-MM */ month: string; workers: readonly { name: string; insuranceNumber: string }[] }

const words = { DA_DONG: 'paid', CHUA_DONG: 'unpaid', KHONG_KHOP: 'mismatch', KHONG_TIM_THAY: 'unknown' } as const satisfies Record<string, Finding>
const answerSchema = z.object({ maGiaoDich: z.string().min(1).max(100), ketQua: z.array(z.object({ maSoBHXH: z.string(), trangThai: z.enum(['DA_DONG', 'CHUA_DONG', 'KHONG_KHOP', 'KHONG_TIM_THAY']) })) })

const patience = 10_000

/**
 * Asks the register of social insurance whether an employer paid for its workers in a month; one finding for each, in their order.
 * @throws an Error without personal data when there is no answer, or none that can be understood: to be asked again
 */
export async function askContributions(node: Node, { taxCode, month, workers }: Asked): Promise<{ transaction: string; findings: Finding[] }> {
  const response = await fetch(new URL('doi-chieu-dong', node.config.standIns.socialInsuranceUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${node.config.standIns.key}` },
    body: JSON.stringify({ maSoThue: taxCode, thang: month.replace('-', ''), danhSach: workers.map((w) => ({ maSoBHXH: w.insuranceNumber, hoTen: w.name })) }),
    signal: AbortSignal.timeout(patience),
  })
  if (!response.ok) throw new Error(`the register of social insurance answered with ${response.status}`)
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined))
  // The order is part of what was promised: an answer about others must not be taken for one about these.
  if (!answer.success || answer.data.ketQua.length !== workers.length || answer.data.ketQua.some((one, at) => one.maSoBHXH !== workers[at]!.insuranceNumber)) throw new Error('the answer of the register of social insurance was not understood')
  return { transaction: answer.data.maGiaoDich, findings: answer.data.ketQua.map((one) => words[one.trangThai]) }
}
