import { z } from 'zod'
import { form, optionalText, owner, paper, procedure, sampleForm, sampleHead, sampleMark, sampleOwner, sampleSignature, text } from './paper.ts'
import { contact, sampleContact } from './supplement-request.ts'

/** Thông báo dừng giải quyết hồ sơ (form 05, Circular 03/2025/TT-VPCP): before a result is decided, mostly at the applicant's wish. */
export const schema = paper.extend({
  form,
  dossierCode: text,
  owner,
  procedure,
  request: text,
  receivedAt: z.date(),
  /** When the applicant asked to stop; null when the agency stops by law. */
  askedAt: z.date().nullable().default(null),
  stoppedAt: z.date(),
  reason: text,
  /** Papers and fees given back. */
  returned: optionalText,
  contact,
})

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, number: '9/TB-PVHCC', date: '2026-11-25' },
  mark: sampleMark,
  signature: { ...sampleSignature, position: 'Giám đốc', name: 'Nguyễn Hữu Quế', signedAt: new Date('2026-11-25T02:30:11Z') },
  form: sampleForm('05', 'Thông báo dừng giải quyết hồ sơ'),
  dossierCode: 'H21.15-261123-0007',
  owner: sampleOwner,
  procedure: { code: '3.000347', name: 'Đổi giấy phép lái xe' },
  request: 'đổi giấy phép lái xe hạng B do hết hạn',
  receivedAt: new Date('2026-11-23T01:42:00Z'),
  askedAt: new Date('2026-11-24T09:00:00Z'),
  stoppedAt: new Date('2026-11-25T02:30:00Z'),
  reason: 'người nộp đề nghị rút hồ sơ để nộp lại cùng thủ tục nâng hạng.',
  returned: 'bản chính giấy khám sức khỏe; lệ phí 115.000 đồng.',
  contact: sampleContact,
}
