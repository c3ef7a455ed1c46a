import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Route } from '../../../../platform/http/route.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, DateInput, ErrorSummary, fieldErrors, FileUpload, Form, joinDate, readDateParts, Select, TextInput, usePage, type DateParts } from '../../../../ui/index.ts'
import { listAgencies } from '../../../organisations/index.ts'
import { procedureNames } from '../../get-procedure.ts'
import { listOffered } from '../list-offered.ts'
import { belongsTo } from '../onboarding.ts'
import { proposeOnboarding } from '../propose-onboarding.ts'
import { caseHref, proposePath, servicesPath } from './hrefs.ts'

interface Typed { procedureCode: string; serviceNumber: string; agencyCode: string; number: string; date: DateParts }
const nothing: Typed = { procedureCode: '', serviceNumber: '01', agencyCode: '', number: '', date: { day: '', month: '', year: '' } }

export const proposeRoutes: Route[] = [
  { method: 'GET', path: proposePath, access: { permission: 'catalogue.propose-services' }, handler: ({ ctx }) => answer(ctx, nothing, []) },
  { method: 'POST', path: proposePath, access: { permission: 'catalogue.propose-services' }, bodyLimit: 12_000_000, handler: async ({ ctx, form }) => {
    const typed: Typed = { procedureCode: form.get('procedureCode'), serviceNumber: form.get('serviceNumber'), agencyCode: form.get('agencyCode').trim(), number: form.get('number'), date: readDateParts(form, 'date') }
    const errors = await check(ctx, typed, form)
    if (errors.length > 0) return answer(ctx, typed, errors)
    const upload = form.files.find((f) => f.field === 'file')!
    const { id: fileId } = await ctx.node.files.put(upload.bytes)
    const id = await proposeOnboarding(ctx, { procedureCode: typed.procedureCode, serviceNumber: typed.serviceNumber, agencyCode: typed.agencyCode, approval: { number: typed.number.trim(), date: joinDate(typed.date)!, fileId, fileName: upload.fileName.slice(0, 200) } })
    return redirect(caseHref(id))
  } },
]

async function check(ctx: Ctx, typed: Typed, form: FormBody): Promise<FieldError[]> {
  const invalid = (field: string, key: string): FieldError => ({ field, key: `catalogue.services.invalid.${key}` })
  const errors: FieldError[] = []
  if (!(await listOffered(ctx.db, ctx.now)).some((o) => o.procedureCode === typed.procedureCode)) errors.push(invalid('procedureCode', 'procedure'))
  if (!/^\d{2}$/.test(typed.serviceNumber)) errors.push(invalid('serviceNumber', 'serviceNumber'))
  if (!/^[GH]\d{2}(\.\d{2,3})*$/.test(typed.agencyCode)) errors.push(invalid('agencyCode', 'agency'))
  if (!typed.number.trim() || typed.number.length > 100) errors.push(invalid('number', 'number'))
  const date = joinDate(typed.date)
  if (!date || date > civilDate(ctx.now)) errors.push(invalid('date', 'date'))
  const file = form.files.find((f) => f.field === 'file')
  if (!file || file.bytes.length === 0) errors.push(invalid('file', 'file'))
  else if (file.truncated || file.bytes.length > 10_000_000) errors.push(invalid('file', 'fileLarge'))
  else if (file.bytes.subarray(0, 5).toString('latin1') !== '%PDF-') errors.push(invalid('file', 'fileType'))
  return errors
}

async function answer(ctx: Ctx, typed: Typed, errors: FieldError[]): Promise<Reply> {
  const [offered, agencies] = await Promise.all([listOffered(ctx.db, ctx.now), listAgencies(ctx.db, { at: ctx.now })])
  const names = await procedureNames(ctx.db, offered.map((o) => o.procedureCode), ctx.lang)
  const top = agencies.filter((a) => !a.code.includes('.') && belongsTo(ctx.actor, a.code, ctx.node.config.national.code))
  return page(<ProposePage typed={typed} errors={errors} procedures={[...names]} agencies={top.map((a) => ({ value: a.code, text: `${a.code} ${ctx.lang === 'en' ? a.nameEn ?? a.nameVi : a.nameVi}` }))} />, { title: ctx.t('catalogue.services.propose'), layout: 'desk', status: errors.length > 0 ? 400 : 200 })
}

function ProposePage({ typed, errors, procedures, agencies }: { typed: Typed; errors: FieldError[]; procedures: [string, string][]; agencies: { value: string; text: string }[] }): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(errors, t)
  return (
    <>
      <BackLink href={servicesPath} />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{t('catalogue.services.propose')}</h1>
      <p class="govuk-body">{t('catalogue.services.proposeLead')}</p>
      <Form action={proposePath} files>
        <Select name="procedureCode" label={t('catalogue.services.procedure')} value={typed.procedureCode} error={wrong.of('procedureCode')} options={[{ value: '', text: t('catalogue.services.choose') }, ...procedures.map(([value, text]) => ({ value, text: `${value} ${text}` }))]} />
        <TextInput name="serviceNumber" label={t('catalogue.services.serviceNumber')} hint={t('catalogue.services.serviceNumberHint')} value={typed.serviceNumber} error={wrong.of('serviceNumber')} width={2} />
        <Select name="agencyCode" label={t('catalogue.services.agency')} value={typed.agencyCode} error={wrong.of('agencyCode')} options={[{ value: '', text: t('catalogue.services.choose') }, ...agencies]} />
        <TextInput name="number" label={t('catalogue.services.approvalNumber')} value={typed.number} error={wrong.of('number')} width={20} />
        <DateInput name="date" label={t('catalogue.services.approvalDate')} value={typed.date} error={wrong.of('date')} />
        <FileUpload name="file" label={t('catalogue.services.approvalFile')} hint={t('catalogue.services.approvalFileHint')} accept=".pdf,application/pdf" error={wrong.of('file')} />
        <Button>{t('catalogue.services.sendProposal')}</Button>
      </Form>
    </>
  )
}
