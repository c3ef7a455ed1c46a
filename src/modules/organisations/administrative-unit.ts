import type { Lang } from '../../platform/i18n.ts'

export type UnitLevel = 'province' | 'district' | 'commune'
export type UnitType = 'province' | 'city' | 'district' | 'urban-district' | 'town' | 'provincial-city' | 'commune' | 'ward' | 'township' | 'special-zone'

/** Đơn vị hành chính. `code` has 2 digits for a province, 3 for a district (until 2025-06-30), 5 for a commune. */
export interface AdministrativeUnit {
  code: string
  level: UnitLevel
  type: UnitType
  /** Without the type: 'Gia Lai', 'Pleiku'. */
  name: string
  /** With it: 'Tỉnh Gia Lai', 'Phường Pleiku'. */
  fullName: string
  parentCode: string | null
  /** First day, 'YYYY-MM-DD'; null where it lies before the records. */
  validFrom: string | null
  /** First day on which it no longer holds; null while it does. */
  validTo: string | null
}

const prefixes: readonly [prefix: string, types: Partial<Record<UnitLevel, UnitType>>][] = [
  ['Thành phố', { province: 'city', district: 'provincial-city' }],
  ['Tỉnh', { province: 'province' }],
  ['Quận', { district: 'urban-district' }],
  ['Huyện', { district: 'district' }],
  ['Thị xã', { district: 'town' }],
  ['Thị trấn', { commune: 'township' }],
  ['Phường', { commune: 'ward' }],
  ['Xã', { commune: 'commune' }],
  ['Đặc khu', { commune: 'special-zone' }],
]

export function levelOfCode(code: string): UnitLevel {
  return code.length === 2 ? 'province' : code.length === 3 ? 'district' : 'commune'
}

/** Parts a full name into type and name: 'Phường Pleiku' → ward, 'Pleiku'. Throws for a type that no law knows. */
export function partName(code: string, fullName: string): { type: UnitType; name: string } {
  const level = levelOfCode(code)
  const found = prefixes.find(([prefix, types]) => types[level] && fullName.startsWith(`${prefix} `))
  if (!found) throw new Error(`Administrative unit ${code} "${fullName}" starts with no known type.`)
  return { type: found[1][level]!, name: fullName.slice(found[0].length + 1) }
}

const english: Record<UnitType, string> = {
  province: 'Province', city: 'City', district: 'District', 'urban-district': 'District', town: 'Town', 'provincial-city': 'City',
  commune: 'Commune', ward: 'Ward', township: 'Township', 'special-zone': 'Special Zone',
}

/** The unit's full name in the reader's language: 'Phường Pleiku', 'Pleiku Ward'. Proper names keep their marks. */
export function unitName(unit: Pick<AdministrativeUnit, 'type' | 'name' | 'fullName'>, lang: Lang): string {
  if (lang === 'vi') return unit.fullName
  return /^\d+$/.test(unit.name) ? `${english[unit.type]} ${unit.name}` : `${unit.name} ${english[unit.type]}`
}

/** A civil date in Vietnam for an instant, or the date itself. */
export function civilDate(at: Date | string): string {
  return typeof at === 'string' ? at.slice(0, 10) : new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
}
