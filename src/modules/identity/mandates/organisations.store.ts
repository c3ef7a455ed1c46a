import type { Db, Tx } from '../../../platform/db.ts'
import { randomToken } from '../../../platform/ids.ts'

/** Tổ chức, doanh nghiệp: an organisation with an account. */
export interface Organisation {
  id: string
  subject: string
  taxCode: string
  name: string
  state: 'active' | 'suspended' | 'dissolved'
  /** When the register was last heard about it. */
  checkedAt: Date
}

const columns = (db: Db) => db`id, subject, tax_code AS "taxCode", name, state, checked_at AS "checkedAt"`

export async function findOrganisation(db: Db, id: string): Promise<Organisation | undefined> {
  const [row] = await db<Organisation[]>`SELECT ${columns(db)} FROM identity.organisation WHERE id = ${id}`
  return row
}

export async function findOrganisationByTaxCode(db: Db, taxCode: string): Promise<Organisation | undefined> {
  const [row] = await db<Organisation[]>`SELECT ${columns(db)} FROM identity.organisation WHERE tax_code = ${taxCode}`
  return row
}

/** Makes the organisation or brings its name up to date; locked until the transaction ends, so that two representatives come one after the other. */
export async function keepOrganisation(tx: Tx, o: { id: string; taxCode: string; name: string }, now: Date): Promise<Organisation & { isNew: boolean }> {
  const [row] = await tx<(Organisation & { isNew: boolean })[]>`
    INSERT INTO identity.organisation (id, subject, tax_code, name, checked_at, created_at, updated_at) VALUES (${o.id}, ${randomToken(18)}, ${o.taxCode}, ${o.name}, ${now}, ${now}, ${now})
    ON CONFLICT (tax_code) DO UPDATE SET name = excluded.name, state = 'active', checked_at = excluded.checked_at, updated_at = excluded.updated_at
    RETURNING ${columns(tx)}, (xmax = 0) AS "isNew"`
  return row!
}

export async function lockOrganisation(tx: Tx, id: string): Promise<Organisation | undefined> {
  const [row] = await tx<Organisation[]>`SELECT ${columns(tx)} FROM identity.organisation WHERE id = ${id} FOR UPDATE`
  return row
}

export async function saveChecked(tx: Tx, id: string, found: { name: string; state: string }, now: Date): Promise<void> {
  await tx`UPDATE identity.organisation SET name = ${found.name}, state = ${found.state}, checked_at = ${now}, updated_at = ${now} WHERE id = ${id}`
}

/** The legal representative's mandate now in force, with the id number to compare with the register. */
export async function findRepresentation(db: Db, organisationId: string): Promise<{ mandateId: string; accountId: string; idNumber: string } | undefined> {
  const [row] = await db<{ mandateId: string; accountId: string; idNumber: string }[]>`
    SELECT m.id AS "mandateId", a.id AS "accountId", a.id_number AS "idNumber" FROM identity.mandate m JOIN identity.account a ON a.id = m.acting_account_id
    WHERE m.organisation_id = ${organisationId} AND m.kind = 'representative' AND m.state = 'accepted'`
  return row
}

/** Ids of mandates of an organisation's staff that are in force. */
export async function listStaffMandates(db: Db, organisationId: string): Promise<string[]> {
  return (await db<{ id: string }[]>`SELECT id FROM identity.mandate WHERE organisation_id = ${organisationId} AND kind = 'staff' AND state = 'accepted'`).map((row) => row.id)
}

/** Organisations that an account represents by law. */
export async function listRepresented(db: Db, accountId: string): Promise<Organisation[]> {
  return await db<Organisation[]>`SELECT ${columns(db)} FROM identity.organisation WHERE id IN (SELECT organisation_id FROM identity.mandate WHERE kind = 'representative' AND state = 'accepted' AND acting_account_id = ${accountId}) ORDER BY name`
}

/** Organisations whose answer of the register is the oldest. */
export async function listLongUnchecked(db: Db, before: Date, limit: number): Promise<{ id: string; taxCode: string }[]> {
  return await db<{ id: string; taxCode: string }[]>`SELECT id, tax_code AS "taxCode" FROM identity.organisation WHERE state <> 'dissolved' AND checked_at < ${before} ORDER BY checked_at LIMIT ${limit}`
}
