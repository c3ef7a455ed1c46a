import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Deadline, EmptyState, FilterPanel, NotificationBanner, Pagination, Table, Tag, usePage } from '../../../../ui/index.ts'
import { listEvents } from '../../../ledger/index.ts'
import { recordAccess } from '../../access/access-log.ts'
import { findAccount } from '../../citizens/account.store.ts'
import { errors as refusals } from '../../identity.errors.ts'
import { officerName } from '../../officers/officer.store.ts'
import { findAccess } from '../access/list-readers.ts'
import { pageNumber, problemsPath, withQuery } from '../hrefs.ts'
import { answerProblem, closeProblem, informParties, takeProblem } from './handle-problem.ts'
import { listProblems, runningClock, type ProblemFilter, type ProblemPage } from './list-problems.ts'
import { findProblem, listMessages, openStatement, problemKinds, problemStates } from './problem.ts'
import { ProblemView } from './problem-view.tsx'
import { problemTones } from './problem-tones.ts'

const access = { permission: 'identity.account-problems' } as const
type Typed = Readonly<Record<string, string>>

export const adminProblemRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/account-problems', access, handler: async ({ ctx, query }) => {
    const filter: ProblemFilter = { state: problemStates.find((s) => s === query.state), kind: problemKinds.find((k) => k === query.kind), page: pageNumber(query.page) }
    return page(<Queue filter={filter} found={await listProblems(ctx.db, filter, ctx.now)} now={ctx.now} />, { title: ctx.t('identity.life.problem.admin'), layout: 'desk' })
  } },
  { method: 'GET', path: '/admin/account-problems/:id', access, handler: ({ ctx, params, query }) => show(ctx, params.id!, [], {}, query.done) },
  { method: 'POST', path: '/admin/account-problems/:id/take', access, handler: async ({ ctx, params }) => {
    await takeProblem(ctx, params.id!)
    return done(params.id!, 'taken')
  } },
  { method: 'POST', path: '/admin/account-problems/:id/inform', access, handler: async ({ ctx, params, form }) => {
    const wrong = await informParties(ctx, params.id!, form.get('parties'))
    return wrong.length > 0 ? show(ctx, params.id!, wrong, { parties: form.get('parties') }) : done(params.id!, 'informed')
  } },
  { method: 'POST', path: '/admin/account-problems/:id/message', access, handler: async ({ ctx, params, form }) => {
    const wrong = await answerProblem(ctx, params.id!, form.get('message'))
    return wrong.length > 0 ? show(ctx, params.id!, wrong, { message: form.get('message') }) : done(params.id!, 'message')
  } },
  { method: 'POST', path: '/admin/account-problems/:id/close', access, handler: async ({ ctx, params, form }) => {
    const typed = { outcome: form.get('outcome'), answer: form.get('answer') }
    const wrong = await closeProblem(ctx, params.id!, { outcome: typed.outcome, words: typed.answer })
    return wrong.length > 0 ? show(ctx, params.id!, wrong, typed) : done(params.id!, 'closed')
  } },
]

const done = (id: string, what: string): Reply => redirect(`${problemsPath}/${id}?done=${what}`)

async function show(ctx: Ctx, id: string, wrong: FieldError[], typed: Typed, just?: string): Promise<Reply> {
  const problem = await findProblem(ctx.db, id)
  if (!problem) throw refusals.PROBLEM_NOT_FOUND()
  const [messages, events, account, look] = await Promise.all([
    listMessages(ctx.db, ctx.node, id), listEvents(ctx.db, id), problem.accountId ? findAccount(ctx.db, problem.accountId) : undefined, problem.accessId ? findAccess(ctx.db, problem.accessId) : undefined,
  ])
  const names = new Map(await Promise.all([...new Set(events.map((e) => e.actor))].map(async (actor) => [actor, await officerName(ctx.db, actor)] as const)))
  await recordAccess(ctx.db, ctx, { ...(account ? { subjectId: account.id } : {}), objectId: id, purpose: 'identity.account-problems' })
  return page(<ProblemView problem={problem} statement={openStatement(ctx.node, problem)} account={account} look={look} messages={messages} events={events.map((e) => ({ ...e, actorName: names.get(e.actor) }))} wrong={wrong} typed={typed} just={just} now={ctx.now} />,
    { title: ctx.t('identity.life.problem.one', { reference: problem.reference }), layout: 'desk', status: wrong.length > 0 ? 400 : 200 })
}

function Queue({ filter, found, now }: { filter: ProblemFilter; found: ProblemPage; now: Date }): VNode {
  const { t } = usePage()
  const address = { state: filter.state, kind: filter.kind }
  return (
    <>
      <h1 class="govuk-heading-l">{t('identity.life.problem.admin')}</h1>
      {found.late > 0 && <NotificationBanner heading={t('identity.life.problem.late', { count: found.late })} />}
      <div class="mc-with-filter">
        <FilterPanel action={problemsPath} {...(filter.state || filter.kind ? { clearHref: problemsPath } : {})} removeHref={(name) => withQuery(problemsPath, { ...address, [name]: undefined })}
          groups={[
            { name: 'state', title: t('identity.life.problem.state'), kind: 'select', empty: t('identity.life.all'), options: problemStates.map((s) => ({ value: s, text: t(`identity.life.problem.state.${s}`) })), selected: filter.state ? [filter.state] : [] },
            { name: 'kind', title: t('identity.life.problem.kind'), kind: 'select', empty: t('identity.life.all'), options: problemKinds.map((k) => ({ value: k, text: t(`identity.life.problem.kind.${k}`) })), selected: filter.kind ? [filter.kind] : [] },
          ]} />
        <section aria-label={t('identity.life.problem.admin')}>
          {found.total === 0 ? <EmptyState title={t('identity.life.problem.none')} /> : (
            <Table stack keys caption={t('identity.life.problem.count', { count: found.total })} columns={['reference', 'kind', 'madeAt', 'state', 'clock'].map((c) => ({ header: t(`identity.life.problem.${c}`) }))}
              rows={found.rows.map((p) => {
                const due = runningClock(p)
                const href = `${problemsPath}/${p.id}`
                return { href, late: due !== null && due <= now, cells: [<a class="govuk-link" href={href}>{p.reference}</a>, t(`identity.life.problem.kind.${p.kind}`), formatDateTime(p.madeAt), <Tag tone={problemTones[p.state]}>{t(`identity.life.problem.state.${p.state}`)}</Tag>, due ? <Deadline due={due} now={now} soonHours={6} /> : '–'] }
              })} />
          )}
          <Pagination page={found.page} pages={found.pages} href={(n) => withQuery(problemsPath, { ...address, page: String(n) })} />
        </section>
      </div>
    </>
  )
}
