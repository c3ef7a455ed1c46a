import type { VNode } from 'preact'
import type { Ctx } from '../../platform/ctx.ts'
import type { FieldError } from '../../platform/errors.ts'
import { page, redirect, type Reply } from '../../platform/http/reply.ts'
import type { Req, Route } from '../../platform/http/route.ts'
import { civilDate, formatDate } from '../../platform/i18n.ts'
import { BackLink, Button, DateInput, emptyDate, ErrorSummary, fieldErrors, Form, joinDate, NotificationBanner, readDateParts, Table, TextInput, usePage, type DateParts } from '../../ui/index.ts'
import { errors } from './calendar.errors.ts'
import type { OfficeHours } from './calendar.ts'
import { calendarPath, changeHref, hoursPath, removeHoursPath } from './hrefs.ts'
import { loadCalendar } from './load-calendar.ts'
import { isCalendarDate, longest } from './override-day.ts'
import { proposeChange } from './propose-change.ts'
import type { RuleSet } from './rule-set.ts'
import { RuleSets } from './rules.page.tsx'
import { readSessions, sessionWords } from './session-words.ts'

interface Typed { agencyCode: string; validFrom: DateParts; validTo: DateParts; sessions: string; source: string }
const nothing: Typed = { agencyCode: '', validFrom: emptyDate, validTo: emptyDate, sessions: '', source: '' }
const agencyPattern = /^[GH]\d{2}(\.\d{2,3})*$/

/** Opening times by agency and date, and the rules by which time is counted. A change is proposed here and confirmed where it shows what it moves. */
export const hoursRoutes: Route[] = [
  { method: 'GET', path: hoursPath, access: { permission: 'calendar.manage' }, handler: ({ ctx, query }) => answer(ctx, nothing, [], query.saved === '1') },
  { method: 'POST', path: hoursPath, access: { permission: 'calendar.manage' }, handler: async (req) => {
    const typed = readTyped(req)
    const mistakes = check(typed)
    if (mistakes.length > 0) return answer(req.ctx, typed, mistakes)
    const data = { agencyCode: typed.agencyCode || null, validFrom: joinDate(typed.validFrom)!, validTo: joinDate(typed.validTo) || null, sessions: readSessions(typed.sessions)!, source: typed.source }
    return redirect(changeHref(await proposeChange(req.ctx, { kind: 'hours', data })))
  } },
  { method: 'POST', path: removeHoursPath, access: { permission: 'calendar.manage' }, handler: async ({ ctx, form }) => {
    const [agencyCode, validFrom] = [form.get('agency') || null, form.get('from')]
    const known = ((await loadCalendar(ctx.db)).data.officeHours ?? []).some((row) => (row.agencyCode ?? null) === agencyCode && row.validFrom === validFrom)
    if (!known) throw errors.HOURS_NOT_FOUND()
    return redirect(changeHref(await proposeChange(ctx, { kind: 'remove-hours', data: { agencyCode, validFrom } })))
  } },
]

function readTyped({ form }: Req): Typed {
  return { agencyCode: form.get('agencyCode').trim(), validFrom: readDateParts(form, 'validFrom'), validTo: readDateParts(form, 'validTo'), sessions: form.get('sessions'), source: form.get('source').trim() }
}

function check(typed: Typed): FieldError[] {
  const [from, to] = [joinDate(typed.validFrom) ?? '', joinDate(typed.validTo) ?? '']
  const hasEnd = Object.values(typed.validTo).some((part) => part !== '')
  return [
    ...(typed.agencyCode !== '' && !agencyPattern.test(typed.agencyCode) ? [{ field: 'agencyCode', key: 'calendar.hours.invalid.agency' }] : []),
    ...(isCalendarDate(from) ? [] : [{ field: 'validFrom', key: 'calendar.invalid.date' }]),
    ...(hasEnd && !isCalendarDate(to) ? [{ field: 'validTo', key: 'calendar.invalid.date' }] : hasEnd && to <= from ? [{ field: 'validTo', key: 'calendar.hours.invalid.order' }] : []),
    ...(readSessions(typed.sessions) ? [] : [{ field: 'sessions', key: 'calendar.hours.invalid.sessions' }]),
    ...(typed.source === '' ? [{ field: 'source', key: 'calendar.invalid.source' }] : [...typed.source].length > longest ? [{ field: 'source', key: 'calendar.invalid.too_long', params: { longest } }] : []),
  ]
}

async function answer(ctx: Ctx, typed: Typed, mistakes: FieldError[], saved = false): Promise<Reply> {
  const { data, ruleSets } = await loadCalendar(ctx.db)
  const hours = [...(data.officeHours ?? [])].sort((a, b) => (a.agencyCode ?? '').localeCompare(b.agencyCode ?? '') || a.validFrom.localeCompare(b.validFrom))
  return page(<HoursPage hours={hours} ruleSets={ruleSets} today={civilDate(ctx.now)} typed={typed} mistakes={mistakes} saved={saved} />, { title: ctx.t('calendar.hours.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface Props { hours: readonly OfficeHours[]; ruleSets: readonly RuleSet[]; today: string; typed: Typed; mistakes: FieldError[]; saved: boolean }

function HoursPage({ hours, ruleSets, today, typed, mistakes, saved }: Props): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(mistakes, t)
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <BackLink href={calendarPath}>{t('calendar.page.nav')}</BackLink>
      {saved && <NotificationBanner type="success"><p class="govuk-notification-banner__heading">{t('calendar.page.saved')}</p></NotificationBanner>}
      <h1 class="govuk-heading-l">{t('calendar.hours.title')}</h1>
      <p class="govuk-body">{t('calendar.hours.lead')}</p>
      <HoursTable hours={hours} />
      <Form action={hoursPath}>
        <h2 class="govuk-heading-m">{t('calendar.hours.add')}</h2>
        <TextInput name="agencyCode" label={t('calendar.hours.agencyField')} hint={t('calendar.hours.agencyHint')} value={typed.agencyCode} error={wrong.of('agencyCode')} width={20} spellcheck={false} />
        <DateInput name="validFrom" label={t('calendar.hours.from')} value={typed.validFrom} error={wrong.of('validFrom')} />
        <DateInput name="validTo" label={t('calendar.hours.toField')} hint={t('calendar.hours.toHint')} value={typed.validTo} error={wrong.of('validTo')} />
        <TextInput name="sessions" label={t('calendar.hours.sessions')} hint={t('calendar.hours.sessionsHint')} value={typed.sessions} error={wrong.of('sessions')} width="two-thirds" />
        <TextInput name="source" label={t('calendar.page.field_source')} hint={t('calendar.page.field_source_hint')} value={typed.source} error={wrong.of('source')} width="two-thirds" />
        <Button>{t('calendar.change.preview')}</Button>
      </Form>
      <RuleSets ruleSets={ruleSets} today={today} />
    </>
  )
}

function HoursTable({ hours }: { hours: readonly OfficeHours[] }): VNode {
  const { t } = usePage()
  const rows = hours.map(({ agencyCode, validFrom, validTo, sessions, source }) => [
    agencyCode ?? t('calendar.hours.node'), formatDate(validFrom), validTo ? formatDate(validTo) : '', sessionWords(sessions), source ?? '',
    <Form action={removeHoursPath} hidden={{ agency: agencyCode ?? '', from: validFrom }}><Button kind="link" about={`${agencyCode ?? t('calendar.hours.node')}, ${formatDate(validFrom)}`}>{t('calendar.hours.remove')}</Button></Form>,
  ])
  const columns = ['calendar.hours.agency', 'calendar.hours.from', 'calendar.hours.to', 'calendar.hours.sessions', 'calendar.page.source', 'calendar.page.action'].map((key) => ({ header: t(key) }))
  return <Table caption={t('calendar.hours.title')} captionHidden columns={columns} rows={rows} wide />
}
