import { systemCtx, transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import { appendEvent } from '../ledger/index.ts'
import { comeTo } from './advance.ts'
import { byConditions } from './chooser.ts'
import { modelOf } from './definition.store.ts'
import { applyMove, contextOf, type LiveInstance } from './instance.store.ts'
import { takeDecisions } from './take-decisions.ts'

const mostAtOnce = 200

interface Timer { id: string; element_id: string; task_id: string | null; token: number }

/**
 * Fires the timers that are due, each in a transaction of its own; instances that someone works on or that another process takes
 * are passed over and come with the next call. Returns how many fired.
 */
export async function fireDueTimers(node: Node): Promise<number> {
  const ctx = systemCtx(node, 'process-timers')
  const failed: string[] = []
  let fired = 0
  while (fired + failed.length < mostAtOnce) {
    let current: string | undefined
    try {
      const done = await transact(ctx, async (tx) => {
        const found = await lockNext(tx, ctx, failed)
        current = found?.timer.id
        if (found) await fire(tx, ctx, found.instance, found.timer)
        return found !== undefined
      })
      if (!done) return fired
      fired++
    } catch (error) {
      node.log.error({ err: error, timer: current }, 'a timer could not fire')
      if (current === undefined) throw error
      failed.push(current)
    }
  }
  return fired
}

/** The lock is on the instance, as in every act; the timer is read again under it. */
async function lockNext(tx: Tx, ctx: Ctx, except: string[]): Promise<{ instance: LiveInstance; timer: Timer } | undefined> {
  const [instance] = await tx<(LiveInstance & { timer_id: string })[]>`
    SELECT i.id, i.definition_id, i.subject, i.agency_code, i.agency_by_role, i.state, i.marking, i.outcomes, i.variables, i.paused_at, i.procedure_code, i.sector_code, i.unit_id, t.id AS timer_id
    FROM process.timer t JOIN process.instance i ON i.id = t.instance_id
    WHERE t.fired_at IS NULL AND t.cancelled_at IS NULL AND t.fire_at <= ${ctx.now} AND i.state = 'running' AND t.id <> ALL (${except}::uuid[])
    ORDER BY t.fire_at LIMIT 1 FOR UPDATE OF i SKIP LOCKED`
  if (!instance) return undefined
  const [timer] = await tx<Timer[]>`UPDATE process.timer SET fired_at = ${ctx.now} WHERE id = ${instance.timer_id} AND fired_at IS NULL AND cancelled_at IS NULL RETURNING id, element_id, task_id, token`
  if (timer) return { instance, timer }
  return lockNext(tx, ctx, [...except, instance.timer_id])
}

async function fire(tx: Tx, ctx: Ctx, instance: LiveInstance, timer: Timer): Promise<void> {
  const model = await modelOf(tx, instance.definition_id)
  await appendEvent(tx, ctx, { type: 'process.timer_fired', subject: instance.subject, data: { timerId: timer.id, elementId: timer.element_id, taskId: timer.task_id } })
  const move = comeTo(model, instance.marking, timer.token, byConditions(model, contextOf(instance, null)))
  await applyMove(tx, ctx, instance, model, await takeDecisions(tx, ctx, instance, model, move, null), timer.token)
}
