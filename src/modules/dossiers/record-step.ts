import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { factsOf, type Dossier } from './dossier.ts'
import { edges, transition, type DossierAction } from './dossier-states.ts'
import { saveProgress } from './dossiers.store.ts'

/**
 * Moves a dossier along one edge of the state table: new state, the changed columns, and the event with the facts as they now are.
 * `by` says in which officer's place it was done, and when he who signed had proved himself. The one way in which a dossier changes on its handling node. @throws NOT_IN_STATE
 */
export async function recordStep(tx: Tx, ctx: Ctx, dossier: Dossier, action: DossierAction, change: Partial<Dossier> = {}, by: { inPlaceOf?: string | undefined; provedAt?: Date } = {}): Promise<Dossier> {
  const saved = await saveProgress(tx, { ...dossier, ...change, state: transition(dossier, action) })
  await appendEvent(tx, ctx, { type: edges[action].event, subject: saved.id, data: { ...factsOf(saved), ...(by.inPlaceOf ? { inPlaceOf: by.inPlaceOf } : {}), ...(by.provedAt ? { provedAt: by.provedAt.toISOString() } : {}) } })
  return saved
}
