import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { beforeCommit } from '../../platform/safe-begin.ts'

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

interface Waiting { type: string; subject: string; actor: string; data: object; at: Date }

/** What the open transactions have to append. */
const waiting = new WeakMap<object, Waiting[]>()

/**
 * Appends one event in the act's transaction. Nothing else writes to the ledger, and nothing ever changes it. All events of a transaction go to the
 * database in one statement, in their order, as its last; the act itself does not read them.
 */
export function appendEvent(tx: Tx, ctx: Ctx, event: NewEvent): Promise<void> {
  return appendEvents(tx, ctx, [event])
}

/** As `appendEvent`, many in their order: a decision about a thousand procedures. */
export async function appendEvents(tx: Tx, ctx: Ctx, events: readonly NewEvent[]): Promise<void> {
  const actor = actorKey(ctx.actor)
  const more = events.map(({ type, subject, data }): Waiting => ({ type, subject, actor, data: withMandate(ctx, data), at: ctx.now }))
  const known = waiting.get(tx)
  if (known) return void known.push(...more)
  const all = [...more]
  if (!beforeCommit(tx, () => write(tx, all.splice(0)))) return await write(tx, all)
  waiting.set(tx, all)
}

async function write(tx: Tx, events: readonly Waiting[]): Promise<void> {
  if (events.length === 0) return
  await tx`
    INSERT INTO ledger.event (at, type, subject, actor, data)
    SELECT e.at, e.type, e.subject, e.actor, e.data FROM ROWS FROM (jsonb_to_recordset(${tx.json(events as never)}) AS (type text, subject text, actor text, data jsonb, at timestamptz)) WITH ORDINALITY AS e (type, subject, actor, data, at, n) ORDER BY e.n`
}
