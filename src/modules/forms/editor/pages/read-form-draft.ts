import type { FieldError } from '../../../../platform/errors.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { isRefusal } from '../../../../platform/errors.ts'
import type { FormUse } from '../../../catalogue/index.ts'
import { isGroup, type Field, type GroupField, type Page } from '../../definition.ts'
import { errors } from '../../forms.errors.ts'
import { findField, findPage } from '../change-definition.ts'
import { changeFormDraft, type Change } from '../change-form-draft.ts'
import type { FormDraft } from '../draft.ts'
import { findFormDraft } from '../draft.store.ts'
import { requireOwnForm } from '../form-owner.ts'

/** The draft of the form in the address, for officers of the office that answers for it. @throws FORM_NOT_OWN, DRAFT_NOT_FOUND */
export async function readFormDraft(req: Req): Promise<{ draft: FormDraft; uses: FormUse[] }> {
  const uses = await requireOwnForm(req.ctx.db, req.ctx, req.params.form!)
  const draft = await findFormDraft(req.ctx.db, req.params.form!)
  if (!draft) throw errors.DRAFT_NOT_FOUND()
  return { draft, uses }
}

/** @throws NOT_FOUND */
export async function readDraftPage(req: Req): Promise<{ draft: FormDraft; page: Page }> {
  const { draft } = await readFormDraft(req)
  const page = findPage(draft.definition, req.params.page!)
  if (!page) throw errors.PART_NOT_FOUND()
  return { draft, page }
}

/** @throws NOT_FOUND */
export async function readDraftField(req: Req): Promise<{ draft: FormDraft; page: Page; field: Field; group: GroupField | undefined }> {
  const { draft, page } = await readDraftPage(req)
  const name = req.params.name!
  const field = findField(page, name)
  if (!field) throw errors.PART_NOT_FOUND()
  const whole = name.includes('.') ? page.fields.find((f) => f.id === name.split('.')[0]) : undefined
  return { draft, page, field, group: whole && isGroup(whole) ? whole : undefined }
}

/** The revision that the officer saw: a hidden value of every form of the editor. */
export const seenRevision = (req: Req): number => Number(req.form.get('revision')) || 0

/** Makes one change. When somebody else was faster, what was typed is shown again above what stands there now: then `conflict` says who. */
export async function makeChange(req: Req, change: Change): Promise<{ errors: FieldError[]; conflict?: string }> {
  try {
    return { errors: await changeFormDraft(req.ctx, req.params.form!, seenRevision(req), change) }
  } catch (error) {
    if (!isRefusal(error, 'DRAFT_CHANGED')) throw error
    return { errors: [], conflict: req.ctx.t(error.key, error.params) }
  }
}
