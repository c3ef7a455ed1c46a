import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Button, ErrorSummary, Form, TextInput, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { challengeSeconds, findChallenge } from '../access/challenge.store.ts'
import { clearCookie, sessionCookie, setCookie } from '../access/cookies.ts'
import { logOut } from '../access/log-out.ts'
import { safeReturn } from '../access/return-path.ts'
import { DemoHint } from '../citizens/demo-hint.tsx'
import { confirmOfficerCode } from './confirm-officer-code.ts'
import { startOfficerLogIn } from './start-officer-log-in.ts'

export const officerLogInPath = '/desk/login'
const codePath = '/desk/login/code'

/** Officers: name and password, then the code of the generator. What was wrong is never told apart. */
export const officerLogInRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/login', access: 'public', handler: show },
  { method: 'POST', path: '/desk/login', access: 'public', handler: post },
  { method: 'GET', path: '/desk/login/code', access: 'public', handler: showCode },
  { method: 'POST', path: '/desk/login/code', access: 'public', handler: postCode },
  { method: 'POST', path: '/desk/logout', access: 'public', handler: leave },
]

function show(req: Req): Reply {
  const returnTo = safeReturn(req.query.tiep, '')
  return req.ctx.actor.kind === 'officer' ? redirect(returnTo || '/desk') : namePage(req, { returnTo, login: '' })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const view = { returnTo: safeReturn(form.get('tiep'), ''), login: form.get('login').slice(0, 100) }
  const password = form.get('password')
  if (!view.login || !password || password.length > 200) return namePage(req, { ...view, message: ctx.t('identity.officer.wrong'), status: 400 })
  const outcome = await startOfficerLogIn(ctx, { ...view, password, source: browserOf(req).source })
  if (outcome.kind === 'wait') return namePage(req, { ...view, message: waitSentence(ctx.t, outcome.seconds), status: 429 })
  if (outcome.kind === 'wrong') return namePage(req, { ...view, message: ctx.t('identity.officer.wrong'), status: 400 })
  return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, challengeSeconds)] })
}

async function showCode(req: Req): Promise<Reply> {
  const open = await findChallenge(req.ctx.db, browserOf(req).stepToken, req.ctx.now)
  return open?.purpose === 'officer' ? generatorPage(req, {}) : redirect(officerLogInPath)
}

async function postCode(req: Req): Promise<Reply> {
  const { ctx } = req
  const outcome = await confirmOfficerCode(ctx, { ...browserOf(req), code: req.form.get('code') })
  switch (outcome.kind) {
    case 'logged-in': return redirect(outcome.returnTo, { cookies: [sessionCookie(ctx.node, outcome.token), clearCookie(ctx.node, 'step')] })
    case 'wrong': return generatorPage(req, { message: ctx.t('identity.officer.code_wrong'), status: 400 })
    case 'wait': return generatorPage(req, { message: waitSentence(ctx.t, outcome.seconds), status: 429 })
    case 'expired': return namePage(req, { returnTo: '', login: '', message: ctx.t('identity.officer.expired'), status: 400, isOver: true })
  }
}

async function leave(req: Req): Promise<Reply> {
  await logOut(req.ctx)
  return redirect(officerLogInPath, { cookies: [clearCookie(req.ctx.node, 'session'), clearCookie(req.ctx.node, 'step')] })
}

interface NameView { returnTo: string; login: string; message?: string; status?: number; isOver?: boolean }

function namePage(req: Req, view: NameView): Reply {
  return page(<Name {...view} helpUrl={helpUrl(req)} />, { title: req.ctx.t('identity.officer.title'), layout: 'bare', status: view.status, cookies: view.isOver ? [clearCookie(req.ctx.node, 'step')] : [] })
}

function generatorPage(req: Req, view: { message?: string; status?: number }): Reply {
  return page(<Generator {...view} helpUrl={helpUrl(req)} />, { title: req.ctx.t('identity.officer.code_title'), layout: 'bare', status: view.status })
}

const helpUrl = ({ ctx }: Req): string | undefined => (ctx.node.config.demo ? `${ctx.node.config.standIns.smsUrl}/can-bo` : undefined)

function Name({ returnTo, login, message, helpUrl: help }: NameView & { helpUrl: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <ErrorSummary message={message} />
      <h1 class="govuk-heading-l">{t('identity.officer.title')}</h1>
      <Form action={officerLogInPath} hidden={{ tiep: returnTo }}>
        <TextInput name="login" label={t('identity.officer.login')} value={login} autocomplete="username" spellcheck={false} />
        <TextInput name="password" label={t('identity.officer.password')} type="password" autocomplete="current-password" />
        <Button>{t('identity.officer.continue')}</Button>
      </Form>
      <p class="govuk-body"><a class="govuk-link" href={`/desk/login/certificate?tiep=${encodeURIComponent(returnTo)}`}>{t('identity.certificate.title')}</a></p>
      <p class="govuk-body"><a class="govuk-link" href={`/desk/login/passkey?tiep=${encodeURIComponent(returnTo)}`}>{t('identity.passkey.log_in.title')}</a></p>
      <p class="govuk-body">{t('identity.officer.not_citizens')} <a class="govuk-link" href="/dang-nhap">{t('identity.officer.citizens_here')}</a></p>
      <DemoHint href={help} text="identity.demo.officers" />
    </>
  )
}

function Generator({ message, helpUrl: help }: { message?: string; helpUrl: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <ErrorSummary message={message} />
      <h1 class="govuk-heading-l">{t('identity.officer.code_title')}</h1>
      <Form action={codePath} autocomplete="off">
        <TextInput name="code" label={t('identity.officer.code')} hint={t('identity.officer.code_hint')} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />
        <Button>{t('identity.officer.log_in')}</Button>
      </Form>
      <p class="govuk-body"><a class="govuk-link" href="/desk/login/passkey">{t('identity.passkey.log_in.title')}</a></p>
      <p class="govuk-body"><a class="govuk-link" href={officerLogInPath}>{t('identity.officer.again')}</a></p>
      <DemoHint href={help} text="identity.demo.officers" />
    </>
  )
}
