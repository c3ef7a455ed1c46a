import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { BackLink, Button, Details, ErrorSummary, fieldErrors, Form, Tag, TextInput } from '../../../ui/index.ts'
import { mendDossier, redriveDossier, setDossierAside } from '../client/redrive-dossier.ts'
import { mendable } from '../messages/check-message.ts'
import { errors } from '../national-portal.errors.ts'
import { deadHref, portalHref, redriveHref, setAsideHref } from './hrefs.ts'
import { findDead, type DeadDossier } from './overview.store.ts'
import { fieldWords, reasonsOf } from './problem-words.ts'

const access = { permission: 'national-portal.manage' } as const

async function getDead(ctx: Ctx, id: string | undefined): Promise<DeadDossier> {
  const dead = await findDead(ctx.db, id ?? '')
  if (!dead) throw errors.NOT_DEAD()
  return dead
}

/** Why one dossier could not be told, and what can be done about it. Values of its fields are not shown: who administers does not read dossiers. */
const show = async (ctx: Ctx, id: string | undefined, typed: Readonly<Record<string, string>> = {}, mistakes: readonly FieldError[] = []): Promise<Reply> => {
  const dead = await getDead(ctx, id)
  return page(<DeadPage ctx={ctx} dead={dead} typed={typed} mistakes={mistakes} />, { title: ctx.t('national-portal.dead.one', { number: dead.number }), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function DeadPage({ ctx, dead, typed, mistakes }: { ctx: Ctx; dead: DeadDossier; typed: Readonly<Record<string, string>>; mistakes: readonly FieldError[] }): VNode {
  const { t } = ctx
  const texts = fieldErrors(mistakes, t)
  const wrong = new Set(dead.problems.map((p) => p.field))
  const names = Object.keys(mendable)
  const [first, others] = [names.filter((n) => wrong.has(n)), names.filter((n) => !wrong.has(n))]
  const input = (name: string): VNode => <TextInput name={name} label={fieldWords(t, name)} value={typed[name] ?? ''} error={texts.of(name)} autocomplete="off" {...(dead.mended.includes(name) ? { hint: t('national-portal.mend.isMended') } : {})} />
  return (
    <>
      <BackLink href={portalHref()}>{t('national-portal.dead.back')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('national-portal.dead.one', { number: dead.number })}</h1>
      {dead.isSetAside && <p class="govuk-body"><Tag tone="paused">{t('national-portal.dead.isSetAside')}</Tag></p>}
      <ul class="govuk-list govuk-list--bullet">{reasonsOf(t, dead).map((reason) => <li>{reason}</li>)}</ul>
      <Form action={redriveHref(dead.id)}><Button>{t('national-portal.redrive')}</Button></Form>
      {!dead.isSetAside && <p class="govuk-body"><a class="govuk-link" href={setAsideHref(dead.id)}>{t('national-portal.dead.setAside')}</a></p>}
      <h2 class="govuk-heading-m">{t('national-portal.mend.title')}</h2>
      <p class="govuk-body">{t('national-portal.mend.lead')}</p>
      <Form action={deadHref(dead.id)}>
        {first.map(input)}
        {first.length === 0 ? others.map(input) : <Details summary={t('national-portal.mend.others')}>{others.map(input)}</Details>}
        <Button kind="secondary">{t('national-portal.mend.button')}</Button>
      </Form>
    </>
  )
}

function ConfirmPage({ ctx: { t }, dead }: { ctx: Ctx; dead: DeadDossier }): VNode {
  return (
    <>
      <BackLink href={deadHref(dead.id)}>{t('national-portal.dead.one', { number: dead.number })}</BackLink>
      <h1 class="govuk-heading-l">{t('national-portal.dead.setAsideTitle', { number: dead.number })}</h1>
      <p class="govuk-body">{t('national-portal.dead.setAsideText')}</p>
      <Form action={setAsideHref(dead.id)}><Button kind="warning">{t('national-portal.dead.setAside')}</Button></Form>
    </>
  )
}

export const deadDossierRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/national-portal/dossiers/:id', access, handler: ({ ctx, params }) => show(ctx, params.id) },
  { method: 'POST', path: '/admin/national-portal/dossiers/:id', access, handler: async ({ ctx, params, form }) => {
    const dead = await getDead(ctx, params.id)
    const typed = Object.fromEntries(Object.keys(mendable).map((name) => [name, form.get(name)]).filter(([, value]) => value!.trim() !== '')) as Record<string, string>
    const mistakes = Object.keys(typed).length === 0 ? [{ field: dead.problems.find((p) => p.field in mendable)?.field ?? Object.keys(mendable)[0]!, key: 'national-portal.mend.nothing' }] : await mendDossier(ctx, dead.id, typed)
    return mistakes.length > 0 ? show(ctx, dead.id, typed, mistakes) : redirect(portalHref('redriven'))
  } },
  { method: 'POST', path: '/admin/national-portal/dossiers/:id/redrive', access, handler: async ({ ctx, params }) => {
    await redriveDossier(ctx, params.id ?? '')
    return redirect(portalHref('redriven'))
  } },
  { method: 'GET', path: '/admin/national-portal/dossiers/:id/set-aside', access, handler: async ({ ctx, params }) => {
    const dead = await getDead(ctx, params.id)
    return page(<ConfirmPage ctx={ctx} dead={dead} />, { title: ctx.t('national-portal.dead.setAsideTitle', { number: dead.number }), layout: 'desk' })
  } },
  { method: 'POST', path: '/admin/national-portal/dossiers/:id/set-aside', access, handler: async ({ ctx, params }) => {
    await setDossierAside(ctx, params.id ?? '')
    return redirect(portalHref('set-aside'))
  } },
]
