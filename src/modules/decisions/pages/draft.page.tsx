import type { VNode } from 'preact'
import { isRefusal, type FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, DateInput, Details, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, joinDate, LinkButton, readDateParts, SummaryList, Tag, Textarea, usePage, WarningText, type DateParts } from '../../../ui/index.ts'
import { checkTable } from '../check-table.ts'
import { errors } from '../decisions.errors.ts'
import { readModel } from '../dmn/read-model.ts'
import { applyAct, readAct, type Sheet } from '../drafts/change-columns.ts'
import { changeTableDraft } from '../drafts/change-table-draft.ts'
import { discardTableDraft } from '../drafts/discard-table-draft.ts'
import { findTableDraft, type TableDraft } from '../drafts/draft.store.ts'
import { handOverTableDraft } from '../drafts/hand-over-table-draft.ts'
import { requireOwnTable } from '../drafts/open-table-draft.ts'
import { publishTableDraft } from '../drafts/publish-table-draft.ts'
import { readSheet } from '../drafts/read-sheet.ts'
import { returnTableDraft } from '../drafts/return-table-draft.ts'
import { runExamples } from '../evaluate-table.ts'
import { tableOfModel } from '../model-of-table.ts'
import { tableDefinition } from '../table-definition.ts'
import { TableEditor } from './editor-view.tsx'
import { discardPath, draftHref, draftPath, handOverPath, importPath, publishPath, returnPath, tableHref, tablesPath } from './hrefs.ts'
import { ExamplesView, TableView } from './table-view.tsx'

/** The largest form: 500 rules of 20 columns. */
const bodyLimit = 4_000_000

/** The draft of a table: the editor, and its way to publication. */
export const tableDraftRoutes: readonly Route[] = [
  { method: 'GET', path: draftPath, access: { permission: 'decisions.edit' }, handler: (req) => show(req) },
  { method: 'POST', path: draftPath, access: { permission: 'decisions.edit' }, bodyLimit, handler: save },
  { method: 'POST', path: importPath, access: { permission: 'decisions.edit' }, bodyLimit, handler: importModel },
  { method: 'POST', path: handOverPath, access: { permission: 'decisions.edit' }, handler: async (req) => {
    const mistakes = await handOverTableDraft(req.ctx, req.params.key!, seenRevision(req))
    return mistakes.length > 0 ? show(req, { mistakes }) : redirect(draftHref(req.params.key!))
  } },
  { method: 'POST', path: returnPath, access: { permission: 'decisions.edit' }, handler: async (req) => {
    const mistakes = await returnTableDraft(req.ctx, req.params.key!, req.form.get('note'))
    return mistakes.length > 0 ? show(req, { mistakes }) : redirect(draftHref(req.params.key!))
  } },
  { method: 'POST', path: publishPath, access: { permission: 'decisions.publish' }, handler: async (req) => {
    const mistakes = await publishTableDraft(req.ctx, req.params.key!, seenRevision(req), joinDate(readDateParts(req.form, 'firstDay')))
    return mistakes.length > 0 ? show(req, { mistakes, day: readDateParts(req.form, 'firstDay') }) : redirect(`${tableHref(req.params.key!)}?done=published`)
  } },
  { method: 'GET', path: discardPath, access: { permission: 'decisions.edit' }, handler: askDiscard },
  { method: 'POST', path: discardPath, access: { permission: 'decisions.edit' }, handler: async (req) => {
    const { key, baseVersion } = await readDraft(req)
    await discardTableDraft(req.ctx, key, seenRevision(req))
    return redirect(baseVersion === null ? tablesPath : `${tableHref(key)}?done=discarded`)
  } },
]

/** The revision that the officer saw: a hidden value of every form of the editor. */
const seenRevision = (req: Req): number => Number(req.form.get('revision')) || 0

/** @throws DRAFT_NOT_FOUND, NOT_AUTHOR, TABLE_NOT_OWN */
async function readDraft({ ctx, params }: Req): Promise<TableDraft> {
  const draft = await findTableDraft(ctx.db, params.key!)
  if (!draft) throw errors.DRAFT_NOT_FOUND()
  await requireOwnTable(ctx.db, ctx, draft.owner)
  return draft
}

async function save(req: Req): Promise<Reply> {
  const draft = await readDraft(req)
  const typed = readSheet(req.form, draft.key)
  if (!typed) throw errors.TABLE_INVALID({ mistake: req.ctx.t('decisions.check.form') })
  const act = readAct(req.form.get('act'))
  const changed = act ? applyAct(typed, act) : typed
  return keep(req, draft, changed, act ? `#${act.how === 'add' ? `add-${act.what}` : 'sheet'}` : '#sheet')
}

/** Keeps a change. When somebody else was faster, what was typed is shown again above what stands there now. */
async function keep(req: Req, draft: TableDraft, changed: Sheet, place = ''): Promise<Reply> {
  try {
    await changeTableDraft(req.ctx, draft.key, seenRevision(req), changed)
    return redirect(`${draftHref(draft.key)}${place}`)
  } catch (error) {
    if (!isRefusal(error, 'DRAFT_CHANGED')) throw error
    return show(req, { conflict: req.ctx.t(error.key, error.params), typed: changed })
  }
}

/** Takes the first table of a DMN file in the place of the draft's own; its examples stay where the columns are as many. */
async function importModel(req: Req): Promise<Reply> {
  const draft = await readDraft(req)
  const table = tableIn(req.form.files[0]?.bytes)
  const read = tableDefinition.safeParse({ ...draft.definition, table })
  if (!table || !read.success) return show(req, { mistakes: [{ field: 'file', key: 'decisions.check.file' }] })
  const fit = (texts: string[], length: number): string[] => Array.from({ length }, (_, i) => texts[i] ?? '')
  return keep(req, draft, { definition: read.data, examples: draft.examples.map((example) => ({ ...example, inputs: fit(example.inputs, table.inputs.length), outputs: fit(example.outputs, table.outputs.length) })) })
}

function tableIn(bytes: Buffer | undefined): ReturnType<typeof tableOfModel> {
  try {
    return bytes && tableOfModel(readModel(bytes.toString('utf8')))
  } catch {
    // No XML, or no DMN: the page says so.
    return undefined
  }
}

interface Failed { mistakes?: FieldError[]; conflict?: string; typed?: Sheet; day?: DateParts }

async function show(req: Req, failed: Failed = {}): Promise<Reply> {
  const { ctx } = req
  const draft = await readDraft(req)
  const shown = failed.typed ? { ...draft, ...failed.typed } : draft
  const problems = checkTable(shown.definition, shown.examples, ctx.now)
  const status = failed.conflict !== undefined ? 409 : failed.mistakes ? 400 : 200
  return page(<DraftView draft={shown} problems={problems} failed={failed} now={ctx.now} note={req.form.get('note')} />, { title: draft.definition.title[ctx.lang] || draft.key, layout: 'desk', status })
}

function DraftView({ draft, problems, failed, now, note }: { draft: TableDraft; problems: FieldError[]; failed: Failed; now: Date; note: string }): VNode {
  const { t, lang } = usePage()
  const { key, definition, state } = draft
  return (
    <>
      <BackLink href={draft.baseVersion === null ? tablesPath : tableHref(key)}>{t(draft.baseVersion === null ? 'decisions.title' : 'decisions.versions')}</BackLink>
      <ErrorSummary errors={failed.mistakes ?? []} message={failed.conflict} />
      <h1 class="govuk-heading-l" id="sheet"><span class="govuk-caption-l">{t('decisions.draft')}</span>{definition.title[lang] || key}</h1>
      <SummaryList rows={[
        { key: t('decisions.stateOf'), value: <Tag tone={state === 'draft' ? 'neutral' : 'attention'}>{t(`decisions.state.${state}`)}</Tag> },
        { key: t('decisions.key'), value: key },
        { key: t('decisions.lastEdit'), value: `${draft.editedName}, ${formatDateTime(draft.editedAt)}` },
      ]} />
      {draft.note && <InsetText>{t('decisions.return.was')} {draft.note}</InsetText>}
      {state === 'in-check' ? <InCheck draft={draft} failed={failed} now={now} note={note} /> : <Editing draft={draft} problems={problems} failed={failed} now={now} />}
    </>
  )
}

function Editing({ draft, problems, failed, now }: { draft: TableDraft; problems: FieldError[]; failed: Failed; now: Date }): VNode {
  const { t } = usePage()
  return (
    <>
      {problems.length > 0 ? <Details summary={t('decisions.problems', { count: problems.length })} open><ul class="govuk-list govuk-list--bullet">{problems.slice(0, 30).map((p) => <li><a class="govuk-link" href={`#${p.field}`}>{t(p.key, p.params)}</a></li>)}</ul></Details> : <p class="govuk-body">{t('decisions.noProblems')}</p>}
      <TableEditor draft={draft} problems={problems} now={now} />
      <Details summary={t('decisions.import')} open={failed.mistakes?.some((m) => m.field === 'file') ?? false}>
        <Form action={draftHref(draft.key, 'import')} files hidden={{ revision: draft.revision }}>
          <FileUpload name="file" label={t('decisions.import.file')} hint={t('decisions.import.hint')} accept=".dmn,.xml" error={fieldErrors(failed.mistakes, t).of('file')} />
          <Button kind="secondary">{t('decisions.import.button')}</Button>
        </Form>
      </Details>
      <ButtonGroup>
        <Form action={draftHref(draft.key, 'hand-over')} hidden={{ revision: draft.revision }}><Button>{t('decisions.handOver')}</Button></Form>
        <LinkButton kind="secondary" href={draftHref(draft.key, 'discard')}>{t('decisions.discard')}</LinkButton>
      </ButtonGroup>
    </>
  )
}

function InCheck({ draft, failed, now, note }: { draft: TableDraft; failed: Failed; now: Date; note: string }): VNode {
  const { t } = usePage()
  const e = fieldErrors(failed.mistakes, t)
  return (
    <>
      <InsetText>{t('decisions.inCheck')}</InsetText>
      <TableView definition={draft.definition} />
      <ExamplesView definition={draft.definition} results={runExamples(draft.definition.table, draft.examples, now)} />
      <Form action={draftHref(draft.key, 'publish')} hidden={{ revision: draft.revision }}>
        <DateInput name="firstDay" label={t('decisions.firstDay')} hint={t('decisions.firstDay.hint')} value={failed.day ?? null} error={e.of('firstDay')} />
        <WarningText>{t('decisions.publish.warn')}</WarningText>
        <Button>{t('decisions.publish')}</Button>
      </Form>
      <Form action={draftHref(draft.key, 'return')}>
        <Textarea name="note" label={t('decisions.return.note')} rows={3} value={note} error={e.of('note')} />
        <Button kind="secondary">{t('decisions.return')}</Button>
      </Form>
    </>
  )
}

async function askDiscard(req: Req): Promise<Reply> {
  const { key, definition, revision } = await readDraft(req)
  const { t, lang } = req.ctx
  const title = t('decisions.discard.title', { title: definition.title[lang] || key })
  return page(
    <>
      <BackLink href={draftHref(key)} />
      <h1 class="govuk-heading-l">{title}</h1>
      <WarningText>{t('decisions.discard.warn')}</WarningText>
      <Form action={draftHref(key, 'discard')} hidden={{ revision }}><Button kind="warning">{t('decisions.discard')}</Button></Form>
    </>, { title, layout: 'desk' })
}
