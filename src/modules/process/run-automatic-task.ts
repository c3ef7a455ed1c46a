import { systemCtx, transact, type Ctx } from '../../platform/ctx.ts'
import { maxAttempts, type JobHandler } from '../../platform/jobs.ts'
import { ServiceError } from '../../platform/module.ts'
import { appendEvent } from '../ledger/index.ts'
import { comeTo } from './advance.ts'
import { catcherOf } from './catcher.ts'
import { byConditions } from './chooser.ts'
import { modelOf } from './definition.store.ts'
import { applyMove, contextOf, lockInstance, serviceQueue, type LiveInstance } from './instance.store.ts'
import { itemOf } from './marking.ts'
import { indexOf, type ProcessModel } from './model.ts'
import { takeDecisions } from './take-decisions.ts'

interface Place { instanceId: string; token: number }

/**
 * Does the work of a service task and moves its process on. The work runs outside the transaction, at least once; what it answers is kept only if the token is
 * still there. An error for which the process has an event goes its way; any other failure comes again with back-off, and after the last attempt is an event
 * of the ledger and a job that stays for an administrator.
 */
export const runAutomaticTask: JobHandler = async (node, payload, { attempts }) => {
  const place: Place = { instanceId: String(payload.instanceId), token: Number(payload.token) }
  const ctx = systemCtx(node, serviceQueue)
  const found = await transact(ctx, (tx) => lockInstance(tx, { id: place.instanceId }))
  const token = found?.marking.tokens.find((one) => one.id === place.token)
  // Gone, or paused: what goes on asks for its work again.
  if (!found || !token || found.state === 'paused') return
  const model = await modelOf(node.db, found.definition_id)
  const service = indexOf(model).node(token.at)
  const work = service.kind === 'service' ? node.modules.map((module) => module.serviceTasks?.[service.service]).find((one) => one !== undefined) : undefined
  try {
    if (!work) throw new Error(`${token.at}: no module does this work`)
    const answer = await work(ctx, { subject: found.subject, variables: found.variables, ...itemOf(found.marking.tokens, token.id) })
    await goOn(ctx, place, (instance) => {
      instance.variables = { ...instance.variables, ...answer }
      return place.token
    })
  } catch (error) {
    const { code } = error instanceof ServiceError ? error : {}
    const caught = code !== undefined && await goOn(ctx, place, (instance) => catcherOf(indexOf(model), instance.marking.tokens, place.token, 'error', code)?.id)
    if (caught) return
    if (attempts >= maxAttempts) await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'process.service_failed', subject: found.subject, data: { instanceId: found.id, elementId: service.id, attempts } }))
    throw error
  }
}

/** Moves the token that `which` names under the lock, if the one of the work is still there; false where there is none to move. */
async function goOn(ctx: Ctx, place: Place, which: (instance: LiveInstance, model: ProcessModel) => number | undefined): Promise<boolean> {
  return await transact(ctx, async (tx) => {
    const instance = await lockInstance(tx, { id: place.instanceId })
    if (!instance?.marking.tokens.some((token) => token.id === place.token)) return true
    const model = await modelOf(tx, instance.definition_id)
    const token = which(instance, model)
    if (token === undefined) return false
    await appendEvent(tx, ctx, { type: 'process.service_answered', subject: instance.subject, data: { instanceId: instance.id, token: place.token } })
    const move = await takeDecisions(tx, ctx, instance, model, comeTo(model, instance.marking, token, byConditions(model, contextOf(instance, null))), null)
    await applyMove(tx, ctx, instance, model, move, place.token)
    return true
  })
}
