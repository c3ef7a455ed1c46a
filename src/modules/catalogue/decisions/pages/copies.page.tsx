import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatNumber } from '../../../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, EmptyState, Form, InsetText, NotificationBanner, Pagination, SearchBox, SummaryList, Table, Tag, usePage } from '../../../../ui/index.ts'
import { errors } from '../../catalogue.errors.ts'
import type { ProcedureInput } from '../../content.ts'
import { versionHref } from '../../pages/hrefs.ts'
import { readStoredContent } from '../../procedure.store.ts'
import { mayIssueFor, visibleIssuer } from '../decision.ts'
import { diffContent } from '../diff-content.ts'
import { confirmCopy, findCopy, listCopies, type Copy } from '../list-copies.ts'
import { mergeLocal, ownerOfCode } from '../local-part.ts'
import { Differences, wordsOf } from './differences.tsx'
import { copiesHref, copiesPath, copyHref, copyPath, decisionsPath } from './hrefs.ts'

/** What provinces made of the ministries' procedures, and the page where a province looks at a changed original. */
export const copyRoutes: readonly Route[] = [
  { method: 'GET', path: copiesPath, access: { permission: 'catalogue.decide' }, handler: showCopies },
  { method: 'GET', path: copyPath, access: { permission: 'catalogue.decide' }, handler: showCopy },
  { method: 'POST', path: copyPath, access: { permission: 'catalogue.decide' }, handler: async (req) => {
    await confirmCopy(req.ctx, { code: req.params.code!, baseVersion: Number(req.form.get('baseVersion')) || 0 })
    return redirect(copiesHref({ done: 'confirmed' }))
  } },
]

async function showCopies(req: Req): Promise<Reply> {
  const { ctx, query } = req
  const { t } = ctx
  const changedOnly = query.changed === '1'
  const q = query.q?.trim().slice(0, 100) || undefined
  const found = await listCopies(ctx.db, { issuer: visibleIssuer(ctx.actor, ctx.node.config.national.code), changedOnly, q }, Number(query.page) || 1)
  const address = { q, changed: changedOnly ? '1' : undefined }
  return page(
    <>
      {query.done === 'confirmed' && <NotificationBanner type="success" heading={t('catalogue.decisions.copies.confirmed')} />}
      <h1 class="govuk-heading-l">{t('catalogue.decisions.copies.title')}</h1>
      <p class="govuk-body">{t('catalogue.decisions.copies.lead')}</p>
      {ctx.node.config.kind !== 'national' && <InsetText>{t('catalogue.decisions.elsewhere')} <a class="govuk-link" href={`${ctx.node.config.national.baseUrl}${copiesPath}`}>{t('catalogue.decisions.toNational')}</a></InsetText>}
      <SearchBox action={copiesPath} value={q ?? ''} label={t('catalogue.decisions.copies.search')} keep={changedOnly ? { changed: '1' } : {}} />
      <Form action={copiesPath} method="get" hidden={q ? { q } : {}}><Checkboxes name="changed" label={t('catalogue.decisions.state')} small values={changedOnly ? ['1'] : []} options={[{ value: '1', text: t('catalogue.decisions.copies.changedOnly') }]} /><Button kind="secondary">{t('ui.filter.apply')}</Button></Form>
      <p class="govuk-body" role="status">{t('catalogue.decisions.copies.count', { count: found.total, number: formatNumber(found.total, ctx.lang), changed: found.changed })}</p>
      {found.total === 0 ? <EmptyState title={t('catalogue.decisions.copies.none')}><p>{t('catalogue.decisions.copies.noneAdvice')} <a class="govuk-link" href={decisionsPath}>{t('catalogue.decisions.title')}</a></p></EmptyState> : <CopyTable rows={found.rows} />}
      <Pagination page={found.page} pages={found.pages} href={(n) => copiesHref({ ...address, page: n === 1 ? undefined : String(n) })} />
    </>, { title: t('catalogue.decisions.copies.title'), layout: 'desk' })
}

function CopyTable({ rows }: { rows: readonly Copy[] }): VNode {
  const { t, lang } = usePage()
  const state = (c: Copy): VNode => (c.isAbolished ? <Tag tone="paused">{t('catalogue.decisions.copies.abolished')}</Tag> : c.hasChanged ? <Tag tone="attention">{t('catalogue.decisions.copies.changed')}</Tag> : <Tag tone="done">{t('catalogue.decisions.copies.reviewed')}</Tag>)
  return (
    <Table wide keys caption={t('catalogue.decisions.copies.title')} captionHidden
      columns={[{ header: t('catalogue.procedure.code') }, { header: t('catalogue.decisions.field.name') }, { header: t('catalogue.decisions.state') }, { header: t('catalogue.decisions.copies.versions') }]}
      rows={rows.map((c) => ({ href: copyHref(c.code), cells: [<a class="govuk-link" href={copyHref(c.code)}>{c.code}</a>, lang === 'vi' ? c.nameVi : c.nameEn, state(c), t('catalogue.decisions.copies.versionsOf', { own: c.version, base: c.baseVersion, reviewed: c.reviewedVersion })] }))} />
  )
}

interface MergeView { copy: Copy; before: ProcedureInput; after: ProcedureInput; mayConfirm: boolean }

async function showCopy(req: Req): Promise<Reply> {
  const { ctx } = req
  const copy = await findCopy(ctx.db, req.params.code!)
  const visible = visibleIssuer(ctx.actor, ctx.node.config.national.code)
  if (!copy || (visible !== undefined && visible !== ownerOfCode(copy.code))) throw errors.PROCEDURE_NOT_FOUND({ code: req.params.code!.slice(0, 40) })
  const [before, after] = await Promise.all([readStoredContent(ctx.db, copy.baseCode, copy.reviewedVersion), readStoredContent(ctx.db, copy.baseCode, copy.baseVersion)])
  const view = { copy, before, after, mayConfirm: mayIssueFor(ctx.actor, ownerOfCode(copy.code)!) }
  return page(<MergePage view={view} />, { title: `${ctx.t('catalogue.decisions.copies.merge')} ${copy.code}`, layout: 'desk' })
}

/** The original before and after, with the local part and what comes of it beside. */
function MergePage({ view: { copy, before, after, mayConfirm } }: { view: MergeView }): VNode {
  const { t, lang } = usePage()
  const issuer = ownerOfCode(copy.code)!
  const [merged, original] = [mergeLocal(after, copy.part, issuer), { ...after, code: copy.code }]
  return (
    <>
      <BackLink href={copiesPath}>{t('catalogue.decisions.copies.title')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{copy.code}</span>{lang === 'vi' ? copy.nameVi : copy.nameEn}</h1>
      <SummaryList rows={[
        { key: t('catalogue.decisions.copies.own'), value: <a class="govuk-link" href={versionHref(copy.code, copy.version)}>{t('catalogue.procedure.version', { version: copy.version })}</a> },
        { key: t('catalogue.decisions.copies.original'), value: <a class="govuk-link" href={versionHref(copy.baseCode, copy.baseVersion)}>{copy.baseCode}, {t('catalogue.procedure.version', { version: copy.baseVersion })}</a> },
        { key: t('catalogue.decisions.copies.part'), value: <span class="mc-original">{wordsOf(copy.part)}</span> },
      ]} />
      <h2 class="govuk-heading-m">{t('catalogue.decisions.copies.changes', { from: copy.reviewedVersion, to: copy.baseVersion })}</h2>
      {copy.hasChanged ? <Differences changes={diffContent(before, after)} caption={t('catalogue.decisions.copies.merge')} /> : <p class="govuk-body">{t('catalogue.decisions.copies.noChange')}</p>}
      <h2 class="govuk-heading-m">{t('catalogue.decisions.copies.effect')}</h2>
      <Differences changes={diffContent(original, merged)} caption={t('catalogue.decisions.copies.effect')} before={t('catalogue.decisions.copies.ministry')} after={t('catalogue.decisions.copies.inProvince')} />
      {copy.hasChanged && mayConfirm && (
        <>
          <InsetText>{t('catalogue.decisions.copies.advice')}</InsetText>
          <Form action={copyHref(copy.code)} hidden={{ baseVersion: copy.baseVersion }}><Button>{t('catalogue.decisions.copies.confirm')}</Button></Form>
        </>
      )}
    </>
  )
}
