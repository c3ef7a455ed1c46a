import { datedTable, type DatedTable } from '../../platform/dated-table.ts'
import { errors } from './organisations.errors.ts'
import { levelOfCode, partName } from './administrative-unit.ts'

export const agencyKinds = ['ministry', 'government-agency', 'peoples-committee', 'department', 'bureau', 'one-stop-centre', 'police', 'social-insurance', 'state-treasury', 'bank', 'office'] as const
export const agencyLevels = ['ministry', 'province', 'commune'] as const

/** Agencies as a list that officers with the right to it change; a new agency is handled by the node of the one above it. */
export const agencyTable: DatedTable = datedTable({
  table: 'organisations.agency', periods: 'many', mark: 'edited', searched: ['nameVi', 'nameEn'],
  columns: { nameVi: 'name_vi', nameEn: 'name_en', kind: 'kind', level: 'level', parentCode: 'parent_code', unitCode: 'administrative_unit_code' },
  async derive(tx, key) {
    const [near] = await tx<{ node: string | null }[]>`SELECT node_code AS node FROM organisations.agency WHERE ${key} = code OR ${key} LIKE code || '.%' ORDER BY length(code) DESC, valid_from DESC LIMIT 1`
    return { node_code: near?.node ?? null }
  },
})

/** Administrative units of every generation as a list. Type, level and short name follow from the code and the full name. */
export const administrativeUnitTable: DatedTable = datedTable({
  table: 'organisations.administrative_unit', periods: 'many', mark: 'edited', searched: ['fullName'], plainColumn: 'plain_name',
  columns: { fullName: 'full_name', parentCode: 'parent_code' },
  derive(_tx, key, values) {
    if (!isUnitName(key, values.fullName ?? '')) throw errors.UNIT_NAME_INVALID()
    return Promise.resolve({ ...partName(key, values.fullName!), level: levelOfCode(key) })
  },
})

/** True when a unit of that code may bear the name: 'Phường Pleiku' for five digits, 'Tỉnh Gia Lai' for two. */
export function isUnitName(code: string, fullName: string): boolean {
  try {
    return partName(code, fullName).name.trim() !== ''
  } catch {
    return false
  }
}
