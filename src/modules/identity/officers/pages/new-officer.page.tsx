import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, InsetText, Select, TextInput, usePage } from '../../../../ui/index.ts'
import { listUnits } from '../../../organisations/index.ts'
import { openOfficerAccount } from '../accounts/open-officer-account.ts'
import type { Choice } from '../officer-sources.ts'
import { officerHref, officersPath } from './hrefs.ts'
import { proved } from './proved.tsx'
import { agencyChoices } from './words.tsx'

/** A new account: first the agency, whose units the second page then offers; without a password, which the officer alone sets. */
export const newOfficerRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/officers/new', access: { permission: 'identity.manage-officers' }, handler: proved((req) => show(req, [])) },
  { method: 'POST', path: '/admin/officers/new', access: { permission: 'identity.manage-officers' }, handler: proved(post) },
]

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx, form, query } = req
  const agencies = await agencyChoices(ctx)
  const asked = form.get('agency') || query.agency || (agencies.length === 1 ? agencies[0]!.value : '')
  const agency = agencies.find((a) => a.value === asked)
  const units = agency ? (await listUnits(ctx.db, agency.value)).map((u) => ({ value: u.id, text: ctx.lang === 'vi' ? u.nameVi : u.nameEn })) : []
  const typed = { login: form.get('login'), name: form.get('name'), email: form.get('email'), unit: form.get('unit') }
  return page(agency ? <Account {...{ agency, units, mistakes, typed }} /> : <ChooseAgency agencies={agencies} />, { title: ctx.t('identity.officers.new.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function post(req: Req): Promise<Reply> {
  const { form } = req
  const outcome = await openOfficerAccount(req.ctx, { login: form.get('login'), name: form.get('name'), email: form.get('email'), agencyCode: form.get('agency'), unitId: form.get('unit') })
  return 'errors' in outcome ? show(req, outcome.errors) : redirect(`${officerHref(outcome.id, 'activation')}?done=added`)
}

function ChooseAgency({ agencies }: { agencies: Choice[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={officersPath}>{t('identity.officers.title')}</BackLink>
      <h1 class="govuk-heading-l">{t('identity.officers.new.title')}</h1>
      <Form method="get" action={`${officersPath}/new`}>
        <Select name="agency" label={t('identity.officers.new.agency')} options={agencies} />
        <Button>{t('identity.officers.continue')}</Button>
      </Form>
    </>
  )
}

interface Props { agency: Choice; units: Choice[]; mistakes: FieldError[]; typed: { login: string; name: string; email: string; unit: string } }

function Account({ agency, units, mistakes, typed }: Props): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={officersPath}>{t('identity.officers.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{agency.text}</span>{t('identity.officers.new.title')}</h1>
      <Form action={`${officersPath}/new`} hidden={{ agency: agency.value }} autocomplete="off">
        <TextInput name="name" label={t('identity.officers.column.name')} value={typed.name} error={errors.of('name')} width="two-thirds" spellcheck={false} />
        <TextInput name="login" label={t('identity.officers.column.login')} hint={t('identity.officers.new.login_hint')} value={typed.login} error={errors.of('login')} width={20} spellcheck={false} />
        <TextInput name="email" label={t('identity.officers.new.email')} hint={t('identity.officers.new.email_hint')} type="email" inputMode="email" value={typed.email} error={errors.of('email')} width="two-thirds" spellcheck={false} />
        {units.length > 0 && <Select name="unit" label={t('identity.officers.column.unit')} value={typed.unit} error={errors.of('unit')} empty={t('identity.officers.no_unit')} options={units} />}
        <InsetText>{t('identity.officers.new.no_password')}</InsetText>
        <Button>{t('identity.officers.new.button')}</Button>
      </Form>
    </>
  )
}
