import { z } from 'zod'
import { dateInWords } from '../typeset/vietnamese-number.ts'
import { day, optionalText, paper, sampleHead, sampleMark, text } from './paper.ts'

const parent = z.object({
  name: text,
  /** Year, or full date in words of the register: "1995". */
  birthYear: text,
  ethnicity: text,
  nationality: text,
  residence: text,
  idNumber: optionalText,
})

/** Giấy khai sinh: extract of the birth register that the person keeps for life (Law on Civil Status). */
export const schema = paper.extend({
  /** Number in the register, "124/2026". */
  number: text,
  child: z.object({
    name: text,
    birthDate: day,
    gender: text,
    ethnicity: text,
    nationality: text,
    birthPlace: text,
    homeTown: text,
    personalId: optionalText,
  }),
  /** null where the register names none. */
  mother: parent.nullable(),
  father: parent.nullable(),
  declarant: z.object({ name: text, idNumber: optionalText }),
  registeredAt: text,
  registeredOn: day,
  note: optionalText,
})

export function derive(data: z.output<typeof schema>): Record<string, unknown> {
  return { ...data, child: { ...data.child, birthDateInWords: dateInWords(data.child.birthDate) } }
}

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, superior: null, agency: 'Ủy ban nhân dân phường Pleiku', date: '2026-11-23' },
  mark: { ...sampleMark, code: 'H21.31.07-261123-0002', url: 'http://localhost:3010/tra-cuu?ma=H21.31.07-261123-0002' },
  signature: { capacity: 'KT. Chủ tịch', position: 'Phó Chủ tịch', name: 'Trần Thị Bích Hạnh', organisation: 'Ủy ban nhân dân phường Pleiku', signedAt: new Date('2026-11-23T08:31:20Z') },
  number: '124/2026',
  child: {
    name: 'Nguyễn Rơ Châm Minh Khuê',
    birthDate: '2026-11-05',
    gender: 'Nữ',
    ethnicity: 'Gia Rai',
    nationality: 'Việt Nam',
    birthPlace: 'Bệnh viện Đa khoa tỉnh Gia Lai, phường Pleiku, tỉnh Gia Lai',
    homeTown: 'Xã Ia Grai, tỉnh Gia Lai',
    personalId: '064326004412',
  },
  mother: { name: 'Rơ Châm H’Lan', birthYear: '1998', ethnicity: 'Gia Rai', nationality: 'Việt Nam', residence: '12 hẻm 45 Lê Duẩn, phường Pleiku, tỉnh Gia Lai', idNumber: '064198007788' },
  father: { name: 'Nguyễn Văn Thuận', birthYear: '1995', ethnicity: 'Kinh', nationality: 'Việt Nam', residence: '12 hẻm 45 Lê Duẩn, phường Pleiku, tỉnh Gia Lai', idNumber: '064095001122' },
  declarant: { name: 'Nguyễn Văn Thuận', idNumber: 'Căn cước số 064095001122' },
  registeredAt: 'Ủy ban nhân dân phường Pleiku, tỉnh Gia Lai',
  registeredOn: '2026-11-23',
}
