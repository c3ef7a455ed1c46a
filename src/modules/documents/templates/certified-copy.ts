import { z } from 'zod'
import { count, money, paper, text } from './paper.ts'
import { sampleCommune } from './person-of-record.ts'

/** Lời chứng chứng thực bản sao từ bản chính: the certification that goes with the copies, and the entry of the register (Decree 23/2015/NĐ-CP, art. 20). */
export const schema = paper.extend({
  requester: z.object({ name: text, idNumber: text }),
  papers: z.array(z.object({ title: text, issuer: text, pages: count, copies: count, fee: money })).min(1),
  fee: money,
  /** "bản sao điện tử", "bản sao giấy". */
  form: text,
})

export const derive = (data: z.output<typeof schema>): Record<string, unknown> => data

export const sample: z.input<typeof schema> = {
  ...sampleCommune, head: { ...sampleCommune.head, number: '301' }, requester: { name: 'Nguyễn Thị Ánh Tuyết', idNumber: '064190001234' },
  papers: [{ title: 'Bằng tốt nghiệp đại học số 12345', issuer: 'Trường Đại học Ví Dụ', pages: 1, copies: 3, fee: 6000 }], fee: 6000, form: 'bản sao điện tử',
}
