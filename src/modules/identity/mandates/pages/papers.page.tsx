import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, Form, Pagination, Radios, SummaryList, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { recordAccess } from '../../access/access-log.ts'
import { errors } from '../../identity.errors.ts'
import { decideGuardian } from '../decide-guardian.ts'
import { listWaitingPapers, type WaitingPaper } from '../mandates.store.ts'
import { paperHref, paperPath, papersPath } from './hrefs.ts'

const access = { permission: 'identity.confirm-mandates' } as const
const pageSize = 20

/** Parents and guardians whose relation the register does not have: the officer compares the paper they show. */
export const paperRoutes: readonly Route[] = [
  { method: 'GET', path: papersPath, access, handler: showList },
  { method: 'GET', path: paperPath, access, handler: async (req) => showOne(req, await waitingPaper(req), [], {}) },
  { method: 'POST', path: paperPath, access, handler: post },
]

async function showList(req: Req): Promise<Reply> {
  const { ctx } = req
  const at = Math.max(1, Math.min(1000, Number.parseInt(req.query.page ?? '1', 10) || 1))
  const rows = await listWaitingPapers(ctx.db, ctx.now, { limit: pageSize + 1, offset: (at - 1) * pageSize })
  await recordAccess(ctx.db, ctx, { objectId: papersPath, purpose: access.permission })
  return page(<Papers rows={rows.slice(0, pageSize)} at={at} more={rows.length > pageSize} isDone={req.query.done === '1'} />, { title: ctx.t('identity.mandates.papers.title'), layout: 'desk' })
}

function Papers({ rows, at, more, isDone }: { rows: WaitingPaper[]; at: number; more: boolean; isDone: boolean }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('identity.mandates.papers.title')}</h1>
      {isDone && <p class="govuk-body" role="status">{t('identity.mandates.papers.done')}</p>}
      {rows.length === 0 ? <EmptyState title={t('identity.mandates.papers.none')} /> : (
        <Table caption={t('identity.mandates.papers.title')} captionHidden stack columns={[{ header: t('identity.mandates.column.acting') }, { header: t('identity.mandates.column.represented') }, { header: t('identity.mandates.column.relation') }, { header: t('identity.mandates.papers.since') }]}
          rows={rows.map((m) => [<a class="govuk-link" href={paperHref(m.id)}>{m.actingName}</a>, m.wardName, t(`identity.mandates.relation.${m.relation}`), formatDateTime(m.offeredAt)])} />
      )}
      <Pagination page={at} pages={more ? at + 1 : at} href={(n) => `${papersPath}?page=${n}`} />
    </>
  )
}

async function waitingPaper(req: Req): Promise<WaitingPaper> {
  const { ctx } = req
  const [found] = isId(req.params.id) ? await listWaitingPapers(ctx.db, ctx.now, { limit: 1, offset: 0, id: req.params.id }) : []
  if (!found) throw errors.MANDATE_NOT_FOUND()
  return found
}

interface Typed { decision?: string; paper?: string }

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  if (ctx.actor.kind !== 'officer') throw errors.MANDATE_NOT_FOUND()
  const typed = { decision: form.get('decision'), paper: form.get('paper') }
  const mistakes: FieldError[] = []
  if (typed.decision !== 'confirm' && typed.decision !== 'refuse') mistakes.push({ field: 'decision', key: 'identity.mandates.papers.decision.missing' })
  if (typed.decision === 'confirm' && (typed.paper.length < 5 || typed.paper.length > 200)) mistakes.push({ field: 'paper', key: 'identity.mandates.papers.paper.missing' })
  if (mistakes.length > 0) return showOne(req, await waitingPaper(req), mistakes, typed)
  if (!isId(req.params.id)) throw errors.MANDATE_NOT_FOUND()
  await decideGuardian(ctx, ctx.actor, req.params.id, typed.decision === 'confirm' ? { paper: typed.paper } : 'refused')
  return redirect(`${papersPath}?done=1`)
}

async function showOne(req: Req, m: WaitingPaper, mistakes: FieldError[], typed: Typed): Promise<Reply> {
  await recordAccess(req.ctx.db, req.ctx, { ...(m.actingAccountId ? { subjectId: m.actingAccountId } : {}), objectId: m.id, purpose: access.permission })
  return page(<One m={m} mistakes={mistakes} typed={typed} />, { title: m.actingName, layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function One({ m, mistakes, typed }: { m: WaitingPaper; mistakes: FieldError[]; typed: Typed }): VNode {
  const { t } = usePage()
  const errorsOf = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={papersPath}>{t('identity.mandates.papers.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('identity.mandates.sentence', { acting: m.actingName, represented: m.wardName })}</h1>
      <SummaryList rows={[
        { key: t('identity.mandates.column.acting'), value: `${m.actingName} · ${m.actingIdNumber}` },
        { key: t('identity.mandates.column.represented'), value: `${m.wardName} · ${m.wardIdNumber} · ${formatDate(m.wardBirthDate)}` },
        { key: t('identity.mandates.column.relation'), value: t(`identity.mandates.relation.${m.relation}`) },
      ]} />
      <Form action={paperHref(m.id)}>
        <Radios name="decision" label={t('identity.mandates.papers.decision')} value={typed.decision} error={errorsOf.of('decision')} options={[
          { value: 'confirm', text: t('identity.mandates.papers.decision.confirm'), conditional: <TextInput name="paper" label={t('identity.mandates.papers.paper')} hint={t('identity.mandates.papers.paper.hint')} value={typed.paper} error={errorsOf.of('paper')} maxLength={200} /> },
          { value: 'refuse', text: t('identity.mandates.papers.decision.refuse') },
        ]} />
        <Button>{t('identity.mandates.papers.button')}</Button>
      </Form>
    </>
  )
}
