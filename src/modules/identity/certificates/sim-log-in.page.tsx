import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, InsetText, TextInput, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { DemoHint } from '../citizens/demo-hint.tsx'
import { cleanPhone } from '../citizens/person-fields.ts'
import { finishSeconds } from './certificate-log-in.store.ts'
import { simLogInPath } from './certificate-paths.ts'
import { closedWay } from './closed-way.page.tsx'
import { concluded, outcomePage } from './conclude.page.tsx'
import { followSimLogIn, startSimLogIn } from './sim-log-in.ts'

const waitingPath = '/dang-nhap/sim-ky-so/cho-xac-nhan'
/** Seconds after which the waiting page asks again by itself. */
const again = 5

/** At the national node: a person with a certificate on the SIM of his telephone. */
export const simLogInRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/sim-ky-so', access: 'public', handler: show },
  { method: 'POST', path: '/dang-nhap/sim-ky-so', access: 'public', handler: post },
  { method: 'GET', path: '/dang-nhap/sim-ky-so/cho-xac-nhan', access: 'public', handler: (req) => follow(req, false) },
  { method: 'POST', path: '/dang-nhap/sim-ky-so/cho-xac-nhan', access: 'public', handler: (req) => follow(req, true) },
]

async function show(req: Req): Promise<Reply> {
  return (await closedWay(req, 'sim')) ?? phonePage(req, { returnTo: safeReturn(req.query.tiep, '/tai-khoan'), typed: '' })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const closed = await closedWay(req, 'sim')
  if (closed) return closed
  const view = { returnTo: safeReturn(form.get('tiep'), '/tai-khoan'), typed: form.get('phone') }
  const phone = cleanPhone(view.typed)
  if (!phone) return phonePage(req, { ...view, errors: [{ field: 'phone', key: `identity.field.phone.${view.typed ? 'invalid' : 'missing'}` }] })
  const outcome = await startSimLogIn(ctx, { phone, returnTo: view.returnTo, source: browserOf(req).source })
  switch (outcome.kind) {
    case 'open': return redirect(waitingPath, { cookies: [setCookie(ctx.node, 'step', outcome.token, finishSeconds)] })
    case 'wait': return phonePage(req, { ...view, message: waitSentence(ctx.t, outcome.seconds), status: 429 })
    case 'no-sim': return phonePage(req, { ...view, errors: [{ field: 'phone', key: 'identity.certificate.sim.unknown' }] })
    case 'blocked': return outcomePage(req, 'person', 'blocked')
    case 'unavailable': return phonePage(req, { ...view, message: ctx.t('identity.certificate.fault.unavailable'), status: 503 })
  }
}

/** Asks the operator, by itself or by the button; when the person has confirmed, the log-in is finished here. */
async function follow(req: Req, isPressed: boolean): Promise<Reply> {
  const { ctx } = req
  const closed = await closedWay(req, 'sim')
  if (closed) return closed
  const progress = await followSimLogIn(ctx, browserOf(req))
  if (progress.kind === 'proved') return concluded(req, 'person')
  if (progress.kind !== 'waiting') return outcomePage(req, 'person', progress.kind === 'expired' ? 'too-late' : progress.kind)
  const { config } = ctx.node
  return page(<Waiting code={progress.code} isEarly={isPressed} smsUrl={config.demo ? config.standIns.smsUrl : undefined} />, { title: ctx.t('identity.certificate.sim.waiting.title'), headers: { refresh: `${again}; url=${waitingPath}` } })
}

interface View { returnTo: string; typed: string; errors?: FieldError[]; message?: string; status?: number }

function phonePage(req: Req, view: View): Reply {
  const { config } = req.ctx.node
  return page(<Phone {...view} isStepUp={req.ctx.actor.kind === 'person'} smsUrl={config.demo ? config.standIns.smsUrl : undefined} />, { title: req.ctx.t('identity.certificate.sim.title'), status: view.status ?? (view.errors ? 400 : 200) })
}

function Phone({ returnTo, typed, errors, message, isStepUp, smsUrl }: View & { isStepUp: boolean; smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={`/dang-nhap?tiep=${encodeURIComponent(returnTo)}`} />
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.certificate.sim.title')}</h1>
      {isStepUp && <InsetText>{t('identity.certificate.step_up')}</InsetText>}
      <p class="govuk-body">{t('identity.certificate.sim.lead')}</p>
      <Form action={simLogInPath} hidden={{ tiep: returnTo }}>
        <TextInput name="phone" label={t('identity.certificate.sim.phone')} hint={t('identity.field.phone.hint')} value={typed} error={fieldErrors(errors, t).of('phone')} type="tel" inputMode="tel" autocomplete="tel" width={20} />
        <Button>{t('identity.certificate.sim.button')}</Button>
      </Form>
      <DemoHint href={smsUrl && `${smsUrl}/nguoi-dan`} text="identity.demo.people" />
    </div></div>
  )
}

function Waiting({ code, isEarly, smsUrl }: { code: string; isEarly: boolean; smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.certificate.sim.waiting.title')}</h1>
      {isEarly && <p class="govuk-body" role="status">{t('identity.certificate.sim.waiting.early')}</p>}
      <p class="govuk-body">{t('identity.certificate.sim.waiting.lead')}</p>
      <p class="govuk-heading-xl"><span class="govuk-visually-hidden">{t('identity.certificate.sim.waiting.code')} </span><span class="mc-code">{code}</span></p>
      <p class="govuk-body">{t('identity.certificate.sim.waiting.compare')}</p>
      <Form action={waitingPath}><Button>{t('identity.certificate.sim.waiting.done')}</Button></Form>
      <p class="govuk-body"><a class="govuk-link" href={simLogInPath}>{t('identity.certificate.sim.waiting.other')}</a></p>
      <DemoHint href={smsUrl && `${smsUrl}/sim`} text="identity.certificate.sim.demo" />
    </div></div>
  )
}
