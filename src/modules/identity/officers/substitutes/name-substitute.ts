import { coversAgency, scopesOf, type RoleScope } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { newId } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { isSubstitutable } from '../../roles.ts'
import { findOfficer, lockOfficerRow, type Officer } from '../officer.store.ts'
import { grantsOf, grantState } from '../rights/grant.store.ts'
import { substituteScopes } from './substitute-scopes.ts'
import { overlapping } from './substitution.store.ts'

export interface SubstituteInput {
  officerId: string
  substituteId: string
  /** First and last day, 'YYYY-MM-DD'; empty where what was typed is no day. */
  from: string | undefined
  until: string | undefined
  reason: string
}

const longestDays = 365

/** Whose substitutes an actor names: his own; as leader those of the agency, as head of a unit those of the unit. */
export async function mayNameFor(ctx: Ctx, officerId: string): Promise<boolean> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return false
  if (actor.id === officerId) return true
  const officer = await findOfficer(ctx.db, officerId)
  return officer !== undefined && isHeadOf(ctx, officer)
}

export function isHeadOf(ctx: Ctx, officer: Pick<Officer, 'agencyCode' | 'unitId'>): boolean {
  const { actor } = ctx
  if (actor.kind !== 'officer') return false
  return scopesOf(actor).some((s) => s.inPlaceOf === undefined && (
    (s.role === 'leader' && s.unitId === null && coversAgency(s.agencyCode, officer.agencyCode)) ||
    // A head whose right names no unit heads the one in which he works.
    (s.role === 'unit-head' && s.agencyCode === officer.agencyCode && officer.unitId !== null && officer.unitId === (s.unitId ?? actor.unitId))))
}

/** The roles of an officer for dossiers, as they stand or will stand in the period. */
export async function deskScopes(db: Db, officerId: string, at: Date): Promise<RoleScope[]> {
  return (await grantsOf(db, officerId)).filter((g) => isSubstitutable(g.role) && grantState(g, at) === 'current')
    .map(({ role, agencyCode, unitId, sectorCode, procedureCode }) => ({ role, agencyCode, unitId, sectorCode, procedureCode }))
}

/**
 * An officer, or who heads him, names a substitute for some days: the substitute sees and does the other's tasks, marked as done in his place, as
 * far as both reach. It ends by itself. Returns what is wrong, or nothing. @throws OFFICER_NOT_FOUND for whom the actor may not name one
 */
export async function nameSubstitute(ctx: Ctx, input: SubstituteInput): Promise<FieldError[]> {
  if (!(await mayNameFor(ctx, input.officerId)) || ctx.actor.kind !== 'officer') throw errors.OFFICER_NOT_FOUND()
  const by = ctx.actor.id
  const today = civilDate(ctx.now)
  const mistakes: FieldError[] = []
  const wrong = (field: string, what: string, params?: Record<string, string | number>): void => void mistakes.push({ field, key: `identity.officers.substitute.${what}`, ...(params ? { params } : {}) })
  const { from, until } = input
  if (!from || from < today) wrong('from', 'fromWrong')
  if (!until || (from && until < from)) wrong('until', 'untilWrong')
  else if (from && daysBetween(from, until) > longestDays) wrong('until', 'tooLong', { max: longestDays })
  if (!input.reason) wrong('reason', 'reasonMissing')
  const substitute = await findOfficer(ctx.db, input.substituteId)
  if (!substitute || substitute.state !== 'active' || substitute.id === input.officerId) wrong('substitute', 'whoMissing')
  if (mistakes.length > 0 || !substitute || !from || !until) return mistakes
  const [theirs, own] = await Promise.all([deskScopes(ctx.db, input.officerId, ctx.now), deskScopes(ctx.db, substitute.id, ctx.now)])
  if (substituteScopes(own, theirs, input.officerId).length === 0) return [{ field: 'substitute', key: 'identity.officers.substitute.noCommonScope' }]
  return transact(ctx, async (tx) => {
    for (const id of [input.officerId, substitute.id].sort()) await lockOfficerRow(tx, id)
    const to = nextDay(until)
    const clash = await overlapping(tx, { officerId: input.officerId, substituteId: substitute.id }, { from, to })
    if (clash) return [{ field: 'substitute', key: `identity.officers.substitute.clash.${clash}` }]
    const id = newId(ctx.now.getTime())
    await tx`
      INSERT INTO identity.substitution (id, officer_id, substitute_id, valid_from, valid_to, reason, named_at, named_by)
      VALUES (${id}, ${input.officerId}, ${substitute.id}, ${from}, ${to}, ${input.reason}, ${ctx.now}, ${by})`
    await appendEvent(tx, ctx, { type: 'identity.substitute_named', subject: input.officerId, data: { substitutionId: id, substituteId: substitute.id, from, to } })
    return []
  })
}

const daysBetween = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / 86_400_000
export const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
export const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
