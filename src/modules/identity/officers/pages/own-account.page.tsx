import type { VNode } from 'preact'
import type { Officer as OfficerActor } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { Button, ButtonGroup, EmptyState, ErrorSummary, fieldErrors, Form, LinkButton, SummaryList, Table, TextInput, usePage, BackLink } from '../../../../ui/index.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { accessRule, type AccessRule } from '../../access/access-rule.ts'
import { waitSentence } from '../../access/browser.ts'
import { endOwnOfficerSessions, listOfficerSessions, type OfficerSession } from '../../access/session.store.ts'
import { errors } from '../../identity.errors.ts'
import { isAdministrator } from '../../roles.ts'
import { changePassword } from '../accounts/change-password.ts'
import { beginGenerator, confirmGenerator, pendingSecret } from '../accounts/renew-generator.ts'
import { findOfficer, type Officer } from '../officer.store.ts'
import { grantsOf, grantState, type Grant } from '../rights/grant.store.ts'
import { GeneratorCode, qrOf } from './generator-code.tsx'
import { ownAccountPath, substitutesPath } from './hrefs.ts'
import { SessionTable } from './officer.page.tsx'
import { Done, readNames, roleWords, scopeWords, type Names } from './words.tsx'

/** What an officer sees and does for himself: rights, log-ins, open sessions, password, code generator. */
export const ownAccountRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/account', access: 'officer', handler: show },
  { method: 'POST', path: '/desk/account/sessions', access: { permission: 'identity.own-account' }, handler: endSessions },
  { method: 'GET', path: '/desk/account/password', access: { permission: 'identity.own-account' }, handler: (req) => passwordPage(req, {}) },
  { method: 'POST', path: '/desk/account/password', access: { permission: 'identity.own-account' }, handler: postPassword },
  { method: 'GET', path: '/desk/account/generator', access: { permission: 'identity.own-account' }, handler: (req) => generatorPage(req, {}) },
  { method: 'POST', path: '/desk/account/generator', access: { permission: 'identity.own-account' }, handler: postGenerator },
]

function ownActor(ctx: Ctx): OfficerActor {
  if (ctx.actor.kind !== 'officer') throw errors.OFFICER_NOT_FOUND()
  return ctx.actor
}

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const actor = ownActor(ctx)
  const audience = (actor.scopes ?? []).some((s) => s.inPlaceOf === undefined && isAdministrator(s.role)) ? 'administrator' : 'officer'
  const [officer, grants, sessions, rule] = await Promise.all([findOfficer(ctx.db, actor.id), grantsOf(ctx.db, actor.id), listOfficerSessions(ctx.db, actor.id, ctx.now), accessRule(ctx.db, audience, ctx.now)])
  const current = grants.filter((g) => ['current', 'future'].includes(grantState(g, ctx.now)))
  const names = await readNames(ctx, [officer!, ...current])
  return page(<Account {...{ officer: officer!, grants: current, sessions, rule, names, actor }} done={req.query.done} />, { title: ctx.t('identity.officers.own.title'), layout: 'desk' })
}

async function endSessions(req: Req): Promise<Reply> {
  const { ctx } = req
  const actor = ownActor(ctx)
  const which = req.form.get('session')
  if (which === 'others' || isId(which)) {
    await transact(ctx, async (tx) => {
      const sessions = await endOwnOfficerSessions(tx, { officerId: actor.id, currentId: actor.sessionId }, which, ctx.now)
      if (sessions > 0) await appendEvent(tx, ctx, { type: 'identity.sessions_ended', subject: actor.id, data: { sessions } })
    })
  }
  return redirect(`${ownAccountPath}?done=sessions`)
}

interface Props { officer: Officer; grants: Grant[]; sessions: OfficerSession[]; rule: AccessRule; names: Names; actor: OfficerActor; done: string | undefined }

function Account({ officer, grants, sessions, rule, names, actor, done }: Props): VNode {
  const { t } = usePage()
  const others = sessions.filter((s) => s.isOpen && s.id !== actor.sessionId)
  return (
    <>
      <Done what={done} />
      <h1 class="govuk-heading-l">{t('identity.officers.own.title')}</h1>
      <SummaryList rows={[
        { key: t('identity.officers.column.name'), value: officer.name },
        { key: t('identity.officers.column.login'), value: officer.login },
        { key: t('identity.officers.column.agency'), value: [names.agency(officer.agencyCode), ...(officer.unitId ? [names.unit(officer.unitId)] : [])].join('; ') },
        { key: t('identity.officers.own.limits'), value: <>{t('identity.officers.own.limits_words', { idle: rule.idleMinutes, longest: rule.longestHours, parallel: rule.parallelSessions })}{actor.idleUntil && <> {t('identity.officers.own.ends_at', { at: formatTime(actor.idleUntil) })}</>}</> },
      ]} />
      <ButtonGroup>
        <LinkButton kind="secondary" href={`${ownAccountPath}/password`}>{t('identity.officers.own.password')}</LinkButton>
        <LinkButton kind="secondary" href={`${ownAccountPath}/generator`}>{t('identity.officers.own.generator')}</LinkButton>
        {actor.permissions.has('identity.own-passkeys') && <a class="govuk-link" href="/desk/passkeys">{t('identity.passkey.title')}</a>}
        {actor.permissions.has('identity.name-substitutes') && <a class="govuk-link" href={substitutesPath}>{t('identity.officers.substitute.title')}</a>}
      </ButtonGroup>
      <h2 class="govuk-heading-m">{t('identity.officers.grants')}</h2>
      {grants.length === 0 ? <EmptyState title={t('identity.officers.own.no_grants')} /> : (
        <Table caption={t('identity.officers.grants')} captionHidden columns={[{ header: t('identity.officers.column.role') }, { header: t('identity.officers.column.scope') }]} rows={grants.map((g) => [roleWords(t, g.role), scopeWords(t, names, g)])} />
      )}
      <h2 class="govuk-heading-m">{t('identity.officers.sessions')}</h2>
      <SessionTable sessions={sessions} currentId={actor.sessionId} />
      {others.length > 0 && <Form action={`${ownAccountPath}/sessions`} hidden={{ session: 'others' }}><Button kind="secondary">{t('identity.officers.own.end_others')}</Button></Form>}
    </>
  )
}

interface View { mistakes?: FieldError[]; message?: string | undefined }
const statusOf = ({ mistakes, message }: View): number => (message ? 429 : mistakes ? 400 : 200)

async function postPassword(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const outcome = await changePassword(ctx, { current: form.get('current'), password: form.get('password'), repeat: form.get('repeat') })
  if (outcome.kind === 'done') return redirect(`${ownAccountPath}?done=password_changed`)
  return passwordPage(req, outcome.kind === 'wait' ? { message: waitSentence(ctx.t, outcome.seconds) } : { mistakes: outcome.errors })
}

async function passwordPage({ ctx }: Req, view: View): Promise<Reply> {
  const { passwordLength } = await accessRule(ctx.db, 'officer', ctx.now)
  const title = ctx.t('identity.officers.own.password')
  return page(<Password {...view} min={passwordLength} />, { title, layout: 'desk', status: statusOf(view) })
}

function Password({ mistakes, message, min }: View & { min: number }): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={ownAccountPath}>{t('identity.officers.own.title')}</BackLink>
      <ErrorSummary errors={mistakes} message={message} />
      <h1 class="govuk-heading-l">{t('identity.officers.own.password')}</h1>
      <Form action={`${ownAccountPath}/password`}>
        <TextInput name="current" type="password" label={t('identity.officers.password.current')} error={sentences.of('current')} autocomplete="current-password" width={20} />
        <TextInput name="password" type="password" label={t('identity.officers.password.new')} hint={t('identity.officers.password.hint', { min })} error={sentences.of('password')} autocomplete="new-password" width={20} />
        <TextInput name="repeat" type="password" label={t('identity.officers.password.repeat')} error={sentences.of('repeat')} autocomplete="new-password" width={20} />
        <Button>{t('identity.officers.own.password')}</Button>
      </Form>
    </>
  )
}

/** One address, two steps: the password first, then, while a new generator waits, its code. */
async function postGenerator(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const actor = ownActor(ctx)
  const isConfirmation = form.get('step') === 'confirm'
  const outcome = await (isConfirmation ? confirmGenerator(ctx, actor, form.get('code')) : beginGenerator(ctx, actor.id, form.get('current')))
  if (outcome.kind === 'wait') return generatorPage(req, { message: waitSentence(ctx.t, outcome.seconds) })
  if (outcome.kind === 'invalid') return generatorPage(req, { mistakes: outcome.errors })
  return redirect(isConfirmation ? `${ownAccountPath}?done=generator_renewed` : `${ownAccountPath}/generator`)
}

async function generatorPage({ ctx }: Req, view: View): Promise<Reply> {
  const actor = ownActor(ctx)
  const [officer, secret] = await Promise.all([findOfficer(ctx.db, actor.id), pendingSecret(ctx.db, ctx, actor.id)])
  const code = secret ? await qrOf(ctx, officer!.login, secret) : undefined
  return page(<Generator {...view} code={code} />, { title: ctx.t('identity.officers.own.generator'), layout: 'desk', status: statusOf(view) })
}

function Generator({ mistakes, message, code }: View & { code: Awaited<ReturnType<typeof qrOf>> | undefined }): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={ownAccountPath}>{t('identity.officers.own.title')}</BackLink>
      <ErrorSummary errors={mistakes} message={message} />
      <h1 class="govuk-heading-l">{t('identity.officers.own.generator')}</h1>
      {code ? (
        <Form action={`${ownAccountPath}/generator`} hidden={{ step: 'confirm' }} autocomplete="off">
          <GeneratorCode code={code} error={sentences.of('code')} />
          <Button>{t('identity.officers.generator.confirm')}</Button>
        </Form>
      ) : (
        <Form action={`${ownAccountPath}/generator`} hidden={{ step: 'begin' }}>
          <p class="govuk-body">{t('identity.officers.generator.renew_lead')}</p>
          <TextInput name="current" type="password" label={t('identity.officers.password.current')} error={sentences.of('current')} autocomplete="current-password" width={20} />
          <Button>{t('identity.officers.continue')}</Button>
        </Form>
      )}
    </>
  )
}
