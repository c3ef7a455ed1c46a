import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, DateInput, ErrorSummary, fieldErrors, Form, InsetText, joinDate, Radios, readDateParts, Select, Textarea, TextInput, usePage, WarningText } from '../../../../ui/index.ts'
import { listUnits } from '../../../organisations/index.ts'
import { errors } from '../../identity.errors.ts'
import { isAdministrative, isRole, roles, type Role } from '../../roles.ts'
import { knownProcedures, sectorChoices, type Choice } from '../officer-sources.ts'
import type { Officer } from '../officer.store.ts'
import { mayGive, officerToChange } from '../rights/administration.ts'
import { findGrant, type Grant } from '../rights/grant.store.ts'
import { proposeChange } from '../rights/propose-change.ts'
import { nextDay } from '../substitutes/name-substitute.ts'
import { checkReason, ReasonForm, TwoPersons } from './act.routes.tsx'
import { officerHref, requestHref, withdrawHref } from './hrefs.ts'
import { proved } from './proved.tsx'
import { agencyChoices, readNames, roleWords, scopeWords, type Names } from './words.tsx'

/** Giving a role with its scope and its days, and taking one back. */
export const grantRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/officers/:id/grant', access: { permission: 'identity.manage-officers' }, handler: proved((req) => show(req, [])) },
  { method: 'POST', path: '/admin/officers/:id/grant', access: { permission: 'identity.manage-officers' }, handler: proved(post) },
  { method: 'GET', path: '/admin/officers/:id/grants/:key/withdraw', access: { permission: 'identity.manage-officers' }, handler: proved((req) => showWithdraw(req, [])) },
  { method: 'POST', path: '/admin/officers/:id/grants/:key/withdraw', access: { permission: 'identity.manage-officers' }, handler: proved(postWithdraw) },
]

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx, form } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const [agencies, unitRows, sectors] = await Promise.all([agencyChoices(ctx), listUnits(ctx.db, officer.agencyCode), sectorChoices(ctx.db, ctx.lang)])
  const own = (await readNames(ctx, [officer])).agency(officer.agencyCode)
  const offered = roles.filter((role) => [officer.agencyCode, ctx.node.config.code].some((code) => mayGive(ctx, role, code)))
  const props = { officer, offered, agencies: agencies.some((a) => a.value === officer.agencyCode) ? agencies : [{ value: officer.agencyCode, text: own }, ...agencies], sectors, units: unitRows.map((u) => ({ value: u.id, text: ctx.lang === 'vi' ? u.nameVi : u.nameEn })), form, mistakes }
  return page(<Grant_ {...props} />, { title: ctx.t('identity.officers.act.grant'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const { mistakes, grant } = await readGrant(ctx, officer, form)
  if (mistakes.length > 0 || !grant) return show(req, mistakes)
  const outcome = await proposeChange(ctx, { kind: 'grant', officerId: officer.id, grant }, form.get('reason'))
  return redirect(outcome.kind === 'requested' ? `${requestHref(outcome.requestId)}?done=requested` : `${officerHref(officer.id)}?done=granted`)
}

async function readGrant(ctx: Ctx, officer: Officer, form: FormBody) {
  const [role, agencyCode, unitId, sectorCode, procedureCode] = ['role', 'agency', 'unit', 'sector', 'procedure'].map((name) => form.get(name)) as [string, string, string, string, string]
  const mistakes = checkReason(form.get('reason'))
  const wrong = (field: string, what: string): void => void mistakes.push({ field, key: `identity.officers.grant.${what}` })
  const day = (name: string): string | null | undefined => (Object.values(readDateParts(form, name)).every((part) => part === '') ? null : joinDate(readDateParts(form, name)))
  const [from, until] = [day('from'), day('until')]
  const today = civilDate(ctx.now)
  if (!isRole(role)) wrong('role', 'role_missing')
  else if (!mayGive(ctx, role, agencyCode)) wrong('agency', role.endsWith('-admin') ? 'agency_admin' : 'agency_wrong')
  if (unitId && !(await listUnits(ctx.db, agencyCode)).some((u) => u.id === unitId)) wrong('unit', 'unit_wrong')
  if (procedureCode && (await knownProcedures(ctx.db, [procedureCode], ctx.lang))?.has(procedureCode) === false) wrong('procedure', 'procedure_wrong')
  if (isRole(role) && isAdministrative(role) && (unitId || sectorCode || procedureCode)) wrong('role', 'no_limits')
  if (from === undefined || (from !== null && from < today)) wrong('from', 'from_wrong')
  if (until === undefined || (until !== null && until < (from ?? today))) wrong('until', 'until_wrong')
  const grant = mistakes.length > 0 || !isRole(role) ? undefined : { role, agencyCode, unitId: unitId || null, sectorCode: sectorCode || null, procedureCode: procedureCode || null, validFrom: from ?? null, validTo: until ? nextDay(until) : null }
  return { mistakes: mistakes.sort((a, b) => Number(a.field === 'reason') - Number(b.field === 'reason')), grant }
}

interface Props { officer: Officer; offered: Role[]; agencies: Choice[]; units: Choice[]; sectors: Choice[]; form: FormBody; mistakes: FieldError[] }

function Grant_({ officer, offered, agencies, units, sectors, form, mistakes }: Props): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={officerHref(officer.id)}>{officer.name}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{officer.name}</span>{t('identity.officers.act.grant')}</h1>
      <InsetText>{t('identity.officers.grant.two_persons')}</InsetText>
      <Form action={officerHref(officer.id, 'grant')}>
        <Radios name="role" label={t('identity.officers.column.role')} value={form.get('role')} error={sentences.of('role')} options={offered.map((value) => ({ value, text: roleWords(t, value), hint: t(`identity.officers.role_hint.${value}`) }))} />
        <Select name="agency" label={t('identity.officers.grant.agency')} hint={t('identity.officers.grant.agency_hint')} value={form.get('agency') || officer.agencyCode} error={sentences.of('agency')} options={agencies} />
        {units.length > 0 && <Select name="unit" label={t('identity.officers.grant.unit')} hint={t('identity.officers.grant.unit_hint')} value={form.get('unit')} error={sentences.of('unit')} empty={t('identity.officers.grant.all_units')} options={units} />}
        {sectors.length > 0 && <Select name="sector" label={t('identity.officers.grant.sector')} value={form.get('sector')} error={sentences.of('sector')} empty={t('identity.officers.grant.all_sectors')} options={sectors} />}
        <TextInput name="procedure" label={t('identity.officers.grant.procedure')} hint={t('identity.officers.grant.procedure_hint')} value={form.get('procedure')} error={sentences.of('procedure')} width={20} spellcheck={false} />
        <DateInput name="from" label={t('identity.officers.grant.from')} hint={t('identity.officers.grant.from_hint')} value={readDateParts(form, 'from')} error={sentences.of('from')} />
        <DateInput name="until" label={t('identity.officers.grant.until')} hint={t('identity.officers.grant.until_hint')} value={readDateParts(form, 'until')} error={sentences.of('until')} />
        <Textarea name="reason" label={t('identity.officers.reason')} hint={t('identity.officers.reason_hint')} rows={3} value={form.get('reason')} error={sentences.of('reason')} />
        <ButtonGroup><Button>{t('identity.officers.act.grant')}</Button><a class="govuk-link" href={officerHref(officer.id)}>{t('identity.officers.back')}</a></ButtonGroup>
      </Form>
    </>
  )
}

async function showWithdraw(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const grant = await findGrant(ctx.db, req.params.key!)
  if (!grant || grant.officerId !== officer.id || grant.revokedAt) throw errors.GRANT_NOT_FOUND()
  const names = await readNames(ctx, [grant])
  return page(<Withdraw {...{ officer, grant, names, mistakes }} reason={req.form.get('reason')} />, { title: ctx.t('identity.officers.act.withdraw'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function postWithdraw(req: Req): Promise<Reply> {
  const { ctx, params } = req
  const reason = req.form.get('reason')
  const mistakes = checkReason(reason)
  if (mistakes.length > 0) return showWithdraw(req, mistakes)
  const outcome = await proposeChange(ctx, { kind: 'withdraw', officerId: params.id!, grantId: params.key! }, reason)
  return redirect(outcome.kind === 'requested' ? `${requestHref(outcome.requestId)}?done=requested` : `${officerHref(params.id!)}?done=withdrawn`)
}

function Withdraw({ officer, grant, names, mistakes, reason }: { officer: Officer; grant: Grant; names: Names; mistakes: FieldError[]; reason: string }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={officerHref(officer.id)}>{officer.name}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{officer.name}</span>{t('identity.officers.act.withdraw')}</h1>
      <p class="govuk-body"><strong>{roleWords(t, grant.role)}</strong>: {scopeWords(t, names, grant)}</p>
      <WarningText>{t('identity.officers.follows.withdraw')}</WarningText>
      {isAdministrative(grant.role) && <TwoPersons />}
      <ReasonForm action={withdrawHref(officer.id, grant.id)} back={officerHref(officer.id)} mistakes={mistakes} reason={reason} button={t('identity.officers.act.withdraw')} />
    </>
  )
}
