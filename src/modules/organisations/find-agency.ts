import type { Db } from '../../platform/db.ts'
import type { Lang } from '../../platform/i18n.ts'
import { createMemory } from '../../platform/memory.ts'
import { plainText } from '../../platform/plain-text.ts'
import { civilDate } from './administrative-unit.ts'
import { agencyName, type Agency, type AgencyKind, type AgencyLevel, type Unit } from './agency.ts'
import { errors } from './organisations.errors.ts'

/** Agencies and units change a few times a year, by acts that read none of them, and are asked for in every other act. */
const { remember } = createMemory({ capacity: 5_000, inActs: true })

const columns = (db: Db) => db`code, name_vi AS "nameVi", name_en AS "nameEn", kind, level, parent_code AS "parentCode", node_code AS "nodeCode",
  administrative_unit_code AS "administrativeUnitCode", nullif(valid_from, '-infinity') AS "validFrom", valid_to AS "validTo"`

const onDate = (db: Db, at: Date | string) => db`valid_from <= ${civilDate(at)} AND (valid_to IS NULL OR valid_to > ${civilDate(at)})`

/** The agency that bears the code on that day (today unless told), or undefined. Remembered until the public data change. */
export async function findAgency(db: Db, code: string, at: Date | string = new Date()): Promise<Agency | undefined> {
  return await remember(db, `agency ${code} ${civilDate(at)}`, async (from) => {
    const [agency] = await from<Agency[]>`SELECT ${columns(db)} FROM organisations.agency WHERE code = ${code} AND ${onDate(db, at)}`
    return agency
  })
}

/** As findAgency. @throws organisations.AGENCY_UNKNOWN (404) */
export async function getAgency(db: Db, code: string, at: Date | string = new Date()): Promise<Agency> {
  const agency = await findAgency(db, code, at)
  if (!agency) throw errors.AGENCY_UNKNOWN({ code })
  return agency
}

/** Each of these codes as people read it, with the name that its agency bears today: 'Bộ Tư pháp (G12)'. A code that nobody bears stays alone. */
export async function agenciesInWords(db: Db, codes: readonly string[], lang: Lang): Promise<Map<string, string>> {
  return new Map(await Promise.all([...new Set(codes)].map(async (code): Promise<[string, string]> => {
    const agency = await findAgency(db, code)
    return [code, agency ? `${agencyName(agency, lang)} (${code})` : code]
  })))
}

export interface AgencyFilter { nodeCode?: string; level?: AgencyLevel; parent?: string; kind?: string; administrativeUnitCode?: string; at?: Date | string }

/** Agencies valid on the day (today unless told) that meet every given condition, by code. */
export async function listAgencies(db: Db, filter: AgencyFilter = {}): Promise<Agency[]> {
  return await db<Agency[]>`
    SELECT ${columns(db)} FROM organisations.agency WHERE ${onDate(db, filter.at ?? new Date())}
      ${filter.nodeCode ? db`AND node_code = ${filter.nodeCode}` : db``}
      ${filter.level ? db`AND level = ${filter.level}` : db``}
      ${filter.parent ? db`AND parent_code = ${filter.parent}` : db``}
      ${filter.kind ? db`AND kind = ${filter.kind}` : db``}
      ${filter.administrativeUnitCode ? db`AND administrative_unit_code = ${filter.administrativeUnitCode}` : db``}
    ORDER BY code`
}

/** Agencies of some nodes ('H21'), valid on the day, in whose code and names every word of `text` begins a word, marks or none; by code. */
export async function searchAgencies(db: Db, { nodes, text, at }: { nodes: readonly string[]; text: string; at: Date | string }): Promise<Agency[]> {
  const agencies = await db<Agency[]>`SELECT ${columns(db)} FROM organisations.agency WHERE split_part(code, '.', 1) = ANY(${[...nodes]}) AND ${onDate(db, at)} ORDER BY code`
  const words = plainText(text).split(/\s+/).filter(Boolean)
  return agencies.filter((a) => {
    const line = ` ${plainText(`${a.code} ${a.nameVi} ${a.nameEn}`)}`
    return words.every((word) => line.includes(` ${word}`))
  })
}

/** The units inside an agency, in their order. */
export async function listUnits(db: Db, agencyCode: string): Promise<Unit[]> {
  return await db<Unit[]>`SELECT id, agency_code AS "agencyCode", name_vi AS "nameVi", name_en AS "nameEn" FROM organisations.unit WHERE agency_code = ${agencyCode} AND valid_to IS NULL ORDER BY position`
}

export async function findUnit(db: Db, id: string): Promise<Unit | undefined> {
  return await remember(db, `unit ${id}`, async (from) => {
    const [unit] = await from<Unit[]>`SELECT id, agency_code AS "agencyCode", name_vi AS "nameVi", name_en AS "nameEn" FROM organisations.unit WHERE id = ${id}`
    return unit
  })
}

export interface Competence {
  /** Level at which the law places the decision. */
  level: AgencyLevel
  /** Node of the ministry or province, where the law names it: 'G01'. */
  nodeCode?: string
  /** The executing agency itself, where the law names it: 'G01.08'. Wins over the rest. */
  agencyCode?: string
  /** Which office of the level decides where it is not the People’s Committee: the commune’s police, the province’s social insurance. */
  kind?: AgencyKind | undefined
  /** The unit inside the agency that decides, by the last part of its id: 'business-registration'. The agency is the one of the place that has it. */
  unit?: string | undefined
  /** Commune of the applicant or the matter: 5 digits. */
  communeCode?: string
  at: Date | string
}

/**
 * Which agency is competent: the commune's People's Committee, the province's, another office of the place by kind or unit, or the named executing
 * agency of a ministry.
 * Undefined when no commune is given where one is needed, when the code names none on that day, or when the agency is not connected.
 */
export async function competentAgency(db: Db, competence: Competence): Promise<Agency | undefined> {
  const { level, nodeCode, kind = 'peoples-committee', unit, communeCode, at } = competence
  if (competence.agencyCode) return await findAgency(db, competence.agencyCode, at)
  if (level === 'ministry') return nodeCode ? await findAgency(db, nodeCode, at) : undefined
  if (level === 'province' && nodeCode) return await findAgency(db, nodeCode, at)
  if (!communeCode) return undefined
  return await remember(db, `competent ${level} ${kind} ${unit ?? ''} ${communeCode} ${civilDate(at)}`, async (from) => {
    const [agency] = await from<Agency[]>`
      SELECT ${columns(db)} FROM organisations.agency WHERE ${unit === undefined ? db`kind = ${kind}` : db`EXISTS (SELECT 1 FROM organisations.unit u WHERE u.id = agency.code || '.' || ${unit})`} AND level = ${level} AND ${onDate(db, at)} AND administrative_unit_code = ${
        level === 'commune' ? communeCode : db`(SELECT u.parent_code FROM organisations.administrative_unit u WHERE u.code = ${communeCode} AND u.level = 'commune' AND u.valid_from <= ${civilDate(at)} AND (u.valid_to IS NULL OR u.valid_to > ${civilDate(at)}))`}`
    return agency
  })
}

/** The one-stop service centre that receives for an agency: its own child of that kind, else its parent's; undefined where the agency receives itself. */
export async function serviceCentreOf(db: Db, agencyCode: string, at: Date | string = new Date()): Promise<Agency | undefined> {
  return await remember(db, `centre ${agencyCode} ${civilDate(at)}`, async (from) => {
    const [centre] = await from<Agency[]>`
      SELECT ${columns(db)} FROM organisations.agency WHERE kind = 'one-stop-centre' AND ${onDate(db, at)}
        AND (code = ${agencyCode} OR parent_code = ${agencyCode} OR parent_code = (SELECT a.parent_code FROM organisations.agency a WHERE a.code = ${agencyCode} AND a.level = 'province' LIMIT 1) AND level = 'province')
      ORDER BY code = ${agencyCode} DESC, parent_code = ${agencyCode} DESC LIMIT 1`
    return centre
  })
}
