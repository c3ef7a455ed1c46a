import type { Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import { feeByTable, type ByTable, type DecisionInputs } from '../../decisions/index.ts'
import { findForm, visibleAnswers, type Answers, type Form } from '../../forms/index.ts'
import type { Dossier } from '../dossier.ts'
import { findContent } from '../dossiers.store.ts'

/** The fee in đồng for what was answered, by the procedure's decision table of that day; undefined where it has none or too little is known. */
export function feeOfAnswers(db: Db, ctx: Ctx, input: { procedureCode: string; form: Form; answers: Answers; at: Date }): Promise<ByTable<number> | undefined> {
  return feeByTable(db, ctx, { procedure: input.procedureCode, answers: visibleAnswers(input.form, input.answers) as DecisionInputs, at: input.at })
}

/** The same for a dossier, as the law stood on the day of its filing. */
export async function feeOfDossier(db: Db, ctx: Ctx, dossier: Dossier): Promise<ByTable<number> | undefined> {
  const content = await findContent(db, dossier.id)
  const form = content && (await findForm(db, content.formKey, content.formVersion))
  return form && feeOfAnswers(db, ctx, { procedureCode: dossier.procedureCode, form, answers: content.answers, at: dossier.submittedAt })
}
