import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { civilDate, formatDateTime, formatNumber } from '../../../../platform/i18n.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Breadcrumbs, Button, DateInput, EmptyState, ErrorSummary, fieldErrors, FileUpload, Form, joinDate, NotificationBanner, Pagination, readDateParts, splitDate, Table, TextInput, usePage, WarningText, type DateParts } from '../../../../ui/index.ts'
import { actsIn, openDesk, requireAct, type Desk } from '../change-entry.ts'
import { confirmImport, findImport, outcomes, previewImport, uploadImport, type ListImport, type Outcome, type PreviewLine } from '../import-list.ts'
import { maxFileBytes } from '../table-file.ts'
import { exportHref, importHref, importPreviewHref, listHref, listsPath } from './hrefs.ts'
import { dayWords, Differences, fieldName, listTitle } from './words.tsx'

const access = { permission: 'catalogue.edit-lists' } as const
const pageSize = 100

/** A file is uploaded, its effect is shown row by row, and only the confirmation carries it out. */
export const importRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/lists/:name/import', access, handler: showUpload },
  { method: 'POST', path: '/admin/lists/:name/import', access, bodyLimit: maxFileBytes + 64 * 1024, handler: upload },
  { method: 'GET', path: '/admin/lists/:name/imports/:id', access, handler: (req) => showPreview(req) },
  {
    method: 'POST', path: '/admin/lists/:name/imports/:id', access,
    handler: async (req) => ((await confirmImport(req.ctx, req.params.name!, req.params.id!)) ? redirect(importPreviewHref(req.params.name as Desk['list']['name'], req.params.id!, 'confirmed')) : showPreview(req, true)),
  },
]

interface Typed { from: DateParts; basis: string }

async function showUpload({ ctx, params }: Req): Promise<Reply> {
  const desk = await openDesk(ctx, params.name!)
  requireAct(desk, actsIn(desk)[0] ?? 'add')
  return page(<UploadPage desk={desk} typed={{ from: splitDate(civilDate(ctx.now)), basis: '' }} errors={[]} />, { title: ctx.t('catalogue.lists.import.title'), layout: 'desk' })
}

async function upload({ ctx, params, form }: Req): Promise<Reply> {
  const typed: Typed = { from: readDateParts(form, 'from'), basis: form.get('basis') }
  const [given] = form.files
  const result = await uploadImport(ctx, params.name!, { bytes: given?.bytes ?? Buffer.alloc(0), fileName: given?.fileName ?? '', from: joinDate(typed.from) ?? '', basis: typed.basis })
  const desk = await openDesk(ctx, params.name!)
  if ('id' in result) return redirect(importPreviewHref(desk.list.name, result.id))
  return page(<UploadPage desk={desk} typed={typed} errors={result.errors} />, { title: ctx.t('catalogue.lists.import.title'), layout: 'desk', status: 400 })
}

function UploadPage({ desk: { list }, typed, errors }: { desk: Desk; typed: Typed; errors: readonly FieldError[] }): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(errors, t)
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.lists.title'), href: listsPath }, { text: listTitle(t, list), href: listHref(list.name) }, { text: t('catalogue.lists.import.title') }]} />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{t('catalogue.lists.import.title')}: {listTitle(t, list)}</h1>
      <p class="govuk-body">{t('catalogue.lists.import.lead')}</p>
      <p class="govuk-body">{t('catalogue.lists.import.columns', { columns: ['key', ...list.columns.map((c) => c.field), 'validTo', 'revision'].map((f) => fieldName(t, f)).join(', ') })}</p>
      <p class="govuk-body"><a class="govuk-link" href={exportHref(list.name, 'xlsx', 'entries')} download>{t('catalogue.lists.import.template')}</a></p>
      <Form action={importHref(list.name)} files>
        <FileUpload name="file" label={t('catalogue.lists.import.file')} hint={t('catalogue.lists.import.fileHint')} accept=".csv,.xlsx" error={wrong.of('file')} />
        <DateInput name="from" label={t('catalogue.lists.holdsFrom')} hint={t('catalogue.lists.holdsFromHint')} value={typed.from} error={wrong.of('from')} />
        <TextInput name="basis" label={t('catalogue.lists.basis')} hint={t('catalogue.lists.basisHint')} value={typed.basis} error={wrong.of('basis')} width="two-thirds" />
        <Button>{t('catalogue.lists.import.preview')}</Button>
      </Form>
    </>
  )
}

async function showPreview({ ctx, params, query }: Req, overtaken = false): Promise<Reply> {
  const desk = await openDesk(ctx, params.name!)
  const given = await findImport(ctx, params.name!, params.id!)
  const lines = given.confirmedAt ? [] : await previewImport(ctx.db, ctx, desk, given)
  const kind = outcomes.find((o) => o === query.kind)
  const at = /^\d{1,4}$/.test(query.page ?? '') ? Number(query.page) : 1
  return page(<PreviewPage desk={desk} given={given} lines={lines} kind={kind} at={at} overtaken={overtaken} />, { title: ctx.t('catalogue.lists.import.preview'), layout: 'desk', status: overtaken ? 409 : 200 })
}

interface PreviewProps { desk: Desk; given: ListImport; lines: readonly PreviewLine[]; kind: Outcome | undefined; at: number; overtaken: boolean }

function PreviewPage({ desk: { list }, given, lines, kind, at, overtaken }: PreviewProps): VNode {
  const { t, lang } = usePage()
  const count = (outcome: Outcome): number => lines.filter((l) => l.outcome === outcome).length
  const doing = count('add') + count('adjust') + count('disable')
  const href = (outcome: string): string => `${importPreviewHref(list.name, given.id)}?kind=${outcome}`
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.lists.title'), href: listsPath }, { text: listTitle(t, list), href: listHref(list.name) }, { text: t('catalogue.lists.import.title') }]} />
      {overtaken && <NotificationBanner title={t('catalogue.lists.since.title')} heading={t('catalogue.lists.import.overtaken')} />}
      {given.confirmedAt
        ? <><NotificationBanner type="success" heading={t('catalogue.lists.import.done', { at: formatDateTime(given.confirmedAt) })} /><p class="govuk-body"><a class="govuk-link" href={listHref(list.name)}>{listTitle(t, list)}</a></p></>
        : (
          <>
            <h1 class="govuk-heading-l">{t('catalogue.lists.import.preview')}</h1>
            <p class="govuk-body">{t('catalogue.lists.import.about', { file: given.fileName, from: dayWords(given.from), basis: given.basis })}</p>
            <ul class="govuk-list">{outcomes.map((o) => <li>{count(o) > 0 && o !== 'unchanged' ? <a class="govuk-link" href={href(o)} aria-current={kind === o ? 'true' : undefined}>{t(`catalogue.lists.outcome.${o}`)}</a> : t(`catalogue.lists.outcome.${o}`)}: <strong>{formatNumber(count(o), lang)}</strong></li>)}</ul>
            {doing > 0 && (
              <Form action={importPreviewHref(list.name, given.id)}>
                <WarningText>{t(count('refused') > 0 ? 'catalogue.lists.import.warningRefused' : 'catalogue.lists.confirm.warning')}</WarningText>
                <Button>{t('catalogue.lists.import.confirm', { count: doing, number: formatNumber(doing, lang) })}</Button>
              </Form>
            )}
            <Lines list={list} given={given} lines={lines.filter((l) => (kind ? l.outcome === kind : l.outcome !== 'unchanged'))} kind={kind} at={at} />
          </>
        )}
    </>
  )
}

function Lines({ list, given, lines, kind, at }: { list: Desk['list']; given: ListImport; lines: readonly PreviewLine[]; kind: Outcome | undefined; at: number }): VNode {
  const { t } = usePage()
  if (lines.length === 0) return <EmptyState title={t('catalogue.lists.import.nothing')} />
  const pages = Math.ceil(lines.length / pageSize)
  const shown = Math.min(Math.max(1, at), pages)
  return (
    <>
      <Table caption={t('catalogue.lists.import.preview')} captionHidden wide
        columns={['line', 'key', 'outcome', 'from', 'what'].map((name) => ({ header: t(`catalogue.lists.import.${name}`) }))}
        rows={lines.slice((shown - 1) * pageSize, shown * pageSize).map((l) => [
          String(l.line), l.key, t(`catalogue.lists.outcome.${l.outcome}`), dayWords(l.from),
          l.outcome === 'refused' ? <ul class="govuk-list">{l.reasons.map((r) => <li>{fieldName(t, r.field)}: {t(r.key, r.params)}</li>)}</ul> : <Differences list={list} before={l.before} after={l.after} />,
        ])} />
      <Pagination page={shown} pages={pages} href={(n) => `${importPreviewHref(list.name, given.id)}?${new URLSearchParams({ ...(kind ? { kind } : {}), page: String(n) })}`} />
    </>
  )
}
