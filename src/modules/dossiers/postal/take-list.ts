import { transact } from '../../../platform/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../dossiers.errors.ts'
import { assertDelegated } from './delegation.ts'
import { postalMinutesQueue } from './issue-list.ts'
import { listItems, lockList, saveTaken, type PostalList } from './postal.store.ts'

/** Who may sign for the taking side: to the desk, whoever of it receives, but not who gave; to the post, the one it was given to. */
export const mayTake = ({ actor }: Pick<OfficerCtx, 'actor'>, list: PostalList): boolean =>
  list.takenAt === null && list.givenBy !== actor.id && (list.direction === 'to-post' ? list.toOfficer === actor.id : actor.permissions.has('dossiers.receive') && actor.agencyCode === list.agencyCode)

/** The taking side signs for what is there; the rest stays with who gave. The minutes are typeset and sealed afterwards. @throws NOT_FOUND, LIST_TAKEN, NOT_DELEGATED */
export async function takeList(ctx: OfficerCtx, input: { listId: string; there: readonly string[] }): Promise<void> {
  await transact(ctx, async (tx) => {
    const list = await lockList(tx, input.listId)
    if (!list || !mayTake(ctx, { ...list, takenAt: null, takenBy: null })) throw errors.NOT_FOUND()
    if (list.takenAt) throw errors.LIST_TAKEN()
    if (list.direction === 'to-post') await assertDelegated(ctx, 'return', tx)
    const items = await listItems(tx, list.id)
    const there = items.map((i) => i.dossierId).filter((id) => input.there.includes(id))
    await saveTaken(tx, list.id, { by: ctx.actor.id, at: ctx.now, there })
    await appendEvent(tx, ctx, { type: 'postal.list_taken', subject: list.id, data: { agency: list.agencyCode, direction: list.direction, from: list.givenBy, to: ctx.actor.id, dossiers: there, missing: items.map((i) => i.dossierId).filter((id) => !there.includes(id)) } })
    await enqueue(tx, { queue: postalMinutesQueue, key: list.id, payload: { listId: list.id } })
  })
  ctx.node.nudge('jobs')
}
