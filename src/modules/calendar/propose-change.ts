import { actorKey } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import type { CalendarChange } from './change.ts'

/** Keeps a change that was checked, to be looked at with what it moves and then confirmed or dropped. Returns its id. */
export async function proposeChange(ctx: Ctx, change: CalendarChange): Promise<string> {
  const id = newId(ctx.now.getTime())
  await transact(ctx, (tx) => tx`INSERT INTO calendar.change (id, kind, data, proposed_by, proposed_at) VALUES (${id}, ${change.kind}, ${tx.json(change.data as never)}, ${actorKey(ctx.actor)}, ${ctx.now})`)
  return id
}
