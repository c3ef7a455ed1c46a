import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, Form, InsetText, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { DemoHint } from '../citizens/demo-hint.tsx'
import { finishSeconds, takeTicket, type Audience } from './certificate-log-in.store.ts'
import { places } from './certificate-paths.ts'
import { concluded, outcomePage } from './conclude.page.tsx'
import { closedWay } from './closed-way.page.tsx'
import { startCertificateLogIn } from './start-certificate-log-in.ts'
import { hasCertificateListener } from './tls-listener.ts'

/** At the national node: a person with a certificate on a token. */
export const certificateLogInRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/chung-thu-so', access: 'public', handler: (req) => show(req, 'person') },
  { method: 'POST', path: '/dang-nhap/chung-thu-so', access: 'public', handler: (req) => start(req, 'person') },
  { method: 'GET', path: '/dang-nhap/chung-thu-so/ket-qua', access: 'public', handler: (req) => result(req, 'person') },
]

/** At every node: an officer whose certificate is bound to his account. */
export const officerCertificateLogInRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/login/certificate', access: 'public', handler: (req) => show(req, 'officer') },
  { method: 'POST', path: '/desk/login/certificate', access: 'public', handler: (req) => start(req, 'officer') },
  { method: 'GET', path: '/desk/login/certificate/result', access: 'public', handler: (req) => result(req, 'officer') },
]

const fallback: Readonly<Record<Audience, string>> = { person: '/tai-khoan', officer: '' }

async function show(req: Req, audience: Audience): Promise<Reply> {
  return (await closedWay(req, 'token', audience)) ?? startPage(req, { audience, returnTo: safeReturn(req.query.tiep, fallback[audience]) })
}

async function start(req: Req, audience: Audience): Promise<Reply> {
  const { ctx, form } = req
  const closed = await closedWay(req, 'token', audience)
  if (closed) return closed
  const returnTo = safeReturn(form.get('tiep'), fallback[audience])
  const road = form.get('road') === 'file' || !hasCertificateListener(ctx.node) ? 'file' : 'tls'
  const outcome = await startCertificateLogIn(ctx, { road, audience, returnTo, source: browserOf(req).source })
  if (outcome.kind === 'wait') return startPage(req, { audience, returnTo, message: waitSentence(ctx.t, outcome.seconds) })
  const cookies = [setCookie(ctx.node, 'step', outcome.token, finishSeconds)]
  return road === 'file' ? redirect(places[audience].file, { cookies }) : redirect(`${ctx.node.config.certificateListener!.baseUrl}/?l=${outcome.id}`, { cookies, external: true })
}

/** The browser comes back from the TLS listener. The ticket is used up before anything is shown, and the answer leads to an address without it. */
async function result(req: Req, audience: Audience): Promise<Reply> {
  const { ctx, query } = req
  const browser = browserOf(req)
  if (query.loi === 'khong-co') return outcomePage(req, audience, 'no-certificate')
  const taken = query.ve ? await takeTicket(ctx.db, browser.stepToken, query.ve, ctx.now) : undefined
  return taken ? concluded(req, audience) : outcomePage(req, audience, 'too-late')
}

interface View { audience: Audience; returnTo: string; message?: string }

function startPage(req: Req, view: View): Reply {
  const { config } = req.ctx.node
  return page(<Start {...view} isStepUp={req.ctx.actor.kind === 'person' && view.audience === 'person'} hasListener={hasCertificateListener(req.ctx.node)} authorityUrl={config.demo ? config.standIns.authorityUrl : undefined} />, {
    title: req.ctx.t('identity.certificate.title'), status: view.message ? 429 : 200, layout: view.audience === 'officer' ? 'bare' : 'portal',
  })
}

function Start({ audience, returnTo, message, isStepUp, hasListener, authorityUrl }: View & { isStepUp: boolean; hasListener: boolean; authorityUrl: string | undefined }): VNode {
  const { t } = usePage()
  const { start: action, others } = places[audience]
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={`${others}?tiep=${encodeURIComponent(returnTo)}`} />
      <ErrorSummary message={message} />
      <h1 class="govuk-heading-l">{t('identity.certificate.title')}</h1>
      {isStepUp && <InsetText>{t('identity.certificate.step_up')}</InsetText>}
      <p class="govuk-body">{t(`identity.certificate.lead.${audience}`)}</p>
      {hasListener && (
        <>
          <h2 class="govuk-heading-m">{t('identity.certificate.tls.heading')}</h2>
          <p class="govuk-body">{t('identity.certificate.tls.lead')}</p>
          <Form action={action} hidden={{ tiep: returnTo, road: 'tls' }}><Button>{t('identity.certificate.tls.button')}</Button></Form>
        </>
      )}
      <h2 class="govuk-heading-m">{t('identity.certificate.file.heading')}</h2>
      <p class="govuk-body">{t('identity.certificate.file.lead')}</p>
      <Form action={action} hidden={{ tiep: returnTo, road: 'file' }}><Button kind="secondary">{t('identity.certificate.file.button')}</Button></Form>
      <DemoHint href={authorityUrl} text="identity.certificate.demo" />
    </div></div>
  )
}
