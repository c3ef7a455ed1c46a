import type { VNode } from 'preact'
import { file, page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { civilDate, formatDateTime } from '../../../../platform/i18n.ts'
import { fileTypes, writeTable } from '../../../../platform/write-table.ts'
import { Button, DateInput, EmptyState, ErrorSummary, fieldErrors, Form, joinDate, Pagination, Select, Table, TextInput, usePage, type DateParts } from '../../../../ui/index.ts'
import { officerNames } from '../officer.store.ts'
import { listRightEvents, rightActs, type AuditQuery, type RightEvent } from '../rights/rights-audit.ts'
import { eventSentence } from './event-sentence.ts'
import { auditPath, officerHref, withQuery } from './hrefs.ts'
import { within } from './officers.page.tsx'
import { proved } from './proved.tsx'
import { readNames, type Names } from './words.tsx'

const pageSize = 100
const exported = 20_000

/** Every change of rights in the administrator's reach, from the ledger: by officer, act and days; the same list as a file. */
export const auditRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/audit', access: { permission: 'identity.audit-rights' }, handler: proved(show) },
  { method: 'GET', path: '/admin/audit/export', access: { permission: 'identity.audit-rights' }, handler: proved(exportFile) },
]

interface Typed { q: string | undefined; act: (typeof rightActs)[number] | undefined; from: DateParts; until: DateParts }

function readQuery({ query, ctx }: Req, page: { limit: number; offset: number }): { typed: Typed; filter: AuditQuery; wrong: ('from' | 'until')[] } {
  const parts = (name: string): DateParts => ({ day: query[`${name}-day`] ?? '', month: query[`${name}-month`] ?? '', year: query[`${name}-year`] ?? '' })
  const typed: Typed = { q: query.q?.trim().slice(0, 100) || undefined, act: rightActs.find((a) => a === query.act), from: parts('from'), until: parts('until') }
  const wrong = (['from', 'until'] as const).filter((name) => Object.values(typed[name]).some(Boolean) && !joinDate(typed[name]))
  const [from, until] = [joinDate(typed.from), joinDate(typed.until)]
  return { typed, wrong, filter: { within: within(ctx), ...(typed.q ? { q: typed.q } : {}), ...(typed.act ? { act: typed.act } : {}), ...(from ? { from } : {}), ...(until ? { until } : {}), ...page } }
}

async function readSentences(req: Req, filter: AuditQuery) {
  const { ctx } = req
  const { rows, total } = await listRightEvents(ctx.db, filter)
  const people = await officerNames(ctx.db, rows.flatMap((e) => [e.officerId, e.actor, typeof e.data.substituteId === 'string' ? e.data.substituteId : null]))
  const names = await readNames(ctx, rows.flatMap((e) => [e.data.agencyCode, e.data.from, e.data.to]).flatMap((code) => (typeof code === 'string' && /^[A-Z]/.test(code) ? [{ agencyCode: code }] : [])))
  return { rows, total, people, names }
}

async function show(req: Req): Promise<Reply> {
  const at = Math.max(1, Math.min(10_000, Number.parseInt(req.query.page ?? '1', 10) || 1))
  const { typed, filter, wrong } = readQuery(req, { limit: pageSize, offset: (at - 1) * pageSize })
  const read = await readSentences(req, filter)
  return page(<Audit {...{ ...read, typed, wrong, at }} />, { title: req.ctx.t('identity.officers.audit.title'), layout: 'desk', status: wrong.length > 0 ? 400 : 200 })
}

async function exportFile(req: Req): Promise<Reply> {
  const { ctx: { t, now } } = req
  const { filter } = readQuery(req, { limit: exported, offset: 0 })
  const { rows, people, names } = await readSentences(req, filter)
  const format = req.query.format === 'xlsx' ? 'xlsx' : 'csv'
  const header = ['at', 'officer', 'act', 'asked_by'].map((column) => t(`identity.officers.column.${column}`))
  const lines = rows.map((e) => [e.at.toISOString(), people.get(e.officerId) ?? e.officerId, eventSentence(t, names, people, e), people.get(e.actor.replace(/^officer:/, '')) ?? t('identity.officers.by_system')])
  return file(await writeTable(format, header, lines), { type: fileTypes[format], name: `rights-${civilDate(now)}.${format}` })
}

interface Props { rows: RightEvent[]; total: number; at: number; people: Map<string, string>; names: Names; typed: Typed; wrong: ('from' | 'until')[] }

const address = ({ q, act, from, until }: Typed): Record<string, string | undefined> => ({
  q, act, 'from-day': from.day, 'from-month': from.month, 'from-year': from.year, 'until-day': until.day, 'until-month': until.month, 'until-year': until.year,
})

function Audit({ rows, total, at, people, names, typed, wrong }: Props): VNode {
  const { t } = usePage()
  const mistakes = wrong.map((field) => ({ field, key: 'identity.officers.audit.day_wrong' }))
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('identity.officers.audit.title')}</h1>
      <p class="govuk-body">{t('identity.officers.audit.lead')}</p>
      <Form method="get" action={auditPath} class="mc-filter-row">
        <TextInput name="q" label={t('identity.officers.search')} value={typed.q} width={20} />
        <Select name="act" label={t('identity.officers.column.act')} value={typed.act} empty={t('identity.officers.any')} options={rightActs.map((value) => ({ value, text: t(`identity.officers.event.${value}`) }))} />
        <DateInput name="from" label={t('identity.officers.audit.from')} value={typed.from} error={sentences.of('from')} />
        <DateInput name="until" label={t('identity.officers.audit.until')} value={typed.until} error={sentences.of('until')} />
        <Button kind="secondary">{t('identity.officers.filter')}</Button>
      </Form>
      <p class="govuk-body">
        <span role="status">{t('identity.officers.audit.count', { count: total })}</span>{' '}
        {(['csv', 'xlsx'] as const).map((format) => <> <a class="govuk-link" href={withQuery(`${auditPath}/export`, { ...address(typed), format })} download>{t('identity.officers.export', { format: format.toUpperCase() })}</a></>)}
      </p>
      {rows.length === 0 ? <EmptyState title={t('identity.officers.audit.none')} /> : (
        <Table caption={t('identity.officers.audit.title')} captionHidden stack columns={['at', 'officer', 'act', 'asked_by'].map((column) => ({ header: t(`identity.officers.column.${column}`) }))}
          rows={rows.map((e) => [formatDateTime(e.at), <a class="govuk-link" href={officerHref(e.officerId)}>{people.get(e.officerId)}</a>, eventSentence(t, names, people, e), people.get(e.actor.replace(/^officer:/, '')) ?? t('identity.officers.by_system')])} />
      )}
      <Pagination page={at} pages={Math.ceil(total / pageSize)} href={(n) => withQuery(auditPath, { ...address(typed), page: String(n) })} />
    </>
  )
}
