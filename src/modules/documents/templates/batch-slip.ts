import { z } from 'zod'
import { count, form, optionalText, owner, paper, sampleForm, sampleHead, sampleMark, sampleOwner, sampleSignature, text } from './paper.ts'

/** One slip of reception and appointment for many dossiers of one person, with the record of what was handed over ("Biên bản giao nhận hồ sơ") as its annex. */
export const schema = paper.extend({
  form,
  receivingUnit: text,
  owner,
  submitter: optionalText,
  dossiers: z.array(z.object({ code: text, request: text, unit: text, receivedAt: z.date(), dueAt: z.date().nullable(), timeLimit: text, sets: count, ownerName: text })).min(1),
})

const line = { unit: 'Ủy ban nhân dân phường Pleiku', receivedAt: new Date('2026-11-23T01:42:00Z'), dueAt: new Date('2026-11-30T01:42:00Z'), timeLimit: '05 ngày làm việc', sets: 1, ownerName: 'Nguyễn Thị Ánh Tuyết' }
export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, book: null, sequence: null },
  mark: sampleMark,
  signature: sampleSignature,
  form: sampleForm('01', 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả'),
  receivingUnit: 'Quầy số 4',
  owner: sampleOwner,
  submitter: 'Nguyễn Thị Ánh Tuyết',
  dossiers: [{ ...line, code: 'H21.15-261123-0007', request: 'Đăng ký khai sinh' }, { ...line, code: 'H21.15-261123-0008', request: 'Chứng thực bản sao từ bản chính' }],
}
