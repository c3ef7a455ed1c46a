import { z } from 'zod'
import { form, optionalText, paper, procedure, sampleForm, sampleHead, sampleMark, sampleSignature, text } from './paper.ts'

/** Phiếu kiểm soát quá trình giải quyết hồ sơ (form 06; 05 until 2025): each hand-over with its time, who gave and who took, and whether the step was in time. */
export const schema = paper.extend({
  form,
  dossierCode: text,
  ownerName: text,
  procedure,
  receivedAt: z.date(),
  dueAt: z.date().nullable(),
  handlingAgency: text,
  coordinating: z.array(text).default([]),
  steps: z.array(z.object({ from: text, to: text, at: z.date(), outcome: z.enum(['early', 'onTime', 'late', 'open']), note: optionalText })),
})

export const sample: z.input<typeof schema> = {
  head: sampleHead,
  mark: sampleMark,
  signature: { ...sampleSignature, position: 'Người lập phiếu' },
  form: sampleForm('06', 'Phiếu kiểm soát quá trình giải quyết hồ sơ'),
  dossierCode: 'H21.15-261123-0007',
  ownerName: 'Nguyễn Thị Ánh Tuyết',
  procedure: { code: '3.000347', name: 'Đổi giấy phép lái xe' },
  receivedAt: new Date('2026-11-23T01:42:00Z'),
  dueAt: new Date('2026-11-30T01:42:00Z'),
  handlingAgency: 'Phòng Cảnh sát giao thông, Công an tỉnh Gia Lai',
  coordinating: ['Cục Cảnh sát giao thông'],
  steps: [
    { from: 'Quầy số 4 (Rơ Châm H’Liên)', to: 'Đội Đăng ký, quản lý (Trần Văn Nam)', at: new Date('2026-11-23T02:10:00Z'), outcome: 'onTime' },
    { from: 'Đội Đăng ký, quản lý (Trần Văn Nam)', to: 'Lãnh đạo Phòng (Lê Quang Minh)', at: new Date('2026-11-25T03:45:00Z'), outcome: 'early', note: 'Hồ sơ đủ điều kiện' },
    { from: 'Lãnh đạo Phòng (Lê Quang Minh)', to: 'Quầy trả kết quả', at: new Date('2026-11-26T09:00:00Z'), outcome: 'open' },
  ],
}
