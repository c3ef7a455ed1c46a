import type { Db } from '../../platform/db.ts'
import { listFailedJobs } from '../../platform/jobs.ts'
import { modelOf } from './definition.store.ts'
import { serviceQueue, signalQueue } from './instance.store.ts'
import type { Label } from './model.ts'

/** An automatic step whose service gave no answer until its job gave up, or a signal that a process could not take; then `step` is the signal. */
export interface FailedStep { jobId: number; subject: string; process: Label; step: Label; failedAt: Date; error: string }

/** Automatic steps at which running processes stand because their job gave up, the latest first. */
export async function listFailedSteps(db: Db): Promise<FailedStep[]> {
  const jobs = await listFailedJobs(db, [serviceQueue, signalQueue])
  const rows = await db<{ id: string; subject: string; definition_id: string; tokens: { id: number; at: string }[] }[]>`
    SELECT id, subject, definition_id, marking->'tokens' AS tokens FROM process.instance WHERE id = ANY (${jobs.map((job) => String(job.payload.instanceId))}::uuid[]) AND state IN ('running', 'paused')`
  const instances = new Map(rows.map((row) => [row.id, row]))
  const steps = await Promise.all(jobs.map(async ({ id, queue, payload, failedAt, error }): Promise<FailedStep | undefined> => {
    const instance = instances.get(String(payload.instanceId))
    const at = queue === signalQueue ? String(payload.name) : instance?.tokens.find((token) => token.id === payload.token)?.at
    if (!instance || at === undefined) return undefined
    const model = await modelOf(db, instance.definition_id)
    return { jobId: id, subject: instance.subject, process: model.name, step: model.nodes.find((node) => node.id === at)?.name ?? { vi: at, en: at }, failedAt, error }
  }))
  return steps.filter((step) => step !== undefined)
}
