import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import type { Onboarding, OnboardingState } from './onboarding.ts'

const columns = (db: Db) => db`
  id, procedure_code AS "procedureCode", service_code AS "serviceCode", agency_code AS "agencyCode", approval_number AS "approvalNumber", approval_date AS "approvalDate",
  approval_file AS "approvalFile", approval_file_name AS "approvalFileName", state, due_at AS "dueAt", test_dossiers AS "testDossiers", reason, revision,
  proposed_at AS "proposedAt", updated_at AS "updatedAt"`

export async function findOnboarding(db: Db, id: string): Promise<Onboarding | undefined> {
  const [row] = await db<Onboarding[]>`SELECT ${columns(db)} FROM catalogue.onboarding WHERE id = ${id}`
  return row
}

export async function lockOnboarding(tx: Tx, id: string): Promise<Onboarding | undefined> {
  const [row] = await tx<Onboarding[]>`SELECT ${columns(tx)} FROM catalogue.onboarding WHERE id = ${id} FOR UPDATE`
  return row
}

export async function hasOpenOnboarding(tx: Tx, serviceCode: string): Promise<boolean> {
  const rows = await tx`SELECT 1 FROM catalogue.onboarding WHERE service_code = ${serviceCode} AND state IN ('proposed', 'testing', 'reported')`
  return rows.length > 0
}

export async function insertOnboarding(tx: Tx, o: Onboarding): Promise<void> {
  await tx`
    INSERT INTO catalogue.onboarding (id, procedure_code, service_code, agency_code, approval_number, approval_date, approval_file, approval_file_name, state, due_at, proposed_at, updated_at)
    VALUES (${o.id}, ${o.procedureCode}, ${o.serviceCode}, ${o.agencyCode}, ${o.approvalNumber}, ${o.approvalDate}, ${o.approvalFile}, ${o.approvalFileName}, ${o.state}, ${o.dueAt}, ${o.proposedAt}, ${o.updatedAt})`
}

export async function saveOnboarding(tx: Tx, o: Onboarding): Promise<void> {
  await tx`
    UPDATE catalogue.onboarding SET state = ${o.state}, due_at = ${o.dueAt}, test_dossiers = ${o.testDossiers}, reason = ${o.reason}, revision = revision + 1, updated_at = ${o.updatedAt}
    WHERE id = ${o.id}`
}

export interface OnboardingStep { state: OnboardingState; actor: string; at: Date; dueBefore: Date | null; reason: string | null }

export async function insertStep(tx: Tx, ctx: Ctx, id: string, step: { state: OnboardingState; dueBefore: Date | null; reason: string | null }): Promise<void> {
  await tx`INSERT INTO catalogue.onboarding_step (onboarding_id, state, actor, at, due_before, reason) VALUES (${id}, ${step.state}, ${actorKey(ctx.actor)}, ${ctx.now}, ${step.dueBefore}, ${step.reason})`
}

export async function listSteps(db: Db, id: string): Promise<OnboardingStep[]> {
  return await db<OnboardingStep[]>`SELECT state, actor, at, due_before AS "dueBefore", reason FROM catalogue.onboarding_step WHERE onboarding_id = ${id} ORDER BY id`
}

export interface OnboardingFilter { state?: OnboardingState; overdueAt?: Date; agencyCode?: string; limit: number; offset: number }

/** Cases, those with the nearest end of time first. */
export async function listOnboardings(db: Db, f: OnboardingFilter): Promise<{ rows: Onboarding[]; total: number }> {
  const where = db`
    true ${f.state ? db`AND state = ${f.state}` : db``} ${f.overdueAt ? db`AND due_at < ${f.overdueAt}` : db``}
    ${f.agencyCode ? db`AND (agency_code = ${f.agencyCode} OR agency_code LIKE ${`${f.agencyCode}.%`})` : db``}`
  const [rows, [count]] = await Promise.all([
    db<Onboarding[]>`SELECT ${columns(db)} FROM catalogue.onboarding WHERE ${where} ORDER BY due_at NULLS LAST, updated_at DESC LIMIT ${f.limit} OFFSET ${f.offset}`,
    db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.onboarding WHERE ${where}`,
  ])
  return { rows, total: count!.n }
}
