import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { demoCitizens } from './demo-people.ts'
import { json, parse, withKey, type Routes } from './http.ts'

const querySchema = z.object({
  maSoBHXH: z.string().regex(/^\d{10}$/),
  hoTen: z.string().min(1).max(200),
  /** yyyyMMdd */
  ngaySinh: z.string().regex(/^\d{8}$/),
})

/**
 * The register of social insurance (Bảo hiểm xã hội Việt Nam) as far as a checking system sees it: `POST /tra-cuu` tells whether number,
 * name and birth date belong together and, only if they do, whose id number that is. A number alone answers nothing.
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
  }
}

const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').replaceAll('’', "'").toLocaleLowerCase('vi')
