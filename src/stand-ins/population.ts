import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { demoCitizens, findCitizen, type DemoCitizen, type DemoPlace } from './demo-people.ts'
import { json, parse, withKey, type Routes } from './http.ts'

const querySchema = z.object({
  soDinhDanh: z.string().regex(/^\d{12}$/),
  hoTen: z.string().min(1).max(200),
  /** yyyyMMdd, as the register writes it; yyyy-MM-dd is understood too. */
  ngaySinh: z.string().regex(/^\d{4}-?\d{2}-?\d{2}$/),
})

/** KHOP: number, name and birth date belong together. KHONG_KHOP: the number exists, the rest does not fit. */
type Outcome = 'KHOP' | 'KHONG_KHOP' | 'KHONG_TIM_THAY'

/**
 * The national population database (Cơ sở dữ liệu quốc gia về dân cư) as far as a checking system sees it:
 * `POST /tra-cuu` tells whether number, name and birth date belong together and, only if they do, gives the record.
 */
export function populationRoutes(key: string): Routes {
  return {
    'POST /tra-cuu': withKey(key, ({ body }) => {
      const query = parse(querySchema, body)
      if (!query) return json({ error: 'soDinhDanh (12 digits), hoTen and ngaySinh (yyyyMMdd) are expected' }, 400)
      const person = findCitizen(query.soDinhDanh)
      const outcome: Outcome = !person ? 'KHONG_TIM_THAY' : fits(person, query.hoTen, query.ngaySinh) ? 'KHOP' : 'KHONG_KHOP'
      return json({ maGiaoDich: randomUUID(), ketQua: outcome, ...(outcome === 'KHOP' ? { congDan: record(person!) } : {}) })
    }),
  }
}

/** Names are compared without regard to case, spacing and the way accents are encoded. */
function fits(person: DemoCitizen, name: string, birthDate: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').replaceAll('’', "'").toLocaleLowerCase('vi')
  return plain(person.fullName) === plain(name) && person.birthDate.replaceAll('-', '') === birthDate.replaceAll('-', '')
}

/** Field names and codes as the register publishes them. */
function record(person: DemoCitizen): object {
  const relative = (idNumber: string | undefined): object | undefined => {
    const found = idNumber === undefined ? undefined : demoCitizens.find((c) => c.idNumber === idNumber)
    return found && { SoDinhDanh: found.idNumber, HoVaTen: found.fullName, QuocTich: 'Việt Nam' }
  }
  return {
    SoDinhDanh: person.idNumber,
    HoVaTen: person.fullName,
    GioiTinh: person.sex === 'male' ? 1 : 2,
    NgayThangNamSinh: { Nam: person.birthDate.slice(0, 4), NgayThangNam: person.birthDate.replaceAll('-', '') },
    DanToc: person.ethnicity,
    QuocTich: 'Việt Nam',
    QueQuan: address(person.hometown),
    ThuongTru: address(person.residence),
    NoiOHienTai: address(person.residence),
    TinhTrangHonNhan: { single: 1, married: 2, widowed: 4 }[person.maritalStatus],
    // Undefined ones do not appear in the JSON: the register has no such relation.
    Cha: relative(person.fatherIdNumber),
    Me: relative(person.motherIdNumber),
    VoChong: relative(person.spouseIdNumber),
    TrangThai: person.state === 'alive' ? 1 : 0,
  }
}

const address = (place: DemoPlace): object => ({ MaTinh: place.provinceCode, MaXa: place.communeCode, ChiTiet: place.detail, DiaChiDayDu: place.text })
