import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { isId } from '../../../platform/ids.ts'
import { BackLink, BigNumber, BigNumbers, Button, EmptyState, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, NotificationBanner, SummaryList, Table, usePage } from '../../../ui/index.ts'
import type { OfficerCtx } from '../desk/look-up-person.ts'
import { errors } from '../identity.errors.ts'
import { previewOldAccounts, takeOldAccounts } from './import-old-accounts.ts'
import { countOldAccounts, findImport, listImports, type Import } from './old-account-import.store.ts'
import { headingRow } from './read-old-accounts.ts'

const path = '/admin/old-accounts'
const importHref = (id: string): string => `${path}/${id}`
const access = { permission: 'identity.import-old-accounts' } as const

/** The administrator takes over accounts from before: a file is looked over first, then taken. */
export const importRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/old-accounts', access, handler: (req) => start(req, []) },
  { method: 'POST', path: '/admin/old-accounts', access, bodyLimit: 12 * 1024 * 1024, handler: upload },
  { method: 'GET', path: '/admin/old-accounts/:id', access, handler: show },
  { method: 'POST', path: '/admin/old-accounts/:id', access, handler: take },
]

async function start(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const [imports, counts] = await Promise.all([listImports(ctx.db), countOldAccounts(ctx.db)])
  return page(<Start imports={imports} counts={counts} mistakes={mistakes} />, { title: ctx.t('identity.linking.import.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function upload(req: Req): Promise<Reply> {
  const outcome = await previewOldAccounts(req.ctx as OfficerCtx, req.form.files.find((f) => f.field === 'file'))
  return outcome.kind === 'ready' ? redirect(importHref(outcome.importId)) : start(req, [{ field: 'file', key: `identity.linking.import.${outcome.reason}` }])
}

async function show(req: Req): Promise<Reply> {
  const found = isId(req.params.id) ? await findImport(req.ctx.db, req.params.id) : undefined
  if (!found) throw errors.IMPORT_NOT_FOUND()
  return page(<One import_={found} />, { title: req.ctx.t('identity.linking.import.title'), layout: 'desk' })
}

async function take(req: Req): Promise<Reply> {
  if (!isId(req.params.id)) throw errors.IMPORT_NOT_FOUND()
  await takeOldAccounts(req.ctx as OfficerCtx, req.params.id)
  return redirect(importHref(req.params.id))
}

function Start({ imports, counts, mistakes }: { imports: Import[]; counts: Awaited<ReturnType<typeof countOldAccounts>>; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('identity.linking.import.title')}</h1>
      <p class="govuk-body">{t('identity.linking.import.lead')}</p>
      <BigNumbers>{(['waiting', 'linked', 'declined', 'closed'] as const).map((state) => <BigNumber value={String(counts[state])} label={t(`identity.linking.state.${state}`)} />)}</BigNumbers>
      <Form action={path} files>
        <FileUpload name="file" label={t('identity.linking.import.file')} hint={t('identity.linking.import.file_hint', { columns: headingRow })} accept=".csv,text/csv" error={fieldErrors(mistakes, t).of('file')} />
        <Button>{t('identity.linking.import.look_over')}</Button>
      </Form>
      {imports.length === 0 ? <EmptyState title={t('identity.linking.import.none')} /> : (
        <Table caption={t('identity.linking.import.earlier')} columns={['file', 'when', 'added', 'left_out'].map((name) => ({ header: t(`identity.linking.import.${name}`) }))} stack
          rows={imports.map((i) => [<a class="govuk-link" href={importHref(i.id)}>{i.fileName}</a>, formatDateTime(i.doneAt ?? i.createdAt), i.added ?? t('identity.linking.import.not_taken'), i.mistakes.length])} />
      )}
    </>
  )
}

function One({ import_ }: { import_: Import }): VNode {
  const { t } = usePage()
  const { mistakes, fresh, known, added, fileName, id } = import_
  const shown = mistakes.slice(0, 200)
  return (
    <>
      <BackLink href={path} />
      {added !== null && <NotificationBanner type="success" heading={t('identity.linking.import.done', { count: added })} />}
      <h1 class="govuk-heading-l">{fileName}</h1>
      <SummaryList rows={[
        { key: t('identity.linking.import.fresh'), value: fresh },
        { key: t('identity.linking.import.known'), value: known },
        { key: t('identity.linking.import.left_out'), value: mistakes.length },
      ]} />
      {added === null && <><InsetText>{t('identity.linking.import.not_yet')}</InsetText><Form action={importHref(id)}><Button>{t('identity.linking.import.take', { count: fresh })}</Button></Form></>}
      {shown.length > 0 && (
        <Table caption={t('identity.linking.import.mistakes')} columns={[{ header: t('identity.linking.import.line') }, { header: t('identity.linking.import.why') }]}
          rows={shown.map(({ line, mistake }) => [line, t(`identity.linking.mistake.${mistake}`)])} />
      )}
      {mistakes.length > shown.length && <p class="govuk-body">{t('identity.linking.import.more_mistakes', { count: mistakes.length - shown.length })}</p>}
    </>
  )
}
