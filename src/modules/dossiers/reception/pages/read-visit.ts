import type { Req } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { findForm, type Form } from '../../../forms/index.ts'
import type { OfficerCtx } from '../../../identity/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { findVisitDraft, type Draft } from '../../drafts.store.ts'
import { findVisit, type Visit } from '../reception.store.ts'

/** The context of a request whose route asks for a right that only officers hold. */
export const officerCtx = (req: Req): OfficerCtx => req.ctx as OfficerCtx

/** The open visit in the address, if it is this officer's. @throws VISIT_OVER */
export async function readVisit(req: Req): Promise<Visit> {
  const { db, actor } = officerCtx(req)
  const visit = isId(req.params.id) ? await findVisit(db, req.params.id, actor.id) : undefined
  if (!visit) throw errors.VISIT_OVER()
  return visit
}

export async function readVisitDraft(req: Req): Promise<{ visit: Visit; draft: Draft; form: Form }> {
  const visit = await readVisit(req)
  const draft = isId(req.params.draft) ? await findVisitDraft(req.ctx.db, visit.id, req.params.draft) : undefined
  const form = draft ? await findForm(req.ctx.db, draft.formKey, draft.formVersion) : undefined
  if (!draft || !form) throw errors.NOT_FOUND()
  return { visit, draft, form }
}
