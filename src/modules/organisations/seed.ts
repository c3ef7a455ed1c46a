import type { Tx } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import type { AdministrativeUnit } from './administrative-unit.ts'
import { loadAgencies } from './load-agencies.ts'
import { loadUnits } from './load-units.ts'

/** Loads the shipped tables of facts; a second start with the same edition reads two rows and changes nothing. */
export async function seedOrganisations(node: Node): Promise<void> {
  await node.db.begin(async (transaction) => {
    const tx = transaction as Tx
    await loadUnits(tx)
    const units = await tx<AdministrativeUnit[]>`
      SELECT code, level, type, name, full_name AS "fullName", parent_code AS "parentCode", nullif(valid_from, '-infinity') AS "validFrom", valid_to AS "validTo"
      FROM organisations.administrative_unit WHERE level = 'province' OR parent_code = '52' ORDER BY code, administrative_unit.valid_from`
    await loadAgencies(tx, units)
  })
}
