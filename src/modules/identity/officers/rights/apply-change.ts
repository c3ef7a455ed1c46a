import type { Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { endOfficerSessions } from '../../access/session.store.ts'
import { bindCertificate } from '../../certificates/bind-certificate.ts'
import { errors } from '../../identity.errors.ts'
import { issueActivation } from '../accounts/issue-activation.ts'
import { findOfficer, keepNote, lockOfficerRow } from '../officer.store.ts'
import { endSubstitutionsOf } from '../substitutes/end-substitution.ts'
import { grantRole, revokeAll, revokeGrant } from './grant-role.ts'
import { assertMayChange, type RightChange } from './right-change.ts'

/** Makes a change, in the transaction of who decided on it; effect at the officer's next request. @throws as assertMayChange */
export async function applyChange(tx: Tx, ctx: Ctx, change: RightChange, reason: string): Promise<void> {
  await lockOfficerRow(tx, change.officerId)
  await assertMayChange(ctx, change, tx)
  await keepNote(tx, change.officerId, ctx.now, change.kind, reason)
  switch (change.kind) {
    case 'grant': return void await grantRole(tx, ctx, { ...change.grant, officerId: change.officerId })
    case 'withdraw': return void await revokeGrant(tx, ctx, change.grantId)
    case 'reset-second-factor': return resetSecondFactor(tx, ctx, change.officerId)
    case 'move': return moveOfficer(tx, ctx, change)
    case 'leave': return retireOfficer(tx, ctx, change.officerId)
    case 'bind-certificate': return void await bindCertificate(tx, ctx, { officerId: change.officerId, pem: change.pem })
  }
}

/** The old generator counts no more from this moment; the password stays, and is asked for when the new one is set up. */
async function resetSecondFactor(tx: Tx, ctx: Ctx, officerId: string): Promise<void> {
  const sessions = await endOfficerSessions(tx, officerId, ctx.now)
  await appendEvent(tx, ctx, { type: 'identity.second_factor_reset', subject: officerId, data: { sessions } })
  await issueActivation(tx, ctx, officerId, 'second-factor')
}

/** Điều chuyển: all rights go, whatever they were; the new agency gives its own. Open tasks go back to the pool of their role by the event. */
async function moveOfficer(tx: Tx, ctx: Ctx, change: RightChange & { kind: 'move' }): Promise<void> {
  const before = (await findOfficer(tx, change.officerId))!
  if (before.agencyCode === change.agencyCode && before.unitId === change.unitId) throw errors.WRONG_OFFICER_STATE()
  const ended = await endEverything(tx, ctx, change.officerId)
  await tx`UPDATE identity.officer SET agency_code = ${change.agencyCode}, unit_id = ${change.unitId} WHERE id = ${change.officerId}`
  await appendEvent(tx, ctx, { type: 'identity.officer_moved', subject: change.officerId, data: { from: before.agencyCode, fromUnit: before.unitId, to: change.agencyCode, toUnit: change.unitId, ...ended } })
}

/** Thôi việc, nghỉ hưu: the account is closed for good; its name stays on what was done. */
async function retireOfficer(tx: Tx, ctx: Ctx, officerId: string): Promise<void> {
  const ended = await endEverything(tx, ctx, officerId)
  await tx`UPDATE identity.officer SET state = 'left', state_since = ${ctx.now}, state_reason = NULL, password_hash = NULL, totp_secret = NULL WHERE id = ${officerId}`
  await tx`UPDATE identity.officer_activation SET closed_at = ${ctx.now} WHERE officer_id = ${officerId} AND closed_at IS NULL`
  await appendEvent(tx, ctx, { type: 'identity.officer_left', subject: officerId, data: ended })
}

async function endEverything(tx: Tx, ctx: Ctx, officerId: string): Promise<{ grants: number; sessions: number; substitutions: number }> {
  const grants = await revokeAll(tx, ctx, officerId)
  const substitutions = await endSubstitutionsOf(tx, ctx, officerId)
  const sessions = await endOfficerSessions(tx, officerId, ctx.now)
  return { grants, sessions, substitutions }
}
