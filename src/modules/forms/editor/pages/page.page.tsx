import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page as pageReply, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, InsetText, Select, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { answerPage } from '../../answer-page.ts'
import { isRequired, type Field, type Page } from '../../definition.ts'
import { addField, withPage } from '../change-definition.ts'
import type { FormDraft } from '../draft.ts'
import { saveTrial } from '../draft.store.ts'
import { fieldTypes, innerTypes, pageBoxes } from '../field-boxes.ts'
import { typedIn, type Typed } from '../field-form.ts'
import { readNewField } from '../new-field.ts'
import { readPageForm, typedOfPage } from '../part-form.ts'
import { nowhere, previewForm, trialOf } from '../preview-form.ts'
import { writeCondition } from '../expression/write-expression.ts'
import { loadUnits } from '../../load-units.ts'
import { Boxes } from './boxes.tsx'
import { Moves } from './draft.page.tsx'
import { draftHref, fieldHref, fieldsPath, pageHref, pagePath, tryPath } from './hrefs.ts'
import { Preview, readTrial, type Trial } from './preview.tsx'
import { makeChange, readDraftPage } from './read-form-draft.ts'
import { RuleList } from './rule.page.tsx'

const maxUpload = 40 * 1024 * 1024

/** One page of a draft: its properties, its fields and rules, and below it as the person sees it. */
export const draftPageRoutes: readonly Route[] = [
  { method: 'GET', path: pagePath, access: { permission: 'forms.edit' }, handler: (req) => show(req) },
  { method: 'POST', path: pagePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page } = await readDraftPage(req)
    const read = readPageForm(req.form, page, req.ctx.t)
    if (!read.ok) return show(req, { mistakes: read.errors, typed: typedIn(req.form) })
    const { conflict } = await makeChange(req, (definition) => withPage(definition, page.id, (now) => ({ ...read.value, fields: now.fields, ...(now.rules && { rules: now.rules }) })))
    return conflict === undefined ? redirect(pageHref(req.params.form!, page.id)) : show(req, { conflict, typed: typedIn(req.form) })
  } },
  { method: 'POST', path: fieldsPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page } = await readDraftPage(req)
    const made = readNewField(req.form, page)
    if (!made.ok) return show(req, { added: made.errors })
    const { field, name } = made.value
    const { errors, conflict } = await makeChange(req, (definition) => addField(definition, page.id, name, field))
    return errors.length > 0 || conflict !== undefined ? show(req, { added: errors, conflict }) : redirect(fieldHref(req.params.form!, page.id, name))
  } },
  { method: 'POST', path: tryPath, access: { permission: 'forms.edit' }, bodyLimit: maxUpload, handler: tryOut },
]

/** Answers typed into the preview, read and checked as a filing is; they are kept with the draft, files are not. */
async function tryOut(req: Req): Promise<Reply> {
  const { ctx } = req
  const { draft, page } = await readDraftPage(req)
  const form = previewForm(draft.definition)
  const tried = form.definition.pages.find((p) => p.id === page.id)
  const back = `${pageHref(draft.key, page.id)}?preview=${req.query.preview === 'en' ? 'en' : 'vi'}`
  if (!tried) return redirect(back)
  const units = await loadUnits(ctx.db, ctx.now, form)
  const answered = await answerPage(form, tried, req.form, trialOf(draft, form, ctx.now, units), { now: ctx.now, units, files: nowhere })
  await saveTrial(ctx.db, draft.key, answered.answers)
  if (answered.errors.length > 0) return show(req, { trial: await readTrial(req, draft, answered) })
  return redirect(answered.stay ? `${back}#${answered.stay.at}` : `${back}&tried=yes#preview`)
}

interface Failed { mistakes?: FieldError[]; added?: FieldError[]; conflict?: string | undefined; typed?: Typed; trial?: Trial }

async function show(req: Req, failed: Failed = {}): Promise<Reply> {
  const { draft, page } = await readDraftPage(req)
  const trial = failed.trial ?? await readTrial(req, draft)
  const status = failed.conflict !== undefined ? 409 : failed.mistakes || failed.added || failed.trial ? 400 : 200
  return pageReply(<PageView draft={draft} page={page} failed={failed} trial={trial} typedNew={(name) => (failed.added ? req.form.get(name) : '')} />, { title: page.title[req.ctx.lang], layout: 'desk', status })
}

interface PageViewProps { draft: FormDraft; page: Page; failed: Failed; trial: Trial; typedNew: (name: string) => string }

function PageView({ draft, page, failed, trial, typedNew }: PageViewProps): VNode {
  const { t, lang } = usePage()
  const { key, revision, definition } = draft
  const number = definition.pages.findIndex((p) => p.id === page.id) + 1
  const canEdit = draft.state === 'draft'
  return (
    <>
      <BackLink href={draftHref(key)}>{definition.title[lang]}</BackLink>
      <ErrorSummary errors={[...(failed.mistakes ?? []), ...(failed.added ?? [])]} message={failed.conflict} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('forms.editor.pageNumber', { number, of: definition.pages.length })}</span>{page.title[lang]}</h1>
      {!canEdit && <InsetText>{t('forms.editor.inCheck')}</InsetText>}
      <FieldTable draft={draft} page={page} fields={page.fields} caption={t('forms.editor.fields')} />
      {canEdit && <AddField draft={draft} page={page} mistakes={failed.added ?? []} typed={typedNew} />}
      <RuleList draft={draft} page={page} rules={page.rules ?? []} />
      {canEdit && (
        <Form action={pageHref(key, page.id)} hidden={{ revision }}>
          <h2 class="govuk-heading-m">{t('forms.editor.properties')}</h2>
          <Boxes boxes={pageBoxes} typed={failed.typed ?? typedOfPage(page)} mistakes={failed.mistakes ?? []} />
          <Button>{t('forms.editor.save')}</Button>
        </Form>
      )}
      <Preview draft={draft} page={page} trial={trial} at={pageHref(key, page.id)} />
    </>
  )
}

/** The fields of a page or a group with what can be done with each. */
export function FieldTable({ draft, page, fields, caption, group }: { draft: FormDraft; page: Page; fields: readonly Field[]; caption: string; group?: string }): VNode {
  const { t, lang } = usePage()
  return (
    <Table wide caption={caption}
      columns={[{ header: t('forms.editor.field') }, { header: t('forms.editor.fieldId') }, { header: t('forms.editor.fieldType') }, { header: t('forms.editor.box.required') }, { header: t('forms.editor.box.condition') }, { header: t('forms.editor.acts') }]}
      rows={fields.map((field, i) => {
        const name = group === undefined ? field.id : `${group}.${field.id}`
        const href = (step = ''): string => fieldHref(draft.key, page.id, name, step)
        return { id: `field-${field.id}`, cells: [
          <a class="govuk-link" href={href()}>{field.label[lang]}</a>, <code>{field.id}</code>, t(`forms.editor.type.${field.type}`), t(isRequired(field) ? 'forms.editor.yes' : 'forms.editor.no'), field.condition ? <code>{writeCondition(field.condition)}</code> : '–',
          draft.state === 'draft' ? <Moves href={href} revision={draft.revision} about={field.label[lang]} isFirst={i === 0} isLast={i === fields.length - 1} /> : '',
        ] }
      })} />
  )
}

interface AddFieldProps { draft: FormDraft; page: Page; mistakes: readonly FieldError[]; typed: (name: string) => string; group?: string }

export function AddField({ draft, page, mistakes, typed, group }: AddFieldProps): VNode {
  const { t } = usePage()
  const e = fieldErrors(mistakes, t)
  return (
    <Form action={pageHref(draft.key, page.id, 'fields')} hidden={{ revision: draft.revision, ...(group !== undefined && { group }) }}>
      <h2 class="govuk-heading-m">{t('forms.editor.addField')}</h2>
      <TextInput name="id" label={t('forms.editor.new.id')} hint={t('forms.editor.new.id.hint')} value={typed('id')} error={e.of('id')} width={20} spellcheck={false} />
      <Select name="type" label={t('forms.editor.fieldType')} value={typed('type') || 'text'} error={e.of('type')} options={(group === undefined ? fieldTypes : innerTypes).map((type) => ({ value: type, text: t(`forms.editor.type.${type}`) }))} />
      {(['label-vi', 'label-en'] as const).map((name) => <TextInput name={name} label={t(`forms.editor.new.${name}`)} value={typed(name)} error={e.of(name)} width="two-thirds" />)}
      <Button kind="secondary">{t('forms.editor.addField')}</Button>
    </Form>
  )
}
