import { z } from 'zod'
import { moneyInWords } from '../typeset/vietnamese-number.ts'
import { day, money, optionalText, paper, sampleMark, text } from './paper.ts'
import { personOfRecord, samplePerson } from './person-of-record.ts'

/** Giấy chứng nhận đăng ký doanh nghiệp of a private enterprise (Law on Enterprises 2020, art. 28; annex of Circular 68/2025/TT-BTC). */
export const schema = paper.extend({
  /** Mã số doanh nghiệp, which is also the tax code; given when the tax system has answered. */
  enterpriseCode: text,
  firstRegisteredOn: day,
  name: text,
  foreignName: optionalText,
  shortName: optionalText,
  address: text,
  phone: optionalText,
  email: optionalText,
  website: optionalText,
  capital: money,
  owner: personOfRecord,
})

export function derive(data: z.output<typeof schema>): Record<string, unknown> {
  return { ...data, capitalInWords: moneyInWords(data.capital) }
}

export const sample: z.input<typeof schema> = {
  head: { superior: 'Sở Tài chính tỉnh Gia Lai', agency: 'Phòng Đăng ký kinh doanh', number: '5/2026/ĐKDN', place: 'Gia Lai', date: '2026-11-23' }, mark: sampleMark,
  signature: { position: 'Giám đốc', name: 'Phạm Lãnh Đạo Mẫu', organisation: 'Sở Tài chính tỉnh Gia Lai', signedAt: new Date('2026-11-23T08:31:20Z') },
  enterpriseCode: '5900000018', firstRegisteredOn: '2026-11-23', name: 'Doanh nghiệp tư nhân Biển Hồ', foreignName: 'Bien Ho Private Enterprise', address: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai', phone: '0269 3824 000', capital: 2_000_000_000, owner: samplePerson,
}
