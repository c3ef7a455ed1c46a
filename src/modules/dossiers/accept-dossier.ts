import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { calendarOf, loadCalendar, ruleSetAt, runClock, type Calendar, type ClockOptions, type Limit } from '../calendar/index.ts'
import { getProcedureVersion, isAbolished } from '../catalogue/index.ts'
import { unitInCharge } from '../identity/index.ts'
import { startProcess } from '../process/index.ts'
import { isUnplaced } from './competence/competence.store.ts'
import { dossierCode, type Dossier } from './dossier.ts'
import { transition } from './dossier-states.ts'
import { assertOfDesk } from './desk-scope.ts'
import { lockDossier, nextNumber } from './dossiers.store.ts'
import { errors } from './dossiers.errors.ts'
import { findChild } from './linked/linked.store.ts'
import { recordStep } from './record-step.ts'
import { decideAtReception } from './table-decisions.ts'

/**
 * Accepts a dossier as valid ("tiếp nhận hồ sơ"): gives the code, starts the clock and the process. The appointment slip follows from the event.
 * @throws NOT_IN_STATE, NOT_FOUND, PROCEDURE_ABOLISHED, COMPETENCE_UNCLEAR
 */
export async function acceptDossier(ctx: Ctx, input: { dossierId: string }): Promise<Dossier> {
  const calendar = await loadCalendar(ctx.db)
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    return accept(tx, ctx, calendar, dossier, await assertOfDesk(ctx, dossier, 'dossiers.receive', tx))
  })
}

/** The same for a locked dossier that the caller may receive: also at a desk that receives for other agencies. */
export async function accept(tx: Tx, ctx: Ctx, calendar: Calendar, dossier: Dossier, by: { inPlaceOf?: string | undefined }): Promise<Dossier> {
  transition(dossier, 'accept')
  const [isWaiting, isGone, procedure] = await Promise.all([isUnplaced(tx, dossier.id), isAbolished(tx, dossier.procedureCode, dossier.submittedAt), getProcedureVersion(tx, dossier.procedureCode, dossier.procedureVersion)])
  if (isWaiting) throw errors.COMPETENCE_UNCLEAR()
  // Filed after the abolition at a node that had not heard of it yet: the desk can only decline it. What was filed before runs on.
  if (isGone) throw errors.PROCEDURE_ABOLISHED()
  const service = procedure?.content.service
  if (!procedure || !service) throw errors.PROCEDURE_NOT_ONLINE()
  const own = { ...service.limit, value: await decideAtReception(tx, ctx, dossier) ?? service.limit.value }
  const linked = await findChild(tx, dossier.id)
  const limit = linked?.limitValue && linked.limitUnit ? { value: linked.limitValue, unit: linked.limitUnit } : own
  const { due, ...clock } = startClock(calendarOf(calendar, dossier.agencyCode), ctx.now, { ...service, limit })
  const day = civilDate(ctx.now)
  const matter = { procedureCode: dossier.procedureCode, sectorCode: procedure.content.sector.code }
  const unitId = await unitInCharge(tx, dossier.agencyCode, matter, ctx.now)
  await startProcess(tx, ctx, { processKey: service.processKey, subject: dossier.id, agencyCode: dossier.agencyCode, variables: {}, matter: { ...matter, unitId } })
  // The number last: its row is locked until the end, and every reception of the agency waits for it.
  const code = dossierCode(dossier.agencyCode, day, await nextNumber(tx, `${dossier.agencyCode}/${day}`))
  return recordStep(tx, ctx, dossier, 'accept', { code, receivedAt: ctx.now, promisedAt: due, dueAt: due, limitValue: limit.value, limitUnit: limit.unit, ...clock }, by)
}

/** The rules of today go with the dossier, and what the procedure says of its own. */
function startClock(calendar: Calendar, receivedAt: Date, { limit, inDay, skipHolidays, afterSupplement }: { limit: Limit } & { [K in keyof ClockOptions]: ClockOptions[K] | undefined }): { due: Date; ruleSet: string; clockOptions: ClockOptions | null } {
  const options: ClockOptions = { ...(inDay ? { inDay } : {}), ...(skipHolidays ? { skipHolidays } : {}), ...(afterSupplement ? { afterSupplement } : {}) }
  const { code: ruleSet } = ruleSetAt(calendar, receivedAt)
  const { due } = runClock(calendar, { receivedAt, limit, options, ruleSet, changes: [] })
  return { due, ruleSet, clockOptions: Object.keys(options).length > 0 ? options : null }
}
