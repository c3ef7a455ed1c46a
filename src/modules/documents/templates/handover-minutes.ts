import { z } from 'zod'
import { paper, sampleHead, sampleMark, sampleSignature, text } from './paper.ts'

/** Biên bản bàn giao hồ sơ: dossiers that one officer hands to another, each with its step and state (Decree 30/2020/NĐ-CP, Annex I). */
export const schema = paper.extend({
  /** Who takes over; who gives is the signature. */
  receiver: text,
  reason: text,
  at: z.date(),
  dossiers: z.array(z.object({ code: text, procedure: text, step: text, state: text, dueAt: z.date() })).min(1),
})

export const sample: z.input<typeof schema> = {
  head: sampleHead,
  mark: sampleMark,
  signature: { ...sampleSignature, position: 'Người giao' },
  receiver: 'Trần Văn Nam',
  reason: 'Cán bộ được cử đi học từ ngày 01/12/2026.',
  at: new Date('2026-11-25T02:30:00Z'),
  dossiers: [
    { code: 'H21.15-261123-0007', procedure: 'Đổi giấy phép lái xe', step: 'Thẩm định hồ sơ', state: 'Đang xử lý', dueAt: new Date('2026-11-27T09:00:00Z') },
    { code: 'H21.15-261123-0011', procedure: 'Cấp lại giấy phép lái xe', step: 'Dự thảo kết quả', state: 'Đang xử lý', dueAt: new Date('2026-11-30T01:42:00Z') },
  ],
}
