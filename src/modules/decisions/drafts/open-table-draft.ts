import { actorKey, type Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { agenciesInWords, nodeOfAgency } from '../../organisations/index.ts'
import { errors } from '../decisions.errors.ts'
import { lockTableDraft, type TableDraft } from './draft.store.ts'

/** The ministry or province for which an officer writes decision tables; undefined for everybody else. */
export const officeOf = (actor: Actor): string | undefined => (actor.kind === 'officer' ? nodeOfAgency(actor.agencyCode) : undefined)

/** @throws NOT_AUTHOR at a local node, TABLE_NOT_OWN */
export async function requireOwnTable(db: Db, ctx: Ctx, owner: string): Promise<void> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  if (officeOf(ctx.actor) !== owner) throw errors.TABLE_NOT_OWN({ owner: (await agenciesInWords(db, [owner], ctx.lang)).get(owner)! })
}

/** @throws DRAFT_NOT_FOUND, NOT_AUTHOR, TABLE_NOT_OWN, DRAFT_NOT_IN_STATE */
export async function openTableDraft(tx: Tx, ctx: Ctx, key: string, state: TableDraft['state']): Promise<TableDraft> {
  const draft = await lockTableDraft(tx, key)
  if (!draft) throw errors.DRAFT_NOT_FOUND()
  await requireOwnTable(tx, ctx, draft.owner)
  if (draft.state !== state) throw errors.DRAFT_NOT_IN_STATE({ state: ctx.t(`decisions.state.${draft.state}`) })
  return draft
}

/** As openTableDraft, where the officer saw this revision and nobody has changed it since. @throws DRAFT_CHANGED */
export async function openSeenTableDraft(tx: Tx, ctx: Ctx, key: string, state: TableDraft['state'], revision: number): Promise<TableDraft> {
  const draft = await openTableDraft(tx, ctx, key, state)
  if (draft.revision !== revision) throw errors.DRAFT_CHANGED({ name: draft.editedName, at: formatDateTime(draft.editedAt) })
  return draft
}

export const nameOf = (actor: Actor): string => (actor.kind === 'officer' ? actor.name : '')
export const editorOf = (ctx: Ctx): Pick<TableDraft, 'editedBy' | 'editedName' | 'editedAt'> => ({ editedBy: actorKey(ctx.actor), editedName: nameOf(ctx.actor), editedAt: ctx.now })
/** What the ledger keeps of a draft. */
export const draftFacts = ({ key, baseVersion, revision }: Pick<TableDraft, 'key' | 'baseVersion' | 'revision'>) => ({ key, baseVersion, revision })
