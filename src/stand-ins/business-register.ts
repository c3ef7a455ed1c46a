import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { demoOrganisations, type DemoOrganisation } from './demo-organisations.ts'
import { findCitizen } from './demo-people.ts'
import { json, parse, withKey, type Routes } from './http.ts'

const querySchema = z.object({ maSoThue: z.string().regex(/^\d{10}(-\d{3})?$/) })
const changeSchema = z.object({ maSoThue: z.string(), soDinhDanh: z.string().regex(/^\d{12}$/).optional(), trangThai: z.enum(['active', 'suspended', 'dissolved']).optional() })

/**
 * The national database of enterprise registration (Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp): `POST /tra-cuu` gives name, state and
 * legal representative of a tax code. `POST /admin/changes` is the registration office of the demonstration: it enters another representative or state.
 */
export function businessRoutes(key: string): Routes {
  const entries = new Map(demoOrganisations.map((o) => [o.taxCode, { ...o }]))
  return {
    'POST /tra-cuu': withKey(key, ({ body }) => {
      const query = parse(querySchema, body)
      if (!query) return json({ error: 'maSoThue (10 digits, or 10-3) is expected' }, 400)
      const found = entries.get(query.maSoThue)
      return json({ maGiaoDich: randomUUID(), ketQua: found ? 'CO' : 'KHONG_CO', ...(found ? { doanhNghiep: record(found) } : {}) })
    }),
    'POST /admin/changes': ({ body }) => {
      const change = parse(changeSchema, body)
      const entry = change && entries.get(change.maSoThue)
      if (!entry) return json({ error: 'a known maSoThue, with soDinhDanh or trangThai, is expected' }, 400)
      Object.assign(entry, { representativeIdNumber: change.soDinhDanh ?? entry.representativeIdNumber, state: change.trangThai ?? entry.state })
      return json({ ketQua: 'DA_GHI' })
    },
  }
}

function record(o: DemoOrganisation): object {
  return {
    MaSoThue: o.taxCode,
    TenDoanhNghiep: o.name,
    TrangThai: { active: 'DANG_HOAT_DONG', suspended: 'TAM_NGUNG', dissolved: 'DA_GIAI_THE' }[o.state],
    NguoiDaiDien: { SoDinhDanh: o.representativeIdNumber, HoVaTen: findCitizen(o.representativeIdNumber)?.fullName ?? '', ChucDanh: 'Giám đốc' },
  }
}
