import { z } from 'zod'
import { day, paper, text } from './paper.ts'
import { personOfRecord, sampleCommune, samplePerson } from './person-of-record.ts'

/** Giấy xác nhận tình trạng hôn nhân: valid for six months or until the status changes (Decree 123/2015/NĐ-CP, art. 23). */
export const schema = paper.extend({
  person: personOfRecord,
  /** Whole sentence: "Chưa đăng ký kết hôn với ai". */
  status: text,
  /** Times and places for which it is confirmed, a line each. */
  residences: z.array(text).min(1),
  purpose: text,
  validUntil: day,
})

export const derive = (data: z.output<typeof schema>): Record<string, unknown> => data

export const sample: z.input<typeof schema> = {
  ...sampleCommune, person: samplePerson, status: 'Chưa đăng ký kết hôn với ai', residences: ['Từ 01/01/2015 đến nay: 27 đường Wừu, phường Pleiku, tỉnh Gia Lai'],
  purpose: 'Đăng ký kết hôn với ông Lê Hoàng Sơn tại Ủy ban nhân dân phường Diên Hồng', validUntil: '2027-05-23',
}
