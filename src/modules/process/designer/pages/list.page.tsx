import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, FileUpload, Form, LinkButton, Table, Tag, TextInput, usePage } from '../../../../ui/index.ts'
import { listLastDefinitions, listProcessDrafts, type DefinitionHead, type ProcessDraftHead } from '../draft.store.ts'
import { durationOf, DurationInput } from './duration-input.tsx'
import { startEmptyProcess, startFromFile } from '../start-process-draft.ts'
import { draftHref, newProcessPath, processesPath, processHref, uploadProcessPath } from './hrefs.ts'

const access = { permission: 'process.design' } as const
const largest = 2_000_000

/** All processes of the node, and the beginning of a new one. */
export const processListRoutes: readonly Route[] = [
  { method: 'GET', path: processesPath, access, handler: showList },
  { method: 'GET', path: newProcessPath, access, handler: (req) => showNew(req) },
  { method: 'POST', path: newProcessPath, access, handler: async (req) => {
    const [key, nameVi, nameEn] = [req.form.get('key'), req.form.get('nameVi'), req.form.get('nameEn')]
    const mistakes = await startEmptyProcess(req.ctx, { key, nameVi, nameEn, limit: durationOf(req.form, 'limit', '') })
    return mistakes.length > 0 ? showNew(req, mistakes) : redirect(draftHref(key))
  } },
  { method: 'POST', path: uploadProcessPath, access, handler: async (req) => {
    const upload = req.form.files.find((file) => file.field === 'file')
    if (!upload || upload.bytes.length === 0) return showNew(req, [{ field: 'file', key: 'process.try.no_file' }])
    if (upload.truncated || upload.bytes.length > largest) return showNew(req, [{ field: 'file', key: 'process.try.too_large', params: { max: largest / 1_000_000 } }])
    const started = await startFromFile(req.ctx, upload.bytes)
    return Array.isArray(started) ? showNew(req, started) : redirect(draftHref(started.key))
  } },
]

const most = 200

async function showList({ ctx, query }: Req): Promise<Reply> {
  const [versions, drafts] = await Promise.all([listLastDefinitions(ctx.db), listProcessDrafts(ctx.db)])
  const q = (query.q ?? '').trim().slice(0, 100)
  const fits = (one: { key: string; nameVi: string; nameEn: string }): boolean => [one.key, one.nameVi, one.nameEn].some((text) => folded(text).includes(folded(q)))
  return page(<ProcessList versions={versions.filter(fits)} drafts={drafts.filter(fits)} q={q} />, { title: ctx.t('process.designer.title'), layout: 'desk' })
}

/** Without marks and capitals. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()

function ProcessList({ versions, drafts, q }: { versions: readonly DefinitionHead[]; drafts: readonly ProcessDraftHead[]; q: string }): VNode {
  const { t, lang } = usePage()
  const fresh = drafts.filter((draft) => !versions.some(({ key }) => key === draft.key)).map((draft) => ({ key: draft.key, nameVi: draft.nameVi, nameEn: draft.nameEn, version: undefined, draft }))
  const rows = [...fresh, ...versions.map((one) => ({ key: one.key, nameVi: one.nameVi, nameEn: one.nameEn, version: one, draft: drafts.find(({ key }) => key === one.key) }))]
  return (
    <>
      <h1 class="govuk-heading-l">{t('process.designer.title')}</h1>
      <p class="govuk-body">{t('process.designer.lead')}</p>
      <LinkButton href={newProcessPath}>{t('process.designer.new')}</LinkButton>
      <Form method="get" action={processesPath} class="mc-filter-row">
        <TextInput name="q" type="search" label={t('process.designer.search')} value={q} maxLength={100} />
        <Button kind="secondary">{t('process.designer.search.button')}</Button>
      </Form>
      {rows.length > most && <p class="govuk-body">{t('process.designer.more', { shown: most, count: rows.length })}</p>}
      {rows.length === 0 ? <EmptyState title={t(q ? 'process.designer.search.none' : 'process.designer.none')} /> : (
        <Table stack keys caption={t('process.designer.title')} captionHidden
          columns={[{ header: t('process.designer.process') }, { header: t('process.designer.key') }, { header: t('process.designer.version'), numeric: true }, { header: t('process.designer.firstDay') }, { header: t('process.designer.draft') }]}
          rows={rows.slice(0, most).map(({ key, nameVi, nameEn, version, draft }) => {
            const href = version ? processHref(key) : draftHref(key)
            return { href, cells: [<a class="govuk-link" href={href}>{lang === 'vi' ? nameVi : nameEn}</a>, key, version?.version ?? '–', version && version.validFrom.getTime() > 0 ? formatDate(version.validFrom) : '–', draft ? <DraftTag draft={draft} /> : '–'] }
          })} />
      )}
    </>
  )
}

export function DraftTag({ draft }: { draft: Pick<ProcessDraftHead, 'state' | 'editedName' | 'editedAt'> }): VNode {
  const { t } = usePage()
  return <><Tag tone={draft.state === 'draft' ? 'neutral' : 'attention'}>{t(`process.designer.state.${draft.state}`)}</Tag> {draft.editedName}, {formatDateTime(draft.editedAt)}</>
}

function showNew({ ctx: { t }, form }: Req, mistakes: FieldError[] = []): Reply {
  const e = fieldErrors(mistakes, t)
  return page(
    <>
      <BackLink href={processesPath}>{t('process.designer.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('process.designer.new')}</h1>
      <Form action={newProcessPath}>
        <h2 class="govuk-heading-m">{t('process.designer.new.empty')}</h2>
        <TextInput name="nameVi" label={t('process.designer.nameVi')} value={form.get('nameVi')} error={e.of('nameVi')} width="two-thirds" maxLength={200} />
        <TextInput name="nameEn" label={t('process.designer.nameEn')} value={form.get('nameEn')} error={e.of('nameEn')} width="two-thirds" maxLength={200} />
        <TextInput name="key" label={t('process.designer.key')} hint={t('process.designer.key.hint')} value={form.get('key')} error={e.of('key')} width="one-half" spellcheck={false} maxLength={60} />
        <DurationInput name="limit" label={t('process.designer.legalLimit')} hint={t('process.designer.legalLimit.hint')} value={durationOf(form, 'limit', '')} error={e.of('limit')} />
        <Button>{t('process.designer.new.button')}</Button>
      </Form>
      <Form action={uploadProcessPath} files>
        <h2 class="govuk-heading-m">{t('process.designer.new.fromFile')}</h2>
        <FileUpload name="file" label={t('process.try.file')} hint={t('process.designer.new.fileHint', { max: largest / 1_000_000 })} accept=".bpmn,.xml" error={e.of('file')} />
        <Button kind="secondary">{t('process.designer.new.upload')}</Button>
      </Form>
    </>, { title: t('process.designer.new'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}
