import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../platform/http/reply.ts'
import type { Req, Route } from '../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../platform/i18n.ts'
import { isId } from '../../platform/ids.ts'
import { BackLink, Button, ButtonGroup, Form, InsetText, SummaryList, Table, usePage, WarningText } from '../../ui/index.ts'
import { errors } from './calendar.errors.ts'
import type { Session } from './calendar.ts'
import { findChange, withChange, type StoredChange } from './change.ts'
import { decideChange } from './decide-change.ts'
import { calendarHref, changePath, confirmHref, confirmPath, dropHref, dropPath, hoursPath } from './hrefs.ts'
import { impactOf, type Impact } from './impact.ts'
import { loadCalendar } from './load-calendar.ts'
import { RulesTable } from './rules.page.tsx'
import { sessionWords } from './session-words.ts'

async function readChange(req: Req): Promise<StoredChange> {
  const change = isId(req.params.id) ? await findChange(req.ctx.db, req.params.id) : undefined
  if (!change) throw errors.CHANGE_NOT_FOUND()
  return change
}

/** A proposed change before it holds: what it says, and which dates it moves. */
export const changeRoutes: Route[] = [
  { method: 'GET', path: changePath, access: { permission: 'calendar.manage' }, handler: async (req): Promise<Reply> => {
    const change = await readChange(req)
    const impact = change.decision ? undefined : await impactOf(req.ctx, withChange(await loadCalendar(req.ctx.db), change))
    return page(<ChangePage change={change} impact={impact} />, { title: req.ctx.t('calendar.change.title'), layout: 'desk' })
  } },
  { method: 'POST', path: confirmPath, access: { permission: 'calendar.manage' }, handler: async (req) => {
    const change = await readChange(req)
    await decideChange(req.ctx, { id: change.id, decision: 'confirmed' })
    return redirect(change.kind === 'override' || change.kind === 'remove-override' ? calendarHref(change.data.date.slice(0, 4), true) : `${hoursPath}?saved=1`)
  } },
  { method: 'POST', path: dropPath, access: { permission: 'calendar.manage' }, handler: async (req) => {
    const change = await readChange(req)
    await decideChange(req.ctx, { id: change.id, decision: 'dropped' })
    return redirect(backOf(change))
  } },
]

const backOf = (change: StoredChange): string => (change.kind === 'override' || change.kind === 'remove-override' ? calendarHref(change.data.date.slice(0, 4)) : hoursPath)

function ChangePage({ change, impact }: { change: StoredChange; impact: Impact | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={backOf(change)}>{t('calendar.page.nav')}</BackLink>
      <h1 class="govuk-heading-l">{t('calendar.change.title')}</h1>
      <SummaryList rows={[{ key: t('calendar.change.what'), value: t(`calendar.change.kind.${change.kind}`) }, ...factsOf(change, t), { key: t('calendar.change.proposed'), value: formatDateTime(change.proposedAt) }]} />
      {change.decision && <InsetText>{t(`calendar.change.${change.decision}`, { at: formatDateTime(change.decidedAt!) })}</InsetText>}
      {change.kind === 'rules' && <RulesTable {...change.data} />}
      {change.kind === 'rules' || change.kind === 'remove-rules' ? <p class="govuk-body">{t('calendar.newRules.impact', { from: formatDate(change.data.validFrom) })}</p> : impact && <ImpactView impact={impact} />}
      {!change.decision && (
        <ButtonGroup>
          <Form action={confirmHref(change.id)}><Button>{t('calendar.change.confirm')}</Button></Form>
          <Form action={dropHref(change.id)}><Button kind="secondary">{t('calendar.change.drop')}</Button></Form>
        </ButtonGroup>
      )}
    </>
  )
}

type T = ReturnType<typeof usePage>['t']

function factsOf(change: StoredChange, t: T): { key: string; value: string }[] {
  const row = (key: string, value: string): { key: string; value: string } => ({ key: t(key), value })
  switch (change.kind) {
    case 'override': return [row('calendar.page.date', formatDate(change.data.date)), row('calendar.page.what', t(change.data.kind === 'working' ? 'calendar.page.working' : 'calendar.page.off')), row('calendar.page.why', change.data.reason), row('calendar.page.source', change.data.source)]
    case 'remove-override': return [row('calendar.page.date', formatDate(change.data.date))]
    case 'hours': return [...hoursOf(change.data, t), row('calendar.hours.sessions', sessionWords(change.data.sessions as Session[])), row('calendar.page.source', change.data.source)]
    case 'remove-hours': return hoursOf(change.data, t)
    case 'rules': case 'remove-rules': return [row('calendar.newRules.instrument', change.data.title), row('calendar.newRules.from', formatDate(change.data.validFrom))]
  }
}

function hoursOf(data: { agencyCode?: string | null; validFrom: string; validTo?: string | null }, t: T): { key: string; value: string }[] {
  return [
    { key: t('calendar.hours.agency'), value: data.agencyCode ?? t('calendar.hours.node') }, { key: t('calendar.hours.from'), value: formatDate(data.validFrom) },
    ...(data.validTo ? [{ key: t('calendar.hours.to'), value: formatDate(data.validTo) }] : []),
  ]
}

function ImpactView({ impact }: { impact: Impact }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('calendar.change.impact')}</h2>
      {impact.later > 0 ? <WarningText>{t('calendar.change.later', { count: impact.later, running: impact.running })}</WarningText> : <p class="govuk-body">{t('calendar.change.none', { running: impact.running })}</p>}
      {impact.kept > 0 && <p class="govuk-body">{t('calendar.change.kept', { count: impact.kept })}</p>}
      {impact.examples.length > 0 && <Table caption={t('calendar.change.examples')} columns={['dossier', 'before', 'after'].map((name) => ({ header: t(`calendar.change.${name}`) }))}
        rows={impact.examples.map((e) => [e.text, formatDateTime(e.from), formatDateTime(e.to)])} />}
    </>
  )
}
