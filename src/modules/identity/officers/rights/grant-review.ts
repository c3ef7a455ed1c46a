import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { accessRule } from '../../access/access-rule.ts'
import type { Grant } from './grant.store.ts'
import { administeredAgencies, covers } from './administration.ts'

export type ReviewedGrant = Pick<Grant, 'id' | 'officerId' | 'role' | 'agencyCode' | 'unitId' | 'sectorCode' | 'procedureCode' | 'validTo'> & { officerName: string; officerAgency: string; lastLogInAt: Date | null; reviewedAt: Date | null }

/** The month in which the review that runs on a day began, 'YYYY-MM': January and July where the rule says every six months. */
export function reviewPeriod(now: Date, months: number): string {
  const [year, month] = civilDate(now).split('-') as [string, string]
  return `${year}-${String(Math.floor((Number(month) - 1) / months) * months + 1).padStart(2, '0')}`
}

export async function currentReview(ctx: Ctx): Promise<string> {
  return reviewPeriod(ctx.now, (await accessRule(ctx.db, 'administrator', ctx.now)).reviewMonths)
}

/** Grants that the actor is to look through; those not confirmed yet stand first. His own are for another to confirm. */
export async function grantsToReview(ctx: Ctx, db: Db, period: string): Promise<ReviewedGrant[]> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return []
  const rows = await db<ReviewedGrant[]>`
    SELECT g.id, g.officer_id AS "officerId", g.role, g.agency_code AS "agencyCode", g.unit_id AS "unitId", g.sector_code AS "sectorCode", g.procedure_code AS "procedureCode", g.valid_to::text AS "validTo",
      o.name AS "officerName", o.agency_code AS "officerAgency", o.last_log_in_at AS "lastLogInAt", r.reviewed_at AS "reviewedAt"
    FROM identity.role_grant g JOIN identity.officer o ON o.id = g.officer_id LEFT JOIN identity.grant_review r ON r.grant_id = g.id AND r.period = ${period}
    WHERE g.revoked_at IS NULL AND (g.valid_to IS NULL OR g.valid_to > ${civilDate(ctx.now)}) AND o.state <> 'left' AND o.id <> ${actor.id}
    ORDER BY (r.reviewed_at IS NOT NULL), o.name, o.id, g.role`
  const own = administeredAgencies(ctx)
  return rows.filter((row) => own.some((code) => covers(ctx.node, code, row.officerAgency)))
}

/** An administrator confirms that grants are still needed; what is not is withdrawn instead. Ids outside his reach are passed over. Returns how many. */
export async function confirmGrants(ctx: Ctx, grantIds: readonly string[]): Promise<number> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return 0
  const period = await currentReview(ctx)
  return transact(ctx, async (tx) => {
    const open = (await grantsToReview(ctx, tx, period)).filter((g) => g.reviewedAt === null && grantIds.includes(g.id))
    for (const grant of open) await tx`INSERT INTO identity.grant_review (grant_id, period, reviewed_at, reviewed_by) VALUES (${grant.id}, ${period}, ${ctx.now}, ${actor.id}) ON CONFLICT DO NOTHING`
    for (const [officerId, grants] of Map.groupBy(open, (g) => g.officerId)) await appendEvent(tx, ctx, { type: 'identity.grants_confirmed', subject: officerId, data: { period, grantIds: grants.map((g) => g.id) } })
    return open.length
  })
}
