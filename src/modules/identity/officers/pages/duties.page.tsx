import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate } from '../../../../platform/i18n.ts'
import { Button, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, Select, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { listUnits } from '../../../organisations/index.ts'
import { knownProcedures, sectorChoices, type Choice } from '../officer-sources.ts'
import { endUnitDuty, listUnitDuties, nameUnit, type UnitDuty } from '../rights/unit-duties.ts'
import { dutiesPath } from './hrefs.ts'
import { proved } from './proved.tsx'
import { agencyChoices, Done, readNames, type Names } from './words.tsx'

/** Which unit of an agency is in charge of which sector or procedure: what a role limited to a unit reaches. */
export const dutyRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/unit-duties', access: { permission: 'identity.manage-officers' }, handler: proved((req) => show(req, [])) },
  { method: 'POST', path: '/admin/unit-duties', access: { permission: 'identity.manage-officers' }, handler: proved(post) },
  { method: 'POST', path: '/admin/unit-duties/:id/end', access: { permission: 'identity.manage-officers' }, handler: proved(async (req) => {
    await endUnitDuty(req.ctx, req.params.id!)
    return redirect(`${dutiesPath}?agency=${encodeURIComponent(req.form.get('agency'))}&done=ended`)
  }) },
]

interface Props { agencies: Choice[]; agency: Choice | undefined; units: Choice[]; sectors: Choice[]; duties: UnitDuty[]; names: Names; mistakes: FieldError[]; typed: Record<'unit' | 'sector' | 'procedure', string>; done: string | undefined }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx, form, query } = req
  const { db, lang, now, actor } = ctx
  const agencies = await agencyChoices(ctx)
  const asked = form.get('agency') || query.agency || (actor.kind === 'officer' ? actor.agencyCode : '')
  const agency = agencies.find((a) => a.value === asked)
  const [units, sectors, duties] = await Promise.all([agency ? listUnits(db, agency.value) : [], sectorChoices(db, lang), agency ? listUnitDuties(db, agency.value, now) : []])
  const props: Props = {
    agencies, agency, sectors, duties, mistakes, names: await readNames(ctx, duties), units: units.map((u) => ({ value: u.id, text: lang === 'vi' ? u.nameVi : u.nameEn })),
    typed: { unit: form.get('unit'), sector: form.get('sector'), procedure: form.get('procedure') }, done: query.done,
  }
  return page(<Duties {...props} />, { title: ctx.t('identity.officers.duties.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const [agencyCode, unitId, sectorCode, procedureCode] = ['agency', 'unit', 'sector', 'procedure'].map((name) => form.get(name)) as [string, string, string, string]
  const mistakes: FieldError[] = []
  if (!(await listUnits(ctx.db, agencyCode)).some((u) => u.id === unitId)) mistakes.push({ field: 'unit', key: 'identity.officers.grant.unit_wrong' })
  if ((sectorCode === '') === (procedureCode === '')) mistakes.push({ field: 'procedure', key: 'identity.officers.duties.one_of_two' })
  else if (procedureCode && (await knownProcedures(ctx.db, [procedureCode], ctx.lang))?.has(procedureCode) === false) mistakes.push({ field: 'procedure', key: 'identity.officers.grant.procedure_wrong' })
  if (mistakes.length > 0) return show(req, mistakes)
  await nameUnit(ctx, { agencyCode, unitId, sectorCode: sectorCode || null, procedureCode: procedureCode || null })
  return redirect(`${dutiesPath}?agency=${encodeURIComponent(agencyCode)}&done=named`)
}

function Duties(props: Props): VNode {
  const { t } = usePage()
  const { agencies, agency, units, duties, names } = props
  return (
    <>
      <Done what={props.done} />
      <ErrorSummary errors={props.mistakes} />
      <h1 class="govuk-heading-l">{t('identity.officers.duties.title')}</h1>
      <p class="govuk-body">{t('identity.officers.duties.lead')}</p>
      <Form method="get" action={dutiesPath} class="mc-filter-row">
        <Select name="agency" id="agency-choice" label={t('identity.officers.column.agency')} value={agency?.value} options={agencies} {...(agency ? {} : { empty: t('identity.officers.duties.choose') })} />
        <Button kind="secondary">{t('identity.officers.duties.show')}</Button>
      </Form>
      {agency && (duties.length === 0 ? <EmptyState title={t('identity.officers.duties.none')} /> : (
        <Table caption={t('identity.officers.duties.title')} captionHidden columns={['unit', 'matter', 'since', 'act'].map((column) => ({ header: t(`identity.officers.column.${column}`) }))}
          rows={duties.map((d) => [names.unit(d.unitId), d.sectorCode ? t('identity.officers.scope.sector', { name: names.sector(d.sectorCode) }) : t('identity.officers.scope.procedure', { name: names.procedure(d.procedureCode!) }), formatDate(d.validFrom),
            <Form action={`${dutiesPath}/${d.id}/end`} hidden={{ agency: agency.value }}><Button kind="link" about={names.unit(d.unitId)}>{t('identity.officers.duties.end')}</Button></Form>])} />
      ))}
      {agency && (units.length === 0 ? <InsetText>{t('identity.officers.duties.no_units')}</InsetText> : <AddDuty {...props} agency={agency} />)}
    </>
  )
}

function AddDuty({ agency, units, sectors, mistakes, typed }: Props & { agency: Choice }): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <Form action={dutiesPath} hidden={{ agency: agency.value }}>
      <h2 class="govuk-heading-m">{t('identity.officers.duties.add')}</h2>
      <Select name="unit" label={t('identity.officers.column.unit')} value={typed.unit} error={sentences.of('unit')} options={units} />
      {sectors.length > 0 && <Select name="sector" label={t('identity.officers.grant.sector')} value={typed.sector} empty={t('identity.officers.duties.no_sector')} options={sectors} />}
      <TextInput name="procedure" label={t('identity.officers.grant.procedure')} hint={t('identity.officers.grant.procedure_hint')} value={typed.procedure} error={sentences.of('procedure')} width={20} spellcheck={false} />
      <Button>{t('identity.officers.duties.add')}</Button>
    </Form>
  )
}
