import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import { applicantOf as formApplicant, loadUnits, placeOf, summaryOf, validateAnswers, visibleAnswers, type Form } from '../../forms/index.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { accept } from '../accept-dossier.ts'
import { isUnplaced } from '../competence/competence.store.ts'
import { applicantOf, attachedFiles } from '../answers-of.ts'
import type { ReturnWay } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier, lockDossier } from '../dossiers.store.ts'
import { markSubmitted, type Draft } from '../drafts.store.ts'
import { submitDossier } from '../submit-dossier.ts'
import { receivesFor } from './receives-for.ts'
import type { Visit } from './reception.store.ts'

export interface DeskFiling {
  returnWay: ReturnWay
  /** Filed only: the desk, or the agency that decides, looks at it later. */
  later: boolean
}

/**
 * Files what an officer filled in for the person before him, by the same checks as online, and accepts it at once where this node decides: the slip follows.
 * Help with a filing online ("hỗ trợ nộp trực tuyến") ends with the filing. What another node decides goes there and is accepted there. Pressing twice leads to the
 * same dossier. @throws NOT_RECEIVED_HERE where the procedure binds receipt to another place
 */
export async function fileAtDesk(ctx: OfficerCtx, visit: Visit, draft: Draft, form: Form, input: DeskFiling): Promise<{ dossierId: string } | { errors: FieldError[] }> {
  if (draft.dossierId) return { dossierId: draft.dossierId }
  const procedure = await getProcedureVersion(ctx.db, draft.procedureCode, draft.procedureVersion)
  if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: draft.procedureCode })
  const units = await loadUnits(ctx.db, ctx.now, form)
  const answers = visibleAnswers(form, draft.answers)
  const wrong = validateAnswers(form, answers, { now: ctx.now, units })
  if (wrong.length > 0) return { errors: wrong }
  // The dossier becomes the person's who was looked up: what is declared has to be about the same person.
  if (visit.person?.citizenId && formApplicant(form, answers).citizenId !== visit.person.citizenId) return { errors: [{ field: form.definition.applicant.citizenId, key: 'dossiers.reception.otherPerson' }] }
  const { id } = await submitDossier(ctx, {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers, summary: { vi: summaryOf(form, answers, 'vi', { units }), en: summaryOf(form, answers, 'en', { units }) },
    applicant: applicantOf(form, answers, units, visit.person?.name ?? ''), files: attachedFiles(answers, ctx.now), placeCode: placeOf(form, answers) ?? null, returnWay: input.returnWay, channel: visit.channel, filingKey: `draft:${draft.id}`,
    reception: { visit, receives: (dossier) => visit.channel === 'assisted' ? Promise.resolve(true) : receivesFor(ctx, visit.agencyCode, dossier, procedure.content.filingScope) },
  })
  await markSubmitted(ctx.db, draft.id, id)
  const isDecidedHere = (await findDossier(ctx.db, id))?.nodeCode === ctx.node.config.code && !(await isUnplaced(ctx.db, id))
  if (isDecidedHere && visit.channel !== 'assisted' && !input.later) await acceptFiled(ctx, id)
  return { dossierId: id }
}

/** A second press, or a colleague, may have been faster. */
async function acceptFiled(ctx: OfficerCtx, dossierId: string): Promise<void> {
  const calendar = await loadCalendar(ctx.db)
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, dossierId, ctx.node.config.code)
    if (dossier.state === 'new') await accept(tx, ctx, calendar, dossier, {})
  })
}
