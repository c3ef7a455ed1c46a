import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, Deadline, Details, EmptyState, ErrorSummary, fieldErrors, FilterPanel, Form, InsetText, NotificationBanner, Pagination, Radios, SummaryList, Table, Tag, Textarea, Timeline, usePage } from '../../../../ui/index.ts'
import { listEvents, type LedgerEvent } from '../../../ledger/index.ts'
import { recordAccess } from '../../access/access-log.ts'
import { findAccount, type Account } from '../../citizens/account.store.ts'
import { errors as refused } from '../../identity.errors.ts'
import { dataRequestsPath, pageNumber, withQuery } from '../hrefs.ts'
import { deletionObstacles } from '../own-data/own-data.ts'
import { findRequest, openWords, refusals, requestKinds, requestStates, runningLimit, type DataRequest } from './data-request.ts'
import { acceptRequest, extendRequest, finishRequest, refuseRequest } from './handle-request.ts'
import { listRequests, type RequestFilter, type RequestPage } from './list-requests.ts'
import { requestTones } from './request-tones.ts'

const access = { permission: 'identity.data-requests' } as const
type Typed = Readonly<Record<string, string>>
const done = (id: string): Reply => redirect(`${dataRequestsPath}/${id}?done=1`)

export const adminRequestRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/data-requests', access, handler: async ({ ctx, query }) => {
    const filter: RequestFilter = { state: requestStates.find((s) => s === query.state), kind: requestKinds.find((k) => k === query.kind), page: pageNumber(query.page) }
    return page(<Queue filter={filter} found={await listRequests(ctx.db, filter, ctx.now)} now={ctx.now} />, { title: ctx.t('identity.life.request.admin'), layout: 'desk' })
  } },
  { method: 'GET', path: '/admin/data-requests/:id', access, handler: ({ ctx, params, query }) => show(ctx, params.id!, [], {}, query.done === '1') },
  { method: 'POST', path: '/admin/data-requests/:id/accept', access, handler: async ({ ctx, params }) => {
    await acceptRequest(ctx, params.id!)
    return done(params.id!)
  } },
  { method: 'POST', path: '/admin/data-requests/:id/refuse', access, handler: async ({ ctx, params, form }) => {
    const wrong = await refuseRequest(ctx, params.id!, form.get('refusal'))
    return wrong.length > 0 ? show(ctx, params.id!, wrong, {}) : done(params.id!)
  } },
  { method: 'POST', path: '/admin/data-requests/:id/extend', access, handler: async ({ ctx, params, form }) => {
    const wrong = await extendRequest(ctx, params.id!, form.get('reason'))
    return wrong.length > 0 ? show(ctx, params.id!, wrong, { reason: form.get('reason') }) : done(params.id!)
  } },
  { method: 'POST', path: '/admin/data-requests/:id/finish', access, handler: async ({ ctx, params }) => {
    await finishRequest(ctx, params.id!)
    return done(params.id!)
  } },
]

async function show(ctx: Ctx, id: string, wrong: FieldError[], typed: Typed, isDone = false): Promise<Reply> {
  const request = await findRequest(ctx.db, id)
  if (!request) throw refused.REQUEST_NOT_FOUND()
  const [account, obstacles, events] = await Promise.all([findAccount(ctx.db, request.accountId), request.kind === 'deletion' ? deletionObstacles(ctx.db, request.accountId) : 0, listEvents(ctx.db, id)])
  await recordAccess(ctx.db, ctx, { subjectId: request.accountId, objectId: id, purpose: 'identity.data-requests' })
  return page(<RequestView request={request} words={openWords(ctx.node, request)} account={account} obstacles={obstacles} events={events} wrong={wrong} typed={typed} isDone={isDone} now={ctx.now} />,
    { title: ctx.t('identity.life.request.one', { reference: request.reference }), layout: 'desk', status: wrong.length > 0 ? 400 : 200 })
}

function Queue({ filter, found, now }: { filter: RequestFilter; found: RequestPage; now: Date }): VNode {
  const { t } = usePage()
  const address = { state: filter.state, kind: filter.kind }
  return (
    <>
      <h1 class="govuk-heading-l">{t('identity.life.request.admin')}</h1>
      {found.late > 0 && <NotificationBanner heading={t('identity.life.request.late', { count: found.late })} />}
      <div class="mc-with-filter">
        <FilterPanel action={dataRequestsPath} {...(filter.state || filter.kind ? { clearHref: dataRequestsPath } : {})} removeHref={(name) => withQuery(dataRequestsPath, { ...address, [name]: undefined })}
          groups={[
            { name: 'state', title: t('identity.life.request.state'), kind: 'select', empty: t('identity.life.all'), options: requestStates.map((s) => ({ value: s, text: t(`identity.life.request.state.${s}`) })), selected: filter.state ? [filter.state] : [] },
            { name: 'kind', title: t('identity.life.request.kind'), kind: 'select', empty: t('identity.life.all'), options: requestKinds.map((k) => ({ value: k, text: t(`identity.life.request.kind.${k}`) })), selected: filter.kind ? [filter.kind] : [] },
          ]} />
        <section aria-label={t('identity.life.request.admin')}>
          {found.total === 0 ? <EmptyState title={t('identity.life.request.none')} /> : (
            <Table stack keys caption={t('identity.life.request.count', { count: found.total })} columns={[{ header: t('identity.life.problem.reference') }, { header: t('identity.life.request.kind') }, { header: t('identity.life.request.askedAt') }, { header: t('identity.life.request.state') }, { header: t('identity.life.problem.clock') }]}
              rows={found.rows.map((r) => {
                const due = runningLimit(r)
                const href = `${dataRequestsPath}/${r.id}`
                return { href, late: due !== null && due <= now, cells: [<a class="govuk-link" href={href}>{r.reference}</a>, t(`identity.life.request.kind.${r.kind}`), formatDateTime(r.askedAt), <Tag tone={requestTones[r.state]}>{t(`identity.life.request.state.${r.state}`)}</Tag>, due ? <Deadline due={due} now={now} /> : '–'] }
              })} />
          )}
          <Pagination page={found.page} pages={found.pages} href={(n) => withQuery(dataRequestsPath, { ...address, page: String(n) })} />
        </section>
      </div>
    </>
  )
}

interface Props { request: DataRequest; words: string; account: Account | undefined; obstacles: number; events: LedgerEvent[]; wrong: FieldError[]; typed: Typed; isDone: boolean; now: Date }

function RequestView(props: Props): VNode {
  const { t } = usePage()
  const { request: r, words, account, obstacles, events, wrong, isDone, now } = props
  const isOpen = r.state === 'asked' || r.state === 'accepted'
  const ended = (moment: Date | null): { now: Date; state: 'done' | 'running' } => ({ now: moment ?? now, state: moment ? 'done' : 'running' })
  return (
    <>
      <BackLink href={dataRequestsPath} />
      <ErrorSummary errors={wrong} />
      {isDone && <NotificationBanner type="success" heading={t('identity.life.request.handled')} />}
      <h1 class="govuk-heading-l">{t('identity.life.request.one', { reference: r.reference })}</h1>
      <SummaryList rows={[
        { key: t('identity.life.request.kind'), value: t(`identity.life.request.kind.${r.kind}`) },
        { key: t('identity.life.request.state'), value: <Tag tone={requestTones[r.state]}>{t(`identity.life.request.state.${r.state}`)}</Tag> },
        { key: t('identity.life.request.whose'), value: account ? `${account.fullName} · ${account.idNumber}` : t('identity.life.erased') },
        ...(r.purpose ? [{ key: t('identity.life.consents.purpose'), value: t(`identity.life.consent.${r.purpose}`) }] : []),
        { key: t('identity.life.request.words'), value: words || '–' },
        { key: t('identity.life.request.answer'), value: <Deadline due={r.answerBy} exact {...ended(r.answeredAt ?? r.endedAt)} /> },
        { key: t('identity.life.request.due'), value: <Deadline due={r.dueBy} exact {...ended(r.endedAt)} /> },
        ...(r.coolsUntil ? [{ key: t('identity.life.request.cools'), value: formatDateTime(r.coolsUntil) }] : []),
        ...(r.refusal ? [{ key: t('identity.life.request.refusal'), value: t(`identity.life.request.refusal.${r.refusal}`) }] : []),
      ]} />
      {obstacles > 0 && isOpen && <InsetText>{t('identity.life.deletion.obstacles', { count: obstacles })}</InsetText>}
      {isOpen && <Steps {...props} />}
      <h2 class="govuk-heading-m">{t('identity.life.history')}</h2>
      <Timeline label={t('identity.life.history')} items={events.map((e) => ({ at: e.at, title: t(`identity.life.event.${e.type.replace('identity.', '')}`), tone: e.type === 'identity.data_request_overdue' ? 'late' : 'neutral' }))} />
    </>
  )
}

function Steps({ request: r, obstacles, wrong, typed }: Props): VNode {
  const { t } = usePage()
  const found = fieldErrors(wrong, t)
  const action = (step: string): string => `${dataRequestsPath}/${r.id}/${step}`
  return (
    <>
      {r.state === 'asked' && obstacles === 0 && <Form action={action('accept')}><p class="govuk-body">{t(r.kind === 'deletion' ? 'identity.life.request.accept.deletion' : 'identity.life.request.accept.lead')}</p><Button>{t('identity.life.request.accept')}</Button></Form>}
      {r.state === 'asked' && (
        <Details summary={t('identity.life.request.refuse')} open={wrong.some((w) => w.field === 'refusal')}>
          <Form action={action('refuse')}>
            <Radios name="refusal" label={t('identity.life.request.refusal')} error={found.of('refusal')} options={refusals.map((reason) => ({ value: reason, text: t(`identity.life.request.refusal.${reason}`) }))} />
            <Button kind="warning">{t('identity.life.request.refuse')}</Button>
          </Form>
        </Details>
      )}
      {r.state === 'accepted' && r.kind !== 'deletion' && <Form action={action('finish')}><p class="govuk-body">{t('identity.life.request.finish.lead')}</p><Button>{t('identity.life.request.finish')}</Button></Form>}
      {!r.extendedAt && (
        <Details summary={t('identity.life.request.extend')} open={wrong.some((w) => w.field === 'reason')}>
          <Form action={action('extend')}>
            <Textarea name="reason" label={t('identity.life.request.reason')} value={typed.reason} error={found.of('reason')} rows={3} />
            <Button kind="secondary">{t('identity.life.request.extend')}</Button>
          </Form>
        </Details>
      )}
    </>
  )
}
