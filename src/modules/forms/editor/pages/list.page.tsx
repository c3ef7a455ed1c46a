import type { VNode } from 'preact'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, Form, InsetText, LinkButton, NotificationBanner, Table, Tag, usePage } from '../../../../ui/index.ts'
import { findFormUse, listFormUses, procedureHref, type FormUse } from '../../../catalogue/index.ts'
import { errors } from '../../forms.errors.ts'
import { findVersion, listFormVersions, listLastVersions, type FormVersionHead } from '../../forms.store.ts'
import { findFormDraft, listFormDrafts, type DraftHead } from '../draft.store.ts'
import { isOwnForm, ownerInWords, ownersInWords, usesOf } from '../form-owner.ts'
import { listPurposes } from '../purpose.store.ts'
import { compareHref, draftHref, formHref, formPath, formsPath, newFormPath, versionHref, versionPath } from './hrefs.ts'

/** All forms, and one with its versions. */
export const formListRoutes: readonly Route[] = [
  { method: 'GET', path: formsPath, access: { permission: 'forms.edit' }, handler: showList },
  { method: 'GET', path: formPath, access: { permission: 'forms.edit' }, handler: showForm },
  { method: 'GET', path: versionPath, access: { permission: 'forms.edit' }, handler: sendVersion },
]

async function showList(req: Req): Promise<Reply> {
  const { ctx } = req
  const [heads, uses, drafts, purposes] = await Promise.all([listLastVersions(ctx.db), listFormUses(ctx.db), listFormDrafts(ctx.db), listPurposes(ctx.db)])
  const begun = (await Promise.all(purposes.map(async ({ key, code }) => ({ ...(await findFormUse(ctx.db, code))!, formKey: key })))).filter((use) => use.code && !uses.some((other) => other.code === use.code && other.formKey === use.formKey))
  const byForm = Map.groupBy([...uses, ...begun], (use) => use.formKey)
  const rows = heads.map((head) => ({ head, uses: byForm.get(head.key) ?? [], isOwn: isOwnForm(ctx.actor, byForm.get(head.key) ?? []) }))
  // Another office does not see who works on what.
    .map((row) => ({ ...row, draft: row.isOwn ? drafts.find((d) => d.key === row.head.key) : undefined }))
  return page(<FormList rows={[...rows.filter((row) => row.isOwn), ...rows.filter((row) => !row.isOwn)]} begun={drafts.filter((d) => !heads.some((head) => head.key === d.key) && isOwnForm(ctx.actor, byForm.get(d.key) ?? [])).map((draft) => ({ draft, uses: byForm.get(draft.key) ?? [] }))} owners={await ownersInWords(ctx.db, [...uses, ...begun], ctx.lang)} isDiscarded={req.query.done === 'discarded'} />, { title: ctx.t('forms.editor.title'), layout: 'desk' })
}

interface FormListProps { rows: readonly { head: FormVersionHead; uses: FormUse[]; draft: DraftHead | undefined }[]; begun: readonly { draft: DraftHead; uses: FormUse[] }[]; owners: ReadonlyMap<string, string>; isDiscarded: boolean }

function FormList({ rows, begun, owners, isDiscarded }: FormListProps): VNode {
  const { t, lang } = usePage()
  return (
    <>
      {isDiscarded && <NotificationBanner type="success">{t('forms.editor.done.discarded')}</NotificationBanner>}
      <h1 class="govuk-heading-l">{t('forms.editor.title')}</h1>
      <p class="govuk-body">{t('forms.editor.lead')}</p>
      <LinkButton kind="secondary" href={newFormPath}>{t('forms.editor.new.title')}</LinkButton>
      <Table wide keys caption={t('forms.editor.title')} captionHidden
        columns={[{ header: t('forms.editor.form') }, { header: t('forms.editor.uses') }, { header: t('forms.editor.owner') }, { header: t('forms.editor.version'), numeric: true }, { header: t('forms.editor.draft') }]}
        rows={[...begun.map(({ draft, uses }) => ({ href: draftHref(draft.key), cells: [
          <a class="govuk-link" href={draftHref(draft.key)}>{draft.title[lang]}</a>, uses.map((use) => use.code).join(', '), ownerInWords(owners, uses), '–', <DraftTag draft={draft} />,
        ] })), ...rows.map(({ head, uses, draft }) => ({ href: formHref(head.key), cells: [
          <a class="govuk-link" href={formHref(head.key)}>{head.title[lang]}</a>, uses.map((use) => use.code).join(', ') || '–', ownerInWords(owners, uses), head.version, draft ? <DraftTag draft={draft} /> : '–',
        ] }))]} />
    </>
  )
}

function DraftTag({ draft }: { draft: Omit<DraftHead, 'title'> }): VNode {
  const { t } = usePage()
  return <><Tag tone={draft.state === 'draft' ? 'neutral' : 'attention'}>{t(`forms.editor.state.${draft.state}`)}</Tag> {draft.editedName}, {formatDateTime(draft.editedAt)}</>
}

async function showForm(req: Req): Promise<Reply> {
  const { ctx, params } = req
  const key = params.form!
  const [versions, uses, draft] = await Promise.all([listFormVersions(ctx.db, key), usesOf(ctx.db, key), findFormDraft(ctx.db, key)])
  if (versions.length === 0) throw errors.FORM_NOT_FOUND()
  return page(<FormVersions form={key} versions={versions} uses={uses} draft={draft && { ...draft, title: draft.definition.title }} owners={await ownersInWords(ctx.db, uses, ctx.lang)} isOwn={isOwnForm(ctx.actor, uses)} done={req.query.done} />, { title: versions[0]!.title[ctx.lang], layout: 'desk' })
}

interface FormVersionsProps { form: string; versions: FormVersionHead[]; uses: FormUse[]; draft: DraftHead | undefined; owners: ReadonlyMap<string, string>; isOwn: boolean; done: string | undefined }

function FormVersions({ form, versions, uses, draft, owners, isOwn, done }: FormVersionsProps): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <BackLink href={formsPath}>{t('forms.editor.title')}</BackLink>
      {(done === 'published' || done === 'discarded') && <NotificationBanner type="success">{t(`forms.editor.done.${done}`)}</NotificationBanner>}
      <h1 class="govuk-heading-l">{versions[0]!.title[lang]}</h1>
      <h2 class="govuk-heading-m">{t('forms.editor.uses')}</h2>
      {uses.length === 0 ? <p class="govuk-body">{t('forms.editor.noUses')}</p> : <ul class="govuk-list govuk-list--bullet">{uses.map((use) => <li><a class="govuk-link" href={procedureHref(use.code)}>{use.name[lang]}</a> ({use.code}, {ownerInWords(owners, [use])})</li>)}</ul>}
      {draft && isOwn && <p class="govuk-body">{t('forms.editor.draft')}: <DraftTag draft={draft} /></p>}
      {draft && isOwn && <LinkButton href={draftHref(form)}>{t('forms.editor.openDraft')}</LinkButton>}
      {!isOwn && <InsetText>{t('forms.editor.notOwn')}</InsetText>}
      <Table wide caption={t('forms.editor.versions')}
        columns={[{ header: t('forms.editor.version') }, { header: t('forms.editor.firstDay') }, { header: t('forms.editor.publishedBy') }, { header: t('forms.editor.acts') }]}
        rows={versions.map((v, i) => [
          v.version, formatDate(v.validFrom), v.origin === 'shipped' ? t('forms.editor.shipped') : `${v.publishedName ?? ''}, ${formatDateTime(v.publishedAt)}`,
          <>
            <a class="govuk-link" href={versionHref(form, v.version)}>{t('forms.editor.asJson')}<span class="govuk-visually-hidden"> {v.version}</span></a>
            {versions[i + 1] && <> <a class="govuk-link" href={compareHref(form, versions[i + 1]!.version, v.version)}>{t('forms.editor.compareBefore')}<span class="govuk-visually-hidden"> {v.version}</span></a></>}
            {isOwn && !draft && <Form action={draftHref(form)} class="mc-inline" hidden={{ version: v.version }}><Button kind="secondary" about={String(v.version)}>{t('forms.editor.startDraft')}</Button></Form>}
          </>,
        ])} />
    </>
  )
}

/** A published definition as a file: to read, to keep, to bring into a draft elsewhere. */
async function sendVersion(req: Req): Promise<Reply> {
  const { form, version } = req.params
  const found = /^\d{1,9}$/.test(version!) ? await findVersion(req.ctx.db, form!, Number(version)) : undefined
  if (!found) throw errors.FORM_NOT_FOUND()
  return definitionFile(`${form}-${version}`, found.definition)
}

export const definitionFile = (name: string, definition: object): Reply => ({ kind: 'body', status: 200, body: `${JSON.stringify(definition, null, 2)}\n`, headers: { 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${name}.json"`, 'x-content-type-options': 'nosniff' } })
