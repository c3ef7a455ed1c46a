import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Button, ErrorSummary, fieldErrors, Form, LinkButton, TextInput, usePage } from '../../../../ui/index.ts'
import { accessRule } from '../../access/access-rule.ts'
import { browserOf, waitSentence } from '../../access/browser.ts'
import { clearCookie, setCookie } from '../../access/cookies.ts'
import { finishActivation } from '../accounts/finish-activation.ts'
import { activatePath } from '../accounts/issue-activation.ts'
import { findOpenedActivation, openActivation, setUpSeconds, type OpenedActivation } from '../accounts/open-activation.ts'
import { GeneratorCode, qrOf, type SetUpCode } from './generator-code.tsx'

const setUpPath = '/desk/activate/set-up'

/** An officer with an activation code sets what only he may know. No code stands in an address: it is typed. */
export const activateRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/activate', access: 'public', handler: (req) => codePage(req, {}) },
  { method: 'POST', path: '/desk/activate', access: 'public', handler: postCode },
  { method: 'GET', path: '/desk/activate/set-up', access: 'public', handler: (req) => setUpPage(req, {}) },
  { method: 'POST', path: '/desk/activate/set-up', access: 'public', handler: postSetUp },
]

interface CodeView { login?: string; message?: string; status?: number }

function codePage({ ctx }: Req, view: CodeView): Reply {
  return page(<Code {...view} />, { title: ctx.t('identity.officers.activate.title'), layout: 'bare', status: view.status })
}

async function postCode(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const login = form.get('login').slice(0, 100)
  const code = form.get('code').slice(0, 60)
  const outcome = login && code ? await openActivation(ctx, { login, code, source: browserOf(req).source }) : { kind: 'wrong' as const }
  switch (outcome.kind) {
    case 'open': return redirect(setUpPath, { cookies: [setCookie(ctx.node, 'step', outcome.token, setUpSeconds)] })
    case 'wait': return codePage(req, { login, message: waitSentence(ctx.t, outcome.seconds), status: 429 })
    case 'wrong': return codePage(req, { login, message: ctx.t('identity.officers.activate.wrong'), status: 400 })
  }
}

interface View { mistakes?: FieldError[]; message?: string }

async function setUpPage(req: Req, view: View): Promise<Reply> {
  const { ctx } = req
  const activation = await findOpenedActivation(ctx.db, ctx, browserOf(req).stepToken)
  if (!activation) return codePage(req, { message: ctx.t('identity.officers.activate.over'), status: 400 })
  const code = activation.purpose === 'password' ? undefined : await qrOf(ctx, activation.login, activation.totpSecret)
  const { passwordLength } = await accessRule(ctx.db, 'officer', ctx.now)
  return page(<SetUp {...view} {...{ activation, code }} min={passwordLength} />, { title: titleOf(ctx, activation), layout: 'bare', status: view.message ? 429 : view.mistakes ? 400 : 200 })
}

const titleOf = (ctx: Pick<Ctx, 't'>, { purpose }: OpenedActivation): string => ctx.t(`identity.officers.activate.${purpose}`)

async function postSetUp(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const outcome = await finishActivation(ctx, { token: browserOf(req).stepToken, password: form.get('password'), repeat: form.get('repeat'), code: form.get('code') })
  switch (outcome.kind) {
    case 'invalid': return setUpPage(req, { mistakes: outcome.errors })
    case 'wait': return setUpPage(req, { message: waitSentence(ctx.t, outcome.seconds) })
    case 'over': return codePage(req, { message: ctx.t('identity.officers.activate.over'), status: 400 })
    case 'done': return page(<Ready />, { title: ctx.t('identity.officers.activate.done'), layout: 'bare', cookies: [clearCookie(ctx.node, 'step')] })
  }
}

function Code({ login, message }: CodeView): VNode {
  const { t } = usePage()
  return (
    <>
      <ErrorSummary message={message} />
      <h1 class="govuk-heading-l">{t('identity.officers.activate.title')}</h1>
      <p class="govuk-body">{t('identity.officers.activate.lead')}</p>
      <Form action={activatePath} autocomplete="off">
        <TextInput name="login" label={t('identity.officer.login')} value={login} autocomplete="username" spellcheck={false} />
        <TextInput name="code" label={t('identity.officers.activation.code')} hint={t('identity.officers.activate.code_hint')} spellcheck={false} autocomplete="off" code maxLength={40} />
        <Button>{t('identity.officers.continue')}</Button>
      </Form>
    </>
  )
}

interface SetUpProps extends View { activation: OpenedActivation; code: SetUpCode | undefined; min: number }

function SetUp({ activation, code, min, mistakes, message }: SetUpProps): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  const { purpose } = activation
  return (
    <>
      <ErrorSummary errors={mistakes} message={message} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{activation.login}</span>{t(`identity.officers.activate.${purpose}`)}</h1>
      <Form action={setUpPath} autocomplete="off">
        {purpose === 'second-factor'
          ? <TextInput name="password" type="password" label={t('identity.officers.password.current')} error={sentences.of('password')} autocomplete="current-password" width={20} />
          : (
            <>
              <TextInput name="password" type="password" label={t('identity.officers.password.new')} hint={t('identity.officers.password.hint', { min })} error={sentences.of('password')} autocomplete="new-password" width={20} />
              <TextInput name="repeat" type="password" label={t('identity.officers.password.repeat')} error={sentences.of('repeat')} autocomplete="new-password" width={20} />
            </>
          )}
        {code
          ? <GeneratorCode code={code} error={sentences.of('code')} />
          : <TextInput name="code" label={t('identity.officers.generator.code')} hint={t('identity.officers.generator.own_hint')} error={sentences.of('code')} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />}
        <Button>{t('identity.officers.activate.save')}</Button>
      </Form>
    </>
  )
}

function Ready(): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('identity.officers.activate.done')}</h1>
      <p class="govuk-body">{t('identity.officers.activate.done_lead')}</p>
      <LinkButton href="/desk/login?tiep=/desk/account">{t('identity.officer.log_in')}</LinkButton>
    </>
  )
}
