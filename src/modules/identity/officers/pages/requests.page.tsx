import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime, type Translate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, SummaryList, Table, Tag, Textarea, usePage, type Tone } from '../../../../ui/index.ts'
import { describeCertificate } from '../../certificates/describe-certificate.ts'
import { errors } from '../../identity.errors.ts'
import { officerNames } from '../officer.store.ts'
import { administers } from '../rights/administration.ts'
import { cancelRequest, decideRequest, whyNotDecide } from '../rights/decide-request.ts'
import { findGrant } from '../rights/grant.store.ts'
import type { RightChange } from '../rights/right-change.ts'
import { findRequest, listRequests, type RequestState, type RightRequest } from '../rights/right-request.store.ts'
import { checkReason } from './act.routes.tsx'
import { officerHref, requestHref, requestsPath } from './hrefs.ts'
import { proved } from './proved.tsx'
import { Done, readNames, roleWords, scopeWords } from './words.tsx'

/** Changes of administrative rights that wait for a second administrator, and those that were decided. */
export const requestRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/requests', access: { permission: 'identity.decide-rights' }, handler: proved(list) },
  { method: 'GET', path: '/admin/requests/:id', access: { permission: 'identity.decide-rights' }, handler: proved((req) => show(req, [])) },
  { method: 'POST', path: '/admin/requests/:id/approve', access: { permission: 'identity.decide-rights' }, handler: proved((req) => decide(req, true)) },
  { method: 'POST', path: '/admin/requests/:id/refuse', access: { permission: 'identity.decide-rights' }, handler: proved((req) => decide(req, false)) },
  { method: 'POST', path: '/admin/requests/:id/cancel', access: { permission: 'identity.decide-rights' }, handler: proved(async (req) => {
    await cancelRequest(req.ctx, req.params.id!)
    return redirect(`${requestsPath}?done=cancelled`)
  }) },
]

const tones: Readonly<Record<RequestState, Tone>> = { pending: 'attention', approved: 'done', refused: 'stopped', cancelled: 'neutral', expired: 'late' }
const shown = 200
/** What has run out is over, whether or not that is recorded yet. */
const stateOf = (r: RightRequest, now: Date): RequestState => (r.state === 'pending' && r.expiresAt <= now ? 'expired' : r.state)

async function list(req: Req): Promise<Reply> {
  const { ctx } = req
  const { db, now } = ctx
  const [pending, decided] = await Promise.all([true, false].map(async (isPending) => (await listRequests(db, { pending: isPending, now, limit: shown })).filter((r) => administers(ctx, r.officerAgency))))
  const people = await officerNames(db, [...pending!, ...decided!].flatMap((r) => [r.change.officerId, r.requestedBy]))
  const title = ctx.t('identity.officers.requests.title')
  return page(
    <>
      <Done what={req.query.done} />
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{ctx.t('identity.officers.requests.lead')}</p>
      {pending!.length === 0 ? <EmptyState title={ctx.t('identity.officers.requests.none')} /> : <Requests caption={ctx.t('identity.officers.requests.pending')} requests={pending!} people={people} now={now} />}
      {decided!.length > 0 && <Requests caption={ctx.t('identity.officers.requests.decided')} requests={decided!} people={people} now={now} />}
    </>, { title, layout: 'desk' })
}

function Requests({ caption, requests, people, now }: { caption: string; requests: RightRequest[]; people: Map<string, string>; now: Date }): VNode {
  const { t } = usePage()
  return (
    <Table caption={caption} stack keys columns={['change', 'officer', 'asked_by', 'asked_at', 'until', 'state'].map((column) => ({ header: t(`identity.officers.column.${column}`) }))}
      rows={requests.map((r) => ({ href: requestHref(r.id), cells: [
        <a class="govuk-link" href={requestHref(r.id)}>{t(`identity.officers.change.${r.change.kind}`)}</a>, people.get(r.change.officerId) ?? '', people.get(r.requestedBy) ?? '', formatDateTime(r.requestedAt), formatDateTime(r.expiresAt),
        <Tag tone={tones[stateOf(r, now)]}>{t(`identity.officers.request_state.${stateOf(r, now)}`)}</Tag>,
      ] }))} />
  )
}

interface View { request: RightRequest; state: RequestState; what: string; people: Map<string, string>; whyNot: string | undefined; isAsker: boolean; mistakes: FieldError[]; reason: string; done: string | undefined }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const request = await findRequest(ctx.db, req.params.id!)
  if (!request || !administers(ctx, request.officerAgency)) throw errors.REQUEST_NOT_FOUND()
  const [people, what, whyNot] = await Promise.all([officerNames(ctx.db, [request.change.officerId, request.requestedBy, request.decidedBy]), whatIsAsked(ctx, request.change), whyNotDecide(ctx, request)])
  const isAsker = ctx.actor.kind === 'officer' && ctx.actor.id === request.requestedBy
  const view: View = { request, state: stateOf(request, ctx.now), what, people, whyNot, isAsker, mistakes, reason: req.form.get('reason'), done: req.query.done }
  return page(<RequestView {...view} />, { title: ctx.t(`identity.officers.change.${request.change.kind}`), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function whatIsAsked(ctx: Req['ctx'], change: RightChange): Promise<string> {
  const { t } = ctx
  const grant = change.kind === 'grant' ? { unitId: null, sectorCode: null, procedureCode: null, ...change.grant } : change.kind === 'withdraw' ? await findGrant(ctx.db, change.grantId) : undefined
  if (grant) {
    const { role, agencyCode, unitId = null, sectorCode = null, procedureCode = null, validFrom, validTo } = grant
    return `${roleWords(t, role)}: ${scopeWords(t, await readNames(ctx, [grant]), { agencyCode, unitId, sectorCode, procedureCode, validFrom: validFrom ?? null, validTo: validTo ?? null })}`
  }
  if (change.kind === 'bind-certificate') return certificateWords(t, change.pem)
  if (change.kind !== 'move') return t(`identity.officers.change.${change.kind}`)
  const names = await readNames(ctx, [change])
  return [names.agency(change.agencyCode), ...(change.unitId ? [names.unit(change.unitId)] : [])].join('; ')
}

/** Whose it is, who issued it and until when it holds: what the second administrator compares with the token in the officer's hand. */
function certificateWords(t: Translate, pem: string): string {
  const words = describeCertificate(pem)
  return words ? t('identity.certificate.words.all', { holder: words.holder, uid: words.uid, issuer: words.issuer, from: formatDateTime(words.from), to: formatDateTime(words.to), serial: words.serial, fingerprint: words.fingerprint }) : ''
}

async function decide(req: Req, approve: boolean): Promise<Reply> {
  const reason = req.form.get('reason')
  const mistakes = checkReason(reason)
  if (mistakes.length > 0) return show(req, mistakes)
  await decideRequest(req.ctx, { requestId: req.params.id!, approve, reason })
  return redirect(`${requestHref(req.params.id!)}?done=${approve ? 'approved' : 'refused'}`)
}

function RequestView(view: View): VNode {
  const { t } = usePage()
  const { request: r, state, people } = view
  return (
    <>
      <BackLink href={requestsPath}>{t('identity.officers.requests.title')}</BackLink>
      <Done what={view.done} />
      <ErrorSummary errors={view.mistakes} />
      <h1 class="govuk-heading-l">{t(`identity.officers.change.${r.change.kind}`)} <Tag tone={tones[state]}>{t(`identity.officers.request_state.${state}`)}</Tag></h1>
      <SummaryList rows={[
        { key: t('identity.officers.column.officer'), value: <a class="govuk-link" href={officerHref(r.change.officerId)}>{people.get(r.change.officerId)}</a> },
        { key: t('identity.officers.requests.what'), value: view.what },
        { key: t('identity.officers.reason'), value: r.reason },
        { key: t('identity.officers.column.asked_by'), value: t('identity.officers.by_at', { by: people.get(r.requestedBy) ?? '', at: formatDateTime(r.requestedAt) }) },
        { key: t('identity.officers.column.until'), value: formatDateTime(r.expiresAt) },
        ...(r.decidedBy && r.decidedAt ? [{ key: t('identity.officers.requests.decided_by'), value: t('identity.officers.by_at', { by: people.get(r.decidedBy) ?? '', at: formatDateTime(r.decidedAt) }) }] : []),
        ...(r.decisionReason ? [{ key: t('identity.officers.requests.decision_reason'), value: r.decisionReason }] : []),
      ]} />
      {state === 'pending' && (view.whyNot ? <InsetText>{t(`identity.officers.requests.why_not.${view.whyNot}`)}</InsetText> : <Decision {...view} />)}
      {state === 'pending' && view.isAsker && <Form action={requestHref(r.id, 'cancel')}><Button kind="secondary">{t('identity.officers.requests.cancel')}</Button></Form>}
    </>
  )
}

function Decision({ request, mistakes, reason }: View): VNode {
  const { t } = usePage()
  return (
    <Form action={requestHref(request.id, 'approve')}>
      <Textarea name="reason" label={t('identity.officers.requests.decision_reason')} rows={3} value={reason} error={fieldErrors(mistakes, t).of('reason')} />
      <ButtonGroup><Button>{t('identity.officers.requests.approve')}</Button><Button kind="warning" formAction={requestHref(request.id, 'refuse')}>{t('identity.officers.requests.refuse')}</Button></ButtonGroup>
    </Form>
  )
}
