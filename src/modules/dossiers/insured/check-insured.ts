import { z } from 'zod'
import { transact } from '../../../platform/ctx.ts'
import type { ServiceTask } from '../../../platform/module.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findContent } from '../dossiers.store.ts'
import { askContributions, findings as kinds } from './contribution-register.client.ts'
import { saveCheck } from './insured.store.ts'

/** What an employer declares about stopped workers (form `workers-confirmation`). */
export const declaredSchema = z.object({
  employer: z.object({ taxCode: z.string() }),
  month: z.iso.date(),
  workers: z.array(z.object({ name: z.string(), insuranceNumber: z.string() })),
})

/**
 * Service task: asks the register whether the employer paid for each declared worker in the month before the work stopped, and keeps the findings. Answers
 * `insured`: "agrees" when it paid for all of them, else "differs". A register that is away makes the job come again.
 */
export const checkInsured: ServiceTask = async (ctx, { subject }) => {
  const declared = declaredSchema.safeParse((await findContent(ctx.db, subject))?.answers)
  if (!declared.success) throw new Error('the declaration names no employer with workers')
  const { employer, month: stopped, workers } = declared.data
  const month = monthBefore(stopped)
  const { transaction, findings } = await askContributions(ctx.node, { taxCode: employer.taxCode, month, workers })
  await transact(ctx, async (tx) => {
    if (!await saveCheck(tx, { dossierId: subject, month, transaction, findings, askedAt: ctx.now })) return
    const counts = Object.fromEntries(kinds.map((kind) => [kind, findings.filter((one) => one === kind).length]))
    await appendEvent(tx, ctx, { type: 'dossier.insured_checked', subject, data: { month, transaction, ...counts } })
  })
  return { insured: findings.every((one) => one === 'paid') ? 'agrees' : 'differs' }
}

/** yyyy-MM of the month before a day. */
function monthBefore(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}
