import type { VNode } from 'preact'
import type { Person } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, Deadline, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, LinkButton, NotificationBanner, PrintButton, Radios, SummaryList, Tag, Textarea, usePage, WarningText } from '../../../../ui/index.ts'
import { accountHome, deletionPath, ownDataPath, requestsPath } from '../hrefs.ts'
import { lifeRule } from '../life-rules.ts'
import { deletionObstacles } from '../own-data/own-data.ts'
import { askForData } from './ask-for-data.ts'
import { listOwnRequests, runningLimit, type OwnRequest } from './data-request.ts'
import { cancelRequest } from './handle-request.ts'
import { requestTones } from './request-tones.ts'

/** A person's requests about his data, with their clocks, and the way to a new one. */
export const requestRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/yeu-cau', access: 'person', handler: (req) => show(req, { typed: { kind: '', words: '' } }) },
  { method: 'POST', path: '/tai-khoan/yeu-cau', access: 'person', handler: ask },
  { method: 'POST', path: '/tai-khoan/yeu-cau/:id/rut', access: 'person', handler: async ({ ctx, params }) => {
    await cancelRequest(ctx as PersonCtx, params.id!)
    return redirect(`${requestsPath}?xong=rut`)
  } },
  { method: 'GET', path: '/tai-khoan/xoa-tai-khoan', access: 'person', handler: (req) => confirmDeletion(req, []) },
  { method: 'POST', path: '/tai-khoan/xoa-tai-khoan', access: 'person', handler: askForDeletion },
]

type PersonCtx = Ctx & { actor: Person }
interface View { typed: { kind: string; words: string }; errors?: FieldError[] }
const freeKinds = ['restriction', 'objection'] as const

async function show(req: Req, view: View): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const requests = await listOwnRequests(ctx.db, ctx.node, ctx.actor.id)
  return page(<Requests requests={requests} now={ctx.now} done={req.query.xong} {...view} />, { title: ctx.t('identity.life.requests'), status: view.errors ? 400 : 200 })
}

async function ask(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const typed = { kind: req.form.get('kind'), words: req.form.get('words') }
  const kind = freeKinds.find((k) => k === typed.kind)
  const wrong: FieldError[] = [
    ...(kind ? [] : [{ field: 'kind', key: 'identity.life.request.kind.missing' }]),
    ...(typed.words.length >= 10 && typed.words.length <= 3000 ? [] : [{ field: 'words', key: 'identity.life.request.words.missing' }]),
  ]
  if (!kind || wrong.length > 0) return show(req, { typed, errors: wrong })
  const made = await transact(ctx, (tx) => askForData(tx, ctx, { kind, thirdParties: false, words: typed.words }))
  if (!made) return show(req, { typed, errors: [{ field: 'kind', key: 'identity.life.request.open' }] })
  return redirect(`${requestsPath}?xong=gui`)
}

async function confirmDeletion(req: Req, wrong: FieldError[]): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const [obstacles, cooling] = await Promise.all([deletionObstacles(ctx.db, ctx.actor.id), lifeRule(ctx.db, 'deletion-cooling-off', ctx.now)])
  return page(<Deletion obstacles={obstacles} hours={cooling.value} wrong={wrong} />, { title: ctx.t('identity.life.deletion.title'), status: wrong.length > 0 ? 400 : 200 })
}

async function askForDeletion(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  if (req.form.get('sure') !== 'yes') return confirmDeletion(req, [{ field: 'sure', key: 'identity.life.deletion.sure.missing' }])
  const made = await transact(ctx, (tx) => askForData(tx, ctx, { kind: 'deletion', thirdParties: false, words: '' }))
  return made ? redirect(`${requestsPath}?xong=gui`) : confirmDeletion(req, [{ field: 'sure', key: 'identity.life.request.open' }])
}

function Requests({ requests, now, done, typed, errors }: View & { requests: OwnRequest[]; now: Date; done: string | undefined }): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(errors, t)
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={accountHome} />
      <ErrorSummary errors={errors} />
      {(done === 'gui' || done === 'rut') && <NotificationBanner type="success" heading={t(done === 'gui' ? 'identity.life.request.sent' : 'identity.life.request.cancelled')} />}
      <h1 class="govuk-heading-l">{t('identity.life.requests')}</h1>
      <p class="govuk-body">{t('identity.life.requests.lead')}</p>
      {requests.length === 0 ? <EmptyState title={t('identity.life.requests.none')} /> : requests.map((r) => <RequestCard request={r} now={now} />)}
      <h2 class="govuk-heading-m">{t('identity.life.request.new')}</h2>
      <Form action={requestsPath}>
        <Radios name="kind" label={t('identity.life.request.kind')} value={typed.kind} error={wrong.of('kind')} options={freeKinds.map((k) => ({ value: k, text: t(`identity.life.request.kind.${k}`), hint: t(`identity.life.request.kind.${k}.hint`) }))} />
        <Textarea name="words" label={t('identity.life.request.words')} value={typed.words} error={wrong.of('words')} rows={4} />
        <Button>{t('identity.life.request.send')}</Button>
      </Form>
      <p class="govuk-body"><a class="govuk-link" href={deletionPath}>{t('identity.life.deletion.title')}</a></p>
      <PrintButton />
    </div></div>
  )
}

function RequestCard({ request: r, now }: { request: OwnRequest; now: Date }): VNode {
  const { t } = usePage()
  const due = runningLimit(r)
  const mayCancel = (r.state === 'asked' || r.state === 'accepted') && r.kind !== 'withdrawal' && (r.kind !== 'deletion' || r.state === 'asked' || (r.coolsUntil !== null && r.coolsUntil > now))
  return (
    <>
      <SummaryList card={{ title: `${t(`identity.life.request.kind.${r.kind}`)} · ${r.reference}` }} rows={[
        { key: t('identity.life.request.state'), value: <Tag tone={requestTones[r.state]}>{t(`identity.life.request.state.${r.state}`)}</Tag> },
        { key: t('identity.life.request.askedAt'), value: formatDateTime(r.askedAt) },
        ...(r.purpose ? [{ key: t('identity.life.consents.purpose'), value: t(`identity.life.consent.${r.purpose}`) }] : []),
        ...(r.words ? [{ key: t('identity.life.request.words'), value: r.words }] : []),
        ...(due ? [{ key: t(r.answeredAt ? 'identity.life.request.due' : 'identity.life.request.answer'), value: <Deadline due={due} now={now} exact /> }] : []),
        ...(r.coolsUntil && mayCancel ? [{ key: t('identity.life.request.cools'), value: formatDateTime(r.coolsUntil) }] : []),
        ...(r.extendedAt ? [{ key: t('identity.life.request.extended'), value: formatDateTime(r.extendedAt) }] : []),
        ...(r.refusal ? [{ key: t('identity.life.request.refusal'), value: t(`identity.life.request.refusal.${r.refusal}`) }] : []),
      ]} />
      {mayCancel && <Form action={`${requestsPath}/${r.id}/rut`}><Button kind="secondary" about={r.reference}>{t('identity.life.request.cancel')}</Button></Form>}
    </>
  )
}

function Deletion({ obstacles, hours, wrong }: { obstacles: number; hours: number; wrong: FieldError[] }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={requestsPath} />
      <ErrorSummary errors={wrong} />
      <h1 class="govuk-heading-l">{t('identity.life.deletion.title')}</h1>
      <p class="govuk-body">{t('identity.life.deletion.lead')}</p>
      <ul class="govuk-list govuk-list--bullet">{['closed', 'erased', 'kept', 'again'].map((what) => <li>{t(`identity.life.deletion.${what}`)}</li>)}</ul>
      {obstacles > 0 && <InsetText>{t('identity.life.deletion.obstacles', { count: obstacles })}</InsetText>}
      <p class="govuk-body">{t('identity.life.deletion.cooling', { hours })} <a class="govuk-link" href={ownDataPath}>{t('identity.life.deletion.copy_first')}</a></p>
      <WarningText>{t('identity.life.deletion.warning')}</WarningText>
      <Form action={deletionPath}>
        <Checkboxes name="sure" label={t('identity.life.deletion.sure')} labelHidden error={fieldErrors(wrong, t).of('sure')} options={[{ value: 'yes', text: t('identity.life.deletion.sure') }]} />
        <Button kind="warning">{t('identity.life.deletion.ask')}</Button>
      </Form>
      <LinkButton kind="secondary" href={accountHome}>{t('identity.life.deletion.keep')}</LinkButton>
    </div></div>
  )
}
