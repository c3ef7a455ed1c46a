import { transact, type Ctx } from '../../../platform/ctx.ts'
import { actorKey } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { Role } from '../roles.ts'
import { encrypt } from '../secrets.ts'
import { totpUse } from './confirm-officer-code.ts'
import { hashPassword } from './password.ts'

export interface NewOfficer { login: string; password: string; totpSecret: string; name: string; agencyCode: string; unitId?: string | null; roles: readonly Role[] }

/** Opens an officer's account with its roles for the own agency. Undefined when the log-in name is taken: nothing changes then. */
export async function addOfficer(ctx: Ctx, officer: NewOfficer): Promise<string | undefined> {
  const [taken] = await ctx.db`SELECT 1 FROM identity.officer WHERE login = ${officer.login.toLowerCase()}`
  if (taken) return undefined
  const passwordHash = await hashPassword(officer.password)
  return transact(ctx, async (tx) => {
    const id = newId()
    const added = await tx`
      INSERT INTO identity.officer (id, login, name, agency_code, unit_id, password_hash, totp_secret, created_at)
      VALUES (${id}, ${officer.login.toLowerCase()}, ${officer.name}, ${officer.agencyCode}, ${officer.unitId ?? null}, ${passwordHash}, ${encrypt(ctx.node.config.secret, totpUse, officer.totpSecret)}, ${ctx.now})
      ON CONFLICT (login) DO NOTHING`
    if (added.count === 0) return undefined
    for (const role of officer.roles) await grantRole(tx, ctx, { officerId: id, role, agencyCode: officer.agencyCode })
    return id
  })
}

/** Gives an officer a role for an agency and those below it. Recorded with who gave it. */
export async function grantRole(tx: Tx, ctx: Ctx, grant: { officerId: string; role: Role; agencyCode: string }): Promise<void> {
  const added = await tx`
    INSERT INTO identity.role_grant (id, officer_id, role, agency_code, granted_at, granted_by) VALUES (${newId()}, ${grant.officerId}, ${grant.role}, ${grant.agencyCode}, ${ctx.now}, ${actorKey(ctx.actor)})
    ON CONFLICT DO NOTHING`
  if (added.count > 0) await appendEvent(tx, ctx, { type: 'identity.role_granted', subject: grant.officerId, data: { role: grant.role, agencyCode: grant.agencyCode } })
}

/** Withdraws a role; it has effect at the officer's next request. */
export async function revokeRole(tx: Tx, ctx: Ctx, grant: { officerId: string; role: Role; agencyCode: string }): Promise<void> {
  const revoked = await tx`
    UPDATE identity.role_grant SET revoked_at = ${ctx.now}, revoked_by = ${actorKey(ctx.actor)} WHERE officer_id = ${grant.officerId} AND role = ${grant.role} AND agency_code = ${grant.agencyCode} AND revoked_at IS NULL`
  if (revoked.count > 0) await appendEvent(tx, ctx, { type: 'identity.role_revoked', subject: grant.officerId, data: { role: grant.role, agencyCode: grant.agencyCode } })
}
