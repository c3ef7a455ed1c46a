import type { Person } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { FieldError } from '../../platform/errors.ts'
import { getProcedureVersion } from '../catalogue/index.ts'
import { loadUnits, placeOf, summaryOf, validateAnswers, visibleAnswers, type Form } from '../forms/index.ts'
import { applicantOf, attachedFiles } from './answers-of.ts'
import type { ReturnWay } from './dossier.ts'
import { errors } from './dossiers.errors.ts'
import { markSubmitted, type Draft } from './drafts.store.ts'
import { submitDossier } from './submit-dossier.ts'

/**
 * Submits a draft after one more whole check. Pressing twice, in two tabs or after a lost answer, leads to the same dossier:
 * the draft's id is the filing key. Mistakes come back as a list, each with its field.
 */
export async function submitDraft(ctx: Ctx, person: Person, draft: Draft, form: Form, input: { returnWay: ReturnWay }): Promise<{ dossierId: string } | { errors: FieldError[] }> {
  if (draft.dossierId) return { dossierId: draft.dossierId }
  const procedure = await getProcedureVersion(ctx.db, draft.procedureCode, draft.procedureVersion)
  if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: draft.procedureCode })
  const units = await loadUnits(ctx.db, ctx.now, form)
  const answers = visibleAnswers(form, draft.answers)
  const mistakes = validateAnswers(form, answers, { now: ctx.now, units })
  if (mistakes.length > 0) return { errors: mistakes }
  const { id } = await submitDossier(ctx, {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers, summary: { vi: summaryOf(form, answers, 'vi', { units }), en: summaryOf(form, answers, 'en', { units }) },
    applicant: applicantOf(form, answers, units, (person.actingFor ?? person).name), files: attachedFiles(answers, ctx.now), placeCode: placeOf(form, answers) ?? null, returnWay: input.returnWay, channel: 'online', filingKey: `draft:${draft.id}`,
  })
  await markSubmitted(ctx.db, draft.id, id)
  return { dossierId: id }
}
