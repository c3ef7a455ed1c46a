import type { Db } from '../../../platform/db.ts'
import { isId } from '../../../platform/ids.ts'
import type { DossierState } from '../../dossiers/index.ts'
import type { Problem } from '../messages/check-message.ts'

export interface PortalCounts { all: number; known: number; waiting: number; unnumbered: number; dead: number; setAside: number; different: number; oldest: Date | null }

/** What there is here against what the portal has. */
export async function countDossiers(db: Db): Promise<PortalCounts> {
  const [row] = await db<PortalCounts[]>`
    SELECT count(*)::int AS all, count(*) FILTER (WHERE is_known)::int AS known, count(*) FILTER (WHERE waiting_since IS NOT NULL AND dead_at IS NULL AND is_sendable)::int AS waiting, count(*) FILTER (WHERE NOT is_sendable)::int AS unnumbered,
      count(*) FILTER (WHERE dead_at IS NOT NULL AND set_aside_at IS NULL)::int AS dead, count(*) FILTER (WHERE set_aside_at IS NOT NULL)::int AS "setAside", count(*) FILTER (WHERE difference IS NOT NULL)::int AS different,
      min(waiting_since) FILTER (WHERE dead_at IS NULL AND is_sendable) AS oldest FROM national_portal.dossier`
  return row!
}

/** A dossier that could not be told. */
export interface DeadDossier { id: string; number: string; at: Date; answer: string | null; problems: Problem[]; behind: number; isSetAside: boolean; mended: string[] }

const deadColumns = (db: Db) => db`
  dossier_id AS id, coalesce(facts->>'code', facts->>'reference') AS number, dead_at AS at, dead_answer AS answer, coalesce(dead_problems, '[]') AS problems, set_aside_at IS NOT NULL AS "isSetAside", ARRAY(SELECT jsonb_object_keys(mended)) AS mended,
  (SELECT count(*) FROM national_portal.step s WHERE s.dossier_id = d.dossier_id)::int AS behind`

/** Those that wait for an administrator, oldest first, then those set aside; at most `limit`. */
export async function listDead(db: Db, limit = 200): Promise<DeadDossier[]> {
  return await db<DeadDossier[]>`SELECT ${deadColumns(db)} FROM national_portal.dossier d WHERE dead_at IS NOT NULL ORDER BY set_aside_at IS NOT NULL, dead_at LIMIT ${limit}`
}

export async function findDead(db: Db, id: string): Promise<DeadDossier | undefined> {
  const [row] = isId(id) ? await db<DeadDossier[]>`SELECT ${deadColumns(db)} FROM national_portal.dossier d WHERE dossier_id = ${id} AND dead_at IS NOT NULL` : []
  return row
}

export interface DifferingDossier { id: string; number: string; difference: 'absent' | 'state' | 'fields'; state: DossierState; portalState: string | null; since: Date }

export async function listDiffering(db: Db, limit = 200): Promise<DifferingDossier[]> {
  return await db<DifferingDossier[]>`
    SELECT dossier_id AS id, coalesce(facts->>'code', facts->>'reference') AS number, difference, facts->>'state' AS state, portal_state AS "portalState", differed_at AS since FROM national_portal.dossier WHERE difference IS NOT NULL ORDER BY differed_at LIMIT ${limit}`
}
