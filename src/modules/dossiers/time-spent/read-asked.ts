import { coversAgency } from '../../../platform/actor.ts'
import type { Req } from '../../../platform/http/route.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { Option } from '../../../ui/index.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { agencyName, findUnit, listAgencies } from '../../organisations/index.ts'
import { listTimedProcedures, listTimedVersions, measures, type Measure, type StepsAsked } from '../../process/index.ts'
import { overseenBy } from '../assignment/overseen-by.ts'
import { officerOf } from '../pages/desk/inbox.page.tsx'

export const periods = ['month', 'last-month', 'quarter', 'year', 'last-year', 'all'] as const
export type Period = (typeof periods)[number]

/** What a leader asks, as it stands in the address, and what can be chosen. */
export interface Asked {
  procedure: string
  version: string
  agency: string
  period: Period
  measure: Measure
  procedures: Option[]
  versions: Option[]
  agencies: Option[]
  /** Undefined until a procedure with counted steps is chosen. */
  steps: StepsAsked | undefined
  /** The choices for an address. */
  query: URLSearchParams
}

/** Whatever is not among the choices of this leader counts as not chosen. */
export async function readAsked(req: Req): Promise<Asked> {
  const { ctx: { db, now, lang, t, node }, query } = req
  const own = overseenBy(officerOf(req))
  const [codes, agencies] = await Promise.all([listTimedProcedures(db), listAgencies(db, { nodeCode: node.config.code })])
  const names = await procedureNames(db, codes, lang)
  const procedure = codes.find((code) => code === query.procedure) ?? ''
  const versions = procedure === '' ? [] : await listTimedVersions(db, procedure)
  const version = versions.find(({ definitionId }) => definitionId === query.version) ?? versions[0]
  const below = agencies.filter(({ code }) => own.some((one) => one.unitId === null && coversAgency(one.agencyCode, code)))
  const units = await Promise.all(own.flatMap(({ unitId }) => (unitId === null ? [] : [findUnit(db, unitId)])))
  const choices: Option[] = [...below.map((agency) => ({ value: agency.code, text: agencyName(agency, lang) })), ...units.flatMap((unit) => (unit ? [{ value: `#${unit.id}`, text: lang === 'vi' ? unit.nameVi : unit.nameEn }] : []))]
  const agency = choices.find(({ value }) => value === query.agency)?.value ?? ''
  const period = periods.find((one) => one === query.period) ?? 'year'
  const measure = measures.find((one) => one === query.measure) ?? 'median'
  const within = agency === '' ? own.filter((one) => !own.some((other) => other !== one && covers(other, one))) : agency.startsWith('#') ? own.filter(({ unitId }) => `#${unitId}` === agency) : [{ agencyCode: agency, unitId: null }]
  return {
    procedure, version: version?.definitionId ?? '', agency, period, measure, agencies: choices,
    procedures: codes.map((code) => ({ value: code, text: names.get(code) ?? code })), versions: versions.map((one) => ({ value: one.definitionId, text: t('dossiers.timeSpent.versionOf', { version: one.version, key: one.key }) })),
    steps: version && { procedureCode: procedure, definitionId: version.definitionId, within, ...monthsOf(period, civilDate(now)) },
    query: new URLSearchParams(Object.entries({ procedure, version: version?.definitionId ?? '', agency, period, measure }).filter(([, value]) => value !== '')),
  }
}

interface Scope { agencyCode: string; unitId: string | null }
/** Of two that cover each other, which are the same, the first one counts. */
const covers = (a: Scope, b: Scope): boolean => a.unitId === null && coversAgency(a.agencyCode, b.agencyCode) && (a.agencyCode !== b.agencyCode || b.unitId !== null)

/** First and last month of a period, each as its first day. @param today 'YYYY-MM-DD' */
export function monthsOf(period: Period, today: string): { from: string; until: string } {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const first = (y: number, m: number): string => `${m < 1 ? y - 1 : y}-${String(m < 1 ? m + 12 : m).padStart(2, '0')}-01`
  switch (period) {
    case 'month': return { from: first(year, month), until: first(year, month) }
    case 'last-month': return { from: first(year, month - 1), until: first(year, month - 1) }
    case 'quarter': return { from: first(year, month - ((month - 1) % 3)), until: first(year, month) }
    case 'year': return { from: first(year, 1), until: first(year, month) }
    case 'last-year': return { from: first(year - 1, 1), until: first(year - 1, 12) }
    case 'all': return { from: '2000-01-01', until: first(year, month) }
  }
}
