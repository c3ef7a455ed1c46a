import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { civilDate, formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, ErrorSummary, fieldErrors, Form, InsetText, LinkButton, SummaryList, Table, Tag, Textarea, TextInput, usePage, WarningText } from '../../../../ui/index.ts'
import type { FormUse } from '../../../catalogue/index.ts'
import type { Page } from '../../definition.ts'
import { loadUnits } from '../../load-units.ts'
import { problemText, type DefinitionProblem } from '../../read-definition.ts'
import { sampleAnswers } from '../../samples.ts'
import { addPage, movePage, removePage } from '../change-definition.ts'
import { checkDraft, leftOut } from '../check-draft.ts'
import { writeCondition } from '../expression/write-expression.ts'
import type { FormDraft } from '../draft.ts'
import { saveTrial } from '../draft.store.ts'
import { handOverFormDraft } from '../hand-over-form-draft.ts'
import { blankPage } from '../part-form.ts'
import { previewForm } from '../preview-form.ts'
import { returnFormDraft } from '../return-form-draft.ts'
import { startFormDraft } from '../start-form-draft.ts'
import { compareHref, draftHref, draftPath, formHref, formsPath, handOverPath, pageHref, pageMovePath, pageRemovePath, pagesPath, problemHref, returnPath, samplesPath } from './hrefs.ts'
import { makeChange, readDraftPage, readFormDraft, seenRevision } from './read-form-draft.ts'

/** The draft of a form: its pages, what is still wrong with it, and its way to publication. */
export const draftRoutes: readonly Route[] = [
  { method: 'GET', path: draftPath, access: { permission: 'forms.edit' }, handler: (req) => show(req) },
  { method: 'POST', path: draftPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    await startFormDraft(req.ctx, req.params.form!, Number(req.form.get('version')) || 0)
    return redirect(draftHref(req.params.form!))
  } },
  { method: 'POST', path: pagesPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const made = blankPage(req.form)
    if (!made.ok) return show(req, { mistakes: made.errors })
    const { errors, conflict } = await makeChange(req, (definition) => addPage(definition, made.value))
    return errors.length > 0 || conflict !== undefined ? show(req, { mistakes: errors, conflict }) : redirect(pageHref(req.params.form!, made.value.id))
  } },
  { method: 'POST', path: pageMovePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page: moved } = await readDraftPage(req)
    const { conflict } = await makeChange(req, (definition) => movePage(definition, moved.id, req.form.get('step') === 'up' ? 'up' : 'down'))
    return conflict === undefined ? redirect(`${draftHref(req.params.form!)}#page-${moved.id}`) : show(req, { conflict })
  } },
  { method: 'GET', path: pageRemovePath, access: { permission: 'forms.edit' }, handler: askRemoval },
  { method: 'POST', path: pageRemovePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page: removed } = await readDraftPage(req)
    const { conflict } = await makeChange(req, (definition) => removePage(definition, removed.id))
    return conflict === undefined ? redirect(draftHref(req.params.form!)) : show(req, { conflict })
  } },
  { method: 'POST', path: samplesPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { draft } = await readFormDraft(req)
    const form = previewForm(draft.definition)
    await saveTrial(req.ctx.db, draft.key, sampleAnswers(form, Number(req.form.get('seed')) % 10_000 || 1, { now: req.ctx.now, units: await loadUnits(req.ctx.db, req.ctx.now, form) }))
    const back = form.definition.pages.find((p) => p.id === req.form.get('page'))
    return redirect(back ? `${pageHref(draft.key, back.id)}#preview` : draftHref(draft.key))
  } },
  { method: 'POST', path: handOverPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const problems = await handOverFormDraft(req.ctx, req.params.form!, seenRevision(req))
    return problems.length > 0 ? show(req, { handOver: true }) : redirect(draftHref(req.params.form!))
  } },
  { method: 'POST', path: returnPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const mistakes = await returnFormDraft(req.ctx, req.params.form!, req.form.get('note'))
    return mistakes.length > 0 ? show(req, { mistakes }) : redirect(draftHref(req.params.form!))
  } },
]

interface Failed { mistakes?: FieldError[]; conflict?: string | undefined; handOver?: boolean }

async function show(req: Req, failed: Failed = {}): Promise<Reply> {
  const { draft, uses } = await readFormDraft(req)
  const problems = await checkDraft(req.ctx.db, draft.definition, uses, civilDate(req.ctx.now))
  const status = failed.conflict !== undefined ? 409 : failed.mistakes || failed.handOver ? 400 : 200
  return page(<DraftView draft={draft} uses={uses} problems={problems} failed={failed} typed={(name) => req.form.get(name)} />, { title: draft.definition.title[req.ctx.lang], layout: 'desk', status })
}

interface DraftViewProps { draft: FormDraft; uses: FormUse[]; problems: DefinitionProblem[]; failed: Failed; typed: (name: string) => string }

function DraftView({ draft, uses, problems, failed, typed }: DraftViewProps): VNode {
  const { t, lang } = usePage()
  const { key, definition, state } = draft
  return (
    <>
      {draft.baseVersion === 0 ? <BackLink href={formsPath}>{t('forms.editor.title')}</BackLink> : <BackLink href={formHref(key)}>{t('forms.editor.versions')}</BackLink>}
      <ErrorSummary errors={failed.mistakes ?? []} message={failed.conflict ?? (failed.handOver ? t('forms.editor.handOver.refused') : undefined)} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('forms.editor.draft')}</span>{definition.title[lang]}</h1>
      <SummaryList rows={[
        { key: t('forms.editor.stateOf'), value: <Tag tone={state === 'draft' ? 'neutral' : 'attention'}>{t(`forms.editor.state.${state}`)}</Tag> },
        { key: t('forms.editor.base'), value: draft.baseVersion === 0 ? t('forms.editor.new.first') : <>{draft.baseVersion} (<a class="govuk-link" href={compareHref(key, draft.baseVersion, 'draft')}>{t('forms.editor.compareBase')}</a>)</> },
        { key: t('forms.editor.uses'), value: uses.map((use) => `${use.name[lang]} (${use.code})`).join('; ') },
        { key: t('forms.editor.lastEdit'), value: `${draft.editedName}, ${formatDateTime(draft.editedAt)}` },
      ]} />
      {draft.note && <InsetText>{t('forms.editor.return.was')} {draft.note}</InsetText>}
      {state === 'in-check' ? <InCheck form={key} mistakes={failed.mistakes ?? []} note={typed('note')} /> : null}
      <Problems form={key} problems={problems} />
      {problems.length === 0 && leftOut(definition, uses).map(({ code, name }) => <WarningText>{t('forms.editor.leftOut', { code, name })}</WarningText>)}
      <Pages draft={draft} />
      {state === 'draft' && <AddPage draft={draft} mistakes={failed.mistakes ?? []} typed={typed} />}
      <ButtonGroup>
        <LinkButton kind="secondary" href={draftHref(key, 'head')}>{t('forms.editor.head')}</LinkButton>
        <LinkButton kind="secondary" href={draftHref(key, 'json')}>{t('forms.editor.json')}</LinkButton>
        {state === 'draft' && <LinkButton kind="secondary" href={draftHref(key, 'discard')}>{t('forms.editor.discard')}</LinkButton>}
      </ButtonGroup>
      {state === 'draft' && <Form action={draftHref(key, 'hand-over')} hidden={{ revision: draft.revision }}><Button>{t('forms.editor.handOver')}</Button></Form>}
    </>
  )
}

function InCheck({ form, mistakes, note }: { form: string; mistakes: readonly FieldError[]; note: string }): VNode {
  const { t } = usePage()
  return (
    <>
      <InsetText>{t('forms.editor.inCheck')}</InsetText>
      <LinkButton href={draftHref(form, 'publish')}>{t('forms.editor.publish')}</LinkButton>
      <Form action={draftHref(form, 'return')}>
        <Textarea name="note" label={t('forms.editor.return.note')} rows={3} value={note} error={fieldErrors(mistakes, t).of('note')} />
        <Button kind="secondary">{t('forms.editor.return')}</Button>
      </Form>
    </>
  )
}

/** What keeps the draft from being published, each with the way to where it is put right. */
export function Problems({ form, problems }: { form: string; problems: readonly DefinitionProblem[] }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('forms.editor.problems')}</h2>
      {problems.length === 0 ? <p class="govuk-body">{t('forms.editor.noProblems')}</p> : <ul class="govuk-list govuk-list--bullet">{problems.map((p) => <li><a class="govuk-link" href={problemHref(form, p)}>{problemText(p, lang)}</a></li>)}</ul>}
    </>
  )
}

function Pages({ draft }: { draft: FormDraft }): VNode {
  const { t, lang } = usePage()
  const { key, definition: { pages } } = draft
  return (
    <Table wide caption={t('forms.editor.pages')}
      columns={[{ header: t('forms.editor.page') }, { header: t('forms.editor.box.condition') }, { header: t('forms.editor.fields'), numeric: true }, { header: t('forms.editor.acts') }]}
      rows={pages.map((p, i) => ({ id: `page-${p.id}`, cells: [
        <a class="govuk-link" href={pageHref(key, p.id)}>{i + 1}. {p.title[lang]}</a>, p.condition ? <code>{writeCondition(p.condition)}</code> : '–', p.fields.length,
        draft.state === 'draft' ? <Moves href={(step) => pageHref(key, p.id, step)} revision={draft.revision} about={p.title[lang]} isFirst={i === 0} isLast={i === pages.length - 1} /> : '',
      ] }))} />
  )
}

/** Up, down, and the way to take it out. */
export function Moves({ href, revision, about, isFirst, isLast }: { href: (step: string) => string; revision: number; about: string; isFirst: boolean; isLast: boolean }): VNode {
  const { t } = usePage()
  return (
    <Form action={href('move')} class="mc-inline" hidden={{ revision }}>
      {!isFirst && <Button kind="link" name="step" value="up" about={about}>{t('forms.editor.up')}</Button>}
      {!isLast && <Button kind="link" name="step" value="down" about={about}>{t('forms.editor.down')}</Button>}
      <LinkButton kind="link" href={href('remove')}>{t('forms.editor.remove')}<span class="govuk-visually-hidden"> {about}</span></LinkButton>
    </Form>
  )
}

function AddPage({ draft, mistakes, typed }: { draft: FormDraft; mistakes: readonly FieldError[]; typed: (name: string) => string }): VNode {
  const { t } = usePage()
  const e = fieldErrors(mistakes, t)
  return (
    <Form action={draftHref(draft.key, 'pages')} hidden={{ revision: draft.revision }}>
      <h2 class="govuk-heading-m">{t('forms.editor.addPage')}</h2>
      {(['id', 'path', 'title-vi', 'title-en'] as const).map((name) => <TextInput name={name} label={t(`forms.editor.new.${name}`)} {...(t.has(`forms.editor.new.${name}.hint`) && { hint: t(`forms.editor.new.${name}.hint`) })} value={typed(name)} error={e.of(name)} width="two-thirds" spellcheck={false} />)}
      <Button kind="secondary">{t('forms.editor.addPage')}</Button>
    </Form>
  )
}

async function askRemoval(req: Req): Promise<Reply> {
  const { draft, page: removed } = await readDraftPage(req)
  return removalPage(req, { title: removed.title, back: draftHref(draft.key), action: pageHref(draft.key, removed.id, 'remove'), draft, what: removed })
}

/** The confirmation before a page or a field goes. */
export function removalPage(req: Req, { title, back, action, draft, what }: { title: { vi: string; en: string }; back: string; action: string; draft: FormDraft; what?: Pick<Page, 'fields'> }): Reply {
  const { t, lang } = req.ctx
  return page(
    <>
      <BackLink href={back} />
      <h1 class="govuk-heading-l">{t('forms.editor.remove.title', { name: title[lang] })}</h1>
      <WarningText>{what && what.fields.length > 0 ? t('forms.editor.remove.withFields', { count: what.fields.length }) : t('forms.editor.remove.lead')}</WarningText>
      <Form action={action} hidden={{ revision: draft.revision }}><Button kind="warning">{t('forms.editor.remove.confirm')}</Button></Form>
    </>, { title: t('forms.editor.remove.title', { name: title[lang] }), layout: 'desk' })
}
