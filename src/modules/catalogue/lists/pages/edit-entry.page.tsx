import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { DatedEntry } from '../../../../platform/dated-table.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { civilDate, formatDateTime } from '../../../../platform/i18n.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { Breadcrumbs, Button, ButtonGroup, DateInput, ErrorSummary, fieldErrors, Form, joinDate, NotificationBanner, readDateParts, Select, splitDate, SummaryList, Table, TextInput, usePage, WarningText, type DateParts } from '../../../../ui/index.ts'
import { errors } from '../../catalogue.errors.ts'
import { changeEntry, openDesk, prepareChange, requireAct, type Desk, type EntryRequest, type Prepared } from '../change-entry.ts'
import { listChanges, type ListChange } from '../list-change.store.ts'
import type { ListAction, ListColumn } from '../list-definition.ts'
import { changeHref, entryHref, listHref, listsPath, newEntryHref } from './hrefs.ts'
import { dayWords, Differences, entryTitle, fieldName, listTitle, valueWords } from './words.tsx'
import { namesOf, whoWords } from './entry.page.tsx'

const access = { permission: 'catalogue.edit-lists' } as const

/** Add, adjust, disable: a form, a confirmation of what will change, then the act. */
export const editEntryRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/lists/:name/new', access, handler: (req) => open(req, 'add') },
  { method: 'POST', path: '/admin/lists/:name/new', access, handler: (req) => act(req, 'add') },
  { method: 'GET', path: '/admin/lists/:name/entries/:code/adjust', access, handler: (req) => open(req, 'adjust') },
  { method: 'POST', path: '/admin/lists/:name/entries/:code/adjust', access, handler: (req) => act(req, 'adjust') },
  { method: 'GET', path: '/admin/lists/:name/entries/:code/disable', access, handler: (req) => open(req, 'disable') },
  { method: 'POST', path: '/admin/lists/:name/entries/:code/disable', access, handler: (req) => act(req, 'disable') },
]

interface Typed { readonly request: EntryRequest; readonly from: DateParts }

async function open({ ctx, params, query }: Req, action: ListAction): Promise<Reply> {
  const desk = await openDesk(ctx, params.name!)
  requireAct(desk, action)
  const key = action === 'add' ? (query.key ?? '').slice(0, 90) : params.code!
  const today = civilDate(ctx.now)
  const entry = await desk.list.table.find(ctx.db, key, today)
  if (!entry && action !== 'add') throw errors.ENTRY_NOT_FOUND()
  const [last] = await listChanges(ctx.db, desk.list.name, key)
  const request: EntryRequest = { key, action, values: entry?.values ?? {}, from: today, basis: '', revision: last?.revision ?? 0 }
  // Tells at once whose the entry is, not after the form is filled in.
  if (entry) await prepareChange(ctx.db, ctx, desk, request)
  return formPage(ctx, desk, { request, from: splitDate(today) }, { entry })
}

async function act({ ctx, params, form }: Req, action: ListAction): Promise<Reply> {
  const desk = await openDesk(ctx, params.name!)
  requireAct(desk, action)
  const typed = readTyped(desk, form, action, params.code)
  const { request } = typed
  const step = form.get('step')
  if (step === 'edit') return formPage(ctx, desk, typed, { entry: await desk.list.table.find(ctx.db, request.key, civilDate(ctx.now)) })
  const result = step === 'confirm' ? await changeEntry(ctx, desk.list.name, request) : { prepared: await prepareChange(ctx.db, ctx, desk, request) }
  if ('done' in result) return redirect(entryHref(desk.list.name, request.key, action))
  const { prepared } = result
  const again = { entry: prepared.before, errors: prepared.errors, since: prepared.since, names: await namesOf(ctx, prepared.since) }
  if (prepared.since.length > 0) return formPage(ctx, desk, { ...typed, request: { ...request, revision: prepared.revision } }, { ...again, errors: [] }, 409)
  if (prepared.errors.length > 0) return formPage(ctx, desk, typed, again, 400)
  return page(<ConfirmPage desk={desk} typed={typed} prepared={prepared} />, { title: titleOf(ctx, desk, action), layout: 'desk' })
}

function readTyped(desk: Desk, form: FormBody, action: ListAction, key: string | undefined): Typed {
  const from = readDateParts(form, 'from')
  const revision = /^\d{1,9}$/.test(form.get('revision')) ? Number(form.get('revision')) : 0
  const values = Object.fromEntries(desk.list.columns.map(({ field }) => [field, form.get(field)]))
  return { from, request: { key: key ?? form.get('key'), action, values, from: joinDate(from) ?? '', basis: form.get('basis'), revision } }
}

interface Again { entry: DatedEntry | undefined; errors?: readonly FieldError[]; since?: readonly ListChange[]; names?: Map<string, string> }

const titleOf = (ctx: Pick<Ctx, 't'>, desk: Desk, action: ListAction): string => `${ctx.t(`catalogue.lists.act.${action}`)}: ${listTitle(ctx.t, desk.list)}`

const formPage = (ctx: Ctx, desk: Desk, typed: Typed, again: Again, status = 200): Reply => page(<FormPage desk={desk} typed={typed} again={again} />, { title: titleOf(ctx, desk, typed.request.action), layout: 'desk', status })

const addressOf = (desk: Desk, { key, action }: EntryRequest): string => (action === 'add' ? newEntryHref(desk.list.name) : changeHref(desk.list.name, key, action))

function FormPage({ desk, typed: { request, from }, again }: { desk: Desk; typed: Typed; again: Again }): VNode {
  const { t } = usePage()
  const { list } = desk
  const wrong = fieldErrors(again.errors, t)
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.lists.title'), href: listsPath }, { text: listTitle(t, list), href: listHref(list.name) }, { text: t(`catalogue.lists.act.${request.action}`) }]} />
      <ErrorSummary errors={again.errors} />
      {again.since && again.since.length > 0 && <ChangedSince desk={desk} since={again.since} names={again.names ?? new Map()} />}
      <h1 class="govuk-heading-l">{t(`catalogue.lists.act.${request.action}`)}{again.entry && `: ${entryTitle(again.entry)}`}</h1>
      <Form action={addressOf(desk, request)} hidden={{ revision: request.revision, step: 'check' }}>
        {request.action === 'add' && <TextInput name="key" label={t('catalogue.lists.field.key')} hint={t(`catalogue.lists.keyHint.${list.name}`)} value={request.key} error={wrong.of('key')} width={20} spellcheck={false} />}
        {request.action !== 'disable' && list.columns.map((column) => <FieldOf column={column} value={request.values[column.field]} error={wrong.of(column.field)} />)}
        <DateInput name="from" label={t(request.action === 'disable' ? 'catalogue.lists.endsOn' : 'catalogue.lists.holdsFrom')} hint={t('catalogue.lists.holdsFromHint')} value={from} error={wrong.of('from')} />
        <TextInput name="basis" label={t('catalogue.lists.basis')} hint={t('catalogue.lists.basisHint')} value={request.basis} error={wrong.of('basis')} width="two-thirds" />
        <Button>{t('catalogue.lists.check')}</Button>
      </Form>
    </>
  )
}

function FieldOf({ column, value, error }: { column: ListColumn; value: string | null | undefined; error: string | undefined }): VNode {
  const { t } = usePage()
  const isOptional = column.schema.safeParse('').success
  const label = isOptional ? `${fieldName(t, column.field)} ${t('catalogue.lists.optional')}` : fieldName(t, column.field)
  if (column.choices) return <Select name={column.field} label={label} value={value} error={error} empty={t('catalogue.lists.choose')} options={column.choices.map((c) => ({ value: c, text: t(`catalogue.lists.choice.${column.field}.${c}`) }))} />
  return <TextInput name={column.field} label={label} value={value} error={error} width="two-thirds" />
}

/** What somebody else did between opening the form and sending it. The typed values stay; sending again is then meant. */
function ChangedSince({ desk, since, names }: { desk: Desk; since: readonly ListChange[]; names: Map<string, string> }): VNode {
  const { t } = usePage()
  return (
    <NotificationBanner title={t('catalogue.lists.since.title')} heading={t('catalogue.lists.since.heading')}>
      <p>{t('catalogue.lists.since.advice')}</p>
      <Table caption={t('catalogue.lists.since.title')} captionHidden columns={['when', 'who', 'act', 'from', 'what'].map((name) => ({ header: t(`catalogue.lists.history.${name}`) }))}
        rows={since.map((c) => [formatDateTime(c.changedAt), whoWords(names, c), t(`catalogue.lists.act.${c.action}`), dayWords(c.fromDate), <Differences list={desk.list} before={c.before} after={c.after} />])} />
    </NotificationBanner>
  )
}

function ConfirmPage({ desk, typed: { request, from }, prepared }: { desk: Desk; typed: Typed; prepared: Prepared }): VNode {
  const { t } = usePage()
  const { list } = desk
  const values = Object.fromEntries(Object.entries(request.values).map(([field, value]) => [field, value ?? '']))
  const hidden = { ...values, key: request.key, basis: request.basis, revision: request.revision, 'from-day': from.day, 'from-month': from.month, 'from-year': from.year }
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.lists.title'), href: listsPath }, { text: listTitle(t, list), href: listHref(list.name) }, { text: t(`catalogue.lists.act.${request.action}`) }]} />
      <h1 class="govuk-heading-l">{t('catalogue.lists.confirm.title')}</h1>
      <SummaryList rows={[
        { key: t('catalogue.lists.history.act'), value: t(`catalogue.lists.act.${request.action}`) },
        { key: t('catalogue.lists.field.key'), value: request.key },
        ...(request.action === 'add' ? list.columns.map((c) => ({ key: fieldName(t, c.field), value: valueWords(t, c, prepared.after?.[c.field]) })) : [{ key: t('catalogue.lists.history.what'), value: <Differences list={list} before={prepared.before?.values ?? null} after={prepared.after} /> }]),
        { key: t(request.action === 'disable' ? 'catalogue.lists.endsOn' : 'catalogue.lists.holdsFrom'), value: dayWords(request.from) },
        { key: t('catalogue.lists.basis'), value: request.basis },
        { key: t('catalogue.lists.source'), value: prepared.rightSource },
      ]} />
      <WarningText>{t('catalogue.lists.confirm.warning')}</WarningText>
      <Form action={addressOf(desk, request)} hidden={hidden}>
        <ButtonGroup>
          <Button name="step" value="confirm" kind={request.action === 'disable' ? 'warning' : 'primary'}>{t(`catalogue.lists.confirm.${request.action}`)}</Button>
          <Button name="step" value="edit" kind="secondary">{t('catalogue.lists.confirm.back')}</Button>
        </ButtonGroup>
      </Form>
    </>
  )
}
