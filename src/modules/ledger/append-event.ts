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

/**
 * Under which mandate and for whom the actor acts, added to an event's data: both opaque names. `appendEvent` does it by itself; an act
 * that appends inside its one statement passes its data through here.
 */
export function withMandate(ctx: Ctx, data: object): object {
  const { actor } = ctx
  if (actor.kind !== 'person' || !actor.actingFor) return data
  const { mandateId, kind, subject } = actor.actingFor
  return { ...data, onBehalfOf: { mandate: mandateId, kind, subject } }
}

/** Appends one event in the act's transaction. Nothing else writes to the ledger, and nothing ever changes it. */
export async function appendEvent(tx: Tx, ctx: Ctx, event: NewEvent): Promise<void> {
  await tx`SELECT ledger.append(${event.type}, ${event.subject}, ${actorKey(ctx.actor)}, ${tx.json(withMandate(ctx, event.data) as never)}, ${ctx.now})`
}

/** Appends many in their order, in one statement: a decision about a thousand procedures. */
export async function appendEvents(tx: Tx, ctx: Ctx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx`
    SELECT ledger.append(e.type, e.subject, ${actorKey(ctx.actor)}, e.data, ${ctx.now})
    FROM ROWS FROM (jsonb_to_recordset(${tx.json(events.map((event) => ({ ...event, data: withMandate(ctx, event.data) })) as never)}) AS (type text, subject text, data jsonb)) WITH ORDINALITY AS e (type, subject, data, n) ORDER BY e.n`
}
