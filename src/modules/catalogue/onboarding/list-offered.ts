import type { Db } from '../../../platform/db.ts'
import { closedServices, type ServiceState } from './offer-state.ts'

export interface Offered {
  procedureCode: string
  state: ServiceState
  lastFiledAt: Date | null
  /** Offered for three years without a dossier in them: to be proposed for suspension. */
  idle: boolean
}

const idleYears = 3

/** Procedures that this program can run, with whether they take new dossiers now and whether anybody used them. */
export async function listOffered(db: Db, now: Date): Promise<Offered[]> {
  const since = new Date(now)
  since.setUTCFullYear(since.getUTCFullYear() - idleYears)
  const rows = await db<{ code: string; lastFiledAt: Date | null; offeredAt: Date }[]>`
    SELECT code, (SELECT last_filed_at FROM catalogue.service_use u WHERE u.procedure_code = p.code) AS "lastFiledAt",
      (SELECT min(published_at) FROM catalogue.procedure_version v WHERE v.code = p.code) AS "offeredAt"
    FROM catalogue.procedure p WHERE has_service ORDER BY name_vi`
  const closed = await closedServices(db, now)
  return rows.map(({ code, lastFiledAt, offeredAt }) => ({ procedureCode: code, state: closed.get(code)?.state ?? 'open', lastFiledAt, idle: !closed.has(code) && (lastFiledAt ?? offeredAt) < since }))
}
