import { transact, type Ctx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { dueAt, loadCalendar } from '../../calendar/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { getCurrentProcedure } from '../get-procedure.ts'
import { belongsTo, proposalLimitDays, type Onboarding } from './onboarding.ts'
import { hasOpenOnboarding, insertOnboarding, insertStep } from './onboarding.store.ts'

export interface Proposal {
  procedureCode: string
  /** Two digits: which service of the procedure. */
  serviceNumber: string
  agencyCode: string
  /** The approval of the re-engineered process: number, 'YYYY-MM-DD', and the stored file. */
  approval: { number: string; date: string; fileId: string; fileName: string }
}

/**
 * Declares an online service on a published procedure and asks for its publication for test (đề nghị công khai dịch vụ công để kiểm thử;
 * S4 art. 26, 27.1, 27.2). Without an approved re-engineering there is nothing to propose.
 * @throws NOT_AUTHOR, NOT_ISSUER for an agency of another house, PROCEDURE_NOT_FOUND, NOT_RUNNABLE when the procedure in force has no form and process, ONBOARDING_OPEN
 */
export async function proposeOnboarding(ctx: Ctx, p: Proposal): Promise<string> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  if (!belongsTo(ctx.actor, p.agencyCode, ctx.node.config.national.code)) throw errors.NOT_ISSUER({ issuer: p.agencyCode })
  const procedure = await getCurrentProcedure(ctx.db, p.procedureCode, ctx.now)
  if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: p.procedureCode })
  if (!procedure.content.service) throw errors.NOT_RUNNABLE({ code: p.procedureCode })
  const serviceCode = `${p.procedureCode}.${p.serviceNumber}`
  const calendar = await loadCalendar(ctx.db)
  const onboarding: Onboarding = {
    id: newId(ctx.now.getTime()), procedureCode: p.procedureCode, serviceCode, agencyCode: p.agencyCode, approvalNumber: p.approval.number, approvalDate: p.approval.date,
    approvalFile: p.approval.fileId, approvalFileName: p.approval.fileName, state: 'proposed', dueAt: dueAt(calendar, ctx.now, { value: proposalLimitDays, unit: 'working-day' }).due,
    testDossiers: [], reason: null, revision: 1, proposedAt: ctx.now, updatedAt: ctx.now,
  }
  await transact(ctx, async (tx) => {
    if (await hasOpenOnboarding(tx, serviceCode)) throw errors.ONBOARDING_OPEN({ code: serviceCode })
    await insertOnboarding(tx, onboarding)
    await insertStep(tx, ctx, onboarding.id, { state: 'proposed', dueBefore: null, reason: null })
    await appendEvent(tx, ctx, { type: 'catalogue.service_proposed', subject: serviceCode, data: { code: serviceCode, agency: p.agencyCode, onboarding: onboarding.id } })
  })
  return onboarding.id
}
