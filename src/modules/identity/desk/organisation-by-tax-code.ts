import type { Db } from '../../../platform/db.ts'

/** An organisation with an account, as far as the desk needs to see it. */
export interface FoundOrganisation { id: string; name: string; taxCode: string; state: 'active' | 'suspended' | 'dissolved' }

/** The organisation that has this tax code; undefined where none has an account here. */
export async function organisationByTaxCode(_db: Db, _taxCode: string): Promise<FoundOrganisation | undefined> {
  return undefined
}
