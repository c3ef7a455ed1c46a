import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { retryFailedJob } from '../../platform/jobs.ts'
import { appendEvent } from '../ledger/index.ts'
import { serviceQueue, signalQueue } from './instance.store.ts'
import { errors } from './process.errors.ts'

/** Lets the job of a stopped step try again as if for the first time. Refuses with STEP_NOT_STOPPED. */
export async function retryFailedStep(tx: Tx, ctx: Ctx, jobId: number): Promise<void> {
  const payload = await retryFailedJob(tx, [serviceQueue, signalQueue], jobId)
  const [instance] = payload ? await tx<{ subject: string }[]>`SELECT subject FROM process.instance WHERE id = ${String(payload.instanceId)}` : []
  if (!instance) throw errors.STEP_NOT_STOPPED()
  await appendEvent(tx, ctx, { type: 'process.service_retried', subject: instance.subject, data: { instanceId: String(payload!.instanceId), token: payload!.token ?? null, signal: payload!.name ?? null } })
}
