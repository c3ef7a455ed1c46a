import { z } from 'zod'
import { form, owner, paper, procedure, sampleForm, sampleHead, sampleMark, sampleOwner, sampleSignature, text } from './paper.ts'

/** Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (form 04; until 2025 phiếu xin lỗi và hẹn lại ngày trả kết quả): when a dossier is late. */
export const schema = paper.extend({
  form,
  dossierCode: text,
  owner,
  procedure,
  request: text,
  receivedAt: z.date(),
  /** The date promised first. */
  dueAt: z.date(),
  newDueAt: z.date(),
  handlingUnit: text,
  reason: text,
  returnPlace: text,
})

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, number: '21/XL-PVHCC', date: '2026-11-27' },
  mark: sampleMark,
  signature: { ...sampleSignature, position: 'Giám đốc', name: 'Nguyễn Hữu Quế', signedAt: new Date('2026-11-27T08:12:44Z') },
  form: sampleForm('04', 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết'),
  dossierCode: 'H21.15-261123-0007',
  owner: sampleOwner,
  procedure: { code: '3.000347', name: 'Đổi giấy phép lái xe' },
  request: 'đổi giấy phép lái xe hạng B do hết hạn',
  receivedAt: new Date('2026-11-23T01:42:00Z'),
  dueAt: new Date('2026-11-30T01:42:00Z'),
  newDueAt: new Date('2026-12-03T10:00:00Z'),
  handlingUnit: 'Phòng Cảnh sát giao thông, Công an tỉnh Gia Lai',
  reason: 'cơ quan phối hợp chưa trả lời xác minh lịch sử vi phạm.',
  returnPlace: 'Trung tâm Phục vụ hành chính công tỉnh Gia Lai',
}
