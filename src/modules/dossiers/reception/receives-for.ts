import { coversAgency } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { ProcedureContent } from '../../catalogue/index.ts'
import { nodeOfAgency, provinceOf, serviceCentreOf } from '../../organisations/index.ts'

/**
 * May a desk receive for the agency that decides: its own desk and the service centre of that agency always; others as far as the procedure is free of territory
 * ("phi địa giới hành chính", a property of the procedure): anywhere in the country, in the same province, or nowhere else.
 */
export async function receivesFor(ctx: Ctx, desk: string, dossier: { agencyCode: string; placeCode: string | null }, scope: ProcedureContent['filingScope']): Promise<boolean> {
  if (scope === 'country' || coversAgency(desk, dossier.agencyCode)) return true
  if ((await serviceCentreOf(ctx.db, dossier.agencyCode, ctx.now))?.code === desk) return true
  if (scope === 'competent-office') return false
  const { provinceCode } = ctx.node.config
  return nodeOfAgency(desk) === nodeOfAgency(dossier.agencyCode) || (provinceCode !== undefined && dossier.placeCode !== null && (await provinceOf(ctx.db, dossier.placeCode, ctx.now)) === provinceCode)
}
