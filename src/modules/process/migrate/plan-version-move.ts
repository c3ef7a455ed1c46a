import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { isId, newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../process.errors.ts'
import { insertVersionMove, listVersionsOfProcesses, lockVersionMove, setMoveState, type VersionMove } from './version-move.store.ts'

export const moveQueue = 'process.version-move'

export interface PlanVersionMove {
  processKey: string
  /** Ids of the versions that are left, and of the one to which dossiers go. */
  from: readonly string[]
  to: string
  mapping: VersionMove['mapping']
  reason: string
  /** When it begins; now when absent or past. */
  at?: Date | undefined
}

/** Plans a move; what is wrong with the input comes back. @throws VERSIONS_NOT_OF_PROCESS where a version is not of this process */
export async function planVersionMove(ctx: Ctx, input: PlanVersionMove): Promise<{ id: string; mistakes: FieldError[] }> {
  const reason = input.reason.trim()
  const mistakes: FieldError[] = [
    ...(input.from.length === 0 ? [{ field: 'from', key: 'process.move.error.from' }] : []), ...(input.from.includes(input.to) ? [{ field: 'to', key: 'process.move.error.same' }] : []),
    ...(reason === '' ? [{ field: 'reason', key: 'process.move.error.reason' }] : reason.length > 1000 ? [{ field: 'reason', key: 'process.move.error.reasonLong' }] : []),
  ]
  if (mistakes.length > 0) return { id: '', mistakes }
  const id = newId()
  await transact(ctx, async (tx) => {
    const versions = await listVersionsOfProcesses(tx, input.processKey)
    const chosen = versions.filter((version) => input.from.includes(version.definitionId))
    if (chosen.length < new Set(input.from).size || !versions.some((version) => version.definitionId === input.to)) throw errors.VERSIONS_NOT_OF_PROCESS()
    const plannedFor = input.at !== undefined && input.at > ctx.now ? input.at : ctx.now
    await insertVersionMove(tx, {
      id, processKey: input.processKey, fromDefinitions: chosen.map((version) => version.definitionId), toDefinition: input.to, mapping: input.mapping, reason, state: 'planned', plannedFor, plannedBy: actorKey(ctx.actor), plannedAt: ctx.now,
      expected: chosen.reduce((sum, version) => sum + version.running, 0), startedAt: null, endedAt: null,
    })
    await enqueue(tx, { queue: moveQueue, payload: { moveId: id }, runAt: plannedFor, key: id })
    await appendEvent(tx, ctx, { type: 'process.version_move_planned', subject: input.processKey, data: { moveId: id, fromDefinitions: input.from, toDefinition: input.to, at: plannedFor } })
  })
  return { id, mistakes: [] }
}

/** Stops a move before it begins, or between two dossiers; what is moved stays moved. @throws MOVE_NOT_FOUND, MOVE_OVER */
export async function cancelVersionMove(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const move = isId(id) ? await lockVersionMove(tx, id) : undefined
    if (!move) throw errors.MOVE_NOT_FOUND()
    if (move.state !== 'planned' && move.state !== 'running') throw errors.MOVE_OVER()
    await setMoveState(tx, id, 'cancelled', ctx.now)
    await appendEvent(tx, ctx, { type: 'process.version_move_cancelled', subject: move.processKey, data: { moveId: id } })
  })
}
