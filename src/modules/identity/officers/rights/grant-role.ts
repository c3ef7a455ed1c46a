import { actorKey } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { newId } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import type { Role } from '../../roles.ts'

export interface NewGrant {
  officerId: string
  role: Role
  agencyCode: string
  /** Only tasks of this unit, sector or procedure. */
  unitId?: string | null
  sectorCode?: string | null
  procedureCode?: string | null
  /** First day, 'YYYY-MM-DD'; at once when absent. */
  validFrom?: string | null
  /** First day on which it no longer holds. */
  validTo?: string | null
}

/** Gives an officer a role for an agency and those below it. Recorded with who gave it; giving it twice changes nothing. */
export async function grantRole(tx: Tx, ctx: Ctx, grant: NewGrant): Promise<string | undefined> {
  const { officerId, role, agencyCode, unitId = null, sectorCode = null, procedureCode = null, validFrom = null, validTo = null } = grant
  const id = newId()
  const added = await tx`
    INSERT INTO identity.role_grant (id, officer_id, role, agency_code, unit_id, sector_code, procedure_code, valid_from, valid_to, granted_at, granted_by)
    VALUES (${id}, ${officerId}, ${role}, ${agencyCode}, ${unitId}, ${sectorCode}, ${procedureCode}, coalesce(${validFrom}::date, '-infinity'), ${validTo}, ${ctx.now}, ${actorKey(ctx.actor)})
    ON CONFLICT DO NOTHING`
  if (added.count === 0) return undefined
  await appendEvent(tx, ctx, { type: 'identity.role_granted', subject: officerId, data: { grantId: id, role, agencyCode, unitId, sectorCode, procedureCode, validFrom, validTo } })
  return id
}

/** Withdraws a role; it has effect at the officer's next request. False when it was withdrawn before. */
export async function revokeGrant(tx: Tx, ctx: Ctx, grantId: string): Promise<boolean> {
  const [revoked] = await tx<{ officerId: string; role: string; agencyCode: string }[]>`
    UPDATE identity.role_grant SET revoked_at = ${ctx.now}, revoked_by = ${actorKey(ctx.actor)} WHERE id = ${grantId} AND revoked_at IS NULL RETURNING officer_id AS "officerId", role, agency_code AS "agencyCode"`
  if (!revoked) return false
  await appendEvent(tx, ctx, { type: 'identity.role_revoked', subject: revoked.officerId, data: { grantId, role: revoked.role, agencyCode: revoked.agencyCode } })
  return true
}

/** Withdraws a role for an agency, however it is limited. */
export async function revokeRole(tx: Tx, ctx: Ctx, grant: { officerId: string; role: Role; agencyCode: string }): Promise<void> {
  const rows = await tx<{ id: string }[]>`SELECT id FROM identity.role_grant WHERE officer_id = ${grant.officerId} AND role = ${grant.role} AND agency_code = ${grant.agencyCode} AND revoked_at IS NULL`
  for (const { id } of rows) await revokeGrant(tx, ctx, id)
}

/** Withdraws everything an officer holds; how many grants it was. */
export async function revokeAll(tx: Tx, ctx: Ctx, officerId: string): Promise<number> {
  const rows = await tx<{ id: string }[]>`SELECT id FROM identity.role_grant WHERE officer_id = ${officerId} AND revoked_at IS NULL ORDER BY id`
  for (const { id } of rows) await revokeGrant(tx, ctx, id)
  return rows.length
}
