import type { Db } from '../../../../platform/db.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import type { Role } from '../../roles.ts'

/** A role that an officer holds, will hold or held — "quyền được giao". Days as 'YYYY-MM-DD'. */
export interface Grant {
  id: string
  officerId: string
  role: Role
  agencyCode: string
  unitId: string | null
  sectorCode: string | null
  procedureCode: string | null
  /** Empty: from the moment it was given. */
  validFrom: string | null
  validTo: string | null
  grantedAt: Date
  grantedBy: string
  revokedAt: Date | null
  revokedBy: string | null
}

const columns = (db: Db) => db`g.id, g.officer_id AS "officerId", g.role, g.agency_code AS "agencyCode", g.unit_id AS "unitId", g.sector_code AS "sectorCode", g.procedure_code AS "procedureCode",
  nullif(g.valid_from, '-infinity'::date)::text AS "validFrom", g.valid_to::text AS "validTo", g.granted_at AS "grantedAt", g.granted_by AS "grantedBy", g.revoked_at AS "revokedAt", g.revoked_by AS "revokedBy"`

/** All grants of an officer, the newest first: also those withdrawn, ended and not begun. */
export async function grantsOf(db: Db, officerId: string): Promise<Grant[]> {
  return db<Grant[]>`SELECT ${columns(db)} FROM identity.role_grant g WHERE g.officer_id = ${officerId} ORDER BY g.id DESC`
}

export async function findGrant(db: Db, id: string): Promise<Grant | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<Grant[]>`SELECT ${columns(db)} FROM identity.role_grant g WHERE g.id = ${id}`
  return row
}

export type GrantState = 'current' | 'future' | 'over' | 'withdrawn'

export function grantState(grant: Pick<Grant, 'validFrom' | 'validTo' | 'revokedAt'>, now: Date): GrantState {
  const day = civilDate(now)
  if (grant.revokedAt) return 'withdrawn'
  if (grant.validTo !== null && grant.validTo <= day) return 'over'
  return grant.validFrom !== null && grant.validFrom > day ? 'future' : 'current'
}

/** Neither withdrawn nor over: what a transfer takes away and what decides whether an account is an administrator's. */
export async function standingRoles(db: Db, officerId: string, now: Date): Promise<Role[]> {
  const rows = await db<{ role: Role }[]>`SELECT DISTINCT role FROM identity.role_grant WHERE officer_id = ${officerId} AND revoked_at IS NULL AND (valid_to IS NULL OR valid_to > ${civilDate(now)}) ORDER BY role`
  return rows.map((row) => row.role)
}
