import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, ErrorSummary, fieldErrors, Form, InsetText, Textarea, usePage, WarningText } from '../../../../ui/index.ts'
import { endSessionsOfOfficer } from '../accounts/end-sessions.ts'
import { lockOfficer } from '../accounts/lock-officer.ts'
import { resetPassword } from '../accounts/reset-password.ts'
import { unlockOfficer } from '../accounts/unlock-officer.ts'
import type { Officer } from '../officer.store.ts'
import { openWorkOf, type OpenWork } from '../officer-sources.ts'
import { officerToChange } from '../rights/administration.ts'
import { proposeChange } from '../rights/propose-change.ts'
import { needsSecondPerson, type RightChange } from '../rights/right-change.ts'
import { officerHref, requestHref } from './hrefs.ts'
import { proved } from './proved.tsx'

type ActName = 'lock' | 'unlock' | 'password' | 'generator' | 'leave' | 'sessions'

/** Where an act leads: what the page that follows says, or the request that waits. */
interface Act { run(ctx: Ctx, officerId: string, reason: string): Promise<string>; change?(officerId: string): RightChange }

const asChange = (change: (officerId: string) => RightChange, done: string): Act => ({
  change,
  async run(ctx, officerId, reason) {
    const outcome = await proposeChange(ctx, change(officerId), reason)
    return outcome.kind === 'requested' ? `${requestHref(outcome.requestId)}?done=requested` : `${officerHref(officerId)}?done=${done}`
  },
})
const directly = (act: (ctx: Ctx, officerId: string, reason: string) => Promise<void>, done: string, then = ''): Act => ({
  async run(ctx, officerId, reason) {
    await act(ctx, officerId, reason)
    return `${officerHref(officerId, then)}?done=${done}`
  },
})

const acts: Readonly<Record<ActName, Act>> = {
  lock: directly(lockOfficer, 'locked'),
  unlock: directly(unlockOfficer, 'unlocked'),
  password: directly(resetPassword, 'password', 'activation'),
  sessions: directly(endSessionsOfOfficer, 'sessions'),
  generator: asChange((officerId) => ({ kind: 'reset-second-factor', officerId }), 'password'),
  leave: asChange((officerId) => ({ kind: 'leave', officerId }), 'left'),
}

const routesOf = (name: ActName, path: string): Route[] => [
  { method: 'GET', path, access: { permission: 'identity.manage-officers' }, handler: proved((req) => show(req, name, [])) },
  { method: 'POST', path, access: { permission: 'identity.manage-officers' }, handler: proved((req) => post(req, name)) },
]

/** Acts on an account that ask for a reason and nothing else. Each says what follows before it is done. */
export const actRoutes: readonly Route[] = [
  ...routesOf('lock', '/admin/officers/:id/lock'),
  ...routesOf('unlock', '/admin/officers/:id/unlock'),
  ...routesOf('password', '/admin/officers/:id/password'),
  ...routesOf('generator', '/admin/officers/:id/generator'),
  ...routesOf('leave', '/admin/officers/:id/leave'),
  ...routesOf('sessions', '/admin/officers/:id/sessions'),
]

export const maxReason = 1000

/** A reason is written, and not endless. */
export function checkReason(reason: string): FieldError[] {
  if (reason === '') return [{ field: 'reason', key: 'identity.officers.reason_missing' }]
  return reason.length > maxReason ? [{ field: 'reason', key: 'identity.officers.reason_long', params: { max: maxReason } }] : []
}

async function show(req: Req, name: ActName, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const change = acts[name].change?.(officer.id)
  const [twoPersons, work] = await Promise.all([change ? needsSecondPerson(ctx.db, change, ctx.now) : false, name === 'leave' ? openWorkOf(ctx.db, officer.id, ctx.lang) : []])
  return page(<ActPage {...{ name, officer, mistakes, twoPersons, work }} reason={req.form.get('reason')} />, { title: ctx.t(`identity.officers.act.${name}`), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function post(req: Req, name: ActName): Promise<Reply> {
  const reason = req.form.get('reason')
  const mistakes = checkReason(reason)
  return mistakes.length > 0 ? show(req, name, mistakes) : redirect(await acts[name].run(req.ctx, req.params.id!, reason))
}

interface Props { name: ActName; officer: Officer; mistakes: FieldError[]; twoPersons: boolean; work: OpenWork[]; reason: string }

function ActPage({ name, officer, mistakes, twoPersons, work, reason }: Props): VNode {
  const { t } = usePage()
  const title = t(`identity.officers.act.${name}`)
  return (
    <>
      <BackLink href={officerHref(officer.id)}>{officer.name}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{officer.name}</span>{title}</h1>
      <WarningText>{t(`identity.officers.follows.${name}`)}</WarningText>
      {name === 'leave' && <HandOver work={work} />}
      {twoPersons && <TwoPersons />}
      <ReasonForm action={officerHref(officer.id, name)} back={officerHref(officer.id)} mistakes={mistakes} reason={reason} button={title} />
    </>
  )
}

export function TwoPersons(): VNode {
  const { t } = usePage()
  return <InsetText>{t('identity.officers.two_persons')}</InsetText>
}

/** What lies open with the officer and goes back to the pool. */
export function HandOver({ work }: { work: OpenWork[] }): VNode {
  const { t } = usePage()
  return work.length === 0 ? <p class="govuk-body">{t('identity.officers.work_none')}</p> : (
    <>
      <p class="govuk-body">{t('identity.officers.hand_over', { count: work.length })}</p>
      <ul class="govuk-list govuk-list--bullet">{work.map((w) => <li>{w.name}, {t('identity.officers.work_due', { at: formatDateTime(w.due) })}</li>)}</ul>
    </>
  )
}

export function ReasonForm({ action, back, mistakes, reason, button, hidden }: { action: string; back: string; mistakes: FieldError[]; reason: string; button: string; hidden?: Record<string, string> }): VNode {
  const { t } = usePage()
  return (
    <Form action={action} {...(hidden ? { hidden } : {})}>
      <Textarea name="reason" label={t('identity.officers.reason')} hint={t('identity.officers.reason_hint')} rows={3} value={reason} error={fieldErrors(mistakes, t).of('reason')} />
      <ButtonGroup><Button kind="warning">{button}</Button><a class="govuk-link" href={back}>{t('identity.officers.back')}</a></ButtonGroup>
    </Form>
  )
}
