import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, DateInput, ErrorSummary, fieldErrors, Form, InsetText, joinDate, readDateParts, Table, Tag, usePage, WarningText, type DateParts, type Tone } from '../../../../ui/index.ts'
import type { FormDefinition } from '../../definition.ts'
import { errors } from '../../forms.errors.ts'
import { findVersion, listFormVersions, type FormVersion } from '../../forms.store.ts'
import type { DefinitionProblem } from '../../read-definition.ts'
import { diffForms, type FormChange } from '../diff-forms.ts'
import { discardFormDraft } from '../discard-form-draft.ts'
import type { FormDraft } from '../draft.ts'
import { publishFormDraft } from '../publish-form-draft.ts'
import { Problems } from './draft.page.tsx'
import { nothingYet } from '../start-new-form.ts'
import { compareHref, comparePath, discardPath, draftHref, formHref, formsPath, publishPath } from './hrefs.ts'
import { readFormDraft, seenRevision } from './read-form-draft.ts'

/** The differences of two versions, the second pair of eyes, and giving up. */
export const publishRoutes: readonly Route[] = [
  { method: 'GET', path: comparePath, access: { permission: 'forms.edit' }, handler: compare },
  { method: 'GET', path: publishPath, access: { permission: 'forms.publish' }, handler: (req) => showPublish(req) },
  { method: 'POST', path: publishPath, access: { permission: 'forms.publish' }, handler: async (req) => {
    const firstDay = joinDate(readDateParts(req.form, 'firstDay'))
    const done = await publishFormDraft(req.ctx, req.params.form!, seenRevision(req), firstDay)
    if ('version' in done) return redirect(`${formHref(req.params.form!)}?done=published`)
    return showPublish(req, { ...done, day: readDateParts(req.form, 'firstDay') })
  } },
  { method: 'GET', path: discardPath, access: { permission: 'forms.edit' }, handler: askDiscard },
  { method: 'POST', path: discardPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const remains = await discardFormDraft(req.ctx, req.params.form!, seenRevision(req))
    return redirect(`${remains ? formHref(req.params.form!) : formsPath}?done=discarded`)
  } },
]

/** Two versions of one form side by side; `to=draft` for the draft, which only its own office sees. */
async function compare(req: Req): Promise<Reply> {
  const { ctx, params, query } = req
  const key = params.form!
  const from = await versionOf(req, query.from)
  const to = query.to === 'draft' ? (await readFormDraft(req)).draft.definition : (await versionOf(req, query.to)).definition
  const title = ctx.t('forms.editor.compare.title', { from: from.version, to: query.to === 'draft' ? ctx.t('forms.editor.draft') : to.version })
  return page(
    <>
      <BackLink href={query.to === 'draft' ? draftHref(key) : formHref(key)}>{to.title[ctx.lang]}</BackLink>
      <h1 class="govuk-heading-l">{title}</h1>
      <Changes before={from.definition} after={to} />
    </>, { title, layout: 'desk' })
}

async function versionOf(req: Req, version: string | undefined): Promise<FormVersion> {
  const found = /^\d{1,9}$/.test(version ?? '') ? await findVersion(req.ctx.db, req.params.form!, Number(version)) : undefined
  if (!found) throw errors.FORM_NOT_FOUND()
  return found
}

const tones: Record<FormChange['kind'], Tone> = { added: 'done', removed: 'late', moved: 'neutral', changed: 'attention' }

/** Field by field, in the order of the form. */
function Changes({ before, after }: { before: FormDefinition; after: FormDefinition }): VNode {
  const { t, lang } = usePage()
  const changes = diffForms(before, after)
  if (changes.length === 0) return <InsetText>{t('forms.editor.compare.none')}</InsetText>
  const place = ({ page: at, field }: FormChange): string => [at?.[lang] ?? t('forms.editor.head'), field?.[lang]].filter(Boolean).join(' › ')
  return (
    <Table wide caption={t('forms.editor.compare.count', { count: changes.length })}
      columns={[{ header: t('forms.editor.compare.place') }, { header: t('forms.editor.compare.kind') }, { header: t('forms.editor.compare.before') }, { header: t('forms.editor.compare.after') }]}
      rows={changes.map((c) => [
        place(c), <><Tag tone={tones[c.kind]}>{t(`forms.editor.compare.${c.kind}`)}</Tag>{c.property && <> {t(`forms.editor.box.${c.property}`)}</>}</>,
        <span class="mc-original">{c.before || '–'}</span>, <span class="mc-original">{c.after || '–'}</span>,
      ])} />
  )
}

interface Failed { errors?: FieldError[]; problems?: DefinitionProblem[]; day?: DateParts }

async function showPublish(req: Req, failed: Failed = {}): Promise<Reply> {
  const { draft } = await readFormDraft(req)
  const [last] = await listFormVersions(req.ctx.db, draft.key)
  const before = (last && await findVersion(req.ctx.db, draft.key, last.version)) ?? { version: 0, definition: nothingYet(draft.definition) }
  return page(<Publish draft={draft} before={before} failed={failed} />, { title: req.ctx.t('forms.editor.publish'), layout: 'desk', status: failed.errors || failed.problems ? 400 : 200 })
}

function Publish({ draft, before, failed }: { draft: FormDraft; before: Pick<FormVersion, 'version' | 'definition'>; failed: Failed }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <BackLink href={draftHref(draft.key)}>{draft.definition.title[lang]}</BackLink>
      <ErrorSummary errors={failed.errors ?? []} message={failed.problems ? t('forms.editor.handOver.refused') : undefined} />
      <h1 class="govuk-heading-l">{t('forms.editor.publish.title', { title: draft.definition.title[lang], version: before.version + 1 })}</h1>
      {failed.problems && <Problems form={draft.key} problems={failed.problems} />}
      {before.version > 0 && <p class="govuk-body"><a class="govuk-link" href={compareHref(draft.key, before.version, 'draft')}>{t('forms.editor.compare.title', { from: before.version, to: t('forms.editor.draft') })}</a></p>}
      <Changes before={before.definition} after={draft.definition} />
      {draft.state === 'in-check' ? (
        <Form action={draftHref(draft.key, 'publish')} hidden={{ revision: draft.revision }}>
          <DateInput name="firstDay" label={t('forms.editor.firstDay')} hint={t('forms.editor.publish.dayHint')} value={failed.day ?? null} error={fieldErrors(failed.errors, t).of('firstDay')} />
          <WarningText>{t('forms.editor.publish.warn')}</WarningText>
          <Button>{t('forms.editor.publish')}</Button>
        </Form>
      ) : <InsetText>{t('forms.editor.publish.notYet')}</InsetText>}
    </>
  )
}

async function askDiscard(req: Req): Promise<Reply> {
  const { draft } = await readFormDraft(req)
  const { t, lang } = req.ctx
  const title = t('forms.editor.discard.title', { title: draft.definition.title[lang] })
  return page(
    <>
      <BackLink href={draftHref(draft.key)} />
      <h1 class="govuk-heading-l">{title}</h1>
      <WarningText>{t('forms.editor.discard.warn')}</WarningText>
      <Form action={draftHref(draft.key, 'discard')} hidden={{ revision: draft.revision }}><Button kind="warning">{t('forms.editor.discard')}</Button></Form>
    </>, { title, layout: 'desk' })
}
