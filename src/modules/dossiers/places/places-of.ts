import type { Ctx } from '../../../platform/ctx.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { listServed, type Service } from './places.store.ts'

export interface ServedPlace { what: Service; agency: string; at: Date }

/** Where a person was helped, received and given the result, with the names of the agencies. */
export async function placesOf(ctx: Ctx, dossierId: string): Promise<ServedPlace[]> {
  return Promise.all((await listServed(ctx.db, dossierId)).map(async ({ what, agencyCode, at }) => {
    const agency = await findAgency(ctx.db, agencyCode, ctx.now)
    return { what, at, agency: agency ? agencyName(agency, ctx.lang) : agencyCode }
  }))
}
