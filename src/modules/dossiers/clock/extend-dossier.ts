import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { formatDate } from '../../../platform/i18n.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { calendarOf, closingOn, loadCalendar, ruleSetOf, type Calendar } from '../../calendar/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { allowedActions } from '../dossier-states.ts'
import { lockDossier } from '../dossiers.store.ts'
import { countExtensions, insertExtension } from './clock.store.ts'
import { moveDue } from './move-due.ts'

export const longestReason = 2000

/** Only while somebody works on it: what the clock stands for has no end that could be put off. */
export const isExtendable = (d: Pick<Dossier, 'state' | 'dueAt'>): boolean => d.dueAt !== null && (d.state === 'received' || d.state === 'in-progress')

/**
 * Apologises and sets a new date ("xin lỗi và hẹn lại ngày trả kết quả", form 04), once: a second one is refused. The date first promised stays
 * written; put off after the time had run out, the dossier stays late. `date` is a civil date; due is when the office closes on it. Returns what is
 * wrong with the input. @throws NOT_FOUND, NOT_IN_STATE, EXTENDED_ALREADY
 */
export async function extendDossier(ctx: Ctx, input: { dossierId: string; date: string; reason: string }): Promise<FieldError[]> {
  const nodeCalendar = await loadCalendar(ctx.db)
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    if (!isExtendable(dossier)) throw errors.NOT_IN_STATE({ state: dossier.state, action: 'extend', allowed: allowedActions(dossier.state).join(', ') })
    const calendar = calendarOf(nodeCalendar, dossier.agencyCode)
    const extensions = await countExtensions(tx, dossier.id)
    if (extensions >= ruleSetOf(calendar, { ruleSet: dossier.ruleSet, receivedAt: dossier.receivedAt! }).rules.extensions) throw errors.EXTENDED_ALREADY()
    const dueBefore = dossier.dueAt!
    const wrong = check(calendar, input, dueBefore > ctx.now ? dueBefore : ctx.now)
    if (wrong.length > 0) return wrong
    const dueAt = closingOn(calendar, input.date)!
    await insertExtension(tx, dossier.id, { number: extensions + 1, dueBefore, dueAfter: dueAt, reason: input.reason.trim(), extendedAt: ctx.now, extendedBy: actorKey(ctx.actor) })
    await moveDue(tx, ctx, dossier, 'dossier.extended', { dueAt, isLate: dossier.isLate || ctx.now > dueBefore }, by)
    return []
  })
}

function check(calendar: Calendar, { date, reason }: { date: string; reason: string }, after: Date): FieldError[] {
  const closing = closingOn(calendar, date)
  return [
    ...(!closing ? [{ field: 'newDate', key: 'dossiers.clock.extend.noWorkingDay' }] : closing <= after ? [{ field: 'newDate', key: 'dossiers.clock.extend.notLater', params: { date: formatDate(after) } }] : []),
    ...(reason.trim() === '' ? [{ field: 'apologyReason', key: 'dossiers.clock.extend.reasonMissing' }] : [...reason].length > longestReason ? [{ field: 'apologyReason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }] : []),
  ]
}
