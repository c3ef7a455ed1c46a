import { z } from 'zod'
import { day, optionalText, paper, sampleMark, text } from './paper.ts'

/** Thẻ bảo hiểm y tế, the electronic card that is issued again (Law on Health Insurance, art. 16 to 19). */
export const schema = paper.extend({
  person: z.object({ name: text, birthDate: day, gender: text, idNumber: optionalText }),
  insuranceNumber: text,
  group: text,
  validFrom: day,
  /** null where it lasts until further notice. */
  validUntil: day.nullable().default(null),
  facility: optionalText,
  reason: text,
  changes: z.array(z.object({ what: text, old: text, new: text })).default([]),
})

export const derive = (data: z.output<typeof schema>): Record<string, unknown> => data

export const sample: z.input<typeof schema> = {
  head: { superior: 'Bảo hiểm xã hội Việt Nam', agency: 'Bảo hiểm xã hội tỉnh Gia Lai', number: '77/TBHYT', place: 'Gia Lai', date: '2026-11-23' }, mark: sampleMark,
  signature: { position: 'Giám đốc', name: 'Tô Lãnh Đạo Thử', organisation: 'Bảo hiểm xã hội tỉnh Gia Lai', signedAt: new Date('2026-11-23T08:31:20Z') },
  person: { name: 'Nguyễn Thị Ánh Tuyết', birthDate: '1990-04-12', gender: 'Nữ', idNumber: '064190001234' }, insuranceNumber: '5201234567', group: 'Hộ gia đình', validFrom: '2026-01-01', validUntil: '2026-12-31', facility: 'Trung tâm Y tế Pleiku', reason: 'Thông tin trên thẻ sai',
  changes: [{ what: 'Họ và tên', old: 'Nguyễn Thị Ánh', new: 'Nguyễn Thị Ánh Tuyết' }],
}
