import type { Db } from '../../platform/db.ts'
import { civilDate, type Lang } from '../../platform/i18n.ts'
import { createMemory } from '../../platform/memory.ts'
import { baseCodeOf } from './decisions/local-part.ts'
import { readContent, type ProcedureContent } from './content.ts'
import { findCurrentRow, findVersionRow, listVersionRows, readStoredContent, type VersionRow } from './procedure.store.ts'
import type { ProcedureVersion } from './procedure-version.ts'

interface Read { content: ProcedureContent; translated: boolean }

const capacity = 500
/** Contents by hash: a hash never stands for anything else, so this is right for every database and every transaction. */
const contents = new Map<string, Read>()

/** A version with its content. */
export async function complete(db: Db, row: VersionHead): Promise<ProcedureVersion> {
  let read = contents.get(row.hash)
  if (!read) {
    const stored = await readStoredContent(db, row.code, row.version)
    read = { content: readContent(stored), translated: stored.name.en !== undefined }
    if (contents.size >= capacity) contents.delete(contents.keys().next().value!)
    contents.set(row.hash, read)
  }
  return { ...row, ...read }
}

const currents = createMemory({ capacity })

/**
 * The version in force at a moment (now unless told), or undefined. Every filing asks, so outside transactions it is remembered until
 * the catalogue changes.
 */
export async function getCurrentProcedure(db: Db, code: string, at: Date | string = new Date()): Promise<ProcedureVersion | undefined> {
  const day = typeof at === 'string' ? at : civilDate(at)
  return await currents.remember(db, `${day} ${code}`, async () => {
    const row = await findCurrentRow(db, code, day)
    return row && complete(db, row)
  })
}

/** Every act on a dossier asks for its version; those that change one do not. */
const versions = createMemory({ capacity, inActs: true })

/** One version, whether in force or not, or undefined. */
export async function getProcedureVersion(db: Db, code: string, version: number): Promise<ProcedureVersion | undefined> {
  return await versions.remember(db, `${code} ${version}`, async (from) => {
    const row = await findVersionRow(from, code, version)
    return row && complete(from, row)
  })
}

export type VersionHead = VersionRow

/** Of all versions of a procedure, newest first, the one in force on a day ('YYYY-MM-DD'). */
export const inForce = (versions: readonly VersionHead[], day: string): VersionHead | undefined => versions.find((v) => v.validFrom <= day && (v.validTo === null || v.validTo > day))

/** All versions of a procedure without their contents, newest first. */
export async function listVersions(db: Db, code: string): Promise<VersionHead[]> {
  return await listVersionRows(db, code)
}

/** The codes of the procedures that stand in these sectors today, abolished ones as well: their dossiers run on. */
export async function procedureCodesOfSectors(db: Db, sectorCodes: readonly string[]): Promise<Map<string, string[]>> {
  const asked = [...new Set(sectorCodes)].sort()
  if (asked.length === 0) return new Map()
  return await currents.remember(db, `sectors ${asked.join(' ')}`, async () => {
    const rows = await db<{ sector: string; code: string }[]>`SELECT sector_code AS sector, code FROM catalogue.procedure WHERE sector_code = ANY (${asked})`
    return new Map([...Map.groupBy(rows, (row) => row.sector)].map(([sector, of]) => [sector, of.map((row) => row.code)]))
  })
}

/** Names of procedures in the reader's language; a code that is not in the catalogue is not in the map. A province's copy has the name of its original. */
export async function procedureNames(db: Db, codes: readonly string[], lang: Lang): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await db<{ code: string; vi: string; en: string }[]>`SELECT code, name_vi AS vi, name_en AS en FROM catalogue.procedure WHERE code = ANY(${[...codes, ...codes.map(baseCodeOf)]})`
  const names = new Map(rows.map((r) => [r.code, r[lang]]))
  return new Map(codes.flatMap((code) => {
    const name = names.get(code) ?? names.get(baseCodeOf(code))
    return name === undefined ? [] : [[code, name]]
  }))
}
