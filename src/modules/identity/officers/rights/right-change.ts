import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import { errors } from '../../identity.errors.ts'
import { isAdministrative, type Role } from '../../roles.ts'
import { administers, mayGive, officerToChange } from './administration.ts'
import { findGrant, standingRoles } from './grant.store.ts'
import type { NewGrant } from './grant-role.ts'

/** A change of what an officer may do, ready to be made or to be put before a second administrator. */
export type RightChange = { officerId: string } & (
  | { kind: 'grant'; grant: Omit<NewGrant, 'officerId'> }
  | { kind: 'withdraw'; grantId: string }
  | { kind: 'reset-second-factor' }
  | { kind: 'move'; agencyCode: string; unitId: string | null }
  | { kind: 'leave' }
  /** The certificate opens the account from then on. */
  | { kind: 'bind-certificate'; pem: string }
)

/** Two persons where a right over rights comes or goes, with a transfer as well, and where the second factor is taken off or a certificate opens the account. */
export async function needsSecondPerson(db: Db, change: RightChange, now: Date): Promise<boolean> {
  switch (change.kind) {
    case 'grant': return isAdministrative(change.grant.role)
    case 'withdraw': return isAdministrative((await findGrant(db, change.grantId))?.role ?? '')
    case 'reset-second-factor':
    case 'bind-certificate': return true
    case 'move':
    case 'leave': return (await standingRoles(db, change.officerId, now)).some(isAdministrative)
  }
}

/**
 * Whether the actor is a high-level account for all that the change touches. Asked when it is proposed, when it is decided, and when it is made.
 * @throws OFFICER_NOT_FOUND, OWN_ACCOUNT, WRONG_OFFICER_STATE, GRANT_NOT_FOUND, GRANT_NOT_ALLOWED
 */
export async function assertMayChange(ctx: Ctx, change: RightChange, db?: Db): Promise<void> {
  const officer = await officerToChange(ctx, change.officerId, db)
  if (officer.state === 'left') throw errors.WRONG_OFFICER_STATE()
  if (change.kind === 'grant' && !mayGive(ctx, change.grant.role, change.grant.agencyCode)) throw errors.GRANT_NOT_ALLOWED()
  if (change.kind === 'move' && !administers(ctx, change.agencyCode)) throw errors.GRANT_NOT_ALLOWED()
  if (change.kind === 'reset-second-factor' && officer.state === 'new') throw errors.WRONG_OFFICER_STATE()
  if (change.kind === 'bind-certificate' && officer.state !== 'active') throw errors.WRONG_OFFICER_STATE()
  if (change.kind === 'withdraw') {
    const grant = await findGrant(db ?? ctx.db, change.grantId)
    if (!grant || grant.officerId !== officer.id || grant.revokedAt) throw errors.GRANT_NOT_FOUND()
    if (!mayGive(ctx, grant.role, grant.agencyCode)) throw errors.GRANT_NOT_ALLOWED()
  }
  if (change.kind === 'move' || change.kind === 'leave') {
    // An administrator of the node is not sent away by one who could not have made him one.
    const above = (await standingRoles(db ?? ctx.db, officer.id, ctx.now)).filter((role): role is Role => role === 'agency-admin' || role === 'national-admin')
    if (above.some((role) => !mayGive(ctx, role, ctx.node.config.code))) throw errors.GRANT_NOT_ALLOWED()
  }
}
