import type { Ctx } from '../../platform/ctx.ts'
import type { FieldError } from '../../platform/errors.ts'
import { getProcedureVersion } from '../catalogue/index.ts'
import { loadUnits, placeOf, summaryOf, validateAnswers, visibleAnswers, type Form, type Units } from '../forms/index.ts'
import { attachedFiles } from './answers-of.ts'
import { errors } from './dossiers.errors.ts'
import type { Draft } from './drafts.store.ts'
import type { Submission } from './submit-dossier.ts'

/** What a draft says as a filing, whoever files it and for whom. */
export type DraftFiling = Pick<Submission, 'procedure' | 'form' | 'answers' | 'summary' | 'files' | 'placeCode' | 'filingKey'>

/** One more whole check of a draft before it is filed: its mistakes, or what is to be filed under the draft's own key. @throws PROCEDURE_NOT_FOUND */
export async function checkDraft(ctx: Ctx, draft: Draft, form: Form): Promise<{ errors: FieldError[] } | { filing: DraftFiling; units: Units }> {
  const procedure = await getProcedureVersion(ctx.db, draft.procedureCode, draft.procedureVersion)
  if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: draft.procedureCode })
  const units = await loadUnits(ctx.db, ctx.now, form)
  const answers = visibleAnswers(form, draft.answers)
  const mistakes = validateAnswers(form, answers, { now: ctx.now, units })
  if (mistakes.length > 0) return { errors: mistakes }
  return { units, filing: {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers, summary: { vi: summaryOf(form, answers, 'vi', { units }), en: summaryOf(form, answers, 'en', { units }) },
    files: attachedFiles(answers, ctx.now), placeCode: placeOf(form, answers) ?? null, filingKey: `draft:${draft.id}`,
  } }
}
