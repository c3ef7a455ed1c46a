import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import { componentsByTable, decide, findDecision, hasTable, limitByTable, type ByTable, type DecisionInputs } from '../decisions/index.ts'
import { findForm, visibleAnswers } from '../forms/index.ts'
import type { Dossier } from './dossier.ts'
import { findContent } from './dossiers.store.ts'

type Purpose = 'routing' | 'time-limit' | 'components'

/** Takes a decision about a dossier by the table that was looked at before, and keeps it with the dossier. */
export async function recordTableDecision(tx: Tx, ctx: Ctx, dossierId: string, purpose: Purpose, by: ByTable<unknown>, at: Date): Promise<void> {
  const { id } = await decide(tx, ctx, by.key, by.inputs, at)
  await tx`INSERT INTO dossiers.table_decision (dossier_id, purpose, decision_id) VALUES (${dossierId}, ${purpose}, ${id}) ON CONFLICT (dossier_id, purpose) DO UPDATE SET decision_id = excluded.decision_id`
}

/**
 * What tables of the day of filing say of a dossier at its reception, recorded: which components it needs, and its limit. Undefined where no table says a limit, or
 * the answers do not say enough: then the published one holds.
 */
export async function decideAtReception(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<number | undefined> {
  const [hasLimits, hasComponents] = [await hasTable(tx, 'time-limit', dossier.procedureCode), await hasTable(tx, 'components', dossier.procedureCode)]
  const content = hasLimits || hasComponents ? await findContent(tx, dossier.id) : undefined
  const form = content && (await findForm(tx, content.formKey, content.formVersion))
  if (!form) return undefined
  const asked = { procedure: dossier.procedureCode, answers: visibleAnswers(form, content.answers) as DecisionInputs, at: dossier.submittedAt }
  const [limit, components] = [await limitByTable(tx, ctx, asked), await componentsByTable(tx, ctx, asked)]
  if (components) await recordTableDecision(tx, ctx, dossier.id, 'components', components, dossier.submittedAt)
  if (limit) await recordTableDecision(tx, ctx, dossier.id, 'time-limit', limit, dossier.submittedAt)
  return limit?.answer
}

/** By which table something was decided about a dossier, with its title and ground. */
export async function tableDecisionOf(db: Db, dossierId: string, purpose: Purpose): Promise<Awaited<ReturnType<typeof findDecision>>> {
  const [row] = await db<{ id: string }[]>`SELECT decision_id AS id FROM dossiers.table_decision WHERE dossier_id = ${dossierId} AND purpose = ${purpose}`
  return row && (await findDecision(db, row.id))
}
