import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { agencyName, findAgency, findUnit } from '../../organisations/index.ts'
import { loadOverrides, planFor, type PlannedStep } from '../../process/index.ts'
import type { Dossier } from '../dossier.ts'

/** A step as the person reads it: what, in which unit, and by when; never which officer. Times are ISO 8601. */
export interface ProgressStep {
  name: { vi: string; en: string }
  role: string
  unit: { vi: string; en: string }
  state: PlannedStep['state']
  from?: string
  to?: string
  due?: string
}

/** The steps done, at work and still to come; on a mirror as the handling node told them last. Empty before the reception. Inside a transaction it reads through that. */
export async function progressOf(ctx: Ctx, dossier: Dossier, tx?: Tx): Promise<ProgressStep[]> {
  const db = tx ?? ctx.db
  if (dossier.nodeCode !== ctx.node.config.code) return findProgress(db, dossier.id)
  const plan = dossier.receivedAt ? await planFor(db, await loadCalendar(ctx.db, tx), dossier.id, ctx.now, await loadOverrides(ctx.db, tx)) : undefined
  return Promise.all((plan ?? []).map((step) => toProgress(db, ctx.now, dossier, step)))
}

async function toProgress(db: Db, now: Date, dossier: Dossier, step: PlannedStep): Promise<ProgressStep> {
  const [agency, unit] = await Promise.all([findAgency(db, step.agencyCode, now), step.unitId ? findUnit(db, step.unitId) : undefined])
  const office = { vi: agency ? agencyName(agency, 'vi') : step.agencyCode, en: agency ? agencyName(agency, 'en') : step.agencyCode }
  // The date on the slip is the promise: no step is announced for later.
  const due = step.due && step.state === 'ahead' && dossier.dueAt && step.due > dossier.dueAt ? dossier.dueAt : step.due
  return {
    name: step.name, role: step.role, state: step.state,
    unit: unit ? { vi: `${unit.nameVi}, ${office.vi}`, en: `${unit.nameEn}, ${office.en}` } : office,
    ...(step.from ? { from: step.from.toISOString() } : {}), ...(step.to ? { to: step.to.toISOString() } : {}), ...(due ? { due: due.toISOString() } : {}),
  }
}

async function findProgress(db: Db, dossierId: string): Promise<ProgressStep[]> {
  const [row] = await db<{ steps: ProgressStep[] }[]>`SELECT steps FROM dossiers.progress WHERE dossier_id = ${dossierId}`
  return row?.steps ?? []
}

/** An older telling never takes the place of a later one. */
export async function saveProgressOf(tx: Tx, dossierId: string, steps: readonly ProgressStep[], toldAt: Date): Promise<void> {
  await tx`
    INSERT INTO dossiers.progress (dossier_id, steps, told_at) VALUES (${dossierId}, ${tx.json(steps as never)}, ${toldAt})
    ON CONFLICT (dossier_id) DO UPDATE SET steps = excluded.steps, told_at = excluded.told_at WHERE progress.told_at < excluded.told_at`
}
