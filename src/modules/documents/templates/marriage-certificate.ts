import { z } from 'zod'
import { day, paper, text } from './paper.ts'
import { personOfRecord, sampleCommune, samplePerson } from './person-of-record.ts'

/** Giấy chứng nhận kết hôn: the couple's copy of the register entry (Law on Civil Status 2014, art. 17). */
export const schema = paper.extend({
  /** Number in the register, "124/2026". */
  number: text,
  wife: personOfRecord,
  husband: personOfRecord,
  registeredAt: text,
  registeredOn: day,
})

export const derive = (data: z.output<typeof schema>): Record<string, unknown> => data

export const sample: z.input<typeof schema> = {
  ...sampleCommune, head: { ...sampleCommune.head, number: null }, number: '12/2026', wife: samplePerson,
  husband: { ...samplePerson, name: 'Lê Hoàng Sơn', gender: 'Nam', birthDate: '1988-09-30', idNumber: '064088004321' }, registeredAt: 'Ủy ban nhân dân phường Pleiku', registeredOn: '2026-11-23',
}
