import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, DateInput, ErrorSummary, fieldErrors, Form, joinDate, readDateParts, Select, Textarea, usePage, type DateParts, type Option } from '../../../../ui/index.ts'
import { agencyName, listAgencies, listUnits } from '../../../organisations/index.ts'
import { roleName } from '../../diagram-for.ts'
import type { UserTaskNode } from '../../model.ts'
import { proposeOverride, stepInForce, stepRoles } from '../propose-override.ts'
import { newOverrideHref, newOverridePath, overrideHref, overridesHref, overridesPath } from './hrefs.ts'

/** Proposes who does a step: the agency first, since its units can be chosen then. */
export const newOverrideRoutes: Route[] = [
  { method: 'GET', path: newOverridePath, access: { permission: 'process.give-steps' }, handler: (req) => show(req, { process: req.query.process ?? '', step: req.query.step ?? '', agency: req.query.agency ?? '' }) },
  { method: 'POST', path: overridesPath, access: { permission: 'process.give-steps' }, handler: propose },
]

interface Asked { process: string; step: string; agency: string }
interface Typed { role: string; unit: string; day: DateParts | string; withOpen: boolean; reason: string; mistakes: FieldError[] }

async function propose(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const asked = { process: form.get('process'), step: form.get('step'), agency: form.get('agency') }
  const [day, role, unit] = [readDateParts(form, 'day'), form.get('role'), form.get('unit')]
  const civil = joinDate(day)
  const withOpen = form.all('open').includes('1')
  const { id, mistakes } = await proposeOverride(ctx, {
    processKey: asked.process, elementId: asked.step, agencyCode: asked.agency || null, role: role || null, unitId: unit || null, withOpen, reason: form.get('reason'), validFrom: civil === undefined ? undefined : new Date(`${civil}T00:00:00+07:00`),
  })
  return mistakes.length > 0 ? show(req, asked, { role, unit, day, withOpen, reason: form.get('reason'), mistakes }) : redirect(`${overrideHref(id)}?done=proposed`)
}

async function show(req: Req, asked: Asked, typed?: Typed): Promise<Reply> {
  const { ctx } = req
  const { db, lang, t, now, node } = ctx
  const { step } = await stepInForce(ctx, asked.process, asked.step)
  const [agencies, units] = await Promise.all([listAgencies(db, { nodeCode: node.config.code }), asked.agency ? listUnits(db, asked.agency) : []])
  const view = {
    asked, step, typed: typed ?? { role: '', unit: '', day: civilDate(now), withOpen: false, reason: '', mistakes: [] },
    agencies: agencies.map((agency) => ({ value: agency.code, text: agencyName(agency, lang) })), units: units.map((unit) => ({ value: unit.id, text: lang === 'vi' ? unit.nameVi : unit.nameEn })),
  }
  return page(<NewOverride {...view} />, { title: t('process.override.new', { name: step.name[lang] }), layout: 'desk', status: typed ? 400 : 200 })
}

function NewOverride({ asked, step, typed, agencies, units }: { asked: Asked; step: UserTaskNode; typed: Typed; agencies: Option[]; units: Option[] }): VNode {
  const { t, lang } = usePage()
  const e = fieldErrors(typed.mistakes, t)
  return (
    <>
      <BackLink href={overridesHref(asked.process)}>{t('process.override.title')}</BackLink>
      <ErrorSummary errors={typed.mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('process.override.drawnRole', { role: roleName(t, step.role) })}</span>{t('process.override.new', { name: step.name[lang] })}</h1>
      <Form method="get" action={newOverridePath} hidden={{ process: asked.process, step: asked.step }} class="mc-filter-row">
        <Select name="agency" label={t('process.override.agency')} value={asked.agency} empty={t('process.override.allAgencies')} error={e.of('agency')} options={agencies} />
        <Button kind="secondary">{t('process.override.chooseAgency')}</Button>
      </Form>
      <Form action={overridesPath} hidden={{ process: asked.process, step: asked.step, agency: asked.agency }}>
        <Select name="role" label={t('process.override.role')} value={typed.role} empty={t('process.override.drawnRole', { role: roleName(t, step.role) })} error={e.of('role')} options={stepRoles.filter((role) => role !== step.role).map((role) => ({ value: role, text: roleName(t, role) }))} />
        <Select name="unit" label={t('process.override.unit')} hint={t(asked.agency ? 'process.override.unit.hint' : 'process.override.unit.agencyFirst')} value={typed.unit} empty={t('process.override.unit.matter')} error={e.of('unit')} options={units} />
        <DateInput name="day" label={t('process.override.day')} hint={t('process.override.day.hint')} value={typed.day} error={e.of('day')} />
        <Checkboxes name="open" label={t('process.override.open')} values={typed.withOpen ? ['1'] : []} options={[{ value: '1', text: t('process.override.open.yes'), hint: t('process.override.open.hint') }]} />
        <Textarea name="reason" label={t('process.override.reason')} hint={t('process.move.reason.hint')} rows={3} value={typed.reason} error={e.of('reason')} />
        <p class="govuk-body">{t('process.override.second')}</p>
        <Button>{t('process.override.propose')}</Button> <a class="govuk-link" href={newOverrideHref(asked.process, asked.step)}>{t('process.override.blank')}</a>
      </Form>
    </>
  )
}
