import type { Ctx } from '../../../../platform/ctx.ts'
import type { Translate } from '../../../../platform/i18n.ts'
import type { Tone } from '../../../../ui/index.ts'
import { agencyName, findAgency, findUnit } from '../../../organisations/index.ts'
import { roleName } from '../../diagram-for.ts'
import type { StepOverride } from '../step-override.store.ts'

export const overrideTones: Readonly<Record<StepOverride['state'], Tone>> = { proposed: 'attention', confirmed: 'done', dropped: 'stopped' }

/** Names of the agencies and units of changes, by their codes. */
export async function namesOf({ db, lang, now }: Ctx, overrides: readonly Pick<StepOverride, 'agencyCode' | 'unitId'>[]): Promise<Map<string, string>> {
  const agencies = await Promise.all([...new Set(overrides.flatMap((one) => one.agencyCode ?? []))].map(async (code): Promise<[string, string]> => {
    const agency = await findAgency(db, code, now)
    return [code, agency ? agencyName(agency, lang) : code]
  }))
  const units = await Promise.all([...new Set(overrides.flatMap((one) => one.unitId ?? []))].map(async (id): Promise<[string, string]> => {
    const unit = await findUnit(db, id)
    return [id, unit ? (lang === 'vi' ? unit.nameVi : unit.nameEn) : id]
  }))
  return new Map([...agencies, ...units])
}

/** Who does the step, as a change says it. */
export function doerWords(t: Translate, { role, unitId }: Pick<StepOverride, 'role' | 'unitId'>, names: ReadonlyMap<string, string>): string {
  const parts = [...(role === null ? [] : [roleName(t, role)]), ...(unitId === null ? [] : [names.get(unitId) ?? unitId])]
  return parts.length === 0 ? t('process.override.asDrawn') : parts.join(', ')
}
