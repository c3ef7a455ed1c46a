import type { VNode } from 'preact'
import { page, redirect } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, EmptyState, Pagination, Table, usePage } from '../../../ui/index.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { elementOf, listBehindElement, readElementTimes, phases, sumOf, TimeCell, type PlacedStep } from '../../process/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossiers } from '../dossiers.store.ts'
import { Beyond, pagesOf } from '../pages/desk/beyond.tsx'
import { deskDossierHref } from '../pages/desk/hrefs.ts'
import { pageAsked, pageSize } from '../pages/desk/read-inbox.ts'
import { behindStepHref, behindStepPath, timeSpentHref, timeSpentPath } from './hrefs.ts'
import { readAsked, type Asked } from './read-asked.ts'

/** The dossiers behind a number: those that were at a step, the slowest first, or those that are there now, the longest there first. */
export const behindStepRoute: Route = {
  method: 'GET', path: behindStepPath, access: { permission: 'dossiers.oversee' }, audit: 'dossiers.time-spent',
  handler: async (req) => {
    if (!req.query.step) return redirect(timeSpentPath)
    const view = await readBehind(req)
    return page(<BehindStep view={view} />, { title: view.name, layout: 'desk' })
  },
}

interface View { asked: Asked; step: string; name: string; standing: boolean; at: number; total: number; rows: PlacedStep[]; dossiers: ReadonlyMap<string, Dossier>; agencies: ReadonlyMap<string, string> }

async function readBehind(req: Req): Promise<View> {
  const { db, lang, now } = req.ctx
  const asked = await readAsked(req)
  const step = req.query.step ?? ''
  const element = asked.steps && await elementOf(db, asked.steps.definitionId, step)
  if (!asked.steps || !element) throw errors.NOT_FOUND()
  const standing = req.query.standing === '1'
  const at = pageAsked(req.query.page)
  const [rows, times] = await Promise.all([listBehindElement(db, { ...asked.steps, elementId: step, standing }, { limit: pageSize, offset: (at - 1) * pageSize, calendar: await loadCalendar(db), now }), readElementTimes(db, asked.steps)])
  const dossiers = new Map((await findDossiers(db, rows.map((row) => row.subject))).map((d) => [d.id, d]))
  const agencies = new Map(await Promise.all([...new Set(rows.map((row) => row.agencyCode))].map(async (code): Promise<[string, string]> => {
    const agency = await findAgency(db, code, now)
    return [code, agency ? agencyName(agency, lang) : code]
  })))
  const time = times.get(step)
  return { asked, step, name: element.name[lang], standing, at, total: (standing ? time?.standing : time?.n) ?? 0, rows, dossiers, agencies }
}

function BehindStep({ view: { asked, step, name, standing, at, total, rows, dossiers, agencies } }: { view: View }): VNode {
  const { t } = usePage()
  const title = t(standing ? 'dossiers.timeSpent.standing' : 'dossiers.timeSpent.slowest')
  return (
    <>
      <BackLink href={timeSpentHref(asked.query)}>{t('dossiers.timeSpent.title')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{title}</span>{name}</h1>
      {rows.length === 0 ? <EmptyState title={t('dossiers.timeSpent.noDossier')} /> : (
        <Table caption={title} captionHidden wide columns={['dossier', 'agency', 'began', ...(standing ? [] : ['ended']), 'waiting', 'working', 'stopped', 'total'].map((column) => ({ header: t(`dossiers.timeSpent.column.${column}`) }))}
          rows={rows.map((row) => [
            <a class="govuk-link" href={deskDossierHref(row.subject)}>{dossiers.get(row.subject)?.code ?? dossiers.get(row.subject)?.reference ?? row.subject}</a>, agencies.get(row.agencyCode) ?? row.agencyCode, formatDateTime(row.beganAt), ...(standing ? [] : [formatDateTime(row.since)]),
            ...phases.map((phase) => <TimeCell office={row.office[phase]} wall={row.wall[phase]} />), <TimeCell office={sumOf(row.office)} wall={sumOf(row.wall)} />,
          ])} />
      )}
      <Pagination page={at} pages={pagesOf(total)} href={(n) => `${behindStepHref(asked.query, step, standing)}&page=${n}`} />
      <Beyond total={total} />
    </>
  )
}
