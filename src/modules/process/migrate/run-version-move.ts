import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { moveInstance } from './move-instance.ts'
import { moveQueue } from './plan-version-move.ts'
import { countMoveItems, findVersionMove, listToMove, lockVersionMove, setMoveState, type MovePlace } from './version-move.store.ts'

/** Dossiers after which a job asks for the next one: others get their turn in between. */
const batch = 100

/** Goes on with a planned move: one transaction for each dossier, and what is in the report is not touched again, so that a run that was killed goes on where it stood. */
export const runVersionMove: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, moveQueue)
  const id = String(payload.moveId)
  const goesOn = await transact(ctx, async (tx) => {
    const move = await lockVersionMove(tx, id)
    if (move?.state === 'planned') await setMoveState(tx, id, 'running', ctx.now)
    return move?.state === 'planned' || move?.state === 'running'
  })
  if (!goesOn) return
  const move = (await findVersionMove(node.db, id))!
  const after = payload.after as MovePlace | undefined
  const behind = await listToMove(node.db, move, after, batch)
  // At the end once more from the beginning: what began meanwhile.
  const places = behind.length === 0 && after ? await listToMove(node.db, move, undefined, batch) : behind
  for (const { id: instanceId } of places) {
    const wasStopped = await transact(systemCtx(node, moveQueue), async (tx) => {
      // Shared with the others of this move, not with who stops it.
      const [row] = await tx<{ state: string }[]>`SELECT state FROM process.version_move WHERE id = ${id} FOR SHARE`
      if (row?.state !== 'running') return true
      const [known] = await tx`SELECT 1 FROM process.version_move_item WHERE move_id = ${id} AND instance_id = ${instanceId}`
      if (!known) await moveInstance(tx, systemCtx(node, moveQueue), move, instanceId)
      return false
    })
    if (wasStopped) return
  }
  await transact(ctx, async (tx) => {
    if (places.length > 0) return enqueue(tx, { queue: moveQueue, payload: { moveId: id, after: places.at(-1)! } })
    const current = await lockVersionMove(tx, id)
    if (current?.state !== 'running') return
    await setMoveState(tx, id, 'done', node.now())
    const { moved, left } = await countMoveItems(tx, id)
    await appendEvent(tx, ctx, { type: 'process.version_move_done', subject: move.processKey, data: { moveId: id, moved, left } })
  })
}
