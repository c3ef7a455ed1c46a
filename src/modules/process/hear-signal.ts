import { systemCtx, transact } from '../../platform/ctx.ts'
import { enqueue, type JobHandler } from '../../platform/jobs.ts'
import { comeTo, listeners } from './advance.ts'
import { byConditions } from './chooser.ts'
import { modelOf } from './definition.store.ts'
import { applyMove, contextOf, lockInstance, signalQueue } from './instance.store.ts'
import { takeDecisions } from './take-decisions.ts'

/** A pause lasts days; a signal may wait for its end so long. */
const againAfterMs = 600_000

/** Gives a signal of another process to one that waited for it when it was sent: to all that still wait for it there. A paused one hears it when it goes on. */
export const hearSignal: JobHandler = async (node, payload) => {
  const { instanceId, name } = payload as { instanceId: string; name: string }
  const ctx = systemCtx(node, signalQueue)
  await transact(ctx, async (tx) => {
    const instance = await lockInstance(tx, { id: instanceId })
    if (!instance) return
    if (instance.state === 'paused') {
      await enqueue(tx, { queue: signalQueue, payload, runAt: new Date(ctx.now.getTime() + againAfterMs) })
      return
    }
    const model = await modelOf(tx, instance.definition_id)
    for (const { id } of listeners(model, instance.marking, 'signal', name)) {
      if (!instance.marking.tokens.some((token) => token.id === id)) continue
      const move = await takeDecisions(tx, ctx, instance, model, comeTo(model, instance.marking, id, byConditions(model, contextOf(instance, null))), null)
      await applyMove(tx, ctx, instance, model, move)
      instance.marking = move.marking
    }
  })
}
