import { z } from 'zod'
import { count, form, listedPaper, money, optionalText, owner, paper, procedure, sampleForm, sampleHead, sampleMark, sampleOwner, sampleSignature, text } from './paper.ts'

/** Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01): given at valid receipt; on paper in two copies, one kept and one for the applicant. */
export const schema = paper.extend({
  form,
  dossierCode: text,
  receivingUnit: text,
  owner,
  submitter: optionalText,
  procedure,
  /** What is asked for, in the applicant's words. */
  request: text,
  papers: z.array(listedPaper),
  sets: count.default(1),
  /** The statutory limit in words: "05 ngày làm việc". */
  timeLimit: text,
  receivedAt: z.date(),
  /** null where the law sets no date. */
  dueAt: z.date().nullable(),
  /** Procedures in two stages: when the second one begins and ends. */
  secondStage: z.object({ receivedAt: z.date(), dueAt: z.date().nullable() }).nullable().default(null),
  returnPlace: text,
  fee: money.nullable().default(null),
  feePaid: z.boolean().default(false),
  /** Filed online: only the receiving officer signs. */
  online: z.boolean().default(false),
})

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, number: '7/TNHS-PVHCC' },
  mark: sampleMark,
  signature: sampleSignature,
  form: sampleForm('01', 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả'),
  dossierCode: 'H21.15-261123-0007',
  receivingUnit: 'Quầy số 4 – Công an',
  owner: sampleOwner,
  submitter: 'Nguyễn Thị Ánh Tuyết',
  procedure: { code: '3.000347', name: 'Đổi giấy phép lái xe' },
  request: 'Đổi giấy phép lái xe hạng B do hết hạn',
  papers: [
    { name: 'Đơn đề nghị đổi giấy phép lái xe theo mẫu', electronic: 1 },
    { name: 'Giấy khám sức khỏe của người lái xe', originals: 1 },
    { name: 'Bản sao giấy phép lái xe', certified: 1 },
  ],
  sets: 1,
  timeLimit: '05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ',
  receivedAt: new Date('2026-11-23T01:42:00Z'),
  dueAt: new Date('2026-11-30T01:42:00Z'),
  returnPlace: 'Trung tâm Phục vụ hành chính công tỉnh Gia Lai, 69 Hùng Vương, phường Pleiku',
  fee: 115_000,
  feePaid: true,
  online: true,
}
