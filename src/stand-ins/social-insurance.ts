import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { demoOrganisation } from './demo-organisations.ts'
import { demoCitizens } from './demo-people.ts'
import { json, parse, withKey, type Routes } from './http.ts'

const querySchema = z.object({
  maSoBHXH: z.string().regex(/^\d{10}$/),
  hoTen: z.string().min(1).max(200),
  /** yyyyMMdd */
  ngaySinh: z.string().regex(/^\d{8}$/),
})

const contributionsSchema = z.object({
  maSoThue: z.string().regex(/^\d{10}(-\d{3})?$/),
  /** yyyyMM */
  thang: z.string().regex(/^\d{6}$/),
  danhSach: z.array(z.object({ maSoBHXH: z.string().regex(/^\d{10}$/), hoTen: z.string().min(1).max(200) })).min(1).max(1000),
})

/** For whom an employer pays, from and up to which month (yyyyMM). */
export const demoContributions: readonly { taxCode: string; idNumber: string; from: string; to?: string }[] = [
  { taxCode: demoOrganisation.taxCode, idNumber: '052090000011', from: '201501' },
  { taxCode: demoOrganisation.taxCode, idNumber: '064192000012', from: '201801' },
  { taxCode: demoOrganisation.taxCode, idNumber: '052095000015', from: '201906', to: '202403' },
]

/**
 * The register of social insurance (Bảo hiểm xã hội Việt Nam) as far as a checking system sees it: `POST /tra-cuu` tells whether number,
 * name and birth date belong together and, only if they do, whose id number that is. A number alone answers nothing.
 * `POST /doi-chieu-dong` tells of an employer's list of workers, in its order, whether it paid for each in a month.
 */
export function socialInsuranceRoutes(key: string): Routes {
  return {
    'POST /tra-cuu': withKey(key, ({ body }) => {
      const query = parse(querySchema, body)
      if (!query) return json({ error: 'maSoBHXH (10 digits), hoTen and ngaySinh (yyyyMMdd) are expected' }, 400)
      const person = demoCitizens.find((c) => c.socialInsurance === query.maSoBHXH)
      const fits = person && plain(person.fullName) === plain(query.hoTen) && person.birthDate.replaceAll('-', '') === query.ngaySinh
      const ketQua = !person ? 'KHONG_TIM_THAY' : fits ? 'KHOP' : 'KHONG_KHOP'
      return json({ maGiaoDich: randomUUID(), ketQua, ...(fits ? { nguoiThamGia: { MaSoBHXH: person.socialInsurance, SoDinhDanh: person.idNumber, HoVaTen: person.fullName } } : {}) })
    }),
    'POST /doi-chieu-dong': withKey(key, ({ body }) => {
      const query = parse(contributionsSchema, body)
      if (!query) return json({ error: 'maSoThue, thang (yyyyMM) and danhSach of maSoBHXH (10 digits) and hoTen are expected' }, 400)
      const statusOf = ({ maSoBHXH, hoTen }: (typeof query.danhSach)[number]): string => {
        const person = demoCitizens.find((c) => c.socialInsurance === maSoBHXH)
        if (!person) return 'KHONG_TIM_THAY'
        if (plain(person.fullName) !== plain(hoTen)) return 'KHONG_KHOP'
        return demoContributions.some((c) => c.taxCode === query.maSoThue && c.idNumber === person.idNumber && c.from <= query.thang && (c.to ?? query.thang) >= query.thang) ? 'DA_DONG' : 'CHUA_DONG'
      }
      return json({ maGiaoDich: randomUUID(), ketQua: query.danhSach.map((one) => ({ maSoBHXH: one.maSoBHXH, trangThai: statusOf(one) })) })
    }),
  }
}

const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').replaceAll('’', "'").toLocaleLowerCase('vi')
