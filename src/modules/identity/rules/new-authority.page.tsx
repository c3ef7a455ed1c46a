import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { BackLink, Button, Checkboxes, ErrorSummary, fieldErrors, FileUpload, Form, joinDate, readDateParts, TextInput, usePage } from '../../../ui/index.ts'
import { readCertificate } from '../certificates/certificate-fields.ts'
import { describeCertificate, type CertificateWords } from '../certificates/describe-certificate.ts'
import { CertificateList } from '../certificates/officer-certificates.page.tsx'
import { revocationList } from '../certificates/revocation-list.ts'
import { listAuthorities, type Vouched } from '../certificates/trusted-authority.store.ts'
import { proved } from '../officers/pages/proved.tsx'
import { RuleFields } from './proposal-view.tsx'
import { checkRuleInput, proposeRule } from './propose-rule.ts'
import { authoritiesPath, authorityAccess } from './trusted-authorities.page.tsx'

const newPath = '/admin/trusted-authorities/new'

export const newAuthorityRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/trusted-authorities/new', access: authorityAccess, handler: proved((req) => show(req, [])) },
  { method: 'POST', path: '/admin/trusted-authorities/new', access: authorityAccess, bodyLimit: 300_000, handler: proved(propose) },
]

const longestFile = 64_000
const longestName = 200
const vouched: readonly Vouched[] = ['person', 'organisation', 'officer']

function show(req: Req, mistakes: FieldError[], words?: CertificateWords): Reply {
  return page(<New form={req.form} mistakes={mistakes} words={words} />, { title: req.ctx.t('identity.rules.authorities.new'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function propose(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const upload = form.files.find((f) => f.field === 'certificate' && f.bytes.length > 0)
  const words = upload && !upload.truncated && upload.bytes.length <= longestFile ? describeCertificate(upload.bytes) : undefined
  const typed = { name: form.get('name'), revocationUrl: form.get('revocationUrl'), purposes: vouched.filter((v) => form.all('purposes').includes(v)), softwarePolicies: form.get('policies').split(/[\s,;]+/).filter(Boolean) }
  const rule = { validFrom: joinDate(readDateParts(form, 'from')), basis: form.get('basis') }
  const mistakes = [...await unfit(req, words, typed), ...checkRuleInput({ ...rule, confirmed: form.get('confirmed') === 'yes' }, ctx.now)]
  if (mistakes.length > 0 || !words) return show(req, mistakes, words)
  await proposeRule(ctx, { kind: 'trust', pem: words.pem, ...typed }, { validFrom: rule.validFrom!, basis: rule.basis })
  return redirect(`${authoritiesPath}?done=proposed`)
}

interface Typed { name: string; revocationUrl: string; softwarePolicies: string[] }

/** Without a list that can be fetched and that this authority signed, nobody would get in by its certificates: better seen now. */
async function unfit({ ctx }: Req, words: CertificateWords | undefined, { name, revocationUrl, softwarePolicies }: Typed): Promise<FieldError[]> {
  const mistakes: FieldError[] = []
  const wrong = (field: string, what: string): void => void mistakes.push({ field, key: `identity.rules.wrong.${what}` })
  if (!words) wrong('certificate', 'no_certificate')
  else if (!words.isAuthority) wrong('certificate', 'no_authority')
  else if (words.to < ctx.now) wrong('certificate', 'expired')
  else if ((await listAuthorities(ctx.db)).some((a) => a.validTo === null && a.fingerprint === words.fingerprint.replaceAll(':', '').toLowerCase())) wrong('certificate', 'trusted_already')
  if (name === '' || name.length > longestName) wrong('name', 'name')
  if (softwarePolicies.some((p) => !/^[0-2](\.\d{1,10}){2,20}$/.test(p))) wrong('policies', 'policies')
  if (!/^https?:\/\/[^\s/]+\/\S*$/.test(revocationUrl) || revocationUrl.length > 500) wrong('revocationUrl', 'list_address')
  else if (words?.isAuthority && !(await revocationList(ctx.db, readCertificate(words.pem), revocationUrl, ctx.now))) wrong('revocationUrl', 'list_unreadable')
  return mistakes
}

function New({ form, mistakes, words }: { form: FormBody; mistakes: FieldError[]; words: CertificateWords | undefined }): VNode {
  const { t } = usePage()
  const { of } = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={authoritiesPath}>{t('identity.rules.authorities.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('identity.rules.authorities.new')}</h1>
      <p class="govuk-body">{t('identity.rules.two_persons')}</p>
      {words && <CertificateList words={words} />}
      <Form action={newPath} files>
        <FileUpload name="certificate" label={t('identity.rules.authorities.certificate')} hint={t('identity.rules.authorities.certificate_hint')} error={of('certificate')} accept=".pem,.crt,.cer,.der" />
        <TextInput name="name" label={t('identity.rules.authorities.name')} value={form.get('name')} error={of('name')} width="two-thirds" maxLength={longestName} />
        <Checkboxes name="purposes" label={t('identity.rules.authorities.purposes')} hint={t('identity.rules.authorities.purposes_hint')} values={form.all('purposes')} options={vouched.map((value) => ({ value, text: t(`identity.rules.vouched.${value}`) }))} />
        <TextInput name="revocationUrl" label={t('identity.rules.authorities.list')} hint={t('identity.rules.authorities.list_hint')} value={form.get('revocationUrl')} error={of('revocationUrl')} spellcheck={false} width="two-thirds" />
        <TextInput name="policies" label={t('identity.rules.authorities.policies')} hint={t('identity.rules.authorities.policies_hint')} value={form.get('policies')} error={of('policies')} spellcheck={false} width="two-thirds" />
        <RuleFields from={readDateParts(form, 'from')} basis={form.get('basis')} of={of} />
        <Button>{t('identity.rules.propose')}</Button>
      </Form>
    </>
  )
}
