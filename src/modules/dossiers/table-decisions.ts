import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { decide, findDecision, hasTable, limitByTable, type ByTable, type DecisionInputs } from '../decisions/index.ts'
import { findForm, visibleAnswers } from '../forms/index.ts'
import type { Dossier } from './dossier.ts'
import { findContent } from './dossiers.store.ts'

type Purpose = 'routing' | 'time-limit'

/** Takes a decision about a dossier by the table that was looked at before, and keeps it with the dossier. */
export async function recordTableDecision(tx: Tx, ctx: Ctx, dossierId: string, purpose: Purpose, by: ByTable<unknown>, at: Date): Promise<void> {
  const { id } = await decide(tx, ctx, by.key, by.inputs, at)
  await tx`INSERT INTO dossiers.table_decision (dossier_id, purpose, decision_id) VALUES (${dossierId}, ${purpose}, ${id}) ON CONFLICT (dossier_id, purpose) DO UPDATE SET decision_id = excluded.decision_id`
}

/** The limit by the procedure's decision table of the day of filing, recorded; undefined where it has none or the answers do not say enough: then the published one holds. */
export async function decideLimit(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<number | undefined> {
  if (!(await hasTable(tx, 'time-limit', dossier.procedureCode))) return undefined
  const content = await findContent(tx, dossier.id)
  const form = content && (await findForm(tx, content.formKey, content.formVersion))
  const by = form && (await limitByTable(tx, ctx, { procedure: dossier.procedureCode, answers: visibleAnswers(form, content.answers) as DecisionInputs, at: dossier.submittedAt }))
  if (by) await recordTableDecision(tx, ctx, dossier.id, 'time-limit', by, dossier.submittedAt)
  return by?.answer
}

/** By which table something was decided about a dossier, with its title and ground. */
export async function tableDecisionOf(db: Db, dossierId: string, purpose: Purpose): Promise<Awaited<ReturnType<typeof findDecision>>> {
  const [row] = await db<{ id: string }[]>`SELECT decision_id AS id FROM dossiers.table_decision WHERE dossier_id = ${dossierId} AND purpose = ${purpose}`
  return row && (await findDecision(db, row.id))
}
