import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { checkItems, type ItemInput } from './check-items.ts'
import { nameOfActor, type DecisionItem } from './decision.ts'
import { deleteItem, findItem, saveItems } from './decision.store.ts'
import { diffContent, type FieldChange } from './diff-content.ts'
import { keyOf, openDecision } from './open-decision.ts'

export interface SaveItem extends ItemInput {
  decisionId: string
  /** Revision on which the typed content is based; 0 for a new entry. */
  revision: number
}

/** Somebody saved in between: `stored` is what stands now, `changes` leads from it to what was typed. Nothing was written. */
export interface SaveConflict { stored: DecisionItem; changes: FieldChange[] }
export type Saved = { revision: number } | { errors: FieldError[] } | { conflict: SaveConflict }

/**
 * Saves one entry of a draft. A save says on which revision it is based: of two editors the second learns what changed, and nothing is
 * overwritten. @throws NOT_AUTHOR, DECISION_NOT_FOUND, NOT_ISSUER, DECISION_NOT_IN_STATE
 */
export async function saveDecisionItem(ctx: Ctx, input: SaveItem): Promise<Saved> {
  return transact(ctx, async (tx) => {
    const decision = await openDecision(tx, ctx, input.decisionId, ['draft'])
    const stored = await findItem(tx, decision.id, input.code)
    if (stored && stored.revision !== input.revision) return { conflict: { stored, changes: diffContent(stored.content, input.content ?? null) } }
    const { items, errors: mistakes } = await checkItems(tx, decision, [input])
    if (mistakes.length > 0) return { errors: mistakes }
    await saveItems(tx, items.map((i) => ({ ...i, decisionId: decision.id, ...editor(ctx) })))
    const revision = (stored?.revision ?? 0) + 1
    await appendEvent(tx, ctx, { type: 'catalogue.decision_item_saved', subject: decision.id, data: { code: input.code, action: input.action, revision } })
    return { revision }
  })
}

/** Saves many entries at once, in the caller's transaction: a whole decision from a file. All or, with mistakes, none. */
export async function saveDecisionItems(tx: Tx, ctx: Ctx, decisionId: string, inputs: readonly ItemInput[]): Promise<FieldError[]> {
  const decision = await openDecision(tx, ctx, decisionId, ['draft'])
  const { items, errors: mistakes } = await checkItems(tx, decision, inputs)
  if (mistakes.length > 0) return mistakes
  await saveItems(tx, items.map((i) => ({ ...i, decisionId, ...editor(ctx) })))
  await appendEvent(tx, ctx, { type: 'catalogue.decision_items_saved', subject: decisionId, data: { items: items.length } })
  return []
}

/** Takes an entry out of a draft. @throws ITEM_NOT_FOUND and as saveDecisionItem */
export async function removeDecisionItem(ctx: Ctx, input: { decisionId: string; code: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const decision = await openDecision(tx, ctx, input.decisionId, ['draft'])
    if (!(await deleteItem(tx, decision.id, input.code))) throw errors.ITEM_NOT_FOUND({ code: input.code })
    await appendEvent(tx, ctx, { type: 'catalogue.decision_item_removed', subject: decision.id, data: { code: input.code } })
  })
}

const editor = (ctx: Ctx) => ({ editedBy: keyOf(ctx), editedName: nameOfActor(ctx.actor), editedAt: ctx.now })
