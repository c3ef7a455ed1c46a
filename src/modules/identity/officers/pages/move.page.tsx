import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ButtonGroup, ErrorSummary, fieldErrors, Form, Select, Textarea, usePage, WarningText } from '../../../../ui/index.ts'
import { listUnits } from '../../../organisations/index.ts'
import type { Officer } from '../officer.store.ts'
import { openWorkOf, type Choice, type OpenWork } from '../officer-sources.ts'
import { officerToChange } from '../rights/administration.ts'
import { proposeChange } from '../rights/propose-change.ts'
import { needsSecondPerson } from '../rights/right-change.ts'
import { checkReason, HandOver, TwoPersons } from './act.routes.tsx'
import { officerHref, requestHref } from './hrefs.ts'
import { proved } from './proved.tsx'
import { agencyChoices } from './words.tsx'

/** Điều chuyển: first the agency, whose units the second page then offers. */
export const moveRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/officers/:id/move', access: { permission: 'identity.manage-officers' }, handler: proved((req) => show(req, [])) },
  { method: 'POST', path: '/admin/officers/:id/move', access: { permission: 'identity.manage-officers' }, handler: proved(post) },
]

interface Props { officer: Officer; agencies: Choice[]; agency: Choice | undefined; units: Choice[]; work: OpenWork[]; twoPersons: boolean; mistakes: FieldError[]; typed: { unit: string; reason: string } }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx, form, query } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const agencies = await agencyChoices(ctx)
  const agency = agencies.find((a) => a.value === (form.get('agency') || query.agency))
  const [units, work, twoPersons] = await Promise.all([agency ? listUnits(ctx.db, agency.value) : [], openWorkOf(ctx.db, officer.id, ctx.lang), needsSecondPerson(ctx.db, { kind: 'leave', officerId: officer.id }, ctx.now)])
  const props: Props = { officer, agencies, agency, units: units.map((u) => ({ value: u.id, text: ctx.lang === 'vi' ? u.nameVi : u.nameEn })), work, twoPersons, mistakes, typed: { unit: form.get('unit'), reason: form.get('reason') } }
  return page(<Move {...props} />, { title: ctx.t('identity.officers.act.move'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const [agencyCode, unitId, reason] = [form.get('agency'), form.get('unit') || null, form.get('reason')]
  const mistakes = checkReason(reason)
  if (unitId && !(await listUnits(ctx.db, agencyCode)).some((u) => u.id === unitId)) mistakes.push({ field: 'unit', key: 'identity.officers.grant.unit_wrong' })
  else if (agencyCode === officer.agencyCode && unitId === officer.unitId) mistakes.push({ field: 'unit', key: 'identity.officers.move.same' })
  if (mistakes.length > 0) return show(req, mistakes)
  const outcome = await proposeChange(ctx, { kind: 'move', officerId: officer.id, agencyCode, unitId }, reason)
  return redirect(outcome.kind === 'requested' ? `${requestHref(outcome.requestId)}?done=requested` : `${officerHref(officer.id)}?done=moved`)
}

function Move({ officer, agencies, agency, units, work, twoPersons, mistakes, typed }: Props): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={officerHref(officer.id)}>{officer.name}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{officer.name}</span>{t('identity.officers.act.move')}</h1>
      {!agency ? (
        <Form method="get" action={officerHref(officer.id, 'move')}>
          <Select name="agency" label={t('identity.officers.move.agency')} value={officer.agencyCode} options={agencies} />
          <Button>{t('identity.officers.continue')}</Button>
        </Form>
      ) : (
        <>
          <WarningText>{t('identity.officers.follows.move')}</WarningText>
          <HandOver work={work} />
          {twoPersons && <TwoPersons />}
          <p class="govuk-body">{t('identity.officers.move.to')} <strong>{agency.text}</strong></p>
          <Form action={officerHref(officer.id, 'move')} hidden={{ agency: agency.value }}>
            <Select name="unit" label={t('identity.officers.move.unit')} value={typed.unit} error={sentences.of('unit')} empty={t('identity.officers.no_unit')} options={units} />
            <Textarea name="reason" label={t('identity.officers.reason')} hint={t('identity.officers.reason_hint')} rows={3} value={typed.reason} error={sentences.of('reason')} />
            <ButtonGroup><Button kind="warning">{t('identity.officers.act.move')}</Button><a class="govuk-link" href={officerHref(officer.id)}>{t('identity.officers.back')}</a></ButtonGroup>
          </Form>
        </>
      )}
    </>
  )
}
