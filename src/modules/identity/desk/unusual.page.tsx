import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { isId } from '../../../platform/ids.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, Pagination, Radios, SummaryList, Table, Tag, Textarea, usePage } from '../../../ui/index.ts'
import { errors } from '../identity.errors.ts'
import { judgeLookUps } from './judge-look-ups.ts'
import type { OfficerCtx } from './look-up-person.ts'
import { findUnusual, listObjected, listUnusual, lookUpsBehind, type UnusualLookUps } from './unusual-look-ups.store.ts'

export const unusualPath = '/desk/people/unusual'
const access = { permission: 'identity.review-look-ups' } as const
const perPage = 25

/** What the head is told: officers who looked up more people than their dossiers explain, and accounts to which the person objected. */
export const unusualRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/people/unusual', access, handler: list },
  { method: 'GET', path: '/desk/people/unusual/:id', access, handler: (req) => show(req, {}) },
  { method: 'POST', path: '/desk/people/unusual/:id', access, handler: post },
]

async function list(req: Req): Promise<Reply> {
  const ctx = req.ctx as OfficerCtx
  const number = Math.max(1, Math.min(10_000, Number.parseInt(req.query.page ?? '1', 10) || 1))
  const [{ rows, total }, objected] = await Promise.all([listUnusual(ctx.db, ctx.actor.agencyCode, { limit: perPage, offset: (number - 1) * perPage }), listObjected(ctx.db, ctx.actor.agencyCode)])
  return page(<List rows={rows} page={number} pages={Math.ceil(total / perPage)} objected={objected} />, { title: ctx.t('identity.desk.unusual.title'), layout: 'desk' })
}

function List({ rows, page, pages, objected }: { rows: UnusualLookUps[]; page: number; pages: number; objected: Awaited<ReturnType<typeof listObjected>> }): VNode {
  const { t } = usePage()
  const heads = (names: string[]) => names.map((name) => ({ header: t(`identity.desk.unusual.${name}`) }))
  return (
    <>
      <h1 class="govuk-heading-l">{t('identity.desk.unusual.title')}</h1>
      <p class="govuk-body">{t('identity.desk.unusual.lead')}</p>
      {rows.length === 0 ? <EmptyState title={t('identity.desk.unusual.none')} /> : (
        <Table caption={t('identity.desk.unusual.table')} columns={heads(['officer', 'when', 'people', 'dossiers', 'finding'])} stack
          rows={rows.map((u) => [<a class="govuk-link" href={`${unusualPath}/${u.id}`}>{u.officer}</a>, formatDateTime(u.at), u.people, u.dossiers, <Tag tone={u.finding ? 'done' : 'attention'}>{t(`identity.desk.unusual.finding_${u.finding ?? 'open'}`)}</Tag>])} />
      )}
      <Pagination page={page} pages={pages} href={(n) => `${unusualPath}?page=${n}`} />
      {objected.length > 0 && (
        <Table caption={t('identity.desk.unusual.objected')} columns={heads(['consent', 'officer', 'when'])} stack
          rows={objected.map((o) => [o.consentNumber, o.officer, formatDateTime(o.objectedAt)])} />
      )}
    </>
  )
}

interface View { form?: FormBody; mistakes?: FieldError[] }

async function show(req: Req, view: View): Promise<Reply> {
  const ctx = req.ctx as OfficerCtx
  const alert = isId(req.params.id) ? await findUnusual(ctx.db, req.params.id, ctx.actor.agencyCode) : undefined
  if (!alert) throw errors.ALERT_NOT_FOUND()
  const behind = await lookUpsBehind(ctx.db, alert)
  return page(<One alert={alert} behind={behind} mine={alert.officerId === ctx.actor.id} {...view} />, { title: ctx.t('identity.desk.unusual.title'), layout: 'desk', status: view.mistakes ? 400 : 200 })
}

async function post(req: Req): Promise<Reply> {
  if (!isId(req.params.id)) throw errors.ALERT_NOT_FOUND()
  const mistakes = await judgeLookUps(req.ctx as OfficerCtx, req.params.id, { finding: req.form.get('finding'), note: req.form.get('note') })
  return mistakes.length > 0 ? show(req, { form: req.form, mistakes }) : redirect(unusualPath)
}

function One({ alert, behind, mine, form, mistakes }: View & { alert: UnusualLookUps; behind: Awaited<ReturnType<typeof lookUpsBehind>>; mine: boolean }): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={unusualPath} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{alert.officer}</h1>
      <p class="govuk-body">{t('identity.desk.unusual.fact', { people: alert.people, dossiers: alert.dossiers, hours: alert.hours, when: formatDateTime(alert.at) })}</p>
      {alert.finding && <SummaryList rows={[{ key: t('identity.desk.unusual.finding'), value: t(`identity.desk.unusual.finding_${alert.finding}`) }, { key: t('identity.desk.unusual.note'), value: alert.note ?? '' }]} />}
      {!alert.finding && mine && <InsetText>{t('identity.desk.unusual.own')}</InsetText>}
      {!alert.finding && !mine && (
        <Form action={`${unusualPath}/${alert.id}`}>
          <Radios name="finding" label={t('identity.desk.unusual.finding')} value={form?.get('finding')} error={sentences.of('finding')} options={(['explained', 'misuse'] as const).map((value) => ({ value, text: t(`identity.desk.unusual.finding_${value}`) }))} />
          <Textarea name="note" label={t('identity.desk.unusual.note')} hint={t('identity.desk.unusual.note_hint')} value={form?.get('note')} error={sentences.of('note')} />
          <Button>{t('identity.desk.unusual.save')}</Button>
        </Form>
      )}
      <Table caption={t('identity.desk.unusual.behind')} columns={['when', 'kind', 'purpose', 'dossier', 'found'].map((name) => ({ header: t(`identity.desk.unusual.${name}`) }))} stack
        rows={behind.map((l) => [formatDateTime(l.at), t(`identity.desk.kind.${l.kind}`), t(`identity.desk.purpose.${l.purpose}`), l.dossierCode ?? '—', t(l.found ? 'identity.desk.unusual.yes' : 'identity.desk.unusual.no')])} />
    </>
  )
}
