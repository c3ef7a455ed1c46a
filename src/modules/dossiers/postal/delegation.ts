import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { listOfficers } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../dossiers.errors.ts'
import { endDelegation as markEnded, findDelegation, insertDelegation, isDelegated, type PostalAct } from './postal.store.ts'

export const postalActs: readonly PostalAct[] = ['receive', 'return']
const longestBasis = 300

export interface DelegationInput { officerId: string; acts: readonly string[]; from: string | undefined; to: string | undefined; basis: string }

/**
 * The leader of an agency lets a member of the postal staff work at its desk ("ủy quyền cho nhân viên bưu chính công ích"): receive, return, or both, between two days.
 * Never a right to decide. Returns what is wrong with the input. @throws NOT_FOUND for who is no officer
 */
export async function giveDelegation(ctx: Ctx, input: DelegationInput): Promise<FieldError[]> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw errors.NOT_FOUND()
  const acts = postalActs.filter((act) => input.acts.includes(act))
  const basis = input.basis.trim()
  const isOurs = (await listOfficers(ctx.db, { agencyCode: actor.agencyCode, role: 'postal-staff' })).some((o) => o.id === input.officerId && o.agencyCode === actor.agencyCode)
  const wrong: FieldError[] = [
    ...(isOurs ? [] : [{ field: 'officer', key: 'dossiers.postal.officerMissing' }]),
    ...(acts.length > 0 ? [] : [{ field: 'acts', key: 'dossiers.postal.actsMissing' }]),
    ...(input.from ? [] : [{ field: 'from', key: 'dossiers.postal.dayMissing' }]),
    ...(!input.to ? [{ field: 'to', key: 'dossiers.postal.dayMissing' }] : input.to < civilDate(ctx.now) || (input.from && input.to < input.from) ? [{ field: 'to', key: 'dossiers.postal.dayEarlier' }] : []),
    ...(basis === '' ? [{ field: 'basis', key: 'dossiers.postal.basisMissing' }] : [...basis].length > longestBasis ? [{ field: 'basis', key: 'dossiers.desk.reasonTooLong', params: { max: longestBasis } }] : []),
  ]
  if (wrong.length > 0) return wrong
  await transact(ctx, async (tx) => {
    const delegation = { id: newId(ctx.now.getTime()), agencyCode: actor.agencyCode, officerId: input.officerId, acts: [...acts], validFrom: input.from!, validTo: input.to!, basis }
    await insertDelegation(tx, { ...delegation, by: actorKey(actor), at: ctx.now })
    await appendEvent(tx, ctx, { type: 'postal.delegated', subject: delegation.id, data: { agency: delegation.agencyCode, officer: delegation.officerId, acts, from: delegation.validFrom, to: delegation.validTo } })
  })
  return []
}

/** From now on it holds no longer. @throws NOT_FOUND for another agency's, or one that has ended */
export async function endDelegation(ctx: Ctx, id: string): Promise<void> {
  const { actor } = ctx
  await transact(ctx, async (tx) => {
    const delegation = await findDelegation(tx, id)
    if (actor.kind !== 'officer' || delegation?.agencyCode !== actor.agencyCode || !(await markEnded(tx, id, actorKey(actor), ctx.now))) throw errors.NOT_FOUND()
    await appendEvent(tx, ctx, { type: 'postal.delegation_ended', subject: id, data: { agency: actor.agencyCode, officer: delegation.officerId } })
  })
}

/** Postal staff act under a delegation of the agency that is in force; whoever receives by his office needs none. */
export async function mayStandIn(ctx: Ctx, act: PostalAct, db: Db = ctx.db): Promise<boolean> {
  const { actor } = ctx
  return actor.kind !== 'officer' || actor.permissions.has('dossiers.receive') || isDelegated(db, actor, act, civilDate(ctx.now))
}

/** @throws NOT_DELEGATED */
export async function assertDelegated(ctx: Ctx, act: PostalAct, db: Db = ctx.db): Promise<void> {
  if (!(await mayStandIn(ctx, act, db))) throw errors.NOT_DELEGATED()
}
