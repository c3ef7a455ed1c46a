import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, Deadline, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, PrintButton, Radios, SummaryList, Tag, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import { browserOf, waitSentence } from '../../access/browser.ts'
import { accountHome, problemFollowPath, problemPath, withQuery } from '../hrefs.ts'
import { readReference } from '../reference.ts'
import { findProblemByReference, listMessages, problemKinds, type Problem, type ProblemMessage } from './problem.ts'
import { problemTones } from './problem-tones.ts'
import { reportProblem } from './report-problem.ts'

/** For everybody: also, and above all, for who cannot log in. */
export const problemRoutes: readonly Route[] = [
  { method: 'GET', path: '/bao-loi-tai-khoan', access: 'public', handler: (req) => form(req, { typed: { kind: req.query.loai ?? (req.query.muc ? 'access-objection' : ''), words: '', contact: '', idNumber: '', accessId: req.query.muc ?? '' } }) },
  { method: 'POST', path: '/bao-loi-tai-khoan', access: 'public', handler: post },
  { method: 'GET', path: '/bao-loi-tai-khoan/theo-doi', access: 'public', handler: follow },
]

interface Typed { kind: string; words: string; contact: string; idNumber: string; accessId: string }
interface View { typed: Typed; errors?: FieldError[]; message?: string }

function form(req: Req, view: View): Reply {
  return page(<ReportForm {...view} known={req.ctx.actor.kind === 'person'} />, { title: req.ctx.t('identity.life.problem.title'), status: view.errors ? 400 : view.message ? 429 : 200 })
}

async function post(req: Req): Promise<Reply> {
  const get = (name: string): string => req.form.get(name)
  const typed: Typed = { kind: get('kind'), words: get('words'), contact: get('contact'), idNumber: get('idNumber'), accessId: get('accessId') }
  const outcome = await reportProblem(req.ctx, { ...typed, accessId: /^\d{1,15}$/.test(typed.accessId) ? Number(typed.accessId) : undefined, source: browserOf(req).source })
  switch (outcome.kind) {
    case 'invalid': return form(req, { typed, errors: outcome.errors })
    case 'wait': return form(req, { typed, message: waitSentence(req.ctx.t, outcome.seconds) })
    case 'made': return redirect(withQuery(problemFollowPath, { ma: outcome.reference, moi: '1' }))
  }
}

/** What anyone with the number sees holds no personal data; the words of the answer are for the owner who is logged in, and went out by mail. */
async function follow(req: Req): Promise<Reply> {
  const { ctx, query } = req
  const reference = readReference(query.ma ?? '')
  const found = reference ? await findProblemByReference(ctx.db, reference) : undefined
  const isOwner = found !== undefined && ctx.actor.kind === 'person' && ctx.actor.id === found.accountId
  const messages = isOwner ? await listMessages(ctx.db, ctx.node, found.id) : []
  return page(<Follow typed={query.ma ?? ''} problem={found} messages={messages} isNew={query.moi === '1'} now={ctx.now} />, { title: ctx.t('identity.life.problem.follow.title'), status: query.ma && !found ? 404 : 200 })
}

function ReportForm({ typed, errors, message, known }: View & { known: boolean }): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(errors, t)
  const kinds = typed.accessId ? problemKinds : problemKinds.filter((kind) => kind !== 'access-objection')
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      {known && <BackLink href={accountHome} />}
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.life.problem.title')}</h1>
      <p class="govuk-body">{t('identity.life.problem.lead')}</p>
      <Form action={problemPath} hidden={typed.accessId ? { accessId: typed.accessId } : {}}>
        <Radios name="kind" label={t('identity.life.problem.kind')} value={typed.kind} error={wrong.of('kind')} options={kinds.map((kind) => ({ value: kind, text: t(`identity.life.problem.kind.${kind}`) }))} />
        <Textarea name="words" label={t('identity.life.problem.words')} hint={t('identity.life.problem.words.hint')} value={typed.words} error={wrong.of('words')} rows={6} />
        <TextInput name="contact" label={t(known ? 'identity.life.problem.contact.known' : 'identity.life.problem.contact')} hint={t('identity.life.problem.contact.hint')} value={typed.contact} error={wrong.of('contact')} autocomplete="off" spellcheck={false} />
        {!known && <TextInput name="idNumber" label={t('identity.life.problem.idNumber')} hint={t('identity.life.problem.idNumber.hint')} value={typed.idNumber} error={wrong.of('idNumber')} inputMode="numeric" width={20} spellcheck={false} />}
        <Button>{t('identity.life.problem.send')}</Button>
      </Form>
      <InsetText><a class="govuk-link" href={problemFollowPath}>{t('identity.life.problem.follow.title')}</a></InsetText>
    </div></div>
  )
}

interface FollowProps { typed: string; problem: Problem | undefined; messages: ProblemMessage[]; isNew: boolean; now: Date }

function Follow({ typed, problem, messages, isNew, now }: FollowProps): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t(isNew && problem ? 'identity.life.problem.made' : 'identity.life.problem.follow.title')}</h1>
      {problem ? <Facts problem={problem} messages={messages} now={now} /> : (
        <>
          {typed !== '' && <EmptyState title={t('identity.life.problem.follow.none')} />}
          <Form method="get" action={problemFollowPath}>
            <TextInput name="ma" label={t('identity.life.problem.reference')} hint={t('identity.life.problem.reference.hint')} value={typed} width={20} spellcheck={false} autocomplete="off" />
            <Button kind="secondary">{t('identity.life.problem.follow.button')}</Button>
          </Form>
        </>
      )}
    </div></div>
  )
}

function Facts({ problem: p, messages, now }: { problem: Problem; messages: ProblemMessage[]; now: Date }): VNode {
  const { t } = usePage()
  const clock = (due: Date | null, ended: Date | null): VNode | string => (due ? <Deadline due={due} now={ended ?? now} state={ended ? 'done' : 'running'} exact /> : t('identity.life.problem.clock.waits'))
  return (
    <>
      <p class="govuk-body">{t('identity.life.problem.keep')}</p>
      <SummaryList rows={[
        { key: t('identity.life.problem.reference'), value: <strong>{p.reference}</strong> },
        { key: t('identity.life.problem.kind'), value: t(`identity.life.problem.kind.${p.kind}`) },
        { key: t('identity.life.problem.madeAt'), value: formatDateTime(p.madeAt) },
        { key: t('identity.life.problem.state'), value: <Tag tone={problemTones[p.state]}>{t(`identity.life.problem.state.${p.state}`)}</Tag> },
        { key: t('identity.life.problem.clock.inform'), value: clock(p.informBy, p.informedAt ?? p.closedAt) },
        { key: t('identity.life.problem.clock.result'), value: clock(p.resultBy, p.closedAt) },
        ...(p.outcome ? [{ key: t('identity.life.problem.outcome'), value: t(`identity.life.problem.outcome.${p.outcome}`) }] : []),
        ...messages.filter((m) => m.kind !== 'informed').map((m) => ({ key: formatDateTime(m.at), value: m.words })),
      ]} />
      <PrintButton />
    </>
  )
}
