import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { file, page, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { BackLink, Button, Details, ErrorSummary, fieldErrors, FileUpload, Form, LinkButton, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { DemoHint } from '../citizens/demo-hint.tsx'
import { findLogIn, signingSeconds, type Audience } from './certificate-log-in.store.ts'
import { places } from './certificate-paths.ts'
import { challengeText } from './challenge-text.ts'
import { closedWay } from './closed-way.page.tsx'
import { concluded, outcomePage } from './conclude.page.tsx'
import { proveBySignature } from './prove-by-signature.ts'

/** A file to take away, sign with one's own program, and bring back. */
export const signFileRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/chung-thu-so/ky-tep', access: 'public', handler: (req) => show(req, 'person') },
  { method: 'POST', path: '/dang-nhap/chung-thu-so/ky-tep', access: 'public', bodyLimit: 300_000, handler: (req) => post(req, 'person') },
  { method: 'GET', path: '/dang-nhap/chung-thu-so/thu-thach', access: 'public', handler: (req) => challenge(req, 'person') },
]
export const officerSignFileRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/login/certificate/file', access: 'public', handler: (req) => show(req, 'officer') },
  { method: 'POST', path: '/desk/login/certificate/file', access: 'public', bodyLimit: 300_000, handler: (req) => post(req, 'officer') },
  { method: 'GET', path: '/desk/login/certificate/challenge', access: 'public', handler: (req) => challenge(req, 'officer') },
]

const challengeName = 'thu-thach.txt'
/** A signature or certificate is a few kilobytes. */
const longestFile = 64_000

const open = async (req: Req, audience: Audience) => {
  const found = await findLogIn(req.ctx.db, browserOf(req).stepToken, { road: 'file', isProved: false }, req.ctx.now)
  return found?.audience === audience ? found : undefined
}

async function show(req: Req, audience: Audience): Promise<Reply> {
  return (await closedWay(req, 'token', audience)) ?? ((await open(req, audience)) ? filePage(req, { audience }) : outcomePage(req, audience, 'too-late'))
}

async function challenge(req: Req, audience: Audience): Promise<Reply> {
  const found = await open(req, audience)
  return found ? file(challengeText(req.ctx.node, found), { type: 'text/plain; charset=utf-8', name: challengeName }) : outcomePage(req, audience, 'too-late')
}

async function post(req: Req, audience: Audience): Promise<Reply> {
  const { ctx, form } = req
  const closed = await closedWay(req, 'token', audience)
  if (closed) return closed
  const [signature, certificate] = ['signature', 'certificate'].map((field) => form.files.find((f) => f.field === field && f.bytes.length > 0))
  const errors: FieldError[] = []
  if (!signature) errors.push({ field: 'signature', key: 'identity.certificate.signature.missing' })
  for (const upload of [signature, certificate]) if (upload && (upload.truncated || upload.bytes.length > longestFile)) errors.push({ field: upload.field, key: 'identity.certificate.file.too_large' })
  if (errors.length > 0) return (await open(req, audience)) ? filePage(req, { audience, errors }) : outcomePage(req, audience, 'too-late')
  const outcome = await proveBySignature(ctx, { ...browserOf(req), signature: signature!.bytes, certificate: certificate?.bytes })
  switch (outcome.kind) {
    case 'proved': return concluded(req, audience)
    case 'wrong': return filePage(req, { audience, errors: [{ field: 'signature', key: 'identity.certificate.signature.wrong' }] })
    case 'wait': return filePage(req, { audience, message: waitSentence(ctx.t, outcome.seconds) })
    case 'expired': return outcomePage(req, audience, 'too-late')
  }
}

interface View { audience: Audience; errors?: FieldError[]; message?: string }

function filePage(req: Req, view: View): Reply {
  const { config } = req.ctx.node
  return page(<SignFile {...view} authorityUrl={config.demo ? config.standIns.authorityUrl : undefined} />, {
    title: req.ctx.t('identity.certificate.file.title'), status: view.errors ? 400 : view.message ? 429 : 200, layout: view.audience === 'officer' ? 'bare' : 'portal',
  })
}

const cmsCommand = `openssl cms -sign -binary -in ${challengeName} -signer chung-thu.pem -inkey khoa.pem -outform DER -out chu-ky.p7s`
const bareCommand = `openssl dgst -sha256 -sign khoa.pem -out chu-ky.sig ${challengeName}`

function SignFile({ audience, errors, message, authorityUrl }: View & { authorityUrl: string | undefined }): VNode {
  const { t } = usePage()
  const mistakes = fieldErrors(errors, t)
  const { challenge: download, file: action, start } = places[audience]
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={start} />
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.certificate.file.title')}</h1>
      <p class="govuk-body">{t('identity.certificate.file.minutes', { minutes: signingSeconds / 60 })}</p>
      <h2 class="govuk-heading-m">{t('identity.certificate.file.step1')}</h2>
      <LinkButton href={download} kind="secondary" download>{t('identity.certificate.file.download')}</LinkButton>
      <h2 class="govuk-heading-m">{t('identity.certificate.file.step2')}</h2>
      <p class="govuk-body">{t('identity.certificate.file.sign_lead')}</p>
      <Details summary={t('identity.certificate.file.openssl')}>
        <p class="govuk-body">{t('identity.certificate.file.cms')}</p>
        <pre class="mc-original"><code>{cmsCommand}</code></pre>
        <p class="govuk-body">{t('identity.certificate.file.bare')}</p>
        <pre class="mc-original"><code>{bareCommand}</code></pre>
      </Details>
      <h2 class="govuk-heading-m">{t('identity.certificate.file.step3')}</h2>
      <Form action={action} files>
        <FileUpload name="signature" label={t('identity.certificate.signature')} hint={t('identity.certificate.signature.hint')} error={mistakes.of('signature')} />
        <FileUpload name="certificate" label={t('identity.certificate.own')} hint={t('identity.certificate.own.hint')} error={mistakes.of('certificate')} accept=".pem,.crt,.cer,.der" />
        <Button>{t('identity.certificate.file.send')}</Button>
      </Form>
      <DemoHint href={authorityUrl} text="identity.certificate.demo" />
    </div></div>
  )
}
