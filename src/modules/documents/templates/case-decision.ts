import { z } from 'zod'
import { paper, sampleMark, text } from './paper.ts'

/** The result of a matter that has no form of its own: who it is for, what was asked and that it is granted. */
export const schema = paper.extend({
  /** What the paper is: "Quyết định hỗ trợ chi phí mai táng". */
  title: text,
  procedure: text,
  person: z.object({ name: text, idNumber: text }),
  dossierCode: text,
  rows: z.array(z.object({ label: text, value: text })),
})

export const derive = (data: z.output<typeof schema>): Record<string, unknown> => data

export const sample: z.input<typeof schema> = {
  head: { superior: 'Ủy ban nhân dân tỉnh Gia Lai', agency: 'Ủy ban nhân dân phường Pleiku', number: '12/QĐ-UBND', place: 'Pleiku', date: '2026-11-23' }, mark: sampleMark,
  signature: { capacity: 'TM. ỦY BAN NHÂN DÂN', position: 'Chủ tịch', name: 'Vũ Lãnh Đạo Giả Định', organisation: 'Ủy ban nhân dân phường Pleiku', signedAt: new Date('2026-11-23T08:31:20Z') },
  title: 'Quyết định hỗ trợ chi phí mai táng', procedure: 'Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội', person: { name: 'Nguyễn Thị Ánh Tuyết', idNumber: '064190001234' }, dossierCode: 'H21.101-261123-0001',
  rows: [{ label: 'Người chết', value: 'Lê Hoàng Sơn' }, { label: 'Ngày chết', value: '20/11/2026' }, { label: 'Cách nhận tiền', value: 'Chuyển khoản' }],
}
