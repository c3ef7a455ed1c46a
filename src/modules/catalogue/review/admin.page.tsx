import type { VNode } from 'preact'
import { isPermitted } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { BackLink, Button, Deadline, EmptyState, ErrorSummary, FilterPanel, Form, NotificationBanner, Pagination, Table, Tag, Textarea, fieldErrors, usePage, type FilterGroup, type Tone } from '../../../ui/index.ts'
import { errors as refusals } from '../catalogue.errors.ts'
import { procedureNames } from '../get-procedure.ts'
import { procedureHref } from '../pages/hrefs.ts'
import { narrowed } from '../questions/hrefs.ts'
import { countByRule, findingStates, listFindings, noOwner, resultsByOwner, type Finding, type FindingFilter, type FindingState, type OwnerResult } from './findings.store.ts'
import { qualityPath, reviewOfHref } from './hrefs.ts'
import { addFinding, answerCorrection, answersFor, closeFindings, requestCorrection } from './request-correction.ts'
import { reviewQueue } from './review-procedures.ts'
import { ruleCodes, ruleOf, severities, type Severity } from './rules.ts'

const seen = { permission: 'catalogue.quality' } as const
const reviewer = { permission: 'catalogue.review' } as const
export const severityTones: Record<Severity, Tone> = { error: 'late', warning: 'attention', notice: 'neutral' }
const stateTones: Record<FindingState, Tone> = { open: 'neutral', asked: 'running', answered: 'attention', closed: 'done' }
const dones = ['asked', 'answered', 'closed', 'added', 'started'] as const

export function readFilter(query: Readonly<Record<string, string>>): FindingFilter {
  return {
    rule: ruleCodes.find((r) => r === query.rule), severity: severities.find((s) => s === query.severity), owner: /^[\w.-]{1,20}$/.test(query.owner ?? '') ? query.owner : undefined,
    state: findingStates.find((s) => s === query.state), overdue: query.overdue === '1', page: /^\d{1,5}$/.test(query.page ?? '') ? Number(query.page) : 1,
  }
}

export const qualityRoutes: readonly Route[] = [
  { method: 'GET', path: qualityPath, access: seen, handler: async ({ ctx, query }) => {
    const filter = readFilter(query)
    const [found, counts, owners] = await Promise.all([listFindings(ctx.db, filter, ctx.now), countByRule(ctx.db, filter, ctx.now), resultsByOwner(ctx.db, ctx.now)])
    return page(<QualityPage found={found} filter={filter} counts={counts} owners={owners} now={ctx.now} done={dones.find((d) => d === query.done)} />, { title: ctx.t('catalogue.review.title'), layout: 'desk' })
  } },
  { method: 'POST', path: '/admin/quality-of-data/run', access: reviewer, handler: async ({ ctx }) => {
    await ctx.db.begin((tx) => enqueue(tx as Tx, { queue: reviewQueue, payload: {}, key: 'now' }))
    ctx.node.nudge('jobs')
    return redirect(narrowed(qualityPath, { done: 'started' }))
  } },
  { method: 'GET', path: '/admin/quality-of-data/procedure/:code', access: seen, handler: ({ ctx, params, query }) => showProcedure(ctx, params.code!, { done: dones.find((d) => d === query.done) }) },
  { method: 'POST', path: '/admin/quality-of-data/ask/:code', access: reviewer, handler: async ({ ctx, params, form }) => {
    const asked = await requestCorrection(ctx, params.code!, form.get('request'))
    return Array.isArray(asked) ? showProcedure(ctx, params.code!, { wrong: asked, typed: form.get('request') }) : redirect(narrowed(reviewOfHref(params.code!), { done: 'asked' }))
  } },
  { method: 'POST', path: '/admin/quality-of-data/answer/:code', access: seen, handler: async ({ ctx, params, form }) => {
    const answered = await answerCorrection(ctx, params.code!, form.get('answer'))
    return Array.isArray(answered) ? showProcedure(ctx, params.code!, { wrong: answered, typed: form.get('answer') }) : redirect(narrowed(reviewOfHref(params.code!), { done: 'answered' }))
  } },
  { method: 'POST', path: '/admin/quality-of-data/close/:code', access: reviewer, handler: async ({ ctx, params }) => {
    await closeFindings(ctx, params.code!)
    return redirect(narrowed(reviewOfHref(params.code!), { done: 'closed' }))
  } },
  { method: 'POST', path: '/admin/quality-of-data/add/:code', access: reviewer, handler: async ({ ctx, params, form }) => {
    const wrong = await addFinding(ctx, params.code!, form.get('finding'))
    return wrong.length > 0 ? showProcedure(ctx, params.code!, { wrong, typed: form.get('finding') }) : redirect(narrowed(reviewOfHref(params.code!), { done: 'added' }))
  } },
]

async function showProcedure(ctx: Ctx, code: string, view: { wrong?: readonly FieldError[]; typed?: string; done?: string | undefined }): Promise<Reply> {
  const name = (await procedureNames(ctx.db, [code], ctx.lang)).get(code)
  const { rows } = await listFindings(ctx.db, { code, size: 200 }, ctx.now)
  if (!name && rows.length === 0) throw refusals.PROCEDURE_NOT_FOUND({ code: code.slice(0, 40) })
  return page(<ProcedureReview code={code} name={name ?? code} findings={rows} now={ctx.now} {...view} />, { title: ctx.t('catalogue.review.ofProcedure', { code }), layout: 'desk', status: view.wrong?.length ? 400 : 200 })
}

interface Props { found: Awaited<ReturnType<typeof listFindings>>; filter: FindingFilter; counts: ReadonlyMap<string, number>; owners: readonly OwnerResult[]; now: Date; done: string | undefined }

function QualityPage({ found, filter, counts, owners, now, done }: Props): VNode {
  const { t, lang, actor } = usePage()
  const address = { rule: filter.rule, severity: filter.severity, owner: filter.owner, state: filter.state, overdue: filter.overdue ? '1' : undefined }
  const one = (value: string | undefined): string[] => (value ? [value] : [])
  const group = (name: string, options: FilterGroup['options'], selected: string | undefined): FilterGroup => ({ name, title: t(`catalogue.review.${name}`), kind: 'select', empty: t('catalogue.filter.all'), options, selected: one(selected) })
  const groups = [
    group('owner', owners.map((o) => ({ value: o.owner ?? noOwner, text: o.name ?? t('catalogue.review.noOwner') })), filter.owner),
    group('rule', ruleCodes.map((r) => ({ value: r, text: t(`catalogue.review.rule.${r}.name`), ...(counts.has(r) ? { count: counts.get(r)! } : {}) })), filter.rule),
    group('severity', severities.map((s) => ({ value: s, text: t(`catalogue.review.severity.${s}`) })), filter.severity),
    group('state', findingStates.map((s) => ({ value: s, text: t(`catalogue.review.state.${s}`) })), filter.state),
    { name: 'overdue', title: t('catalogue.review.due'), kind: 'checkbox' as const, options: [{ value: '1', text: t('catalogue.review.overdue') }], selected: one(address.overdue) },
  ]
  return (
    <>
      {done && <NotificationBanner type="success" heading={t(`catalogue.review.done.${done}`)} />}
      <h1 class="govuk-heading-l">{t('catalogue.review.title')}</h1>
      <p class="govuk-body">{t('catalogue.review.lead')}</p>
      {isPermitted(actor, 'catalogue.review') && <Form action="/admin/quality-of-data/run"><Button kind="secondary">{t('catalogue.review.run')}</Button></Form>}
      <div class="mc-with-filter">
        <FilterPanel action={qualityPath} groups={groups} {...(Object.values(address).some(Boolean) ? { clearHref: qualityPath } : {})} removeHref={(name) => narrowed(qualityPath, { ...address, [name]: undefined })} />
        <section aria-label={t('catalogue.list.results')}>
          {counts.size > 0 && !filter.rule && <Table caption={t('catalogue.review.byRule')} columns={[{ header: t('catalogue.review.rule') }, { header: t('catalogue.review.source') }, { header: t('catalogue.review.number'), numeric: true }]}
            rows={[...counts].map(([rule, n]) => [t(`catalogue.review.rule.${rule}.name`), ruleOf(rule)?.source ?? '–', <a class="govuk-link" href={narrowed(qualityPath, { ...address, rule })}>{formatNumber(n, lang)}</a>])} />}
          {found.total === 0 ? <EmptyState title={t('catalogue.review.none')} /> : <FindingsTable findings={found.rows} total={found.total} now={now} />}
          <Pagination page={found.page} pages={found.pages} href={(n) => narrowed(qualityPath, { ...address, page: n === 1 ? undefined : String(n) })} />
        </section>
      </div>
    </>
  )
}

function FindingsTable({ findings, total, now }: { findings: readonly Finding[]; total: number; now: Date }): VNode {
  const { t, lang } = usePage()
  return (
    <Table caption={t('catalogue.review.count', { count: total, number: formatNumber(total, lang) })} wide columns={['procedure', 'finding', 'owner', 'state', 'due'].map((c) => ({ header: t(`catalogue.review.${c}`) }))}
      rows={findings.map((f) => ({ late: isOverdue(f, now), cells: [
        <a class="govuk-link" href={reviewOfHref(f.code)}>{f.code}</a>, <FindingWords finding={f} />, f.ownerName ?? '–',
        <Tag tone={stateTones[f.state]}>{t(`catalogue.review.state.${f.state}`)}</Tag>, f.dueAt && f.state === 'asked' ? <Deadline due={f.dueAt} now={now} exact soonHours={48} /> : '–',
      ] }))} />
  )
}

const isOverdue = (f: Finding, now: Date): boolean => f.state === 'asked' && f.dueAt !== null && f.dueAt < now

/** The sentence of a finding with how bad it is. */
export function FindingWords({ finding: f }: { finding: Pick<Finding, 'rule' | 'severity' | 'params'> }): VNode {
  const { t } = usePage()
  return <><Tag tone={severityTones[f.severity]} plain>{t(`catalogue.review.severity.${f.severity}`)}</Tag> {t(`catalogue.review.rule.${f.rule}.text`, f.params)}</>
}

interface ReviewProps { code: string; name: string; findings: readonly Finding[]; now: Date; wrong?: readonly FieldError[]; typed?: string; done?: string | undefined }

function ProcedureReview({ code, name, findings, now, wrong = [], typed = '', done }: ReviewProps): VNode {
  const { t, actor } = usePage()
  const found = fieldErrors(wrong, t)
  const has = (...states: FindingState[]): Finding[] => findings.filter((f) => states.includes(f.state))
  const mine = isPermitted(actor, 'catalogue.review')
  const value = (field: string): string => (wrong.some((w) => w.field === field) ? typed : '')
  const asked = has('asked')
  return (
    <>
      <BackLink href={qualityPath} />
      <ErrorSummary errors={[...wrong]} />
      {done && <NotificationBanner type="success" heading={t(`catalogue.review.done.${done}`)} />}
      <h1 class="govuk-heading-l">{name}</h1>
      <p class="govuk-body"><a class="govuk-link" href={procedureHref(code)}>{code}</a></p>
      {findings.length === 0 && <EmptyState title={t('catalogue.review.none')} />}
      {findings.length > 0 && <Table caption={t('catalogue.review.findings')} wide columns={['finding', 'source', 'state', 'due', 'request', 'answer'].map((c) => ({ header: t(`catalogue.review.${c}`) }))}
        rows={findings.map((f) => ({ late: isOverdue(f, now), cells: [
          <FindingWords finding={f} />, ruleOf(f.rule)?.source ?? '–',
          <>{<Tag tone={stateTones[f.state]}>{t(`catalogue.review.state.${f.state}`)}</Tag>}{f.closedHow && <> {t(`catalogue.review.closed.${f.closedHow}`, { date: formatDate(f.closedAt!) })}</>}</>,
          f.dueAt ? (f.state === 'asked' ? <Deadline due={f.dueAt} now={now} exact soonHours={48} /> : formatDateTime(f.dueAt)) : '–', f.request || '–', f.answer ?? '–',
        ] }))} />}
      {mine && has('open', 'answered').length > 0 && (
        <Form action={`/admin/quality-of-data/ask/${code}`}>
          <h2 class="govuk-heading-m">{t('catalogue.review.ask')}</h2>
          <Textarea name="request" label={t('catalogue.review.request')} hint={t('catalogue.review.requestHint')} value={value('request')} error={found.of('request')} rows={4} />
          <Button>{t('catalogue.review.askButton', { count: has('open', 'answered').length })}</Button>
        </Form>
      )}
      {asked.length > 0 && answersFor(actor, asked[0]!.owner) && (
        <Form action={`/admin/quality-of-data/answer/${code}`}>
          <h2 class="govuk-heading-m">{t('catalogue.review.answerTitle')}</h2>
          <Textarea name="answer" label={t('catalogue.review.answer')} hint={t('catalogue.review.answerHint')} value={value('answer')} error={found.of('answer')} rows={4} />
          <Button>{t('catalogue.review.answerButton')}</Button>
        </Form>
      )}
      {mine && has('answered').length > 0 && <Form action={`/admin/quality-of-data/close/${code}`}><Button kind="secondary">{t('catalogue.review.close')}</Button></Form>}
      {mine && (
        <Form action={`/admin/quality-of-data/add/${code}`}>
          <h2 class="govuk-heading-m">{t('catalogue.review.add')}</h2>
          <Textarea name="finding" label={t('catalogue.review.finding')} value={value('finding')} error={found.of('finding')} rows={3} />
          <Button kind="secondary">{t('catalogue.review.addButton')}</Button>
        </Form>
      )}
    </>
  )
}
