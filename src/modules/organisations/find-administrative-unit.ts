import type { Db } from '../../platform/db.ts'
import { createMemory } from '../../platform/memory.ts'
import { civilDate, levelOfCode, type AdministrativeUnit } from './administrative-unit.ts'

const columns = (db: Db) => db`code, level, type, name, full_name AS "fullName", parent_code AS "parentCode",
  nullif(valid_from, '-infinity') AS "validFrom", valid_to AS "validTo"`

const onDate = (db: Db, at: Date | string) => db`valid_from <= ${civilDate(at)} AND (valid_to IS NULL OR valid_to > ${civilDate(at)})`

const { remember } = createMemory({ capacity: 5_000, inActs: true })

/** The unit that bore this code on that day, or undefined. The same code may have been another place before a reform. */
export async function findAdministrativeUnit(db: Db, code: string, at: Date | string): Promise<AdministrativeUnit | undefined> {
  return await remember(db, `${code} ${civilDate(at)}`, async (from) => {
    const [unit] = await from<AdministrativeUnit[]>`SELECT ${columns(from)} FROM organisations.administrative_unit WHERE code = ${code} AND ${onDate(from, at)}`
    return unit
  })
}

/** All provinces and cities of that day, by code. */
export async function listProvinces(db: Db, at: Date | string): Promise<AdministrativeUnit[]> {
  return await db<AdministrativeUnit[]>`SELECT ${columns(db)} FROM organisations.administrative_unit WHERE level = 'province' AND ${onDate(db, at)} ORDER BY code`
}

/** All communes, wards, townships and special zones of a province on that day, by code; through the districts where there were any. */
export async function listCommunes(db: Db, provinceCode: string, at: Date | string): Promise<AdministrativeUnit[]> {
  return await db<AdministrativeUnit[]>`
    SELECT ${columns(db)} FROM organisations.administrative_unit
    WHERE level = 'commune' AND ${onDate(db, at)} AND (parent_code = ${provinceCode} OR parent_code IN (
      SELECT d.code FROM organisations.administrative_unit d WHERE d.level = 'district' AND d.parent_code = ${provinceCode} AND d.valid_from <= ${civilDate(at)} AND (d.valid_to IS NULL OR d.valid_to > ${civilDate(at)})))
    ORDER BY code`
}

/** Every unit of that day: what a search or a cache wants in one read. */
export async function unitsOnDate(db: Db, at: Date | string): Promise<AdministrativeUnit[]> {
  return await db<AdministrativeUnit[]>`SELECT ${columns(db)} FROM organisations.administrative_unit WHERE ${onDate(db, at)} ORDER BY code`
}

/** The days on which the units changed, in order: each begins a generation. */
export async function reformDays(db: Db): Promise<string[]> {
  const rows = await db<{ day: string }[]>`SELECT DISTINCT valid_from AS day FROM organisations.administrative_unit WHERE valid_from <> '-infinity' ORDER BY day`
  return rows.map((row) => row.day)
}

/** Code of the province in which a unit lay on that day. */
export async function provinceOf(db: Db, code: string, at: Date | string): Promise<string | undefined> {
  let unit = await findAdministrativeUnit(db, code, at)
  while (unit && unit.level !== 'province') unit = unit.parentCode ? await findAdministrativeUnit(db, unit.parentCode, at) : undefined
  return unit?.code
}

export interface Succession { code: string; happenedOn: string; whole: boolean }

/** Where an old province or commune went: the new codes, those that took the whole first. Empty when it was never dissolved or re-coded. */
export async function oldToNew(db: Db, code: string): Promise<Succession[]> {
  return await db<Succession[]>`
    SELECT new_code AS code, happened_on AS "happenedOn", whole FROM organisations.administrative_unit_succession
    WHERE old_code = ${code} AND level = ${successionLevel(code)} ORDER BY whole DESC, new_code`
}

/** Which old units a province or commune of today was made of. */
export async function newToOld(db: Db, code: string): Promise<Succession[]> {
  return await db<Succession[]>`
    SELECT old_code AS code, happened_on AS "happenedOn", whole FROM organisations.administrative_unit_succession
    WHERE new_code = ${code} AND level = ${successionLevel(code)} ORDER BY whole DESC, old_code`
}

/** Five island districts without communes became special zones, so a district code succeeds at the level of communes. */
const successionLevel = (code: string): string => (levelOfCode(code) === 'province' ? 'province' : 'commune')
