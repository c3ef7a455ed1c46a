import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { civilDate, formatDateTime } from '../../../platform/i18n.ts'
import type { Node } from '../../../platform/node.ts'
import { addWorkingTime, calendarOf, loadCalendar, nextOpen, workingTimeBetween, type Calendar } from '../../calendar/index.ts'
import { listOfficers, type Officer } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { sendEmail } from '../../notifications/index.ts'
import { listTasks, type Task } from '../../process/index.ts'
import { lockDossier } from '../dossiers.store.ts'
import { deskDossierHref } from '../pages/desk/hrefs.ts'
import { insertWarning, levels, listNearing, listWarningRules, ruleOn, type Level, type Nearing, type WarningRule } from './warning.store.ts'

const hour = 3_600_000
const mostAtOnce = 500
const mostMails = 20

/**
 * Warns whom the rule of today names of dossiers whose date comes near: counted in the working hours of their agency, sent while it is open, once for each
 * level and date. Nothing is planned ahead, so a date that moves, a stop or a new rule needs no undoing. Returns how many warnings there were.
 */
export async function warnBeforeDue(node: Node): Promise<number> {
  const ctx = systemCtx(node, 'dossiers.warnings')
  const rule = ruleOn(await listWarningRules(ctx.db), civilDate(ctx.now))
  const longest = Math.max(0, ...levels.map((level) => rule?.hours[level] ?? 0))
  if (!rule || longest === 0) return 0
  const calendar = await loadCalendar(ctx.db)
  let warnings = 0
  for (const nearing of await listNearing(ctx.db, node.config.code, ctx.now, furthest(calendar, ctx.now, longest), mostAtOnce)) {
    const due = levelsDue(calendarOf(calendar, nearing.agencyCode), rule, nearing, ctx.now)
    if (due.length > 0) warnings += await warn(ctx, rule, nearing, due)
  }
  if (warnings > 0) node.nudge('jobs')
  return warnings
}

/** No agency, whatever its hours, has more working time than this before the date. */
function furthest(calendar: Calendar, now: Date, hours: number): Date {
  const agencies = new Set((calendar.data.officeHours ?? []).flatMap((row) => (row.agencyCode ? [row.agencyCode] : [])))
  const ends = [calendar, ...[...agencies].map((code) => calendarOf(calendar, code))].map((one) => addWorkingTime(one, now, hours * hour).getTime())
  return new Date(Math.max(...ends))
}

/** Whose hour has come and who was not warned yet, while the office is open. */
export function levelsDue(calendar: Calendar, rule: WarningRule, { dueAt, warned }: Pick<Nearing, 'dueAt' | 'warned'>, now: Date): Level[] {
  if (nextOpen(calendar, now).getTime() !== now.getTime()) return []
  const left = workingTimeBetween(calendar, now, dueAt)
  return levels.filter((level) => !warned.includes(level) && rule.hours[level] !== null && left <= rule.hours[level]! * hour)
}

async function warn(ctx: Ctx, rule: WarningRule, { id, agencyCode, dueAt }: Nearing, due: readonly Level[]): Promise<number> {
  const officers = await listOfficers(ctx.db, { agencyCode })
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, id, ctx.node.config.code)
    // Meanwhile it may have been finished, stopped or put off.
    if (dossier.finishedAt || dossier.pausedAt || dossier.dueAt?.getTime() !== dueAt.getTime()) return 0
    const tasks = await listTasks(tx, { subject: id, open: true })
    let warnings = 0
    for (const level of due) {
      if (!(await insertWarning(tx, { dossierId: id, level, dueAt, rule: rule.code, at: ctx.now }))) continue
      warnings++
      await appendEvent(tx, ctx, { type: 'dossier.warned', subject: id, data: { level, due: dueAt.toISOString(), rule: rule.code } })
      for (const o of ofLevel(level, officers, tasks, agencyCode).slice(0, mostMails)) {
        await sendEmail(tx, ctx, { to: { name: o.name, address: o.email! }, subjectKey: 'dossiers.warning.mail.title', textKey: 'dossiers.warning.mail.text', params: { code: dossier.code ?? dossier.reference, due: formatDateTime(dueAt), url: `${ctx.node.config.baseUrl}${deskDossierHref(id)}` }, key: `warning:${id}:${level}:${dueAt.getTime()}:${o.id}` })
      }
    }
    return warnings
  })
}

/** Who has taken an open step, or, where nobody has, those whose role it is; heads of the unit; leaders of the agency. Only who has a mail address. */
export function ofLevel(level: Level, officers: readonly Officer[], tasks: readonly Task[], agencyCode: string): Officer[] {
  const own = officers.filter((o) => o.email && o.agencyCode === agencyCode)
  const has = (o: Officer, role: string): boolean => (o.roles as readonly string[]).includes(role)
  switch (level) {
    case 'officer': return own.filter((o) => tasks.some((task) => (task.assignee ? task.assignee === o.id : has(o, task.role))))
    case 'head': return own.filter((o) => has(o, 'unit-head') && tasks.some((task) => task.matter.unitId !== null && task.matter.unitId === o.unitId))
    case 'leader': return own.filter((o) => has(o, 'leader'))
  }
}

/** Looks every minute; one look at a time. */
export function watchWarnings(node: Node): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  const every = setInterval(() => {
    if (busy) return
    busy = true
    running = warnBeforeDue(node)
      .catch((error: unknown) => node.log.error({ err: error }, 'nobody could be warned of dates that come near'))
      .finally(() => { busy = false })
  }, 60_000)
  return {
    async stop() {
      clearInterval(every)
      await running
    },
  }
}
