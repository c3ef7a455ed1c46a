import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, LinkButton, Table, Tag, TextInput, usePage } from '../../../ui/index.ts'
import { agenciesInWords } from '../../organisations/index.ts'
import { listLastTables } from '../decisions.store.ts'
import { listTableDrafts, type TableDraft } from '../drafts/draft.store.ts'
import { officeOf } from '../drafts/open-table-draft.ts'
import { startNewTable } from '../drafts/start-table-draft.ts'
import { draftHref, newTablePath, tableHref, tablesPath } from './hrefs.ts'

/** All decision tables, and the beginning of a new one. */
export const tableListRoutes: readonly Route[] = [
  { method: 'GET', path: tablesPath, access: { permission: 'decisions.edit' }, handler: showList },
  { method: 'GET', path: newTablePath, access: { permission: 'decisions.edit' }, handler: (req) => showNew(req) },
  { method: 'POST', path: newTablePath, access: { permission: 'decisions.edit' }, handler: async (req) => {
    const mistakes = await startNewTable(req.ctx, { key: req.form.get('key'), title: { vi: req.form.get('title-vi'), en: req.form.get('title-en') } })
    return mistakes.length > 0 ? showNew(req, mistakes) : redirect(draftHref(req.form.get('key')))
  } },
]

interface Row { key: string; title: { vi: string; en: string }; purpose: string; procedure: string; owner: string; version: number | null; draft: TableDraft | undefined }

async function showList({ ctx }: Req): Promise<Reply> {
  const [versions, drafts] = await Promise.all([listLastTables(ctx.db), listTableDrafts(ctx.db)])
  // Another office does not see who works on what.
  const own = drafts.filter((draft) => draft.owner === officeOf(ctx.actor))
  const rows: Row[] = versions.map((v) => ({ ...v, draft: own.find((draft) => draft.key === v.key) }))
  const fresh = own.filter((draft) => draft.baseVersion === null).map((draft): Row => ({ ...draft.definition, owner: draft.owner, version: null, draft }))
  const owners = await agenciesInWords(ctx.db, [...versions, ...own].map(({ owner }) => owner), ctx.lang)
  return page(<TableList rows={[...fresh, ...rows].map((row) => ({ ...row, owner: owners.get(row.owner) ?? row.owner }))} />, { title: ctx.t('decisions.title'), layout: 'desk' })
}

function TableList({ rows }: { rows: readonly Row[] }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('decisions.title')}</h1>
      <p class="govuk-body">{t('decisions.lead')}</p>
      <LinkButton href={newTablePath}>{t('decisions.new')}</LinkButton>
      <Table wide keys caption={t('decisions.title')} captionHidden
        columns={[{ header: t('decisions.table') }, { header: t('decisions.purpose') }, { header: t('decisions.procedure') }, { header: t('decisions.owner') }, { header: t('decisions.version'), numeric: true }, { header: t('decisions.draft') }]}
        rows={rows.map((row) => {
          const href = row.version === null ? draftHref(row.key) : tableHref(row.key)
          return { href, cells: [<a class="govuk-link" href={href}>{row.title[lang]}</a>, t(`decisions.purpose.${row.purpose}`), row.procedure || '–', row.owner, row.version ?? '–', row.draft ? <DraftTag draft={row.draft} /> : '–'] }
        })} />
    </>
  )
}

export function DraftTag({ draft }: { draft: Pick<TableDraft, 'state' | 'editedName' | 'editedAt'> }): VNode {
  const { t } = usePage()
  return <><Tag tone={draft.state === 'draft' ? 'neutral' : 'attention'}>{t(`decisions.state.${draft.state}`)}</Tag> {draft.editedName}, {formatDateTime(draft.editedAt)}</>
}

function showNew({ ctx: { t }, form }: Req, mistakes: FieldError[] = []): Reply {
  const e = fieldErrors(mistakes, t)
  return page(
    <>
      <BackLink href={tablesPath}>{t('decisions.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('decisions.new')}</h1>
      <Form action={newTablePath}>
        <TextInput name="key" label={t('decisions.key')} hint={t('decisions.key.hint')} value={form.get('key')} error={e.of('key')} width="one-half" spellcheck={false} maxLength={60} />
        <TextInput name="title-vi" label={t('decisions.titleVi')} value={form.get('title-vi')} error={e.of('title-vi')} width="two-thirds" maxLength={200} />
        <TextInput name="title-en" label={t('decisions.titleEn')} value={form.get('title-en')} error={e.of('title-en')} width="two-thirds" maxLength={200} />
        <Button>{t('decisions.new.button')}</Button>
      </Form>
    </>, { title: t('decisions.new'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}
