import { actorKey, type Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { errors } from '../forms.errors.ts'
import type { DraftState, FormDraft } from './draft.ts'
import { lockFormDraft } from './draft.store.ts'
import { requireOwnForm } from './form-owner.ts'

/** @throws NOT_AUTHOR, FORM_NOT_OWN, DRAFT_NOT_FOUND, DRAFT_NOT_IN_STATE */
export async function openDraft(tx: Tx, ctx: Ctx, key: string, state: DraftState): Promise<FormDraft> {
  await requireOwnForm(tx, ctx, key)
  const draft = await lockFormDraft(tx, key)
  if (!draft) throw errors.DRAFT_NOT_FOUND()
  if (draft.state !== state) throw errors.DRAFT_NOT_IN_STATE({ state: ctx.t(`forms.editor.state.${draft.state}`) })
  return draft
}

/** As openDraft, where the officer saw this revision and nobody has changed it since. @throws DRAFT_CHANGED */
export async function openSeenDraft(tx: Tx, ctx: Ctx, key: string, state: DraftState, revision: number): Promise<FormDraft> {
  const draft = await openDraft(tx, ctx, key, state)
  if (draft.revision !== revision) throw errors.DRAFT_CHANGED({ name: draft.editedName, at: formatDateTime(draft.editedAt) })
  return draft
}

export const editorOf = (ctx: Ctx): Pick<FormDraft, 'editedBy' | 'editedName' | 'editedAt'> => ({ editedBy: actorKey(ctx.actor), editedName: nameOf(ctx.actor), editedAt: ctx.now })

export const nameOf = (actor: Actor): string => (actor.kind === 'officer' ? actor.name : '')

/** What the ledger keeps of a draft. */
export const draftFacts = ({ key, baseVersion, revision }: Pick<FormDraft, 'key' | 'baseVersion' | 'revision'>) => ({ key, baseVersion, revision })
