import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { dueAt, loadCalendar } from '../../calendar/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { writeOfferChange } from './change-offer.ts'
import { declareService } from '../lists/declare-offer.ts'
import { belongsTo, onboardingMoves, type OnboardingMove, type OnboardingSide } from './onboarding.ts'
import { insertStep, lockOnboarding, saveOnboarding } from './onboarding.store.ts'

export interface MoveInput {
  move: OnboardingMove
  /** The revision that the person saw. */
  revision: number
  /** On whose behalf: the office may not answer for the agency. */
  side: OnboardingSide
  reason?: string
  /** Codes of the dossiers that were handled to their end in the test. */
  testDossiers?: readonly string[]
}

const dossierCode = /^[GH]\d{2}(\.\d{2,3})*-\d{6}-\d{4,7}$/

/** What is wrong with the input of a move; empty when nothing is. */
export function checkMove({ move, reason, testDossiers }: MoveInput): FieldError[] {
  const invalid: FieldError[] = []
  if (onboardingMoves[move].needsReason && !reason?.trim()) invalid.push({ field: 'reason', key: 'catalogue.services.invalid.reason' })
  if (reason && [...reason].length > 2000) invalid.push({ field: 'reason', key: 'catalogue.services.invalid.reasonLong' })
  if (move !== 'report') return invalid
  const wrong = (testDossiers ?? []).find((code) => !dossierCode.test(code))
  if (!testDossiers?.length) invalid.push({ field: 'testDossiers', key: 'catalogue.services.invalid.noDossiers' })
  else if (wrong !== undefined) invalid.push({ field: 'testDossiers', key: 'catalogue.services.invalid.dossierCode', params: { code: wrong.slice(0, 40) } })
  return invalid
}

/**
 * Moves an onboarding on: open for test, return, report, confirm, unpublish (S4 art. 27.3 to 27.5). The next side's time is counted on the
 * calendar from now. Opening makes the service public, taking back (bỏ công khai) closes it with the reason.
 * @throws ONBOARDING_NOT_FOUND, ONBOARDING_MOVED, NOT_YOUR_TURN
 */
export async function moveOnboarding(ctx: Ctx, id: string, input: MoveInput): Promise<void> {
  const rule = onboardingMoves[input.move]
  if (rule.by !== input.side) throw errors.NOT_YOUR_TURN()
  const calendar = await loadCalendar(ctx.db)
  await transact(ctx, async (tx) => {
    const case_ = await lockOnboarding(tx, id)
    if (!case_ || !belongsTo(ctx.actor, case_.agencyCode, ctx.node.config.national.code)) throw errors.ONBOARDING_NOT_FOUND()
    if (case_.revision !== input.revision || case_.state !== rule.from) throw errors.ONBOARDING_MOVED()
    const reason = input.reason?.trim() || null
    const due = rule.limitDays === null ? null : dueAt(calendar, ctx.now, { value: rule.limitDays, unit: 'working-day' }).due
    await saveOnboarding(tx, { ...case_, state: rule.to, dueAt: due, reason, testDossiers: [...(input.testDossiers ?? case_.testDossiers)], updatedAt: ctx.now })
    await insertStep(tx, ctx, id, { state: rule.to, dueBefore: case_.dueAt, reason })
    if (input.move === 'open') await writeOfferChange(tx, ctx, { procedureCode: case_.procedureCode, state: 'open', reasonVi: ctx.t('catalogue.services.openedForTest') })
    if (input.move === 'unpublish') await writeOfferChange(tx, ctx, { procedureCode: case_.procedureCode, state: 'stopped', reasonVi: reason! })
    if (input.move === 'confirm') await declareService(tx, ctx, case_)
    await appendEvent(tx, ctx, { type: `catalogue.service_${rule.to}`, subject: case_.serviceCode, data: { code: case_.serviceCode, onboarding: id, dueAt: due?.toISOString() ?? null, late: case_.dueAt !== null && case_.dueAt < ctx.now } })
  })
}
