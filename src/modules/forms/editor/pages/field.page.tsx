import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page as pageReply, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, Form, InsetText, Select, usePage } from '../../../../ui/index.ts'
import { isGroup, type Field, type Page } from '../../definition.ts'
import { moveField, removeField, setField } from '../change-definition.ts'
import type { FormDraft } from '../draft.ts'
import { boxesOf, fieldTypes, innerTypes } from '../field-boxes.ts'
import { readFieldForm, typedIn, typedOfField, type Typed } from '../field-form.ts'
import { fieldAs } from '../field-as.ts'
import { Boxes } from './boxes.tsx'
import { removalPage } from './draft.page.tsx'
import { fieldHref, fieldKindPath, fieldMovePath, fieldPath, fieldRemovePath, pageHref } from './hrefs.ts'
import { AddField, FieldTable } from './page.page.tsx'
import { Preview, readTrial, type Trial } from './preview.tsx'
import { makeChange, readDraftField } from './read-form-draft.ts'
import { RuleList } from './rule.page.tsx'

/** One field of a draft. */
export const draftFieldRoutes: readonly Route[] = [
  { method: 'GET', path: fieldPath, access: { permission: 'forms.edit' }, handler: (req) => show(req) },
  { method: 'POST', path: fieldPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page, field } = await readDraftField(req)
    const read = readFieldForm(req.form, field, req.ctx.t)
    if (!read.ok) return show(req, { mistakes: read.errors, typed: typedIn(req.form) })
    const { conflict } = await makeChange(req, (definition) => setField(definition, page.id, req.params.name!, read.value))
    return conflict === undefined ? redirect(`${fieldHref(req.params.form!, page.id, req.params.name!)}?saved=yes`) : show(req, { conflict, typed: typedIn(req.form) })
  } },
  { method: 'POST', path: fieldKindPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page, field, group } = await readDraftField(req)
    const type = (group ? innerTypes : fieldTypes).find((known) => known === req.form.get('type')) ?? field.type
    const { conflict } = await makeChange(req, (definition) => setField(definition, page.id, req.params.name!, fieldAs(field, type)))
    return conflict === undefined ? redirect(fieldHref(req.params.form!, page.id, req.params.name!)) : show(req, { conflict })
  } },
  { method: 'POST', path: fieldMovePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page, group, field } = await readDraftField(req)
    const { conflict } = await makeChange(req, (definition) => moveField(definition, page.id, req.params.name!, req.form.get('step') === 'up' ? 'up' : 'down'))
    return conflict === undefined ? redirect(`${listHref(req.params.form!, page, group?.id)}#field-${field.id}`) : show(req, { conflict })
  } },
  { method: 'GET', path: fieldRemovePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { draft, page, field, group } = await readDraftField(req)
    return removalPage(req, { title: field.label, back: listHref(draft.key, page, group?.id), action: fieldHref(draft.key, page.id, req.params.name!, 'remove'), draft })
  } },
  { method: 'POST', path: fieldRemovePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page, group } = await readDraftField(req)
    const { conflict } = await makeChange(req, (definition) => removeField(definition, page.id, req.params.name!))
    return conflict === undefined ? redirect(listHref(req.params.form!, page, group?.id)) : show(req, { conflict })
  } },
]

/** Where the field stands in a list: on the page of its page, or of its group. */
const listHref = (form: string, page: Page, group: string | undefined): string => (group === undefined ? pageHref(form, page.id) : fieldHref(form, page.id, group))

interface Failed { mistakes?: FieldError[]; conflict?: string | undefined; typed?: Typed }

async function show(req: Req, failed: Failed = {}): Promise<Reply> {
  const { draft, page, field, group } = await readDraftField(req)
  const trial = await readTrial(req, draft)
  const status = failed.conflict !== undefined ? 409 : failed.mistakes ? 400 : 200
  return pageReply(<FieldView draft={draft} page={page} field={field} name={req.params.name!} group={group?.id} failed={failed} trial={trial} />, { title: field.label[req.ctx.lang], layout: 'desk', status })
}

interface FieldViewProps { draft: FormDraft; page: Page; field: Field; name: string; group: string | undefined; failed: Failed; trial: Trial }

function FieldView({ draft, page, field, name, group, failed, trial }: FieldViewProps): VNode {
  const { t, lang } = usePage()
  const { key, revision } = draft
  const canEdit = draft.state === 'draft'
  return (
    <>
      <BackLink href={listHref(key, page, group)}>{page.title[lang]}</BackLink>
      <ErrorSummary errors={failed.mistakes ?? []} message={failed.conflict} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('forms.editor.fieldCaption', { id: name })}</span>{field.label[lang]}</h1>
      {!canEdit && <InsetText>{t('forms.editor.inCheck')}</InsetText>}
      {isGroup(field) && <FieldTable draft={draft} page={page} fields={field.fields} group={field.id} caption={t('forms.editor.groupFields')} />}
      {isGroup(field) && canEdit && <AddField draft={draft} page={page} group={field.id} mistakes={[]} typed={() => ''} />}
      {isGroup(field) && <RuleList draft={draft} page={page} group={field.id} rules={field.rules ?? []} />}
      {canEdit && (
        <>
          <Form action={fieldHref(key, page.id, name)} hidden={{ revision }}>
            <h2 class="govuk-heading-m">{t('forms.editor.properties')}</h2>
            <Boxes boxes={boxesOf(field.type)} typed={failed.typed ?? typedOfField(field)} mistakes={failed.mistakes ?? []} />
            <Button>{t('forms.editor.save')}</Button>
          </Form>
          <Form action={fieldHref(key, page.id, name, 'kind')} hidden={{ revision }}>
            <Select name="type" label={t('forms.editor.fieldType')} hint={t('forms.editor.kind.hint')} value={field.type} options={(group === undefined ? fieldTypes : innerTypes).map((type) => ({ value: type, text: t(`forms.editor.type.${type}`) }))} />
            <Button kind="secondary">{t('forms.editor.kind')}</Button>
          </Form>
        </>
      )}
      <Preview draft={draft} page={page} trial={trial} at={fieldHref(key, page.id, name)} />
    </>
  )
}
