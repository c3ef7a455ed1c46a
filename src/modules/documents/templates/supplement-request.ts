import { z } from 'zod'
import { optionalText, owner, paper, procedure, sampleHead, sampleMark, sampleOwner, sampleSignature, text } from './paper.ts'

export const contact = z.object({ name: text, phone: text, website: optionalText })

/** Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (form 02, Circular 03/2025/TT-VPCP): everything that is missing, asked for once. */
export const schema = paper.extend({
  dossierCode: text,
  owner,
  procedure,
  request: text,
  items: z.array(z.object({ name: text, what: text })).min(1),
  reason: text,
  /** Legal ground of the request. */
  basis: optionalText,
  /** From here the clock stands still. */
  requestedAt: z.date(),
  deadline: z.date().nullable().default(null),
  contact,
})

export const sampleContact = { name: 'Trung tâm Phục vụ hành chính công tỉnh', phone: '1900 8098', website: 'http://localhost:3010' }
export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, number: '15/PBS-PVHCC' },
  mark: sampleMark,
  signature: { ...sampleSignature, position: 'Người hướng dẫn' },
  dossierCode: 'H21.15-261123-0007',
  owner: sampleOwner,
  procedure: { code: '3.000347', name: 'Đổi giấy phép lái xe' },
  request: 'Đổi giấy phép lái xe hạng B do hết hạn',
  items: [
    { name: 'Giấy khám sức khỏe của người lái xe', what: 'Giấy đã nộp quá 12 tháng kể từ ngày kết luận; nộp giấy khám còn giá trị.' },
    { name: 'Ảnh chân dung', what: 'Ảnh bị mờ; chụp lại trên nền xanh, rõ mặt, không đội mũ.' },
  ],
  reason: 'Giấy khám sức khỏe hết giá trị sử dụng; ảnh chân dung không đủ rõ để in giấy phép.',
  basis: 'Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15.',
  requestedAt: new Date('2026-11-24T07:05:00Z'),
  deadline: new Date('2026-12-08T10:00:00Z'),
  contact: sampleContact,
}
