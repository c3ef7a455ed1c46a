import { z } from 'zod'
import { form, listedPaper, optionalText, owner, paper, procedure, sampleForm, sampleHead, sampleMark, sampleOwner, sampleSignature, text } from './paper.ts'

/** Where help is: the office, and the official who knows the dossier. */
export const contact = z.object({ name: text, phone: text, website: optionalText, official: optionalText })

/** Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (form 02): everything that is missing, asked for once. */
export const schema = paper.extend({
  form,
  dossierCode: text,
  /** Unit that asks. */
  unit: text,
  owner,
  procedure,
  request: text,
  items: z.array(listedPaper.extend({ what: text })).min(1),
  /** Giai đoạn: before the dossier was received as valid, or while it is examined. */
  stage: z.enum(['reception', 'handling']),
  reason: text,
  /** Legal ground of the request. */
  basis: optionalText,
  /** From here the clock stands still. */
  requestedAt: z.date(),
  deadline: z.date().nullable().default(null),
  contact,
})

export const sampleContact = { name: 'Trung tâm Phục vụ hành chính công tỉnh', phone: '1900 8098', website: 'http://localhost:3010', official: 'Rơ Châm H’Liên' }
export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, number: '15/PBS-PVHCC' },
  mark: sampleMark,
  signature: { ...sampleSignature, position: 'Người hướng dẫn' },
  form: sampleForm('02', 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ'),
  unit: 'Quầy số 4 – Công an',
  stage: 'reception',
  dossierCode: 'H21.15-261123-0007',
  owner: sampleOwner,
  procedure: { code: '3.000347', name: 'Đổi giấy phép lái xe' },
  request: 'Đổi giấy phép lái xe hạng B do hết hạn',
  items: [
    { name: 'Giấy khám sức khỏe của người lái xe', originals: 1, what: 'Giấy đã nộp quá 12 tháng kể từ ngày kết luận; nộp giấy khám còn giá trị.' },
    { name: 'Ảnh chân dung', electronic: 1, what: 'Ảnh bị mờ; chụp lại trên nền xanh, rõ mặt, không đội mũ.' },
  ],
  reason: 'Giấy khám sức khỏe hết giá trị sử dụng; ảnh chân dung không đủ rõ để in giấy phép.',
  basis: 'Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15.',
  requestedAt: new Date('2026-11-24T07:05:00Z'),
  deadline: new Date('2026-12-08T10:00:00Z'),
  contact: sampleContact,
}
