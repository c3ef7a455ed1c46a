import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { calendarOf, loadCalendar, ruleSetAt, runClock, type ClockChange } from '../../calendar/index.ts'
import type { Dossier } from '../dossier.ts'
import type { LinkedDefinition } from './linked-definition.ts'
import { closeGroupPause, listGroupPauses, openGroupPause, type LinkedGroup } from './linked.store.ts'

const isWaiting = (d: Dossier): boolean => d.state === 'supplement-required' || d.state === 'payment-required'

/**
 * The group's clock: it begins with the valid receipt of its first part, stands while a part waits for the applicant, and ends with the group. Each agency has its own beside it.
 * `at`: when the news happened.
 */
export async function runGroupClock(tx: Tx, ctx: Ctx, group: LinkedGroup, definition: LinkedDefinition, dossiers: readonly Dossier[], at: Date): Promise<LinkedGroup> {
  const received = dossiers.filter((d) => d.receivedAt).sort((a, b) => a.receivedAt!.getTime() - b.receivedAt!.getTime())[0]
  const receivedAt = group.receivedAt ?? received?.receivedAt ?? null
  if (!receivedAt || group.finishedAt) return { ...group, receivedAt }
  const waits = dossiers.some(isWaiting)
  if (waits && !group.pausedAt) await openGroupPause(tx, group.id, at)
  if (!waits && group.pausedAt) await closeGroupPause(tx, group.id, at)
  const changes = (await listGroupPauses(tx, group.id)).flatMap(({ startedAt, endedAt }): ClockChange[] => [
    { kind: 'stop', at: startedAt, reason: 'supplement' }, ...(endedAt ? [{ kind: 'resume' as const, at: endedAt }] : []),
  ])
  const calendar = calendarOf(await loadCalendar(ctx.db, tx), received?.agencyCode ?? ctx.node.config.code)
  const { due } = runClock(calendar, { receivedAt, limit: definition.limit, options: {}, ruleSet: ruleSetAt(calendar, receivedAt).code, changes })
  return { ...group, receivedAt, dueAt: due, pausedAt: waits ? group.pausedAt ?? at : null }
}
