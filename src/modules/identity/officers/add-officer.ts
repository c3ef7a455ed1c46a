import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { newId } from '../../../platform/ids.ts'
import type { Role } from '../roles.ts'
import { encrypt } from '../secrets.ts'
import { totpUse } from './confirm-officer-code.ts'
import { hashPassword } from './password.ts'
import { grantRole, type NewGrant } from './rights/grant-role.ts'

export { grantRole, revokeRole } from './rights/grant-role.ts'

export interface NewOfficer {
  login: string
  password: string
  totpSecret: string
  name: string
  agencyCode: string
  unitId?: string | null
  /** Each for the own agency, limited by `limits` where given. */
  roles: readonly Role[]
  limits?: Pick<NewGrant, 'unitId' | 'sectorCode' | 'procedureCode'>
}

/**
 * Opens an officer's account that can log in at once: for demonstrations and tests. Undefined when the log-in name is taken: nothing changes then.
 * Administrators open accounts by `openOfficerAccount`, where the officer alone sets the password.
 */
export async function addOfficer(ctx: Ctx, officer: NewOfficer): Promise<string | undefined> {
  const [taken] = await ctx.db`SELECT 1 FROM identity.officer WHERE login = ${officer.login.toLowerCase()}`
  if (taken) return undefined
  const passwordHash = await hashPassword(officer.password)
  return transact(ctx, async (tx) => {
    const id = newId()
    const added = await tx`
      INSERT INTO identity.officer (id, login, name, agency_code, unit_id, password_hash, totp_secret, created_at, state_since)
      VALUES (${id}, ${officer.login.toLowerCase()}, ${officer.name}, ${officer.agencyCode}, ${officer.unitId ?? null}, ${passwordHash}, ${encrypt(ctx.node.config.secret, totpUse, officer.totpSecret)}, ${ctx.now}, ${ctx.now})
      ON CONFLICT (login) DO NOTHING`
    if (added.count === 0) return undefined
    await appendEvent(tx, ctx, { type: 'identity.officer_added', subject: id, data: { agencyCode: officer.agencyCode, unitId: officer.unitId ?? null } })
    for (const role of officer.roles) await grantRole(tx, ctx, { officerId: id, role, agencyCode: officer.agencyCode, ...officer.limits })
    return id
  })
}
