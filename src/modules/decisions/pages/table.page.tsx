import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, Button, Form, InsetText, LinkButton, NotificationBanner, Table, usePage } from '../../../ui/index.ts'
import { agenciesInWords } from '../../organisations/index.ts'
import { errors } from '../decisions.errors.ts'
import { countDecisions, findTableVersion, listTableVersions, type TableVersion, type TableVersionHead } from '../decisions.store.ts'
import { writeModel } from '../dmn/write-model.ts'
import { findTableDraft, type TableDraft } from '../drafts/draft.store.ts'
import { officeOf } from '../drafts/open-table-draft.ts'
import { startTableDraft } from '../drafts/start-table-draft.ts'
import { runExamples } from '../evaluate-table.ts'
import { modelOfTable } from '../model-of-table.ts'
import { draftHref, startPath, tableHref, tablePath, tablesPath, versionFilePath, versionHref, versionPath } from './hrefs.ts'
import { DraftTag } from './list.page.tsx'
import { ExamplesView, TableView } from './table-view.tsx'

/** A decision table with its versions, and each of these to read and to take along. */
export const tableRoutes: readonly Route[] = [
  { method: 'GET', path: tablePath, access: { permission: 'decisions.edit' }, handler: showTable },
  { method: 'GET', path: versionPath, access: { permission: 'decisions.edit' }, handler: showVersion },
  { method: 'GET', path: versionFilePath, access: { permission: 'decisions.edit' }, handler: async (req): Promise<Reply> => {
    const { key, version, definition } = await readVersion(req)
    return { kind: 'body', status: 200, body: writeModel(modelOfTable(definition)), headers: { 'content-type': 'application/xml; charset=utf-8', 'content-disposition': `attachment; filename="${key}-${version}.dmn"`, 'x-content-type-options': 'nosniff' } }
  } },
  { method: 'POST', path: startPath, access: { permission: 'decisions.edit' }, handler: async (req) => {
    const { key, version } = await readVersion(req)
    await startTableDraft(req.ctx, key, version)
    return redirect(draftHref(key))
  } },
]

async function readVersion({ ctx, params: { key, version } }: Req): Promise<TableVersion> {
  const found = /^\d{1,9}$/.test(version!) ? await findTableVersion(ctx.db, key!, Number(version)) : undefined
  if (!found) throw errors.TABLE_NOT_FOUND({ key: key! })
  return found
}

async function showTable({ ctx, params, query }: Req): Promise<Reply> {
  const key = params.key!
  const [versions, draft, counts] = await Promise.all([listTableVersions(ctx.db, key), findTableDraft(ctx.db, key), countDecisions(ctx.db, key)])
  if (versions.length === 0) throw errors.TABLE_NOT_FOUND({ key })
  const { owner } = versions[0]!
  const isOwn = owner === officeOf(ctx.actor)
  return page(<Versions versions={versions} draft={isOwn ? draft : undefined} counts={counts} owner={(await agenciesInWords(ctx.db, [owner], ctx.lang)).get(owner)!} isOwn={isOwn} done={query.done} />, { title: versions[0]!.title[ctx.lang], layout: 'desk' })
}

interface VersionsProps { versions: TableVersionHead[]; draft: TableDraft | undefined; counts: ReadonlyMap<number, number>; owner: string; isOwn: boolean; done: string | undefined }

function Versions({ versions, draft, counts, owner, isOwn, done }: VersionsProps): VNode {
  const { t, lang } = usePage()
  const [last] = versions
  return (
    <>
      <BackLink href={tablesPath}>{t('decisions.title')}</BackLink>
      {(done === 'published' || done === 'discarded') && <NotificationBanner type="success">{t(`decisions.done.${done}`)}</NotificationBanner>}
      <h1 class="govuk-heading-l">{last!.title[lang]}</h1>
      {draft && <><p class="govuk-body">{t('decisions.draft')}: <DraftTag draft={draft} /></p><LinkButton href={draftHref(draft.key)}>{t('decisions.openDraft')}</LinkButton></>}
      {!isOwn && <InsetText>{t('decisions.notOwn', { owner })}</InsetText>}
      <Table wide caption={t('decisions.versions')}
        columns={[{ header: t('decisions.version') }, { header: t('decisions.firstDay') }, { header: t('decisions.publishedBy') }, { header: t('decisions.taken'), numeric: true }, { header: t('decisions.acts') }]}
        rows={versions.map((v) => [
          <a class="govuk-link" href={versionHref(v.key, v.version)}>{t('decisions.versionOf', { version: v.version })}</a>, formatDate(v.validFrom), v.origin === 'shipped' ? t('decisions.shipped') : `${v.publishedName ?? ''}, ${formatDateTime(v.publishedAt)}`, counts.get(v.version) ?? 0,
          <>
            <a class="govuk-link" href={versionHref(v.key, v.version, 'dmn')}>{t('decisions.asDmn')}<span class="govuk-visually-hidden"> {v.version}</span></a>
            {isOwn && !draft && <Form action={versionHref(v.key, v.version, 'draft')} class="mc-inline"><Button kind="secondary" about={String(v.version)}>{t('decisions.startDraft')}</Button></Form>}
          </>,
        ])} />
    </>
  )
}

async function showVersion(req: Req): Promise<Reply> {
  const { key, version, definition, examples, validFrom } = await readVersion(req)
  const { t, lang, now } = req.ctx
  return page(
    <>
      <BackLink href={tableHref(key)}>{t('decisions.versions')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('decisions.versionFrom', { version, day: formatDate(validFrom) })}</span>{definition.title[lang]}</h1>
      <TableView definition={definition} />
      <ExamplesView definition={definition} results={runExamples(definition.table, examples, now)} />
    </>, { title: definition.title[lang], layout: 'desk' })
}
