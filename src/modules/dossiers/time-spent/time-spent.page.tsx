import type { VNode } from 'preact'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatNumber } from '../../../platform/i18n.ts'
import { Button, EmptyState, Form, RawHtml, Select, Table, usePage } from '../../../ui/index.ts'
import { lengthWords, measures, readElementTimes, roleName, TimeCell, timeDiagramFor, TimeLegend, type TimeDiagram } from '../../process/index.ts'
import { behindStepHref, timeSpentPath } from './hrefs.ts'
import { periods, readAsked, type Asked } from './read-asked.ts'

/** Where the time of a procedure went: its process with a level on each step, and the same as a table whose numbers lead to the dossiers behind them. */
export const timeSpentRoute: Route = {
  method: 'GET', path: timeSpentPath, access: { permission: 'dossiers.oversee' }, audit: 'dossiers.time-spent',
  handler: async (req) => {
    const { db, lang, t } = req.ctx
    const asked = await readAsked(req)
    const diagram = asked.steps && await timeDiagramFor(db, asked.steps.definitionId, await readElementTimes(db, asked.steps), asked.measure, lang)
    return page(<TimeSpent asked={asked} diagram={diagram} />, { title: t('dossiers.timeSpent.title'), layout: 'desk' })
  },
}

function TimeSpent({ asked, diagram }: { asked: Asked; diagram: TimeDiagram | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.timeSpent.title')}</h1>
      <p class="govuk-body">{t('dossiers.timeSpent.lead')}</p>
      <Filters asked={asked} />
      {!diagram ? <EmptyState title={t(asked.procedures.length === 0 ? 'dossiers.timeSpent.nothing' : 'dossiers.timeSpent.choose')} /> : <Shown asked={asked} diagram={diagram} />}
    </>
  )
}

function Filters({ asked }: { asked: Asked }): VNode {
  const { t } = usePage()
  return (
    <Form method="get" action={timeSpentPath} class="mc-filter-row">
      <Select name="procedure" label={t('dossiers.column.procedure')} value={asked.procedure} empty={t('dossiers.timeSpent.anyProcedure')} options={asked.procedures} />
      {asked.versions.length > 0 && <Select name="version" label={t('dossiers.timeSpent.version')} value={asked.version} options={asked.versions} />}
      <Select name="agency" label={t('dossiers.column.agency')} value={asked.agency} empty={t('dossiers.timeSpent.anyAgency')} options={asked.agencies} />
      <Select name="period" label={t('dossiers.timeSpent.period')} value={asked.period} options={periods.map((value) => ({ value, text: t(`dossiers.timeSpent.period.${value}`) }))} />
      <Select name="measure" label={t('dossiers.timeSpent.measure')} value={asked.measure} options={measures.map((value) => ({ value, text: t(`dossiers.timeSpent.measure.${value}`) }))} />
      <Button kind="secondary">{t('dossiers.timeSpent.show')}</Button>
    </Form>
  )
}

function Shown({ asked, diagram }: { asked: Asked; diagram: TimeDiagram }): VNode {
  const { t, lang } = usePage()
  const { query } = asked
  const link = (count: number, step: string, name: string, standing: boolean): VNode | string => (count === 0 ? '0' : <a class="govuk-link" href={behindStepHref(query, step, standing)}>{formatNumber(count, lang)}<span class="govuk-visually-hidden"> {t('dossiers.timeSpent.atStep', { name })}</span></a>)
  const columns = ['step', 'passed', 'standing', 'median', 'p90', 'sum', 'waiting', 'working', 'stopped', 'level']
  return (
    <>
      <h2 class="govuk-heading-m">{diagram.name}</h2>
      {!diagram.steps.some(({ time }) => time && time.n > 0) && <p class="govuk-body">{t('dossiers.timeSpent.none')}</p>}
      <div class="mc-scroll" role="region" tabIndex={0} aria-label={t('process.diagram.scroll')}><RawHtml html={diagram.svg} /></div>
      <TimeLegend diagram={diagram} measure={asked.measure} />
      <Table caption={t('dossiers.timeSpent.table')} wide columns={columns.map((column) => ({ header: t(`dossiers.timeSpent.column.${column}`) }))}
        rows={diagram.steps.map(({ id, name, role, time, level }) => {
          const words = (seconds: number | undefined): string => (time && time.n > 0 ? lengthWords(t, seconds ?? 0, 'office') : '–')
          return [
            <>{name[lang]}<br /><span class="govuk-hint govuk-!-margin-bottom-0">{roleName(t, role)}</span></>, link(time?.n ?? 0, id, name[lang], false), link(time?.standing ?? 0, id, name[lang], true), words(time?.median), words(time?.p90),
            time && time.n > 0 ? <TimeCell office={time.sum} wall={time.wall} /> : '–', words(time?.office.waiting), words(time?.office.working), words(time?.office.stopped), level > 0 ? t('process.time.level', { level }) : '–',
          ]
        })} />
      <p class="govuk-body-s">{t('dossiers.timeSpent.how')}</p>
    </>
  )
}
