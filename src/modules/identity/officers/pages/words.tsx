import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import { formatDate, type Translate } from '../../../../platform/i18n.ts'
import { NotificationBanner, Tag, usePage, type Tone } from '../../../../ui/index.ts'
import { agencyName, findAgency, findUnit, listAgencies, type Agency } from '../../../organisations/index.ts'
import { covers, administeredAgencies } from '../rights/administration.ts'
import type { Grant, GrantState } from '../rights/grant.store.ts'
import { knownProcedures, sectorChoices, type Choice } from '../officer-sources.ts'
import type { OfficerState } from '../officer.store.ts'
import { dayBefore } from '../substitutes/name-substitute.ts'

const tones: Readonly<Record<OfficerState, Tone>> = { new: 'attention', active: 'done', locked: 'stopped', left: 'neutral' }

export function OfficerStateTag({ state }: { state: OfficerState }): VNode {
  const { t } = usePage()
  return <Tag tone={tones[state]}>{t(`identity.officers.state.${state}`)}</Tag>
}

const grantTones: Readonly<Record<GrantState, Tone>> = { current: 'done', future: 'running', over: 'neutral', withdrawn: 'stopped' }

export function GrantStateTag({ state }: { state: GrantState }): VNode {
  const { t } = usePage()
  return <Tag tone={grantTones[state]}>{t(`identity.officers.grant_state.${state}`)}</Tag>
}

/** Names of what codes stand for, read once for a page. */
export interface Names { agency(code: string): string; unit(id: string): string; sector(code: string): string; procedure(code: string): string }

interface Coded { agencyCode?: string; unitId?: string | null; sectorCode?: string | null; procedureCode?: string | null }

export async function readNames(ctx: Ctx, things: readonly Coded[]): Promise<Names> {
  const { db, lang, now, node } = ctx
  const distinct = (values: (string | null | undefined)[]): string[] => [...new Set(values.filter((v): v is string => !!v))]
  const [codes, units, procedures, sectorCodes] = [distinct(things.map((g) => g.agencyCode)), distinct(things.map((g) => g.unitId)), distinct(things.map((g) => g.procedureCode)), distinct(things.map((g) => g.sectorCode))]
  const [agencies, unitRows, procedureNames, sectors] = await Promise.all([
    Promise.all(codes.map(async (code) => [code, await findAgency(db, code, now)] as const)), Promise.all(units.map(async (id) => [id, await findUnit(db, id)] as const)),
    knownProcedures(db, procedures, lang), sectorCodes.length > 0 ? sectorChoices(db, lang) : [],
  ])
  const agencyNames = new Map(agencies.map(([code, agency]) => [code, agency ? agencyName(agency, lang) : code === node.config.code ? node.config.name[lang] : code]))
  const unitNames = new Map(unitRows.map(([id, unit]) => [id, unit ? (lang === 'vi' ? unit.nameVi : unit.nameEn) : id]))
  return {
    agency: (code) => agencyNames.get(code) ?? code, unit: (id) => unitNames.get(id) ?? id, sector: (code) => sectors.find((s) => s.value === code)?.text ?? code,
    procedure: (code) => (procedureNames?.has(code) ? `${code} ${procedureNames.get(code)}` : code),
  }
}

export const roleWords = (t: Translate, role: string): string => t(`identity.officers.role.${role}`)

/** "Phường Pleiku; lĩnh vực Hộ tịch; từ 01/12/2026". */
export function scopeWords(t: Translate, names: Names, g: Pick<Grant, 'agencyCode' | 'unitId' | 'sectorCode' | 'procedureCode'> & { validFrom?: string | null; validTo?: string | null }): string {
  return [
    names.agency(g.agencyCode),
    ...(g.unitId ? [names.unit(g.unitId)] : []),
    ...(g.sectorCode ? [t('identity.officers.scope.sector', { name: names.sector(g.sectorCode) })] : []),
    ...(g.procedureCode ? [t('identity.officers.scope.procedure', { name: names.procedure(g.procedureCode) })] : []),
    ...(g.validFrom ? [t('identity.officers.scope.from', { day: formatDate(g.validFrom) })] : []),
    ...(g.validTo ? [t('identity.officers.scope.until', { day: formatDate(dayBefore(g.validTo)) })] : []),
  ].join('; ')
}

/** The agencies for which the actor may act, as choices; at the national node the highest of the country, whose officers have accounts there. */
export async function agencyChoices(ctx: Ctx): Promise<Choice[]> {
  const { db, node, now, lang } = ctx
  const own = administeredAgencies(ctx)
  const isNational = node.config.kind === 'national'
  const all = (await listAgencies(db, { at: now, ...(isNational ? {} : { nodeCode: node.config.code }) })).filter((a) => (!isNational || a.parentCode === null) && own.some((code) => covers(node, code, a.code)))
  const itself = own.includes(node.config.code) && !all.some((a) => a.code === node.config.code) ? [{ value: node.config.code, text: node.config.name[lang] }] : []
  return [...itself, ...all.map((a: Agency) => ({ value: a.code, text: agencyName(a, lang) }))]
}

const dones = ['added', 'granted', 'requested', 'withdrawn', 'locked', 'unlocked', 'password', 'moved', 'left', 'sessions', 'approved', 'refused', 'cancelled', 'confirmed', 'named', 'ended', 'password_changed', 'generator_renewed', 'unbound'] as const

/** What the act before led to, as ?done= of the address says. */
export function Done({ what }: { what: string | undefined }): VNode | null {
  const { t } = usePage()
  const known = dones.find((d) => d === what)
  return known ? <NotificationBanner type="success" heading={t(`identity.officers.done.${known}`)} /> : null
}
