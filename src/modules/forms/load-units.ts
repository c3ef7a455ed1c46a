import type { Db } from '../../platform/db.ts'
import { civilDate, unitName, unitsOnDate, type AdministrativeUnit } from '../organisations/index.ts'
import type { Commune, Province, Units } from './answers.ts'
import type { Bilingual } from './definition.ts'

interface Kept { day: string; until: number; units: Promise<Units> }
const kept = new WeakMap<object, Kept>()
const keepMs = 60_000

/** The administrative units in force at a moment, whole in memory (3,400 of them), since every address of every filing is checked against them. */
export function loadUnits(db: Db, at: Date | string): Promise<Units> {
  const day = civilDate(at)
  const known = kept.get(db)
  if (known && known.day === day && known.until > performance.now()) return known.units
  const units = unitsOnDate(db, day).then(indexUnits)
  kept.set(db, { day, until: performance.now() + keepMs, units })
  // Before the seed there are none; ask again then, and after a failure.
  units.then((u) => u.provinces().length === 0 && kept.delete(db), () => kept.delete(db))
  return units
}

const nameOf = (unit: AdministrativeUnit): Bilingual => ({ vi: unitName(unit, 'vi'), en: unitName(unit, 'en') })

function indexUnits(rows: readonly AdministrativeUnit[]): Units {
  const above = new Map(rows.map((u) => [u.code, u.parentCode]))
  const provinces = new Map<string, Province>()
  const communes = new Map<string, Commune>()
  const byProvince = new Map<string, Commune[]>()
  for (const unit of rows) {
    if (unit.level === 'province') provinces.set(unit.code, { code: unit.code, name: nameOf(unit) })
    if (unit.level !== 'commune' || !unit.parentCode) continue
    const province = unit.parentCode.length === 2 ? unit.parentCode : (above.get(unit.parentCode) ?? '')
    const commune = { code: unit.code, name: nameOf(unit), province }
    communes.set(unit.code, commune)
    const siblings = byProvince.get(province)
    if (siblings) siblings.push(commune)
    else byProvince.set(province, [commune])
  }
  const sorted = new Intl.Collator('vi')
  const bare = (name: string): string => name.replace(/^(Thành phố|Tỉnh|Phường|Xã|Đặc khu|Thị trấn) /, '')
  for (const list of byProvince.values()) list.sort((a, b) => sorted.compare(bare(a.name.vi), bare(b.name.vi)))
  const all = [...provinces.values()].sort((a, b) => sorted.compare(bare(a.name.vi), bare(b.name.vi)))
  return { commune: (code) => communes.get(code), province: (code) => provinces.get(code), provinces: () => all, communes: (code) => byProvince.get(code) ?? [] }
}
