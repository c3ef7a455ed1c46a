import type { VNode } from 'preact'
import { page } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { civilDate, formatNumber } from '../../../../platform/i18n.ts'
import { BarChart, BigNumber, BigNumbers, EmptyState, InsetText, Table, usePage } from '../../../../ui/index.ts'
import { officerNames } from '../../../identity/index.ts'
import { findUnit } from '../../../organisations/index.ts'
import { readLoad, type Load } from '../../../process/index.ts'
import { inboxPath } from '../../pages/desk/hrefs.ts'
import { officerOf } from '../../pages/desk/inbox.page.tsx'
import { overseenBy } from '../overseen-by.ts'
import { workloadPath } from './hrefs.ts'

/** The leader's page: what is late, what will be today, who has how much, and where it is stuck. Every number is a link to what it counts. */
export const workloadRoute: Route = {
  method: 'GET', path: workloadPath, access: { permission: 'dossiers.oversee' },
  handler: async (req) => page(<Workload view={await readWorkload(req)} />, { title: req.ctx.t('dossiers.workload.title'), layout: 'desk' }),
}

interface View { officers: Load[]; units: Load[]; steps: Load[]; names: ReadonlyMap<string, string>; unitNames: ReadonlyMap<string, string> }

async function readWorkload(req: Req): Promise<View> {
  const { db, now, lang } = req.ctx
  const within = overseenBy(officerOf(req))
  const moment = { now, soon: new Date(new Date(`${civilDate(now)}T00:00:00+07:00`).getTime() + 86_400_000) }
  const { assignee: officers, unit: units, act: steps } = await readLoad(db, { within }, moment)
  const [names, unitNames] = await Promise.all([
    officerNames(db, officers.flatMap((o) => (o.key ? [o.key] : []))),
    Promise.all(units.flatMap(({ key }) => (key ? [findUnit(db, key)] : []))).then((found) => new Map(found.flatMap((u): [string, string][] => (u ? [[u.id, lang === 'vi' ? u.nameVi : u.nameEn]] : [])))),
  ])
  return { officers, units, steps, names, unitNames }
}

const sum = (rows: readonly Load[], of: 'open' | 'late' | 'soon'): number => rows.reduce((all, row) => all + row[of], 0)
const teamHref = (filter: Record<string, string>): string => `${inboxPath}?${new URLSearchParams({ view: 'team', ...filter })}`

function Workload({ view: { officers, units, steps, names, unitNames } }: { view: View }): VNode {
  const { t, lang } = usePage()
  // Most hours of waiting in all: many steps that lie for long.
  const stuck = [...steps].sort((a, b) => b.open * b.waitingHours - a.open * a.waitingHours)[0]
  const late = sum(steps, 'late')
  const columns = [t('dossiers.workload.who'), t('dossiers.workload.open')] as const
  const hours = (value: number): string => formatNumber(Math.round(value), lang)
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.workload.title')}</h1>
      {steps.length === 0 ? <EmptyState title={t('dossiers.workload.none')} /> : (
        <>
          <BigNumbers>
            <BigNumber value={late} label={t('dossiers.workload.late')} tone={late > 0 ? 'late' : 'neutral'} href={teamHref({ due: 'late' })} />
            <BigNumber value={sum(steps, 'soon')} label={t('dossiers.workload.today')} tone="attention" href={teamHref({ due: 'today' })} />
            <BigNumber value={sum(steps, 'open')} label={t('dossiers.workload.open')} href={teamHref({})} />
          </BigNumbers>
          {stuck && <InsetText>{t('dossiers.workload.stuck', { step: t(`dossiers.inbox.step.${stuck.key ?? 'other'}`), count: stuck.open, hours: hours(stuck.waitingHours) })} <a class="govuk-link" href={teamHref({ step: stuck.key ?? '' })}>{t('dossiers.workload.show')}</a></InsetText>}
          <BarChart caption={t('dossiers.workload.byOfficer')} columns={columns} bars={officers.map((o) => ({ label: o.key ? names.get(o.key) ?? '–' : t('dossiers.inbox.who.nobody'), value: o.open, href: teamHref({ who: o.key ?? 'nobody' }), ...(o.late > 0 ? { tone: 'late' as const } : {}) }))} />
          <BarChart caption={t('dossiers.workload.byUnit')} columns={[t('dossiers.workload.unit'), columns[1]]} bars={units.map((u) => ({ label: u.key ? unitNames.get(u.key) ?? u.key : t('dossiers.workload.noUnit'), value: u.open, ...(u.late > 0 ? { tone: 'late' as const } : {}) }))} />
          <Table caption={t('dossiers.workload.byStep')} columns={[{ header: t('dossiers.column.step') }, { header: t('dossiers.workload.open'), numeric: true }, { header: t('dossiers.workload.late'), numeric: true }, { header: t('dossiers.workload.today'), numeric: true }, { header: t('dossiers.workload.hours'), numeric: true }]}
            rows={steps.map((s) => [<a class="govuk-link" href={teamHref({ step: s.key ?? '' })}>{t(`dossiers.inbox.step.${s.key ?? 'other'}`)}</a>, s.open, s.late, s.soon, hours(s.waitingHours)])} />
        </>
      )}
    </>
  )
}
