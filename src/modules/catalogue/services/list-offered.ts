import type { Db } from '../../../platform/db.ts'
import { closedServices, type ServiceState } from './service-state.ts'

export interface Offered { procedureCode: string; state: ServiceState }

/** Procedures that this program can run, with whether they take new dossiers now. */
export async function listOffered(db: Db, now: Date): Promise<Offered[]> {
  const rows = await db<{ code: string }[]>`SELECT code FROM catalogue.procedure WHERE has_service ORDER BY name_vi`
  const closed = await closedServices(db, now)
  return rows.map(({ code }) => ({ procedureCode: code, state: closed.get(code)?.state ?? 'open' }))
}
