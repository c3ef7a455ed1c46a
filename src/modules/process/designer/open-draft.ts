import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { errors } from '../process.errors.ts'
import { lockProcessDraft, type ProcessDraft } from './draft.store.ts'

/** @throws DRAFT_NOT_FOUND, DRAFT_NOT_IN_STATE */
export async function openDraft(tx: Tx, ctx: Ctx, key: string, state: ProcessDraft['state']): Promise<ProcessDraft> {
  const draft = await lockProcessDraft(tx, key)
  if (!draft) throw errors.DRAFT_NOT_FOUND()
  if (draft.state !== state) throw errors.DRAFT_NOT_IN_STATE({ state: ctx.t(`process.designer.state.${draft.state}`) })
  return draft
}

/** As openDraft, where the officer saw this revision and nobody has changed it since. @throws DRAFT_CHANGED */
export async function openSeenDraft(tx: Tx, ctx: Ctx, key: string, state: ProcessDraft['state'], revision: number): Promise<ProcessDraft> {
  const draft = await openDraft(tx, ctx, key, state)
  if (draft.revision !== revision) throw errors.DRAFT_CHANGED({ name: draft.editedName, at: formatDateTime(draft.editedAt) })
  return draft
}

export const editorOf = ({ actor, now }: Ctx): Pick<ProcessDraft, 'editedBy' | 'editedName' | 'editedAt'> => ({ editedBy: actorKey(actor), editedName: actor.kind === 'officer' ? actor.name : '', editedAt: now })
/** What the ledger keeps of a draft. */
export const draftFacts = ({ key, baseVersion, revision }: Pick<ProcessDraft, 'key' | 'baseVersion' | 'revision'>) => ({ key, baseVersion, revision })
