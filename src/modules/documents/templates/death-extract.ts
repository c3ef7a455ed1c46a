import { z } from 'zod'
import { dateInWords } from '../typeset/vietnamese-number.ts'
import { day, optionalText, paper, text } from './paper.ts'
import { personOfRecord, sampleCommune, samplePerson } from './person-of-record.ts'

/** Trích lục khai tử: extract of the death register (Law on Civil Status 2014, art. 34). */
export const schema = paper.extend({
  deceased: personOfRecord,
  diedOn: day,
  /** "14 giờ 30 phút"; null where it is not known. */
  diedAt: optionalText,
  place: text,
  cause: optionalText,
  /** The death notice: number, day and who issued it, in words. */
  evidence: optionalText,
  declarant: z.object({ name: text, idNumber: optionalText, relation: optionalText }),
  registeredAt: text,
  registeredOn: day,
})

export function derive(data: z.output<typeof schema>): Record<string, unknown> {
  return { ...data, diedOnInWords: dateInWords(data.diedOn) }
}

export const sample: z.input<typeof schema> = {
  ...sampleCommune, deceased: { ...samplePerson, name: 'Nguyễn Văn Ví Dụ', gender: 'Nam', birthDate: '1941-02-03', idNumber: '064041001234' }, diedOn: '2026-11-20', diedAt: '14 giờ 30 phút',
  place: 'Bệnh viện Đa khoa tỉnh Gia Lai, phường Pleiku, tỉnh Gia Lai', cause: 'Tuổi già', evidence: 'Giấy báo tử số 15/2026, ngày 20/11/2026, Bệnh viện Đa khoa tỉnh Gia Lai', declarant: { name: 'Nguyễn Thị Ánh Tuyết', idNumber: '064190001234', relation: 'Con' },
  registeredAt: 'Ủy ban nhân dân phường Pleiku', registeredOn: '2026-11-23',
}
