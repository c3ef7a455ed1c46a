import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import { file, page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { civilDate, formatDateTime } from '../../../../platform/i18n.ts'
import { fileTypes, writeTable } from '../../../../platform/write-table.ts'
import { Button, ButtonGroup, EmptyState, Form, LinkButton, Pagination, Select, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { listUnits, type Unit } from '../../../organisations/index.ts'
import { isRole, roles } from '../../roles.ts'
import { administeredAgencies } from '../rights/administration.ts'
import { officerStates, searchOfficers, type Officer, type OfficerQuery } from '../officer.store.ts'
import type { Choice } from '../officer-sources.ts'
import { officerHref, officersPath, withQuery } from './hrefs.ts'
import { proved } from './proved.tsx'
import { agencyChoices, Done, OfficerStateTag, readNames, roleWords, type Names } from './words.tsx'

const pageSize = 50
const exported = 20_000

/** The officers of the administrator's agency and those below it: search, filter, order and pages in the address; the same list as a file. */
export const officersRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/officers', access: { permission: 'identity.view-officers' }, handler: proved(show) },
  { method: 'GET', path: '/admin/officers/export', access: { permission: 'identity.view-officers' }, handler: proved(exportFile) },
]

type Filter = Pick<OfficerQuery, 'q' | 'agencyCode' | 'unitId' | 'role' | 'state' | 'sort'>

function readFilter({ query }: Req): Filter {
  return {
    q: query.q?.trim().slice(0, 100) || undefined, agencyCode: /^[A-Z0-9.]{2,35}$/.test(query.agency ?? '') ? query.agency : undefined, unitId: query.unit?.slice(0, 100) || undefined,
    role: query.role && isRole(query.role) ? query.role : undefined, state: officerStates.find((s) => s === query.state), sort: (['name', 'login', 'lastLogIn'] as const).find((s) => s === query.sort),
  } as Filter
}

/** At the national node its own administrators see everybody. */
export function within(ctx: Ctx): readonly string[] | undefined {
  const codes = administeredAgencies(ctx)
  return ctx.node.config.kind === 'national' && codes.includes(ctx.node.config.code) ? undefined : codes
}

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const filter = readFilter(req)
  const at = Math.max(1, Math.min(10_000, Number.parseInt(req.query.page ?? '1', 10) || 1))
  const [{ rows, total }, agencies, units] = await Promise.all([
    searchOfficers(ctx.db, { ...filter, within: within(ctx), limit: pageSize, offset: (at - 1) * pageSize }), agencyChoices(ctx), filter.agencyCode ? listUnits(ctx.db, filter.agencyCode) : [],
  ])
  const names = await readNames(ctx, rows)
  return page(<List {...{ rows, total, at, filter, agencies, units, names }} done={req.query.done} />, { title: ctx.t('identity.officers.title'), layout: 'desk' })
}

async function exportFile(req: Req): Promise<Reply> {
  const { ctx } = req
  const { t } = ctx
  const { rows } = await searchOfficers(ctx.db, { ...readFilter(req), within: within(ctx), limit: exported, offset: 0 })
  const names = await readNames(ctx, rows)
  const format = req.query.format === 'xlsx' ? 'xlsx' : 'csv'
  const header = ['login', 'name', 'agency_code', 'agency', 'unit', 'roles', 'state', 'last_log_in'].map((column) => t(`identity.officers.column.${column}`))
  const lines = rows.map((o) => [o.login, o.name, o.agencyCode, names.agency(o.agencyCode), o.unitId ? names.unit(o.unitId) : '', o.roles.map((role) => roleWords(t, role)).join('; '), t(`identity.officers.state.${o.state}`), o.lastLogInAt ? formatDateTime(o.lastLogInAt) : ''])
  return file(await writeTable(format, header, lines), { type: fileTypes[format], name: `officers-${civilDate(ctx.now)}.${format}` })
}

interface Props { rows: Officer[]; total: number; at: number; filter: Filter; agencies: Choice[]; units: Unit[]; names: Names; done: string | undefined }

const address = (f: Filter): Record<string, string | undefined> => ({ q: f.q, agency: f.agencyCode, unit: f.unitId, role: f.role, state: f.state, sort: f.sort })

function List({ rows, total, at, filter, agencies, units, names, done }: Props): VNode {
  const { t } = usePage()
  const isFiltered = Object.entries(address(filter)).some(([name, value]) => name !== 'sort' && value)
  return (
    <>
      <Done what={done} />
      <h1 class="govuk-heading-l">{t('identity.officers.title')}</h1>
      <ButtonGroup>
        <LinkButton href={`${officersPath}/new`}>{t('identity.officers.add')}</LinkButton>
        {(['csv', 'xlsx'] as const).map((format) => <a class="govuk-link" href={withQuery(`${officersPath}/export`, { ...address(filter), format })} download>{t('identity.officers.export', { format: format.toUpperCase() })}</a>)}
      </ButtonGroup>
      <Filters filter={filter} agencies={agencies} units={units} />
      <p class="govuk-body" role="status">{t('identity.officers.count', { count: total })}</p>
      {rows.length === 0
        ? <EmptyState title={t('identity.officers.none')}>{isFiltered && <p><a class="govuk-link" href={officersPath}>{t('identity.officers.without_filters')}</a></p>}</EmptyState>
        : <Rows rows={rows} filter={filter} names={names} />}
      <Pagination page={at} pages={Math.ceil(total / pageSize)} href={(n) => withQuery(officersPath, { ...address(filter), page: String(n) })} />
    </>
  )
}

function Filters({ filter, agencies, units }: Pick<Props, 'filter' | 'agencies' | 'units'>): VNode {
  const { t, lang } = usePage()
  const any = t('identity.officers.any')
  return (
    <Form method="get" action={officersPath} class="mc-filter-row">
      <TextInput name="q" label={t('identity.officers.search')} value={filter.q} width={20} />
      {agencies.length > 1 && <Select name="agency" label={t('identity.officers.column.agency')} value={filter.agencyCode} empty={any} options={agencies} />}
      {units.length > 0 && <Select name="unit" label={t('identity.officers.column.unit')} value={filter.unitId} empty={any} options={units.map((u) => ({ value: u.id, text: lang === 'vi' ? u.nameVi : u.nameEn }))} />}
      <Select name="role" label={t('identity.officers.column.role')} value={filter.role} empty={any} options={roles.map((value) => ({ value, text: roleWords(t, value) }))} />
      <Select name="state" label={t('identity.officers.column.state')} value={filter.state} empty={any} options={officerStates.map((value) => ({ value, text: t(`identity.officers.state.${value}`) }))} />
      <Button kind="secondary">{t('identity.officers.filter')}</Button>
    </Form>
  )
}

function Rows({ rows, filter, names }: Pick<Props, 'rows' | 'filter' | 'names'>): VNode {
  const { t } = usePage()
  const sorted = (sort: NonNullable<Filter['sort']>, header: string) => ({ header, sort: { href: withQuery(officersPath, { ...address(filter), sort }), ...((filter.sort ?? 'name') === sort ? { direction: 'ascending' as const } : {}) } })
  return (
    <Table caption={t('identity.officers.title')} captionHidden stack keys
      columns={[sorted('name', t('identity.officers.column.name')), sorted('login', t('identity.officers.column.login')), { header: t('identity.officers.column.agency') }, { header: t('identity.officers.column.roles') }, { header: t('identity.officers.column.state') }, sorted('lastLogIn', t('identity.officers.column.last_log_in'))]}
      rows={rows.map((o) => ({
        href: officerHref(o.id),
        cells: [
          <a class="govuk-link" href={officerHref(o.id)}>{o.name}</a>, o.login, <>{names.agency(o.agencyCode)}{o.unitId && <><br /><span class="govuk-hint">{names.unit(o.unitId)}</span></>}</>,
          o.roles.map((role) => roleWords(t, role)).join(', ') || '–', <OfficerStateTag state={o.state} />, o.lastLogInAt ? formatDateTime(o.lastLogInAt) : t('identity.officers.never'),
        ],
      }))} />
  )
}
