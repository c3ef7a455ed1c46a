import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, Select, TextInput, usePage } from '../../../../ui/index.ts'
import { listLastVersions, type FormVersionHead } from '../../forms.store.ts'
import { startNewForm, type TypedNewForm } from '../start-new-form.ts'
import { draftHref, formsPath, newFormPath } from './hrefs.ts'

const access = { permission: 'forms.edit' } as const

/** A form for a procedure that has none yet. */
export const newFormRoutes: readonly Route[] = [
  { method: 'GET', path: newFormPath, access, handler: (req) => show(req, { key: '', procedure: (req.query.procedure ?? '').slice(0, 40), vi: '', en: '', copyOf: '' }, []) },
  { method: 'POST', path: newFormPath, access, handler: async (req) => {
    const typed = readTyped(req)
    const mistakes = await startNewForm(req.ctx, typed)
    return mistakes.length > 0 ? show(req, typed, mistakes) : redirect(draftHref(typed.key))
  } },
]

const readTyped = ({ form }: Req): TypedNewForm => ({ key: form.get('key').trim(), procedure: form.get('procedure').trim(), vi: form.get('title-vi').trim(), en: form.get('title-en').trim(), copyOf: form.get('copyOf') })

async function show(req: Req, typed: TypedNewForm, mistakes: FieldError[]): Promise<Reply> {
  const heads = await listLastVersions(req.ctx.db)
  return page(<NewForm {...{ heads, typed, mistakes }} />, { title: req.ctx.t('forms.editor.new.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function NewForm({ heads, typed, mistakes }: { heads: readonly FormVersionHead[]; typed: TypedNewForm; mistakes: FieldError[] }): VNode {
  const { t, lang } = usePage()
  const { of } = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={formsPath}>{t('forms.editor.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('forms.editor.new.title')}</h1>
      <p class="govuk-body">{t('forms.editor.new.lead')}</p>
      <Form action={newFormPath}>
        <TextInput name="procedure" label={t('forms.editor.new.procedure')} hint={t('forms.editor.new.procedureHint')} value={typed.procedure} error={of('procedure')} width={20} spellcheck={false} />
        <TextInput name="key" label={t('forms.editor.new.key')} hint={t('forms.editor.new.keyHint')} value={typed.key} error={of('key')} width={20} spellcheck={false} />
        <TextInput name="title-vi" label={t('forms.editor.new.title-vi')} value={typed.vi} error={of('title-vi')} width="two-thirds" />
        <TextInput name="title-en" label={t('forms.editor.new.title-en')} value={typed.en} error={of('title-en')} width="two-thirds" />
        <Select name="copyOf" label={t('forms.editor.new.copyOf')} hint={t('forms.editor.new.copyOfHint')} value={typed.copyOf} empty={t('forms.editor.new.blank')} error={of('copyOf')} options={heads.map((head) => ({ value: head.key, text: `${head.title[lang]} (${head.key})` }))} />
        <Button>{t('forms.editor.new.begin')}</Button>
      </Form>
    </>
  )
}
