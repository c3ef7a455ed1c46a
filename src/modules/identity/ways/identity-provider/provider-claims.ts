import { z } from 'zod'

/** "20260720", "2026-07-20", or the object of the population database. */
const dateSchema = z.union([z.string(), z.object({ NgayThangNam: z.string() }).transform((d) => d.NgayThangNam)])
  .transform((text) => /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text)?.slice(1).join('-'))
  .refine((text) => text !== undefined && !Number.isNaN(Date.parse(text)))
  .transform((text) => text!)

const text = z.string().trim().min(1).max(200)

const personSchema = z.object({
  TechID: text,
  SoDinhDanh: z.string().regex(/^\d{12}$/),
  HoVaTen: text,
  NgayThangNamSinh: dateSchema,
  /** 1: cá nhân, 2: doanh nghiệp, tổ chức. */
  LoaiTaiKhoan: z.coerce.number().int(),
  /** Authentication level of this log-in: 'LoA2'. */
  loAs: z.union([z.string(), z.number()]).optional(),
  /** Level of the identity account. */
  IAL: z.coerce.number().int().min(1).max(9),
  SoDienThoai: z.string().nullish(),
})

const organisationSchema = z.object({ MaSoThue: text.optional(), MaSoDoanhNghiep: text.optional(), TenDoanhNghiep: text })

/** A person as the electronic identity describes him today. */
export interface IdentifiedPerson {
  techId: string
  idNumber: string
  fullName: string
  /** 'YYYY-MM-DD' */
  birthDate: string
  /** Ten digits from 0; undefined where the person shares none. */
  phone: string | undefined
  /** 'loa2'; those of userinfo and of the identity token, where both tell one. */
  levels: string[]
  identityLevel: number
  organisation: { taxCode: string; name: string } | undefined
}

/** Reads the claims of VNeID, by the names that it uses. Undefined where something needed is missing or not of its form. */
export function readClaims(about: Readonly<Record<string, unknown>>, acr: string | undefined): IdentifiedPerson | undefined {
  const read = personSchema.safeParse(about)
  if (!read.success) return undefined
  const c = read.data
  const levels = [c.loAs, acr].flatMap((level) => (level === undefined || level === '' ? [] : [levelOf(level)]))
  if (levels.length === 0 || (c.LoaiTaiKhoan !== 1 && c.LoaiTaiKhoan !== 2)) return undefined
  const organisation = c.LoaiTaiKhoan === 2 ? readOrganisation(about) : undefined
  if (c.LoaiTaiKhoan === 2 && !organisation) return undefined
  return { techId: c.TechID, idNumber: c.SoDinhDanh, fullName: c.HoVaTen.normalize('NFC'), birthDate: c.NgayThangNamSinh, phone: phoneOf(c.SoDienThoai), levels, identityLevel: c.IAL, organisation }
}

const levelOf = (level: string | number): string => String(level).trim().toLowerCase().replace(/^(\d)$/, 'loa$1')

function readOrganisation(about: Readonly<Record<string, unknown>>): { taxCode: string; name: string } | undefined {
  const { data } = organisationSchema.safeParse(about)
  const taxCode = data?.MaSoThue ?? data?.MaSoDoanhNghiep
  return data && taxCode ? { taxCode, name: data.TenDoanhNghiep } : undefined
}

function phoneOf(claim: string | null | undefined): string | undefined {
  const digits = (claim ?? '').replace(/[\s.()-]/g, '').replace(/^\+?84(?=\d{9}$)/, '0')
  return /^0\d{9}$/.test(digits) ? digits : undefined
}
