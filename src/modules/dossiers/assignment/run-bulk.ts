import { transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { getTask } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { errors } from '../dossiers.errors.ts'
import { signResult } from '../sign-result.ts'
import { assignStep } from './assign-step.ts'
import { insertBulkReport, type BulkRow } from './assignment.store.ts'
import { handOver } from './hand-over.ts'
import { releaseStep } from './release-step.ts'
import { takeStep } from './take-step.ts'
import type { StepRef } from './step-of.ts'

export const bulkActions = ['accept', 'take', 'release', 'complete', 'sign', 'hand-over', 'assign'] as const
export type BulkAction = (typeof bulkActions)[number]
export interface BulkOrder { action: BulkAction; rows: readonly StepRef[]; officerId: string; reason: string }

/**
 * One action over many rows of the inbox, each in a transaction of its own by the same act as alone: what one row refuses stops no other. The report says of every
 * row what was done, or why not; its id is returned. @throws NOT_FOUND for who is no officer
 */
export async function runBulk(ctx: Ctx, order: BulkOrder): Promise<{ reportId: string; rows: BulkRow[] }> {
  if (ctx.actor.kind !== 'officer') throw errors.NOT_FOUND()
  const officerId = ctx.actor.id
  const rows = order.action === 'hand-over' ? await handOverRows(ctx, order) : await eachRow(ctx, order)
  const reportId = newId(ctx.now.getTime())
  await transact(ctx, (tx) => insertBulkReport(tx, { id: reportId, officerId, action: order.action, rows, at: ctx.now }))
  return { reportId, rows }
}

async function eachRow(ctx: Ctx, order: BulkOrder): Promise<BulkRow[]> {
  const rows: BulkRow[] = []
  for (const ref of order.rows) {
    try {
      await doOne(ctx, order, ref)
      rows.push({ dossierId: ref.dossierId, done: true, key: `dossiers.bulk.done.${order.action}`, params: {} })
    } catch (error) {
      if (!isRefusal(error)) ctx.log.error({ err: error, dossier: ref.dossierId }, 'a row of a bulk action failed')
      rows.push({ dossierId: ref.dossierId, done: false, ...(isRefusal(error) ? { key: error.key, params: error.params } : { key: 'dossiers.bulk.failed', params: {} }) })
    }
  }
  return rows
}

async function doOne(ctx: Ctx, { action, officerId }: BulkOrder, ref: StepRef): Promise<void> {
  switch (action) {
    case 'accept': return void await acceptDossier(ctx, { dossierId: ref.dossierId })
    case 'take': return takeStep(ctx, ref)
    case 'release': return releaseStep(ctx, ref)
    case 'assign': return assignStep(ctx, { ...ref, officerId })
    case 'sign': return void await signResult(ctx, ref)
    case 'complete': {
      // Where something is to be decided or written, somebody looks at the dossier.
      const task = await getTask(ctx.db, ref.taskId)
      if (!task || task.outcomes.length > 0 || task.act === 'draft-result' || task.act === 'sign') throw errors.NOT_IN_BULK()
      return void await completeStep(ctx, ref)
    }
    case 'hand-over': throw errors.NOT_IN_BULK()
  }
}

async function handOverRows(ctx: Ctx, { rows, officerId, reason }: BulkOrder): Promise<BulkRow[]> {
  const { refused } = await handOver(ctx, { steps: rows, officerId, reason })
  return rows.map(({ dossierId, taskId }) => {
    const why = refused.get(taskId)
    return why ? { dossierId, done: false, key: why.key, params: why.params } : { dossierId, done: true, key: 'dossiers.bulk.done.hand-over', params: {} }
  })
}
