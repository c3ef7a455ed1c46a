import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { comeTo, listeners } from './advance.ts'
import { byConditions } from './chooser.ts'
import { modelOf } from './definition.store.ts'
import { applyMove, contextOf, lockInstance } from './instance.store.ts'
import { errors } from './process.errors.ts'
import { takeDecisions } from './take-decisions.ts'
import type { Task } from './task.ts'

export interface DeliverMessage {
  /** Dossier id: by it the message finds its process. */
  subject: string
  /** Name of the BPMN message. */
  message: string
  /** What it brings for conditions to look at: codes and numbers, no personal data. */
  variables?: Record<string, unknown>
}

/**
 * Gives a message to the process of a subject, where one receive task or message event gets it: the one that has waited longest. Whether the caller may say so is
 * the caller's to check. Refuses with PROCESS_NOT_RUNNING, PROCESS_PAUSED, or MESSAGE_NOT_EXPECTED where nothing waits for it.
 */
export async function deliverMessage(tx: Tx, ctx: Ctx, input: DeliverMessage): Promise<{ tasks: Task[]; ended: boolean }> {
  const instance = await lockInstance(tx, { subject: input.subject })
  if (!instance) throw errors.PROCESS_NOT_RUNNING()
  if (instance.state === 'paused') throw errors.PROCESS_PAUSED()
  const model = await modelOf(tx, instance.definition_id)
  const [listener] = listeners(model, instance.marking, 'message', input.message)
  if (!listener) throw errors.MESSAGE_NOT_EXPECTED({ message: input.message })
  instance.variables = { ...instance.variables, ...input.variables }
  await appendEvent(tx, ctx, { type: 'process.message_received', subject: instance.subject, data: { instanceId: instance.id, elementId: listener.at, name: input.message } })
  const move = await takeDecisions(tx, ctx, instance, model, comeTo(model, instance.marking, listener.id, byConditions(model, contextOf(instance, null))), null)
  return { tasks: await applyMove(tx, ctx, instance, model, move), ended: move.ended }
}
