import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { getForm, loadUnits, validateAnswers, withValue } from '../../forms/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { allowedActions } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findContent, findDossier, lockDossier } from '../dossiers.store.ts'
import { draftResult } from '../papers/build-result.ts'
import { correctableAnswers, readCorrected } from './correctable-answers.ts'
import { insertCorrection } from './correction.store.ts'
import { findResultInForce } from './result-in-force.ts'

export const isCorrectable = ({ state }: Pick<Dossier, 'state'>): boolean => state === 'finished' || state === 'returned'
const longestReason = 1000

export interface CorrectionInput { dossierId: string; field: string; value: string; reason: string; /** Boxes of the drafting step. */ draftFields: Readonly<Record<string, string | string[]>> }

/**
 * Proposes a corrected result where one that was issued has a mistake: one answer is put right and checked as at filing, the paper drafted anew. What the applicant declared
 * stays as it was. A second proposal takes the place of an unsigned first. Returns what is wrong with the input. @throws NOT_FOUND, NOT_IN_STATE, RESULT_MISSING
 */
export async function proposeCorrection(ctx: Ctx, input: CorrectionInput): Promise<FieldError[]> {
  const seen = await findDossier(ctx.db, input.dossierId)
  const content = seen && await findContent(ctx.db, seen.id)
  if (!seen || !content) throw errors.NOT_FOUND()
  const form = await getForm(ctx.db, content.formKey, content.formVersion)
  const units = await loadUnits(ctx.db, ctx.now, form)
  const answer = correctableAnswers(form, content.answers, 'vi').find((one) => one.ref === input.field)
  const value = answer ? readCorrected(answer, input.value.trim()) : ''
  const reason = input.reason.trim()
  const answers = answer ? withValue(content.answers, answer.ref, value) : content.answers
  const isRefused = value === '' || (answer && validateAnswers(form, answers, { now: seen.submittedAt, units }).some((m) => m.field.replace('-', '.') === answer.ref))
  const wrong: FieldError[] = [
    ...(answer ? [] : [{ field: 'field', key: 'dossiers.correction.fieldMissing' }]),
    ...(isRefused ? [{ field: 'corrected', key: 'dossiers.correction.valueWrong' }] : value === answer?.value ? [{ field: 'corrected', key: 'dossiers.correction.same' }] : []),
    ...(reason === '' ? [{ field: 'correctionReason', key: 'dossiers.desk.reasonMissing' }] : [...reason].length > longestReason ? [{ field: 'correctionReason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }] : []),
  ]
  if (wrong.length > 0 || !answer) return wrong
  const draft = await draftResult(ctx, seen, input.draftFields, answers)
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    if (!isCorrectable(dossier)) throw errors.NOT_IN_STATE({ state: dossier.state, action: 'correct', allowed: allowedActions(dossier.state).join(', ') })
    if (!(await findResultInForce(tx, dossier.id))) throw errors.RESULT_MISSING()
    const id = newId(ctx.now.getTime())
    await insertCorrection(tx, { id, dossierId: dossier.id, field: answer.ref, reason, proposedAt: ctx.now, proposedBy: actorKey(ctx.actor), ...draft })
    await appendEvent(tx, ctx, { type: 'correction.proposed', subject: dossier.id, data: { correctionId: id, field: answer.ref } })
  })
  return []
}
