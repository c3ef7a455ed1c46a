import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, FileUpload, Form, InsetText, LinkButton, Textarea, usePage } from '../../../../ui/index.ts'
import { readDefinition, type DefinitionProblem } from '../../read-definition.ts'
import type { FormDraft } from '../draft.ts'
import { headBoxes } from '../field-boxes.ts'
import { typedIn, type Typed } from '../field-form.ts'
import { readHeadForm, typedOfHead } from '../part-form.ts'
import { Boxes } from './boxes.tsx'
import { Problems } from './draft.page.tsx'
import { draftHref, headPath, jsonFilePath, jsonPath } from './hrefs.ts'
import { definitionFile } from './list.page.tsx'
import { makeChange, readFormDraft } from './read-form-draft.ts'

/** A definition is some tens of kilobytes. */
const maxDefinition = 1024 * 1024

/** What concerns the whole form: its head, and the definition as JSON. */
export const wholeFormRoutes: readonly Route[] = [
  { method: 'GET', path: headPath, access: { permission: 'forms.edit' }, handler: (req) => showHead(req) },
  { method: 'POST', path: headPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { draft } = await readFormDraft(req)
    const read = readHeadForm(req.form, draft.definition, req.ctx.t)
    if (!read.ok) return showHead(req, { mistakes: read.errors, typed: typedIn(req.form) })
    const { conflict } = await makeChange(req, (definition) => ({ ...read.value, pages: definition.pages }))
    return conflict === undefined ? redirect(draftHref(draft.key)) : showHead(req, { conflict, typed: typedIn(req.form) })
  } },
  { method: 'GET', path: jsonPath, access: { permission: 'forms.edit' }, handler: (req) => showJson(req) },
  { method: 'GET', path: jsonFilePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { draft } = await readFormDraft(req)
    return definitionFile(`${draft.key}-draft`, draft.definition)
  } },
  { method: 'POST', path: jsonPath, access: { permission: 'forms.edit' }, bodyLimit: 2 * maxDefinition, handler: bringIn },
]

interface FailedHead { mistakes?: FieldError[]; conflict?: string | undefined; typed?: Typed }

async function showHead(req: Req, failed: FailedHead = {}): Promise<Reply> {
  const { draft } = await readFormDraft(req)
  const status = failed.conflict !== undefined ? 409 : failed.mistakes ? 400 : 200
  return page(<Head draft={draft} failed={failed} />, { title: req.ctx.t('forms.editor.head'), layout: 'desk', status })
}

function Head({ draft, failed }: { draft: FormDraft; failed: FailedHead }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <BackLink href={draftHref(draft.key)}>{draft.definition.title[lang]}</BackLink>
      <ErrorSummary errors={failed.mistakes ?? []} message={failed.conflict} />
      <h1 class="govuk-heading-l">{t('forms.editor.head')}</h1>
      <Form action={draftHref(draft.key, 'head')} hidden={{ revision: draft.revision }}>
        <Boxes boxes={headBoxes} typed={failed.typed ?? typedOfHead(draft.definition)} mistakes={failed.mistakes ?? []} />
        {draft.state === 'draft' ? <Button>{t('forms.editor.save')}</Button> : <InsetText>{t('forms.editor.inCheck')}</InsetText>}
      </Form>
    </>
  )
}

interface FailedJson { json: string; problems?: DefinitionProblem[]; mistakes?: FieldError[]; conflict?: string | undefined }

async function showJson(req: Req, failed?: FailedJson): Promise<Reply> {
  const { draft } = await readFormDraft(req)
  const status = failed?.conflict !== undefined ? 409 : failed ? 400 : 200
  return page(<Json draft={draft} failed={failed} />, { title: req.ctx.t('forms.editor.json'), layout: 'desk', status })
}

function Json({ draft, failed }: { draft: FormDraft; failed: FailedJson | undefined }): VNode {
  const { t, lang } = usePage()
  const mistake = failed?.mistakes?.[0]
  return (
    <>
      <BackLink href={draftHref(draft.key)}>{draft.definition.title[lang]}</BackLink>
      <ErrorSummary errors={failed?.mistakes ?? []} message={failed?.conflict ?? (failed?.problems ? t('forms.editor.json.refused') : undefined)} />
      <h1 class="govuk-heading-l">{t('forms.editor.json')}</h1>
      {failed?.problems && <Problems form={draft.key} problems={failed.problems} />}
      <p class="govuk-body">{t('forms.editor.json.lead')}</p>
      <LinkButton kind="secondary" href={draftHref(draft.key, 'json/file')} download>{t('forms.editor.json.file')}</LinkButton>
      {draft.state === 'draft' && (
        <Form action={draftHref(draft.key, 'json')} files hidden={{ revision: draft.revision }}>
          <FileUpload name="file" label={t('forms.editor.json.upload')} accept="application/json,.json" />
          <Textarea name="json" label={t('forms.editor.json.text')} rows={20} spellcheck={false} value={failed?.json ?? JSON.stringify(draft.definition, null, 2)} error={mistake && t(mistake.key, mistake.params)} />
          <Button>{t('forms.editor.json.bring')}</Button>
        </Form>
      )}
    </>
  )
}

/** Puts a whole definition in the place of the draft's, after the check that publishing makes. The key stays that of the form. */
async function bringIn(req: Req): Promise<Reply> {
  const { draft } = await readFormDraft(req)
  const upload = req.form.files.find((f) => f.field === 'file' && f.bytes.length > 0)
  const json = upload ? upload.bytes.toString('utf8') : req.form.get('json')
  const parsed = parseJson(json)
  if (parsed === undefined || json.length > maxDefinition) return showJson(req, { json, mistakes: [{ field: 'json', key: 'forms.editor.json.wrong' }] })
  const read = readDefinition(typeof parsed === 'object' && !Array.isArray(parsed) ? { ...parsed, key: draft.key, version: draft.definition.version } : parsed)
  if (!read.ok) return showJson(req, { json, problems: read.problems })
  const { conflict } = await makeChange(req, () => read.definition)
  return conflict === undefined ? redirect(draftHref(draft.key)) : showJson(req, { json, conflict })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch (error) {
    // Not JSON is an answer, not a fault.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
