import { z } from 'zod'
import { moneyInWords } from '../typeset/vietnamese-number.ts'
import { count, day, money, optionalText, paper, sampleHead, sampleMark, sampleSignature, text } from './paper.ts'

/** Giấy chứng nhận đăng ký hộ kinh doanh: issued by the commune's business registration office. */
export const schema = paper.extend({
  /** Registration code of the household business. */
  businessCode: text,
  firstRegisteredOn: day,
  /** The latest change, if there was one. */
  changes: z.object({ number: count, date: day }).nullable().default(null),
  name: text,
  address: text,
  phone: optionalText,
  email: optionalText,
  activities: z.array(z.object({ name: text, code: text, main: z.boolean().default(false) })).min(1),
  capital: money,
  foundedBy: z.enum(['person', 'family']),
  holder: z.object({
    name: text,
    gender: text,
    birthDate: day,
    ethnicity: text,
    nationality: text,
    personalId: text,
    residence: text,
    currentAddress: optionalText,
  }),
  members: z.array(z.object({ name: text, birthDate: day, personalId: text })).default([]),
})

export function derive(data: z.output<typeof schema>): Record<string, unknown> {
  return { ...data, capitalInWords: moneyInWords(data.capital) }
}

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, superior: 'Ủy ban nhân dân phường Pleiku', agency: 'Phòng Kinh tế, Hạ tầng và Đô thị', number: '39C8012345/ĐKKD' },
  mark: { ...sampleMark, code: 'H21.31.07-261123-0005', url: 'http://localhost:3010/tra-cuu?ma=H21.31.07-261123-0005' },
  signature: { ...sampleSignature, position: 'Trưởng phòng', name: 'Phạm Quốc Đạt', organisation: 'Phòng Kinh tế, Hạ tầng và Đô thị phường Pleiku' },
  businessCode: '064190001234-001',
  firstRegisteredOn: '2026-11-23',
  name: 'Hộ kinh doanh Cà phê Phố Núi',
  address: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai',
  phone: '0905 123 456',
  activities: [
    { name: 'Dịch vụ phục vụ đồ uống', code: '5630', main: true },
    { name: 'Bán lẻ cà phê rang xay trong các cửa hàng chuyên doanh', code: '4722' },
  ],
  capital: 150_000_000,
  foundedBy: 'family',
  holder: { name: 'Nguyễn Thị Ánh Tuyết', gender: 'Nữ', birthDate: '1990-04-12', ethnicity: 'Kinh', nationality: 'Việt Nam', personalId: '064190001234', residence: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai' },
  members: [
    { name: 'Nguyễn Thị Ánh Tuyết', birthDate: '1990-04-12', personalId: '064190001234' },
    { name: 'Lê Hoàng Sơn', birthDate: '1988-09-30', personalId: '064088004321' },
  ],
}
