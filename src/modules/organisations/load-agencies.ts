import { createHash } from 'node:crypto'
import type { Tx } from '../../platform/db.ts'
import { unitName, type AdministrativeUnit } from './administrative-unit.ts'
import type { Agency, Unit } from './agency.ts'
import { innerUnits, provinceDepartments, publicSecurity, type InnerAgencyRow } from './data/inner-agencies.ts'
import { ministries } from './data/ministries.ts'
import { provinceAgencies } from './data/provinces.ts'
import { isNewEdition } from './load-units.ts'

const connected = new Set(['H21', 'G01', 'G24'])
const reform = '2025-07-01'
type UnitRow = AdministrativeUnit

const sameName = (a: string, b: string): boolean => plain(a) === plain(b)
const plain = (name: string): string => name.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
const lower = (fullName: string): string => fullName.charAt(0).toLowerCase() + fullName.slice(1)

/** Every agency that the shipped facts know: ministries, all provinces in all generations, and the offices of the connected nodes. */
export function shippedAgencies(units: readonly UnitRow[]): Agency[] {
  const provinces = units.filter((u) => u.level === 'province')
  return [
    ...ministries.map((m): Agency => ({ code: m.code, nameVi: m.vi, nameEn: m.en, kind: m.kind ?? 'ministry', level: 'ministry', parentCode: m.code.includes('.') ? m.code.split('.')[0]! : null, nodeCode: m.node ?? null, administrativeUnitCode: null, validFrom: m.from ?? null, validTo: m.to ?? null })),
    ...provinceAgencies.flatMap(({ code, name }) => provinces.filter((u) => sameName(u.name, name)).map((u) => committee(code, u, null))),
    ...[...publicSecurity, ...provinceDepartments].map(inner),
    ...provinces.filter((u) => u.validTo === null).map(insuranceOffice),
    ...communeAgencies(units),
    ...communePolice(units),
  ]
}

function committee(code: string, unit: UnitRow, parentCode: string | null): Agency {
  const top = code.split('.')[0]!
  return {
    code, parentCode, kind: 'peoples-committee', level: parentCode ? 'commune' : 'province',
    nameVi: `Ủy ban nhân dân ${lower(unit.fullName)}`, nameEn: `People's Committee of ${unitName(unit, 'en')}`,
    nodeCode: connected.has(top) ? top : null, administrativeUnitCode: unit.code, validFrom: unit.validFrom, validTo: unit.validTo,
  }
}

function inner(row: InnerAgencyRow): Agency {
  const top = row.code.split('.')[0]!
  return { code: row.code, nameVi: row.vi, nameEn: row.en, kind: row.kind, level: row.level, parentCode: top, nodeCode: top, administrativeUnitCode: row.unit ?? (top === 'H21' ? '52' : null), validFrom: null, validTo: null }
}

/** Provincial offices of Vietnam Social Insurance: G24 and the province's code. */
function insuranceOffice(unit: UnitRow): Agency {
  return { code: `G24.${unit.code}`, nameVi: `Bảo hiểm xã hội ${lower(unit.fullName)}`, nameEn: `${unitName(unit, 'en')} Social Insurance`, kind: 'social-insurance', level: 'province', parentCode: 'G24', nodeCode: 'G24', administrativeUnitCode: unit.code, validFrom: unit.validFrom, validTo: null }
}

/** The communes of Gia Lai in the order of their codes of 1 July 2025. */
const communesOfGiaLai = (units: readonly UnitRow[]): UnitRow[] => units.filter((u) => u.level === 'commune' && u.parentCode === '52' && u.validFrom === reform).sort((a, b) => (a.code < b.code ? -1 : 1))

/** The police of each commune below the province's (Công an cấp xã), which registers residence: G01.52.101 … beside H21.101. */
function communePolice(units: readonly UnitRow[]): Agency[] {
  return communesOfGiaLai(units).map((unit, i): Agency => ({
    ...committee(`G01.52.${101 + i}`, unit, 'G01.52'), kind: 'police', nameVi: `Công an ${lower(unit.fullName)}`, nameEn: `Police of ${unitName(unit, 'en')}`,
  }))
}

/** Gia Lai: H21.101 … in the order of the commune codes of 1 July 2025; '.01' is the commune's service centre. */
function communeAgencies(units: readonly UnitRow[]): Agency[] {
  return communesOfGiaLai(units).flatMap((unit, i): Agency[] => {
    const code = `H21.${101 + i}`
    const centre = { nameVi: `Trung tâm Phục vụ hành chính công ${lower(unit.fullName)}`, nameEn: `Public Administration Service Centre of ${unitName(unit, 'en')}` }
    return [committee(code, unit, 'H21'), { ...committee(`${code}.01`, unit, code), ...centre, kind: 'one-stop-centre' }]
  })
}

export function shippedUnits(agencies: readonly Agency[], units: readonly UnitRow[]): Unit[] {
  const rural = new Set(units.filter((u) => u.type === 'commune').map((u) => u.code))
  return agencies.filter((a) => a.validTo === null).flatMap((agency) => {
    const pattern = agency.level === 'commune' ? (agency.kind === 'peoples-committee' ? '*' : '*.01') : agency.code
    const kind = rural.has(agency.administrativeUnitCode ?? '') ? 'commune' : 'ward'
    return innerUnits.filter((u) => u.agency === pattern && (!u.only || u.only === kind)).map((u): Unit => ({ id: `${agency.code}.${u.slug}`, agencyCode: agency.code, nameVi: u.vi, nameEn: u.en }))
  })
}

/** Loads the shipped agencies and their inner units unless this edition is loaded. Rows that an administrator added stay. */
export async function loadAgencies(tx: Tx, units: readonly UnitRow[]): Promise<boolean> {
  const agencies = shippedAgencies(units)
  const inside = shippedUnits(agencies, units)
  const hash = createHash('sha256').update(JSON.stringify([agencies, inside])).digest('hex')
  if (!(await isNewEdition(tx, 'agencies', hash))) return false
  await tx`
    INSERT INTO organisations.agency (code, name_vi, name_en, kind, level, parent_code, node_code, administrative_unit_code, valid_from, valid_to)
    SELECT code, "nameVi", "nameEn", kind, level, "parentCode", "nodeCode", "administrativeUnitCode", coalesce("validFrom", '-infinity')::date, "validTo"::date
    FROM jsonb_to_recordset(${tx.json(agencies as never)}) AS a (code text, "nameVi" text, "nameEn" text, kind text, level text, "parentCode" text, "nodeCode" text, "administrativeUnitCode" text, "validFrom" text, "validTo" text)
    ON CONFLICT (code, valid_from) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en, kind = excluded.kind, level = excluded.level, parent_code = excluded.parent_code,
      node_code = excluded.node_code, administrative_unit_code = excluded.administrative_unit_code, valid_to = excluded.valid_to WHERE NOT agency.edited`
  await tx`
    INSERT INTO organisations.unit (id, agency_code, name_vi, name_en, position)
    SELECT id, "agencyCode", "nameVi", "nameEn", row_number() OVER (PARTITION BY "agencyCode")
    FROM jsonb_to_recordset(${tx.json(inside as never)}) AS u (id text, "agencyCode" text, "nameVi" text, "nameEn" text)
    ON CONFLICT (id) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en`
  return true
}
