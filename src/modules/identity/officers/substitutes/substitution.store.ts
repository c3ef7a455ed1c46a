import type { Db } from '../../../../platform/db.ts'

/** Ủy quyền xử lý thay. Days as 'YYYY-MM-DD'; `validTo` is the first on which it no longer holds. */
export interface Substitution {
  id: string
  officerId: string
  substituteId: string
  validFrom: string
  validTo: string
  reason: string
  namedAt: Date
  namedBy: string
  endedAt: Date | null
}

const columns = (db: Db) => db`id, officer_id AS "officerId", substitute_id AS "substituteId", valid_from::text AS "validFrom", valid_to::text AS "validTo", reason, named_at AS "namedAt", named_by AS "namedBy", ended_at AS "endedAt"`

export async function findSubstitution(db: Db, id: string): Promise<Substitution | undefined> {
  const [row] = await db<Substitution[]>`SELECT ${columns(db)} FROM identity.substitution WHERE id = ${id}`
  return row
}

/** Those in which an officer has a part, newest first. */
export async function substitutionsOf(db: Db, officerId: string): Promise<Substitution[]> {
  return db<Substitution[]>`SELECT ${columns(db)} FROM identity.substitution WHERE ${officerId} IN (officer_id, substitute_id) ORDER BY valid_from DESC, id DESC LIMIT 100`
}

/** Those of a set of officers that are not over: what a head sees. */
export async function standingSubstitutions(db: Db, officerIds: readonly string[], day: string): Promise<Substitution[]> {
  return db<Substitution[]>`SELECT ${columns(db)} FROM identity.substitution WHERE officer_id = ANY (${[...officerIds]}::uuid[]) AND ended_at IS NULL AND valid_to > ${day} ORDER BY valid_from, id LIMIT 500`
}

export interface Period { from: string; to: string }

/** Who of two has a part in another substitution in the period, and which: there is no chain, and one substitute at a time. */
export async function overlapping(db: Db, who: { officerId: string; substituteId: string }, { from, to }: Period): Promise<'has-substitute' | 'is-substitute' | 'substitute-away' | undefined> {
  const rows = await db<{ officerId: string; substituteId: string }[]>`
    SELECT officer_id AS "officerId", substitute_id AS "substituteId" FROM identity.substitution
    WHERE ended_at IS NULL AND valid_from < ${to} AND valid_to > ${from} AND (officer_id IN (${who.officerId}, ${who.substituteId}) OR substitute_id = ${who.officerId})`
  if (rows.some((r) => r.officerId === who.officerId)) return 'has-substitute'
  if (rows.some((r) => r.substituteId === who.officerId)) return 'is-substitute'
  return rows.some((r) => r.officerId === who.substituteId) ? 'substitute-away' : undefined
}
