import type { Req } from '../../../../platform/http/route.ts'
import { errors } from '../../process.errors.ts'
import { findProcessDraft, type ProcessDraft } from '../draft.store.ts'

/** @throws DRAFT_NOT_FOUND */
export async function readProcessDraft({ ctx, params }: Req): Promise<ProcessDraft> {
  const draft = await findProcessDraft(ctx.db, params.key!)
  if (!draft) throw errors.DRAFT_NOT_FOUND()
  return draft
}

/** The revision that the officer saw: a hidden value of every form of the draft. */
export const seenRevision = (req: Req): number => Number(req.form.get('revision')) || 0
