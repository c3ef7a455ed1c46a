import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { createMemory } from '../../../platform/memory.ts'
import { errors } from '../catalogue.errors.ts'
import { baseCodeOf } from '../decisions/local-part.ts'

export const serviceStates = ['open', 'suspended', 'stopped'] as const
export type ServiceState = (typeof serviceStates)[number]

/** Why a service takes no new dossiers now. */
export interface ClosedService { procedureCode: string; state: Exclude<ServiceState, 'open'>; reasonVi: string; reasonEn: string | null; noticeNumber: string | null; fromAt: Date }

const closed = createMemory({ seconds: 2, capacity: 1 })

/** After a change in this process: the next reader asks the database. */
export const forgetClosed = (): void => closed.forget()

/** The services that are closed now, by procedure: few, so all of them, and at most two seconds old; every filing asks. */
export function closedServices(db: Db, now: Date): Promise<Map<string, ClosedService>> {
  return closed.remember(db, 'all', () => readClosed(db, now))
}

async function readClosed(db: Db, now: Date): Promise<Map<string, ClosedService>> {
  const rows = await db<ClosedService[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (procedure_code) procedure_code AS "procedureCode", state, reason_vi AS "reasonVi", reason_en AS "reasonEn", notice_number AS "noticeNumber", from_at AS "fromAt"
      FROM catalogue.service_change WHERE from_at <= ${now} ORDER BY procedure_code, from_at DESC, id DESC) AS newest
    WHERE state <> 'open'`
  return new Map(rows.map((row) => [row.procedureCode, row]))
}

/** @throws SERVICE_CLOSED with the published reason when the service takes no new dossiers */
export async function assertServiceOpen(db: Db, procedureCode: string, { now, lang }: { now: Date; lang: Lang }): Promise<void> {
  const all = await closedServices(db, now)
  // What is closed for the original is closed for every province's copy.
  const closed = all.get(procedureCode) ?? all.get(baseCodeOf(procedureCode))
  if (closed) throw errors.SERVICE_CLOSED({ reason: (lang === 'en' ? closed.reasonEn : null) ?? closed.reasonVi })
}

export interface ServiceChangeRow { state: ServiceState; reasonVi: string; reasonEn: string | null; noticeNumber: string | null; fromAt: Date; decidedAt: Date }

export async function listOfferChanges(db: Db, procedureCode: string): Promise<ServiceChangeRow[]> {
  return await db<ServiceChangeRow[]>`
    SELECT state, reason_vi AS "reasonVi", reason_en AS "reasonEn", notice_number AS "noticeNumber", from_at AS "fromAt", decided_at AS "decidedAt"
    FROM catalogue.service_change WHERE procedure_code = ${procedureCode} ORDER BY from_at DESC, id DESC`
}
