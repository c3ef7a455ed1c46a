import type { VNode } from 'preact'
import { isPermitted } from '../../../platform/actor.ts'
import { isRefusal, type FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { Button, DateInput, EmptyState, ErrorSummary, fieldErrors, Form, joinDate, Pagination, PrintButton, Select, splitDate, Table, TextInput, usePage, type DateParts } from '../../../ui/index.ts'
import { listOffered, procedureNames } from '../../catalogue/index.ts'
import { findOfficialForm } from '../../documents/index.ts'
import { deskReach } from '../desk-scope.ts'
import { dossierStates } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossierByCode, mostListed } from '../dossiers.store.ts'
import { Beyond, listedWords, pagesOf } from '../pages/desk/beyond.tsx'
import { deskDocumentHref, deskDossierHref } from '../pages/desk/hrefs.ts'
import { recordReading } from '../pages/desk/read-desk-dossier.ts'
import { pageAsked, pageSize } from '../pages/desk/read-inbox.ts'
import { issueBatchSlip } from './issue-batch-slip.ts'
import { handOverPath } from './desk-papers.routes.ts'
import { formatOf, listFile, listFormats, mostRows } from './list-file.ts'
import { readRegister, type RegisterEntry } from './read-register.ts'
import { registerCells, registerColumns } from './register-table.ts'
import type { RegisterFilter } from './register.store.ts'

export const registerPath = '/desk/register'
const exportPath = '/desk/register/export'
const batchSlipPath = '/desk/register/batch-slip'
/** Dossiers on one slip. */
const mostOnSlip = 50
const channels = ['online', 'assisted', 'desk', 'post'] as const

/** The register of dossiers ("sổ theo dõi hồ sơ") of a period: page, print, PDF, XLSX. */
export const registerRoutes: Route[] = [
  { method: 'GET', path: registerPath, access: { permission: 'dossiers.view' }, audit: 'dossiers.register', handler: (req) => show(req) },
  { method: 'GET', path: exportPath, access: { permission: 'dossiers.view' }, audit: 'dossiers.register', kind: 'raw', handler: exportRegister },
  { method: 'POST', path: batchSlipPath, access: { permission: 'dossiers.receive' }, handler: makeBatchSlip },
]

interface Asked { from: DateParts; until: DateParts; procedureCode: string; channel: string; state: string }

/** What was asked for; without dates the running month. */
function readAsked({ query, ctx }: Req): { asked: Asked; mistakes: FieldError[]; filter: Omit<RegisterFilter, 'reach'> } {
  const today = civilDate(ctx.now)
  const parts = (name: string, usual: string): DateParts => (['day', 'month', 'year'].some((part) => query[`${name}-${part}`]) ? { day: query[`${name}-day`] ?? '', month: query[`${name}-month`] ?? '', year: query[`${name}-year`] ?? '' } : splitDate(usual))
  const asked: Asked = {
    from: parts('from', `${today.slice(0, 8)}01`), until: parts('until', today), procedureCode: (query.procedure ?? '').slice(0, 40),
    channel: channels.find((c) => c === query.channel) ?? '', state: query.state && query.state in dossierStates ? query.state : '',
  }
  const [from, until] = [joinDate(asked.from), joinDate(asked.until)]
  const mistakes: FieldError[] = [
    ...(from ? [] : [{ field: 'from', key: 'dossiers.register.dayWrong' }]), ...(until ? [] : [{ field: 'until', key: 'dossiers.register.dayWrong' }]),
    ...(from && until && from > until ? [{ field: 'until', key: 'dossiers.register.daysTurned' }] : []),
  ]
  const { procedureCode, channel, state } = asked
  return { asked, mistakes, filter: { from: from ?? today, until: until ?? today, ...(procedureCode ? { procedureCode } : {}), ...(channel ? { channel } : {}), ...(state ? { state } : {}) } }
}

/** One slip for the dossiers whose codes were typed. What is wrong with them is said beside what was typed. */
async function makeBatchSlip(req: Req): Promise<Reply> {
  const { ctx } = req
  const typed = req.form.get('codes')
  const codes = [...new Set(typed.toUpperCase().split(/[\s,;]+/).filter(Boolean))].slice(0, mostOnSlip)
  if (codes.length === 0) return show(req, { codes: typed, mistakes: [{ field: 'codes', key: 'dossiers.batchSlip.missing' }] })
  const found = await Promise.all(codes.map((code) => findDossierByCode(ctx.db, code)))
  const dossiers = found.filter((d) => d !== undefined).filter((d) => d.nodeCode === ctx.node.config.code)
  try {
    if (dossiers.length < codes.length) throw errors.NOT_FOUND()
    const { dossierId, documentId } = await issueBatchSlip(ctx, dossiers)
    for (const dossier of dossiers) await recordReading(req, dossier)
    return redirect(deskDocumentHref(dossierId, documentId))
  } catch (error) {
    if (!isRefusal(error, 'NOT_ONE_OWNER')) throw error
    return show(req, { codes: typed, mistakes: [{ field: 'codes', key: error.key }] })
  }
}

async function show(req: Req, batch: { codes: string; mistakes: FieldError[] } = { codes: '', mistakes: [] }): Promise<Reply> {
  const { ctx } = req
  const { asked, filter, ...read } = readAsked(req)
  const mistakes = [...read.mistakes, ...batch.mistakes]
  const at = pageAsked(req.query.page)
  const reach = await deskReach(ctx, 'dossiers.view')
  const [{ entries, total }, offered] = await Promise.all([read.mistakes.length > 0 ? { entries: [], total: 0 } : readRegister(ctx, { ...filter, reach }, { limit: pageSize, offset: (at - 1) * pageSize }), listOffered(ctx.db, ctx.now)])
  const procedures = await procedureNames(ctx.db, offered.map((o) => o.procedureCode), ctx.lang)
  return page(<Register {...{ asked, mistakes, entries, total, at, procedures }} codes={batch.codes} />, { title: ctx.t('dossiers.register.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function exportRegister(req: Req): Promise<Reply> {
  const { ctx } = req
  const { asked, mistakes, filter } = readAsked(req)
  if (mistakes.length > 0) return show(req)
  const format = formatOf(req.query.format)
  const [{ entries }, form] = await Promise.all([readRegister(ctx, { ...filter, reach: await deskReach(ctx, 'dossiers.view') }, { limit: mostRows[format] + 1, offset: 0 }), findOfficialForm(ctx.db, 'register', filter.until)])
  const { t } = ctx
  const title = form?.title ?? t('dossiers.register.title')
  const chosen = [t('dossiers.register.period', { from: formatDate(filter.from), until: formatDate(filter.until) }), ...(filter.procedureCode ? [filter.procedureCode] : []), ...(asked.channel ? [t(`dossiers.channel.${asked.channel}`)] : []), ...(asked.state ? [t(`dossiers.state.${asked.state}`)] : [])]
  return listFile(ctx, format, { name: 'so-theo-doi', title, form, chosen, columns: registerColumns.map(([name, width]) => [t(`dossiers.register.column.${name}`), width]), rows: entries.map((entry, i) => registerCells(t, entry, i + 1)) })
}

function queryOf({ from, until, procedureCode, channel, state }: Asked): string {
  const days = Object.entries({ from, until }).flatMap(([name, parts]) => Object.entries(parts).map(([part, value]) => [`${name}-${part}`, String(value)]))
  return new URLSearchParams([...days, ...Object.entries({ procedure: procedureCode, channel, state }).filter(([, value]) => value)]).toString()
}

interface Props { asked: Asked; mistakes: FieldError[]; entries: RegisterEntry[]; total: number; at: number; procedures: Map<string, string>; codes: string }

function Register({ asked, mistakes, entries, total, at, procedures, codes }: Props): VNode {
  const { t, lang, actor } = usePage()
  const wrong = fieldErrors(mistakes, t)
  const query = queryOf(asked)
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.register.title')}</h1>
      <p class="govuk-body">{t('dossiers.register.lead')}</p>
      <Form method="get" action={registerPath} class="mc-filter-row">
        <DateInput name="from" label={t('dossiers.register.from')} value={asked.from} error={wrong.of('from')} />
        <DateInput name="until" label={t('dossiers.register.until')} value={asked.until} error={wrong.of('until')} />
        <Select name="procedure" label={t('dossiers.column.procedure')} value={asked.procedureCode} empty={t('dossiers.register.anyProcedure')} options={[...procedures].map(([value, text]) => ({ value, text }))} />
        <Select name="channel" label={t('dossiers.column.channel')} value={asked.channel} empty={t('dossiers.register.anyChannel')} options={channels.map((value) => ({ value, text: t(`dossiers.channel.${value}`) }))} />
        <Select name="state" label={t('dossiers.column.state')} value={asked.state} empty={t('dossiers.register.anyState')} options={Object.keys(dossierStates).map((value) => ({ value, text: t(`dossiers.state.${value}`) }))} />
        <Button kind="secondary">{t('dossiers.desk.filter')}</Button>
      </Form>
      {mistakes.length === 0 && <p class="govuk-body"><span role="status">{t('dossiers.register.count', { count: total > mostListed ? listedWords(total, lang) : total })}</span>{total > 0 && listFormats.map((format) => <> <a class="govuk-link" href={`${exportPath}?${query}&format=${format}`} download>{t('dossiers.list.download', { format: format.toUpperCase() })}</a></>)}</p>}
      {entries.length === 0 ? <EmptyState title={t('dossiers.register.none')} /> : (
        <Table wide caption={t('dossiers.register.title')} captionHidden columns={registerColumns.map(([name]) => ({ header: t(`dossiers.register.column.${name}`) }))}
          rows={entries.map((entry, i) => {
            const [number, code, ...rest] = registerCells(t, entry, (at - 1) * pageSize + i + 1)
            return [number, <a class="govuk-link" href={deskDossierHref(entry.dossierId)}>{code}</a>, ...rest]
          })} />
      )}
      <Pagination page={at} pages={pagesOf(total)} href={(n) => `${registerPath}?${query}&page=${n}`} />
      <Beyond total={total} />
      {isPermitted(actor, 'dossiers.receive') && (
        <>
          <h2 class="govuk-heading-m">{t('dossiers.batchSlip.title')}</h2>
          <Form action={batchSlipPath}><TextInput name="codes" label={t('dossiers.batchSlip.codes')} hint={t('dossiers.batchSlip.hint')} value={codes} error={wrong.of('codes')} spellcheck={false} /><Button kind="secondary">{t('dossiers.batchSlip.make')}</Button></Form>
        </>
      )}
      <h2 class="govuk-heading-m">{t('dossiers.handOver.title')}</h2>
      <p class="govuk-body">{t('dossiers.handOver.lead')} {listFormats.map((format) => <><a class="govuk-link" href={`${handOverPath}?format=${format}`} download>{t('dossiers.list.download', { format: format.toUpperCase() })}</a> </>)}</p>
      <PrintButton />
    </>
  )
}
