import type { Db } from '../../../platform/db.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { createMemory } from '../../../platform/memory.ts'
import { errors } from '../catalogue.errors.ts'
import { baseCodeOf } from '../decisions/local-part.ts'

export const serviceStates = ['open', 'suspended', 'stopped'] as const
export type ServiceState = (typeof serviceStates)[number]

/** Why a service takes no new dossiers now. */
export interface ClosedService { procedureCode: string; state: Exclude<ServiceState, 'open'>; reasonVi: string; reasonEn: string | null; noticeNumber: string | null; fromAt: Date }

type OfferChange = Omit<ClosedService, 'state'> & { state: ServiceState }

const changes = createMemory({ capacity: 1 })

/** What was ever decided about services, in the order of time: few, so all of it; every filing asks. */
function readChanges(db: Db): Promise<readonly OfferChange[]> {
  return changes.remember(db, 'all', async () => await db<OfferChange[]>`
    SELECT procedure_code AS "procedureCode", state, reason_vi AS "reasonVi", reason_en AS "reasonEn", notice_number AS "noticeNumber", from_at AS "fromAt"
    FROM catalogue.service_change ORDER BY from_at, id`)
}

/** The services that are closed now, by procedure. */
export async function closedServices(db: Db, now: Date): Promise<Map<string, ClosedService>> {
  const newest = new Map((await readChanges(db)).filter((c) => c.fromAt <= now).map((c) => [c.procedureCode, c]))
  return new Map([...newest].flatMap(([code, { state, ...change }]) => (state === 'open' ? [] : [[code, { state, ...change }]])))
}

/** When the next decision about a service takes effect by the clock alone; undefined where none is ahead. */
export async function nextOfferChange(db: Db, now: Date): Promise<Date | undefined> {
  return (await readChanges(db)).find((c) => c.fromAt > now)?.fromAt
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
