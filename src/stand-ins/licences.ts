import { z } from 'zod'
import { demoLicences, findCitizen } from './demo-people.ts'
import { json, parse, withKey, type Routes } from './http.ts'

const querySchema = z.object({ soDinhDanh: z.string().regex(/^\d{12}$/), soGiayPhep: z.string().regex(/^\d{12}$/).optional() })

/**
 * The driving-licence register: `POST /tra-cuu` gives the licences of a person, or the one with that number if it is theirs.
 * A number alone answers nothing, so nobody can leaf through the register.
 */
export function licenceRoutes(key: string): Routes {
  return {
    'POST /tra-cuu': withKey(key, ({ body }) => {
      const query = parse(querySchema, body)
      if (!query) return json({ error: 'soDinhDanh (12 digits) and, if wanted, soGiayPhep (12 digits) are expected' }, 400)
      const holder = findCitizen(query.soDinhDanh)
      const found = demoLicences.filter((l) => l.idNumber === query.soDinhDanh && (!query.soGiayPhep || l.number === query.soGiayPhep))
      return json({
        ketQua: found.length > 0 ? 'CO' : 'KHONG_CO',
        giayPhep: found.map((l) => ({
          SoGPLX: l.number, SoDinhDanh: l.idNumber, HoVaTen: holder?.fullName, NgaySinh: holder?.birthDate, Hang: l.class,
          NgayCap: l.issuedOn, NgayHetHan: l.expiresOn ?? null, CoQuanCap: l.issuer,
          TrangThai: { valid: 'CON_HIEU_LUC', expired: 'HET_HAN', withdrawn: 'BI_TUOC' }[l.state],
        })),
      })
    }),
  }
}
