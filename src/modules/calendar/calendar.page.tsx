import type { VNode } from 'preact'
import type { Ctx } from '../../platform/ctx.ts'
import type { FieldError } from '../../platform/errors.ts'
import { page, redirect, type Reply } from '../../platform/http/reply.ts'
import type { Route } from '../../platform/http/route.ts'
import { civilDate, formatDate } from '../../platform/i18n.ts'
import { Button, DateInput, ErrorSummary, fieldErrors, Form, joinDate, LinkButton, NotificationBanner, Radios, readDateParts, Table, TextInput, usePage, type DateParts } from '../../ui/index.ts'
import { errors as refusals } from './calendar.errors.ts'
import { sessionsOn, specialDays, workingDayAfter, type Calendar } from './calendar.ts'
import { dayOf, parseDay, weekdayOf } from './civil-day.ts'
import { loadCalendar } from './load-calendar.ts'
import { calendarHref, calendarPath, changeHref, hoursPath, removeOverridePath } from './hrefs.ts'
import { checkOverride } from './override-day.ts'
import { proposeChange } from './propose-change.ts'
import { sessionWords } from './session-words.ts'

interface Typed { date: DateParts; kind: string; reason: string; source: string }
const nothing: Typed = { date: { day: '', month: '', year: '' }, kind: '', reason: '', source: '' }

async function answer(ctx: Ctx, options: { year: number; typed?: Typed; errors?: FieldError[]; saved?: boolean }): Promise<Reply> {
  const calendar = await loadCalendar(ctx.db)
  const title = ctx.t('calendar.page.title', { year: options.year })
  return page(<CalendarPage calendar={calendar} typed={nothing} errors={[]} {...options} />, { title, layout: 'desk', status: options.errors ? 400 : 200 })
}

function yearIn(value: string | undefined, ctx: Ctx): number {
  const year = Number(value)
  return Number.isInteger(year) && year >= 2000 && year < 2200 ? year : Number(civilDate(ctx.now).slice(0, 4))
}

export const calendarRoutes: Route[] = [
  {
    method: 'GET', path: calendarPath, access: { permission: 'calendar.manage' },
    handler: ({ ctx, query }) => answer(ctx, { year: yearIn(query.year, ctx), saved: query.saved === '1' }),
  },
  {
    method: 'POST', path: calendarPath, access: { permission: 'calendar.manage' },
    handler: async ({ ctx, form, query }) => {
      const typed: Typed = { date: readDateParts(form, 'date'), kind: form.get('kind'), reason: form.get('reason'), source: form.get('source') }
      const date = joinDate(typed.date) ?? ''
      const errors = checkOverride({ ...typed, date })
      if (errors.length > 0) return answer(ctx, { year: yearIn(query.year, ctx), typed, errors })
      return redirect(changeHref(await proposeChange(ctx, { kind: 'override', data: { date, kind: typed.kind === 'working' ? 'working' : 'off', reason: typed.reason.trim(), source: typed.source.trim() } })))
    },
  },
  {
    method: 'POST', path: removeOverridePath, access: { permission: 'calendar.manage' },
    handler: async ({ ctx, form }) => {
      const date = form.get('date')
      if (!(await loadCalendar(ctx.db)).data.overrides?.some((o) => o.date === date)) throw refusals.OVERRIDE_NOT_FOUND()
      return redirect(changeHref(await proposeChange(ctx, { kind: 'remove-override', data: { date } })))
    },
  },
]

interface Props { calendar: Calendar; year: number; typed: Typed; errors: FieldError[]; saved?: boolean }

function CalendarPage({ calendar, year, typed, errors, saved }: Props): VNode {
  const { t } = usePage()
  const firstDay = workingDayAfter(calendar, dayOf(year, 1, 1), 0)
  return (
    <>
      <ErrorSummary errors={errors} />
      {saved && <NotificationBanner type="success"><p class="govuk-notification-banner__heading">{t('calendar.page.saved')}</p></NotificationBanner>}
      <h1 class="govuk-heading-l">{t('calendar.page.title', { year })}</h1>
      <p class="govuk-body">{t('calendar.page.lead')}</p>
      <p class="govuk-body">{t('calendar.page.hours', { hours: sessionWords(sessionsOn(calendar, firstDay)) })} <a class="govuk-link" href={hoursPath}>{t('calendar.hours.link')}</a></p>
      <div class="govuk-button-group">
        <LinkButton kind="secondary" href={calendarHref(year - 1)}>{t('calendar.page.previous_year', { year: year - 1 })}</LinkButton>
        <LinkButton kind="secondary" href={calendarHref(year + 1)}>{t('calendar.page.next_year', { year: year + 1 })}</LinkButton>
      </div>
      <DaysTable calendar={calendar} year={year} />
      <OverrideForm typed={typed} errors={errors} year={year} />
    </>
  )
}

function DaysTable({ calendar, year }: { calendar: Calendar; year: number }): VNode {
  const { t } = usePage()
  const columns = ['date', 'weekday', 'what', 'why', 'source', 'action'].map((name) => ({ header: t(`calendar.page.${name}`) }))
  const rows = specialDays(calendar, year).map(({ date, off, override }) => [
    formatDate(date),
    t(`calendar.weekday.${weekdayOf(parseDay(date))}`),
    t(override?.kind === 'working' ? 'calendar.page.working' : 'calendar.page.off'),
    override ? override.reason
      : off?.kind === 'substitute' ? t('calendar.page.in_lieu', { name: t(`calendar.holiday.${off.name}`), date: formatDate(off.insteadOf) })
      : off?.kind === 'holiday' ? t(`calendar.holiday.${off.name}`) : '',
    override ? override.source : t('calendar.page.law'),
    override ? <Form action={removeOverridePath} hidden={{ date }}><Button kind="link" about={formatDate(date)}>{t('calendar.page.remove')}</Button></Form> : '',
  ])
  return <Table caption={t('calendar.page.table')} columns={columns} rows={rows} wide />
}

function OverrideForm({ typed, errors, year }: { typed: Typed; errors: FieldError[]; year: number }): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(errors, t)
  return (
    <Form action={calendarHref(year)}>
      <h2 class="govuk-heading-m">{t('calendar.page.add')}</h2>
      <DateInput name="date" label={t('calendar.page.field_date')} hint={t('calendar.page.field_date_hint')} value={typed.date} error={wrong.of('date')} />
      <Radios name="kind" label={t('calendar.page.field_kind')} value={typed.kind} error={wrong.of('kind')} inline
        options={[{ value: 'off', text: t('calendar.page.kind_off') }, { value: 'working', text: t('calendar.page.kind_working') }]} />
      <TextInput name="reason" label={t('calendar.page.field_reason')} value={typed.reason} error={wrong.of('reason')} width="two-thirds" />
      <TextInput name="source" label={t('calendar.page.field_source')} hint={t('calendar.page.field_source_hint')} value={typed.source} error={wrong.of('source')} width="two-thirds" />
      <Button>{t('calendar.change.preview')}</Button>
    </Form>
  )
}
