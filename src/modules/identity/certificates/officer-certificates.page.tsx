import type { VNode } from 'preact'
import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, SummaryList, Textarea, usePage, WarningText } from '../../../ui/index.ts'
import { errors } from '../identity.errors.ts'
import { keepNote, type Officer } from '../officers/officer.store.ts'
import { checkReason, ReasonForm } from '../officers/pages/act.routes.tsx'
import { officerHref, requestHref } from '../officers/pages/hrefs.ts'
import { proved } from '../officers/pages/proved.tsx'
import { officerToChange } from '../officers/rights/administration.ts'
import { proposeChange } from '../officers/rights/propose-change.ts'
import { describeCertificate, type CertificateWords } from './describe-certificate.ts'
import { judgeCertificate } from './judge-certificate.ts'
import { listOfficerCertificates, type OfficerCertificate } from './officer-certificate.store.ts'
import { unbindCertificate } from './unbind-certificate.ts'

/** A certificate for official duty is bound to an account by two administrators, since it opens the account; one is enough to unbind it. */
export const officerCertificateRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/officers/:id/certificates', access: { permission: 'identity.manage-officers' }, handler: proved((req) => show(req, {})) },
  { method: 'POST', path: '/admin/officers/:id/certificates', access: { permission: 'identity.manage-officers' }, bodyLimit: 300_000, handler: proved(bind) },
  { method: 'GET', path: '/admin/officers/:id/certificates/:key/unbind', access: { permission: 'identity.manage-officers' }, handler: proved((req) => showUnbind(req, [])) },
  { method: 'POST', path: '/admin/officers/:id/certificates/:key/unbind', access: { permission: 'identity.manage-officers' }, handler: proved(unbind) },
]

const longestFile = 64_000

interface View { mistakes?: FieldError[]; words?: CertificateWords | undefined }

async function show(req: Req, { mistakes = [], words }: View): Promise<Reply> {
  const officer = await officerToChange(req.ctx, req.params.id!)
  return page(<Bind officer={officer} mistakes={mistakes} words={words} reason={req.form.get('reason')} />, { title: req.ctx.t('identity.certificate.bind.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function bind(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const upload = form.files.find((f) => f.field === 'certificate' && f.bytes.length > 0)
  const words = upload && !upload.truncated && upload.bytes.length <= longestFile ? describeCertificate(upload.bytes) : undefined
  const mistakes: FieldError[] = []
  if (!upload) mistakes.push({ field: 'certificate', key: 'identity.certificate.bind.missing' })
  else if (upload.truncated || upload.bytes.length > longestFile) mistakes.push({ field: 'certificate', key: 'identity.certificate.file.too_large' })
  else mistakes.push(...await unfit(req, officer, words))
  mistakes.push(...checkReason(form.get('reason')))
  if (mistakes.length > 0 || !words) return show(req, { mistakes, words })
  const outcome = await proposeChange(ctx, { kind: 'bind-certificate', officerId: officer.id, pem: words.pem }, form.get('reason'))
  return redirect(outcome.kind === 'requested' ? `${requestHref(outcome.requestId)}?done=requested` : `${officerHref(officer.id)}?done=granted`)
}

/** Judged now, so that the second administrator is not asked in vain, and again when it is bound. */
async function unfit({ ctx }: Req, officer: Officer, words: CertificateWords | undefined): Promise<FieldError[]> {
  const verdict = await judgeCertificate(ctx.db, words?.pem ?? '', ctx.now)
  const fault = (reason: string): FieldError[] => [{ field: 'certificate', key: `identity.certificate.fault.${reason}` }]
  if (!verdict.ok) return fault(verdict.reason)
  const { subject } = verdict.certificate
  if (subject.kind !== 'agency') return fault('purpose')
  return officer.agencyCode === subject.agencyCode || officer.agencyCode.startsWith(`${subject.agencyCode}.`) ? [] : fault('agency')
}

function Bind({ officer, mistakes, words, reason }: { officer: Officer; mistakes: FieldError[]; words: CertificateWords | undefined; reason: string }): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={officerHref(officer.id)}>{officer.name}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{officer.name}</span>{t('identity.certificate.bind.title')}</h1>
      <p class="govuk-body">{t('identity.certificate.bind.lead')}</p>
      {officer.state !== 'active' ? <InsetText>{t('identity.certificate.bind.not_active')}</InsetText> : (
        <>
          {words && <CertificateList words={words} />}
          <Form action={officerHref(officer.id, 'certificates')} files>
            <FileUpload name="certificate" label={t('identity.certificate.bind.file')} hint={t('identity.certificate.bind.file_hint')} error={sentences.of('certificate')} accept=".pem,.crt,.cer,.der" />
            <Textarea name="reason" label={t('identity.officers.reason')} hint={t('identity.officers.reason_hint')} rows={3} value={reason} error={sentences.of('reason')} />
            <ButtonGroup><Button>{t('identity.certificate.bind.button')}</Button><a class="govuk-link" href={officerHref(officer.id)}>{t('identity.officers.back')}</a></ButtonGroup>
          </Form>
        </>
      )}
    </>
  )
}

/** What a certificate says, for whoever has to decide on it. */
export function CertificateList({ words }: { words: CertificateWords }): VNode {
  const { t } = usePage()
  return (
    <SummaryList rows={[
      { key: t('identity.certificate.words.holder'), value: <>{words.holder}{words.uid && <> ({words.uid})</>}</> },
      { key: t('identity.certificate.words.issuer'), value: words.issuer },
      { key: t('identity.certificate.words.validity'), value: t('identity.certificate.words.from_to', { from: formatDateTime(words.from), to: formatDateTime(words.to) }) },
      { key: t('identity.certificate.words.serial'), value: words.serial },
      { key: t('identity.certificate.words.fingerprint'), value: <code class="mc-code">{words.fingerprint}</code> },
    ]} />
  )
}

const bindingOf = async (req: Req): Promise<OfficerCertificate> => {
  const found = (await listOfficerCertificates(req.ctx.db, req.params.id!)).find((c) => c.id === req.params.key && !c.unboundAt)
  if (!found) throw errors.CERTIFICATE_NOT_BOUND()
  return found
}

async function showUnbind(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const officer = await officerToChange(req.ctx, req.params.id!)
  const binding = await bindingOf(req)
  return page(<Unbind officer={officer} binding={binding} mistakes={mistakes} reason={req.form.get('reason')} />, { title: req.ctx.t('identity.certificate.unbind.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function unbind(req: Req): Promise<Reply> {
  const { ctx } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const reason = req.form.get('reason')
  const mistakes = checkReason(reason)
  if (mistakes.length > 0) return showUnbind(req, mistakes)
  const binding = await bindingOf(req)
  await transact(ctx, async (tx) => {
    await unbindCertificate(tx, ctx, { officerId: officer.id, bindingId: binding.id })
    await keepNote(tx, officer.id, ctx.now, 'unbind-certificate', reason)
  })
  return redirect(`${officerHref(officer.id)}?done=unbound`)
}

function Unbind({ officer, binding, mistakes, reason }: { officer: Officer; binding: OfficerCertificate; mistakes: FieldError[]; reason: string }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={officerHref(officer.id)}>{officer.name}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{officer.name}</span>{t('identity.certificate.unbind.title')}</h1>
      <p class="govuk-body">{t('identity.certificate.words.line', { serial: binding.serial, until: formatDateTime(binding.notAfter) })}</p>
      <WarningText>{t('identity.certificate.unbind.follows')}</WarningText>
      <ReasonForm action={officerHref(officer.id, `certificates/${binding.id}/unbind`)} back={officerHref(officer.id)} mistakes={mistakes} reason={reason} button={t('identity.certificate.unbind.title')} />
    </>
  )
}
