import type { Ctx } from '../../../../platform/ctx.ts'
import { text } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import type { Dossier } from '../../dossier.ts'
import { findContent } from '../../dossiers.store.ts'
import { calendarPath, ownDossierHref } from '../../pages/portal/hrefs.ts'
import { readOwn } from '../../pages/portal/own-dossier.page.tsx'
import { calendarFile, type CalendarEntry } from '../calendar-file.ts'

/** Appointments of a dossier for the person's own calendar (empty before there is one): the day of the visit that was chosen, and the day of the result. */
export const ownCalendarRoutes: Route[] = [
  { method: 'GET', path: calendarPath, access: 'person', kind: 'raw', handler: async (req) => {
    const dossier = await readOwn(req)
    return text(calendarFile(await entriesOf(req.ctx, dossier), req.ctx.now, req.ctx.node.config.name[req.ctx.lang]), 200, 'text/calendar; charset=utf-8', { 'content-disposition': `attachment; filename="${dossier.code ?? dossier.reference}.ics"` })
  } },
]

async function entriesOf(ctx: Ctx, d: Dossier): Promise<CalendarEntry[]> {
  const { t, lang } = ctx
  const [names, agency, content] = await Promise.all([procedureNames(ctx.db, [d.procedureCode], lang), findAgency(ctx.db, d.agencyCode, ctx.now), findContent(ctx.db, d.id)])
  const params = { code: d.code ?? d.reference, procedure: names.get(d.procedureCode) ?? d.procedureCode }
  const url = `${ctx.node.config.baseUrl}${ownDossierHref(d.id)}`
  const host = new URL(ctx.node.config.baseUrl).hostname
  const of = (kind: 'result' | 'visit', at: Date | string): CalendarEntry => ({
    uid: `${kind}-${d.id}@${host}`, sequence: d.eventSeq, at, minutes: 30, summary: t(`dossiers.calendar.${kind}`, params), description: `${t(`dossiers.calendar.${kind}Text`, { ...params, way: t(`dossiers.way.${d.returnWay}`) })}\n${url}`,
    location: agency ? agencyName(agency, lang) : d.agencyCode, url,
  })
  const visit = content?.answers.visitDate
  return [
    ...(d.dueAt && !d.finishedAt && !d.pausedAt ? [of('result', d.dueAt)] : []),
    ...(typeof visit === 'string' && /^\d{4}-\d\d-\d\d$/.test(visit) && !d.finishedAt ? [of('visit', visit)] : []),
  ]
}
