import { actorKey } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { isId, newId } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { administers } from './administration.ts'

/** Which unit of an agency handles a sector or a procedure. */
export interface UnitDuty { id: string; agencyCode: string; unitId: string; sectorCode: string | null; procedureCode: string | null; validFrom: string; validTo: string | null }

const columns = (db: Db) => db`id, agency_code AS "agencyCode", unit_id AS "unitId", sector_code AS "sectorCode", procedure_code AS "procedureCode", valid_from::text AS "validFrom", valid_to::text AS "validTo"`
const onDay = (db: Db, day: string) => db`valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`

export async function listUnitDuties(db: Db, agencyCode: string, now: Date): Promise<UnitDuty[]> {
  return db<UnitDuty[]>`SELECT ${columns(db)} FROM identity.unit_duty WHERE agency_code = ${agencyCode} AND ${onDay(db, civilDate(now))} ORDER BY unit_id, sector_code, procedure_code`
}

/** What units handle, for those who may see only that. */
export async function dutiesOfUnits(db: Db, unitIds: readonly string[], now: Date): Promise<UnitDuty[]> {
  return unitIds.length === 0 ? [] : db<UnitDuty[]>`SELECT ${columns(db)} FROM identity.unit_duty WHERE unit_id = ANY (${[...unitIds]}) AND ${onDay(db, civilDate(now))}`
}

/** The unit in charge of a matter, or null where the agency named none; who is named for the procedure comes before who is for its sector. */
export async function unitInCharge(db: Db, agencyCode: string, matter: { procedureCode: string; sectorCode: string | null }, now: Date): Promise<string | null> {
  const [row] = await db<{ unitId: string }[]>`
    SELECT unit_id AS "unitId" FROM identity.unit_duty WHERE agency_code = ${agencyCode} AND (procedure_code = ${matter.procedureCode} OR sector_code = ${matter.sectorCode}) AND ${onDay(db, civilDate(now))}
    ORDER BY (procedure_code IS NOT NULL) DESC, id DESC LIMIT 1`
  return row?.unitId ?? null
}

/** A high-level account names the unit in charge; whoever was it before is so no more, and what runs stays where it is. @throws GRANT_NOT_ALLOWED */
export async function nameUnit(ctx: Ctx, duty: { agencyCode: string; unitId: string; sectorCode: string | null; procedureCode: string | null }): Promise<void> {
  if (!administers(ctx, duty.agencyCode)) throw errors.GRANT_NOT_ALLOWED()
  const today = civilDate(ctx.now)
  await transact(ctx, async (tx) => {
    const same = await tx<{ id: string }[]>`
      SELECT id FROM identity.unit_duty WHERE agency_code = ${duty.agencyCode} AND sector_code IS NOT DISTINCT FROM ${duty.sectorCode} AND procedure_code IS NOT DISTINCT FROM ${duty.procedureCode} AND (valid_to IS NULL OR valid_to > ${today}) FOR UPDATE`
    for (const { id } of same) await close(tx, id, today)
    const id = newId(ctx.now.getTime())
    await tx`INSERT INTO identity.unit_duty (id, agency_code, unit_id, sector_code, procedure_code, valid_from, named_by) VALUES (${id}, ${duty.agencyCode}, ${duty.unitId}, ${duty.sectorCode}, ${duty.procedureCode}, ${today}, ${actorKey(ctx.actor)})`
    await appendEvent(tx, ctx, { type: 'identity.unit_named', subject: duty.unitId, data: { dutyId: id, agencyCode: duty.agencyCode, sectorCode: duty.sectorCode, procedureCode: duty.procedureCode } })
  })
}

/** The unit is in charge no more, from today. @throws GRANT_NOT_FOUND */
export async function endUnitDuty(ctx: Ctx, id: string): Promise<void> {
  const [duty] = isId(id) ? await ctx.db<UnitDuty[]>`SELECT ${columns(ctx.db)} FROM identity.unit_duty WHERE id = ${id}` : []
  if (!duty || !administers(ctx, duty.agencyCode)) throw errors.GRANT_NOT_FOUND()
  await transact(ctx, async (tx) => {
    await close(tx, id, civilDate(ctx.now))
    await appendEvent(tx, ctx, { type: 'identity.unit_duty_ended', subject: duty.unitId, data: { dutyId: id, agencyCode: duty.agencyCode } })
  })
}

/** What began today has had no day: it goes, and the ledger keeps that it was. */
async function close(tx: Db, id: string, today: string): Promise<void> {
  await tx`DELETE FROM identity.unit_duty WHERE id = ${id} AND valid_from >= ${today}`
  await tx`UPDATE identity.unit_duty SET valid_to = ${today} WHERE id = ${id}`
}
