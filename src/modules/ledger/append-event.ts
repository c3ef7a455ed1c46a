import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'

export interface NewEvent {
  /** Past tense, `<noun>.<happened>`: 'dossier.accepted'. */
  type: string
  /** What it is about: an id or a code, never a name. */
  subject: string
  /** Facts that followers need; ids, codes and times, no personal data. */
  data: object
}

/** Appends one event in the act's transaction. Nothing else writes to the ledger, and nothing ever changes it. */
export async function appendEvent(tx: Tx, ctx: Ctx, event: NewEvent): Promise<void> {
  await tx`SELECT ledger.append(${event.type}, ${event.subject}, ${actorKey(ctx.actor)}, ${tx.json(event.data as never)}, ${ctx.now})`
}
