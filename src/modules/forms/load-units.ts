import type { Db } from '../../platform/db.ts'
import { civilDate, reformDays, unitName, unitsOnDate, type AdministrativeUnit } from '../organisations/index.ts'
import type { Commune, Province, Units } from './answers.ts'
import { loadEntries } from './catalogue-entries.ts'
import type { Form } from './compile-form.ts'
import type { Bilingual } from './definition.ts'

interface Kept { day: string; until: number; units: Promise<Units> }
const kept = new WeakMap<object, Kept>()
const keepMs = 60_000

/**
 * The administrative units in force at a moment, whole in memory (3,400 of them), since every address of every filing is checked against them.
 * For a form that asks for places of the past also those of every generation, by `on(day)`; for one that offers entries of shared catalogues
 * also these, by `entries(catalogue)`.
 */
export async function loadUnits(db: Db, at: Date | string, form?: Pick<Form, 'asksPast' | 'catalogues'>): Promise<Units> {
  const [own, entries] = await Promise.all([unitsAt(db, at), form && form.catalogues.length > 0 ? loadEntries(db, form.catalogues, civilDate(at)) : undefined])
  const units = entries ? { ...own, entries } : own
  if (!form?.asksPast) return units
  const generations = await loadGenerations(db)
  return { ...units, on: (day) => generations.findLast((g) => g.from <= day)?.units ?? units }
}

function unitsAt(db: Db, at: Date | string): Promise<Units> {
  const day = civilDate(at)
  const known = kept.get(db)
  if (known && known.day === day && known.until > performance.now()) return known.units
  const units = unitsOnDate(db, day).then(indexUnits)
  kept.set(db, { day, until: performance.now() + keepMs, units })
  // Before the seed there are none; ask again then, and after a failure.
  units.then((u) => u.provinces().length === 0 && kept.delete(db), () => kept.delete(db))
  return units
}

interface Generation { from: string; units: Units }
const past = new WeakMap<object, Promise<Generation[]>>()

/** Each generation of units from its first day on. Kept as long as the process: a reform comes with a new edition of the program. */
function loadGenerations(db: Db): Promise<Generation[]> {
  const known = past.get(db)
  if (known) return known
  const loaded = reformDays(db).then((days) => Promise.all(['0001-01-01', ...days].map(async (from): Promise<Generation> => ({ from, units: indexUnits(await unitsOnDate(db, from)) }))))
  past.set(db, loaded)
  loaded.catch(() => past.delete(db))
  return loaded
}

const nameOf = (unit: AdministrativeUnit): Bilingual => ({ vi: unitName(unit, 'vi'), en: unitName(unit, 'en') })

function indexUnits(rows: readonly AdministrativeUnit[]): Units {
  const above = new Map(rows.map((u) => [u.code, u]))
  const provinces = new Map<string, Province>()
  const communes = new Map<string, Commune>()
  const byProvince = new Map<string, Commune[]>()
  for (const unit of rows) {
    if (unit.level === 'province') provinces.set(unit.code, { code: unit.code, name: nameOf(unit) })
    if (unit.level !== 'commune' || !unit.parentCode) continue
    const parent = above.get(unit.parentCode)
    // Until 30/6/2025 a district lay between; many communes of a province differed only by it.
    const district = parent?.level === 'district' ? nameOf(parent) : undefined
    const name = nameOf(unit)
    const commune = { code: unit.code, name: district ? { vi: `${name.vi}, ${district.vi}`, en: `${name.en}, ${district.en}` } : name, province: district ? (parent!.parentCode ?? '') : unit.parentCode }
    communes.set(unit.code, commune)
    const siblings = byProvince.get(commune.province)
    if (siblings) siblings.push(commune)
    else byProvince.set(commune.province, [commune])
  }
  const sorted = new Intl.Collator('vi')
  const bare = (name: string): string => name.replace(/^(Thành phố|Tỉnh|Phường|Xã|Đặc khu|Thị trấn) /, '')
  for (const list of byProvince.values()) list.sort((a, b) => sorted.compare(bare(a.name.vi), bare(b.name.vi)))
  const all = [...provinces.values()].sort((a, b) => sorted.compare(bare(a.name.vi), bare(b.name.vi)))
  return { commune: (code) => communes.get(code), province: (code) => provinces.get(code), provinces: () => all, communes: (code) => byProvince.get(code) ?? [] }
}
