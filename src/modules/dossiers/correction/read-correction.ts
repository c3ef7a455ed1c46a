import type { Ctx } from '../../../platform/ctx.ts'
import { actorKey } from '../../../platform/actor.ts'
import type { Form } from '../../forms/index.ts'
import { isHeadOf } from '../../identity/index.ts'
import type { Dossier } from '../dossier.ts'
import type { Content } from '../dossiers.store.ts'
import { draftFieldsOf } from '../papers/draft-fields.ts'
import type { ProcedureVersion } from '../../catalogue/index.ts'
import { correctableAnswers } from './correctable-answers.ts'
import { findOpenCorrection } from './correction.store.ts'
import type { CorrectionView } from './pages/correction-forms.tsx'
import { isCorrectable } from './propose-correction.ts'
import { findResultInForce } from './result-in-force.ts'

/** What can be corrected on the result of a dossier, and what waits to be signed; undefined where no result was issued. */
export async function readCorrection(ctx: Ctx, view: { dossier: Dossier; content: Content; form: Form | undefined; procedure: ProcedureVersion; isProofStale: boolean }): Promise<CorrectionView | undefined> {
  const { dossier, content, form } = view
  const { actor } = ctx
  if (!isCorrectable(dossier) || !form || actor.kind !== 'officer' || !actor.permissions.has('dossiers.handle') || !(await findResultInForce(ctx.db, dossier.id))) return undefined
  const open = await findOpenCorrection(ctx.db, dossier.id)
  return {
    open, answers: correctableAnswers(form, content.answers, ctx.lang), draftFields: draftFieldsOf({ procedure: view.procedure, content, now: ctx.now }), isProofStale: view.isProofStale,
    maySign: open !== undefined && open.proposedBy !== actorKey(actor) && actor.agencyCode === dossier.agencyCode && isHeadOf(ctx, { agencyCode: dossier.agencyCode, unitId: null }),
  }
}
