import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { factsOf, type Dossier } from '../dossier.ts'
import type { clockEvents } from '../dossier-states.ts'
import { saveProgress } from '../dossiers.store.ts'

/** Moves the date in force of a dossier, which stays in its state: the new date and the event with the facts as they now are and the old date. */
export async function moveDue(tx: Tx, ctx: Ctx, dossier: Dossier, type: (typeof clockEvents)[number], change: { dueAt: Date; isLate?: boolean }, by: { inPlaceOf?: string | undefined } = {}): Promise<Dossier> {
  const saved = await saveProgress(tx, { ...dossier, ...change })
  await appendEvent(tx, ctx, { type, subject: saved.id, data: { ...factsOf(saved), dueBefore: dossier.dueAt?.toISOString() ?? null, ...(by.inPlaceOf ? { inPlaceOf: by.inPlaceOf } : {}) } })
  return saved
}
