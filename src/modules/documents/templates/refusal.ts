import { z } from 'zod'
import { count, form, optionalText, owner, paper, procedure, sampleForm, sampleHead, sampleMark, sampleOwner, sampleSignature, text } from './paper.ts'
import { contact, sampleContact } from './supplement-request.ts'

/** Phiếu từ chối tiếp nhận giải quyết hồ sơ (form 03): the reason is one of law, never a technical one. */
export const schema = paper.extend({
  form,
  dossierCode: text,
  owner,
  procedure,
  request: text,
  submittedAt: z.date(),
  paperCount: count,
  reason: text,
  basis: optionalText,
  /** What the person can do instead. */
  advice: optionalText,
  contact,
  /** Filed online: only the refusing officer signs. */
  online: z.boolean().default(false),
})

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, number: '3/PTC-PVHCC' },
  mark: sampleMark,
  signature: { ...sampleSignature, position: 'Người từ chối tiếp nhận' },
  form: sampleForm('03', 'Phiếu từ chối tiếp nhận giải quyết hồ sơ'),
  dossierCode: 'H21.15-261123-0007',
  owner: sampleOwner,
  procedure: { code: '3.000347', name: 'Đổi giấy phép lái xe' },
  request: 'Đổi giấy phép lái xe hạng B do hết hạn',
  submittedAt: new Date('2026-11-22T13:20:00Z'),
  paperCount: 3,
  reason: 'Giấy phép lái xe đã quá thời hạn sử dụng trên 01 năm; trường hợp này phải dự sát hạch lại, không thuộc diện đổi giấy phép lái xe.',
  basis: 'Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15.',
  advice: 'Ông/Bà nộp hồ sơ dự sát hạch lại lý thuyết tại Phòng Cảnh sát giao thông Công an tỉnh Gia Lai.',
  contact: sampleContact,
}
