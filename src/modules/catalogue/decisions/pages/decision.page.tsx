import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { Breadcrumbs, Button, ButtonGroup, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, LinkButton, NotificationBanner, Pagination, Radios, SummaryList, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { errors } from '../../catalogue.errors.ts'
import { procedureNames } from '../../get-procedure.ts'
import { procedureHref, versionHref } from '../../pages/hrefs.ts'
import { isOpen, itemActions, mayIssueFor, type Decision, type ItemAction } from '../decision.ts'
import { itemNames, listItemHeads, type ItemHead } from '../decision.store.ts'
import { copyCode, ownerOfCode } from '../local-part.ts'
import { submitForCheck } from '../submit-for-check.ts'
import { addItemHref, addItemPath, checkHref, decisionFileHref, decisionFilePath, decisionHref, decisionPath, decisionsPath, editDecisionHref, itemHref, publishHref, submitHref, submitPath, withdrawHref } from './hrefs.ts'
import { officesOf } from './list.page.tsx'
import { readDecision, readOwnDecision } from './read-decision.ts'
import { StateTag } from './state-tag.tsx'

/** One decision: its heading, its entries, and the next step. */
export const decisionRoutes: readonly Route[] = [
  { method: 'GET', path: decisionPath, access: { permission: 'catalogue.decide' }, handler: (req) => showDecision(req, [], {}) },
  { method: 'GET', path: decisionFilePath, access: { permission: 'catalogue.decide' }, kind: 'raw', handler: async (req) => {
    const decision = await readDecision(req)
    if (!decision.fileId) throw errors.DECISION_NOT_FOUND()
    return file(await req.ctx.node.files.get(decision.fileId), { type: 'application/pdf', name: decision.fileName ?? 'decision.pdf', inline: true })
  } },
  { method: 'POST', path: addItemPath, access: { permission: 'catalogue.decide' }, handler: addItem },
  { method: 'POST', path: submitPath, access: { permission: 'catalogue.decide' }, handler: async (req) => {
    const decision = await readOwnDecision(req)
    const mistakes = await submitForCheck(req.ctx, decision.id)
    return mistakes.length > 0 ? showDecision(req, mistakes.slice(0, 20).map((m) => ({ ...m, field: 'items' })), {}) : redirect(decisionHref(decision.id, { done: 'submitted' }))
  } },
]

const itemsPerPage = 50
const doneWords = ['saved', 'removed', 'edited', 'submitted', 'approved', 'returned', 'published', 'withdrawn'] as const

interface View { decision: Decision; office: string; items: Awaited<ReturnType<typeof listItemHeads>>; names: ReadonlyMap<string, string>; mayAct: boolean; mayCheck: boolean; done: string | undefined; mistakes: FieldError[]; typed: Readonly<Record<string, string | string[]>> }

async function showDecision(req: Req, mistakes: FieldError[], typed: View['typed']): Promise<Reply> {
  const { ctx } = req
  const decision = await readDecision(req)
  const items = await listItemHeads(ctx.db, decision.id, Number(req.query.page) || 1, itemsPerPage)
  const [names, own, offices] = await Promise.all([procedureNames(ctx.db, items.rows.map((i) => i.code), ctx.lang), itemNames(ctx.db, decision.id, ctx.lang), officesOf(req, [decision.issuer])])
  const mayAct = ctx.node.config.kind === 'national' && mayIssueFor(ctx.actor, decision.issuer)
  const view: View = { decision, items, mayAct, mistakes, typed, office: offices.get(decision.issuer)!, names: new Map([...own, ...names]), mayCheck: mayAct && isPermitted(ctx.actor, 'catalogue.check'), done: doneWords.find((d) => d === req.query.done) }
  return page(<DecisionPage view={view} />, { title: ctx.t('catalogue.decisions.titleOf', { number: decision.number }), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function DecisionPage({ view }: { view: View }): VNode {
  const { t } = usePage()
  const { decision: d } = view
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.decisions.title'), href: decisionsPath }, { text: d.number }]} />
      {view.done && <NotificationBanner type="success" heading={t(`catalogue.decisions.done.${view.done}`)} />}
      <ErrorSummary errors={view.mistakes} />
      <h1 class="govuk-heading-l">{t('catalogue.decisions.titleOf', { number: d.number })} <StateTag state={d.state} /></h1>
      {d.state === 'draft' && d.checkNote && <InsetText>{t('catalogue.decisions.returnedBy', { name: d.checkerName ?? '', note: d.checkNote })}</InsetText>}
      <Heading view={view} />
      {view.mayAct && <NextStep view={view} />}
      <h2 class="govuk-heading-m" id="items">{t('catalogue.decisions.items')}</h2>
      {view.items.total === 0 ? <EmptyState title={t('catalogue.decisions.noItems')} /> : <Items view={view} />}
      <Pagination page={view.items.page} pages={view.items.pages} href={(n) => decisionHref(d.id, { page: n === 1 ? undefined : String(n) })} />
      {view.mayAct && isOpen(d.state) && <AddItem view={view} />}
    </>
  )
}

function Heading({ view: { decision: d, office } }: { view: View }): VNode {
  const { t } = usePage()
  return (
    <SummaryList rows={[
      { key: t('catalogue.decisions.issuer'), value: `${office} (${d.issuer})` },
      { key: t('catalogue.decisions.issuedOn'), value: d.issuedOn ? formatDate(d.issuedOn) : t('catalogue.unknown') },
      { key: t('catalogue.decisions.effectiveOn'), value: formatDate(d.effectiveOn) },
      ...(d.title ? [{ key: t('catalogue.decisions.heading'), value: d.title }] : []),
      { key: t('catalogue.decisions.file'), value: d.fileId ? <a class="govuk-link" href={decisionFileHref(d.id)}>{d.fileName}</a> : t('catalogue.decisions.noFile') },
      ...(d.origin === 'imported' ? [{ key: t('catalogue.decisions.origin'), value: t('catalogue.decisions.origin.imported') }] : []),
      { key: t('catalogue.decisions.author'), value: `${d.authorName}, ${formatDateTime(d.createdAt)}` },
      ...(d.checkedAt && d.state !== 'draft' ? [{ key: t('catalogue.decisions.checker'), value: `${d.checkerName}, ${formatDateTime(d.checkedAt)}` }] : []),
      ...(d.publishedAt ? [{ key: t('catalogue.decisions.publishedAt'), value: formatDateTime(d.publishedAt) }] : []),
    ]} />
  )
}

/** The one thing to do next, and giving up. */
function NextStep({ view: { decision: d, items, mayCheck } }: { view: View }): VNode | null {
  const { t } = usePage()
  if (d.state === 'published' || d.state === 'withdrawn') return null
  return (
    <ButtonGroup>
      {d.state === 'draft' && items.total > 0 && <Form action={submitHref(d.id)}><Button>{t('catalogue.decisions.submit')}</Button></Form>}
      {d.state === 'draft' && <LinkButton kind="secondary" href={editDecisionHref(d.id)}>{t('catalogue.decisions.edit')}</LinkButton>}
      {d.state === 'in-check' && mayCheck && <LinkButton href={checkHref(d.id)}>{t('catalogue.decisions.check')}</LinkButton>}
      {d.state === 'checked' && mayCheck && <LinkButton href={publishHref(d.id)}>{t('catalogue.decisions.publish')}</LinkButton>}
      {d.state === 'checked' && mayCheck && <LinkButton kind="secondary" href={checkHref(d.id)}>{t('catalogue.decisions.check.again')}</LinkButton>}
      <LinkButton kind="secondary" href={withdrawHref(d.id)}>{t('catalogue.decisions.withdraw')}</LinkButton>
    </ButtonGroup>
  )
}

function Items({ view: { decision: d, items, names, mayAct } }: { view: View }): VNode {
  const { t } = usePage()
  const link = (i: ItemHead): VNode => {
    if (mayAct && isOpen(d.state)) return <a class="govuk-link" href={itemHref(d.id, i.code)}>{i.code}</a>
    if (d.state === 'published') return <a class="govuk-link" href={i.publishedVersion && i.action !== 'abolish' ? versionHref(i.code, i.publishedVersion) : procedureHref(i.code)}>{i.code}</a>
    return <>{i.code}</>
  }
  return (
    <Table wide caption={t('catalogue.decisions.items')} captionHidden
      columns={[{ header: t('catalogue.procedure.code') }, { header: t('catalogue.decisions.action') }, { header: t('catalogue.decisions.field.name') }, { header: t('catalogue.decisions.edited') }]}
      rows={items.rows.map((i) => [link(i), t(`catalogue.decisions.action.${i.action}`), names.get(i.code) ?? '–', t('catalogue.decisions.editedBy', { name: i.editedName, at: formatDateTime(i.editedAt), revision: i.revision })])} />
  )
}

function AddItem({ view: { decision: d, typed, mistakes } }: { view: View }): VNode {
  const { t } = usePage()
  const e = fieldErrors(mistakes.filter((m) => m.field === 'newCode' || m.field === 'action'), t)
  const actions = itemActions.filter((a) => a !== 'localise' || d.issuer.startsWith('H'))
  return (
    <Form action={addItemHref(d.id)}>
      <h2 class="govuk-heading-m">{t('catalogue.decisions.add')}</h2>
      <Radios name="action" label={t('catalogue.decisions.action')} inline small value={String(typed.action ?? '')} error={e.of('action')} options={actions.map((value) => ({ value, text: t(`catalogue.decisions.action.${value}`) }))} />
      <TextInput name="newCode" label={t('catalogue.procedure.code')} hint={t('catalogue.decisions.codeHint')} value={String(typed.newCode ?? '')} error={e.of('newCode')} width={20} spellcheck={false} />
      <Button kind="secondary">{t('catalogue.decisions.addButton')}</Button>
    </Form>
  )
}

/** Leads to the editor of the entry; nothing is written before it is saved there. */
async function addItem(req: Req): Promise<Reply> {
  const decision = await readOwnDecision(req)
  const action = itemActions.find((a): a is ItemAction => a === req.form.get('action'))
  const typed = req.form.get('newCode')
  const code = action === 'localise' && /^\d\.\d{6}$/.test(typed) ? copyCode(typed, decision.issuer) : typed
  const mistakes: FieldError[] = [
    ...(action ? [] : [{ field: 'action', key: 'catalogue.decisions.actionMissing' }]),
    ...(/^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/.test(code) ? [] : [{ field: 'newCode', key: 'catalogue.decisions.item.codeWrong', params: { code: code.slice(0, 40) || '–' } }]),
    ...(action === 'localise' && ownerOfCode(code) !== undefined && ownerOfCode(code) !== decision.issuer ? [{ field: 'newCode', key: 'catalogue.decisions.item.codeOther', params: { code, issuer: decision.issuer } }] : []),
  ]
  return mistakes.length > 0 ? showDecision(req, mistakes, req.form.fields) : redirect(itemHref(decision.id, code, { action }))
}
