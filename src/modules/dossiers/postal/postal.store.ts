import type { Db, Tx } from '../../../platform/db.ts'

export type PostalAct = 'receive' | 'return'
export interface Delegation { id: string; agencyCode: string; officerId: string; acts: PostalAct[]; /** Civil dates, both included. */ validFrom: string; validTo: string; basis: string; endedAt: Date | null }
/** To the desk: what postal staff took in, and results that could not be delivered. To the post: results. */
export type Direction = 'to-desk' | 'to-post'
export interface PostalList { id: string; agencyCode: string; direction: Direction; givenBy: string; givenAt: Date; toOfficer: string | null; takenBy: string | null; takenAt: Date | null }
export interface PostalItem { dossierId: string; isThere: boolean | null }

const delegationColumns = (db: Db) => db`id, agency_code AS "agencyCode", officer_id AS "officerId", acts, valid_from::text AS "validFrom", valid_to::text AS "validTo", basis, ended_at AS "endedAt"`

export async function insertDelegation(tx: Tx, d: Omit<Delegation, 'endedAt'> & { by: string; at: Date }): Promise<void> {
  await tx`INSERT INTO dossiers.postal_delegation (id, agency_code, officer_id, acts, valid_from, valid_to, basis, given_by, given_at) VALUES (${d.id}, ${d.agencyCode}, ${d.officerId}, ${d.acts}, ${d.validFrom}, ${d.validTo}, ${d.basis}, ${d.by}, ${d.at})`
}

export async function findDelegation(db: Db, id: string): Promise<Delegation | undefined> {
  const [row] = await db<Delegation[]>`SELECT ${delegationColumns(db)} FROM dossiers.postal_delegation WHERE id = ${id}`
  return row
}

export async function listDelegations(db: Db, agencyCode: string): Promise<Delegation[]> {
  return await db<Delegation[]>`SELECT ${delegationColumns(db)} FROM dossiers.postal_delegation WHERE agency_code = ${agencyCode} ORDER BY given_at DESC LIMIT 200`
}

export async function endDelegation(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
  return (await tx`UPDATE dossiers.postal_delegation SET ended_by = ${by}, ended_at = ${at} WHERE id = ${id} AND ended_at IS NULL RETURNING id`).length > 0
}

export async function isDelegated(db: Db, officer: { id: string; agencyCode: string }, act: PostalAct, day: string): Promise<boolean> {
  return (await db`SELECT 1 FROM dossiers.postal_delegation WHERE officer_id = ${officer.id} AND agency_code = ${officer.agencyCode} AND ${act} = ANY(acts) AND ended_at IS NULL AND valid_from <= ${day} AND valid_to >= ${day} LIMIT 1`).length > 0
}

const listColumns = (db: Db) => db`id, agency_code AS "agencyCode", direction, given_by AS "givenBy", given_at AS "givenAt", to_officer AS "toOfficer", taken_by AS "takenBy", taken_at AS "takenAt"`

export async function insertList(tx: Tx, l: Omit<PostalList, 'takenBy' | 'takenAt'>, dossierIds: readonly string[]): Promise<void> {
  await tx`INSERT INTO dossiers.postal_list (id, agency_code, direction, given_by, given_at, to_officer) VALUES (${l.id}, ${l.agencyCode}, ${l.direction}, ${l.givenBy}, ${l.givenAt}, ${l.toOfficer})`
  await tx`INSERT INTO dossiers.postal_item (list_id, dossier_id) SELECT ${l.id}, unnest(${[...dossierIds]}::uuid[])`
}

export async function findList(db: Db, id: string): Promise<PostalList | undefined> {
  const [row] = await db<PostalList[]>`SELECT ${listColumns(db)} FROM dossiers.postal_list WHERE id = ${id}`
  return row
}

export async function lockList(tx: Tx, id: string): Promise<PostalList | undefined> {
  const [row] = await tx<PostalList[]>`SELECT ${listColumns(tx)} FROM dossiers.postal_list WHERE id = ${id} FOR UPDATE`
  return row
}

export async function listItems(db: Db, listId: string): Promise<PostalItem[]> {
  return await db<PostalItem[]>`SELECT dossier_id AS "dossierId", is_there AS "isThere" FROM dossiers.postal_item WHERE list_id = ${listId} ORDER BY dossier_id`
}

/** Of an agency, or only those in which an officer is one of the two sides; newest first. */
export async function listLists(db: Db, of: { agencyCode: string; officerId?: string }): Promise<(PostalList & { items: number })[]> {
  return await db<(PostalList & { items: number })[]>`
    SELECT ${listColumns(db)}, (SELECT count(*)::int FROM dossiers.postal_item i WHERE i.list_id = l.id) AS items FROM dossiers.postal_list l
    WHERE agency_code = ${of.agencyCode} ${of.officerId ? db`AND ${of.officerId} IN (given_by, to_officer, taken_by)` : db``} ORDER BY (taken_at IS NOT NULL), given_at DESC LIMIT 100`
}

export async function saveTaken(tx: Tx, id: string, taken: { by: string; at: Date; there: readonly string[] }): Promise<void> {
  await tx`UPDATE dossiers.postal_list SET taken_by = ${taken.by}, taken_at = ${taken.at} WHERE id = ${id}`
  await tx`UPDATE dossiers.postal_item SET is_there = (dossier_id = ANY(${[...taken.there]}::uuid[])) WHERE list_id = ${id}`
}

/** On its way or arrived: what the taking side has not said to be missing. */
const handed = (db: Db) => db`(l.taken_at IS NULL OR i.is_there)`

/** What an officer of the postal staff has in hand: papers that he took in and results that he is to deliver, as long as he has not handed them to the desk. */
export async function listInHand(db: Db, officerId: string): Promise<{ dossierId: string; what: 'papers' | 'result' }[]> {
  return await db<{ dossierId: string; what: 'papers' | 'result' }[]>`
    SELECT r.dossier_id AS "dossierId", 'papers' AS what FROM dossiers.reception r JOIN dossiers.visit v ON v.id = r.visit_id AND v.officer_id = ${officerId} AND v.channel <> 'assisted'
    WHERE NOT EXISTS (SELECT 1 FROM dossiers.postal_item i JOIN dossiers.postal_list l ON l.id = i.list_id WHERE i.dossier_id = r.dossier_id AND l.direction = 'to-desk' AND ${handed(db)})
    UNION ALL
    SELECT t.dossier_id, 'result' FROM dossiers.postal_item t JOIN dossiers.postal_list g ON g.id = t.list_id AND g.direction = 'to-post' AND g.taken_by = ${officerId} JOIN dossiers.dossier d ON d.id = t.dossier_id AND d.state = 'finished'
    WHERE t.is_there AND NOT EXISTS (SELECT 1 FROM dossiers.postal_item i JOIN dossiers.postal_list l ON l.id = i.list_id WHERE i.dossier_id = t.dossier_id AND l.direction = 'to-desk' AND l.given_by = ${officerId} AND l.given_at > g.taken_at AND ${handed(db)})
    LIMIT 1000`
}

/** Of these results, those that the post has or is being given. */
export async function withPost(db: Db, dossierIds: readonly string[]): Promise<Set<string>> {
  const rows = await db<{ id: string }[]>`
    SELECT DISTINCT t.dossier_id AS id FROM dossiers.postal_item t JOIN dossiers.postal_list g ON g.id = t.list_id AND g.direction = 'to-post'
    WHERE t.dossier_id = ANY(${[...dossierIds]}::uuid[]) AND (g.taken_at IS NULL OR t.is_there)
      AND NOT EXISTS (SELECT 1 FROM dossiers.postal_item i JOIN dossiers.postal_list l ON l.id = i.list_id WHERE i.dossier_id = t.dossier_id AND l.direction = 'to-desk' AND l.given_at > g.given_at AND i.is_there)`
  return new Set(rows.map((row) => row.id))
}

export async function saveDelivery(tx: Tx, d: { dossierId: string; officerId: string; recipient: string; at: Date }): Promise<void> {
  await tx`INSERT INTO dossiers.postal_delivery (dossier_id, officer_id, recipient, at) VALUES (${d.dossierId}, ${d.officerId}, ${d.recipient}, ${d.at}) ON CONFLICT (dossier_id) DO UPDATE SET recipient = excluded.recipient, at = excluded.at`
}

export async function findDelivery(db: Db, dossierId: string): Promise<{ officerId: string; recipient: string; at: Date } | undefined> {
  const [row] = await db<{ officerId: string; recipient: string; at: Date }[]>`SELECT officer_id AS "officerId", recipient, at FROM dossiers.postal_delivery WHERE dossier_id = ${dossierId}`
  return row
}

/** One member of the postal staff hands over at a time. */
export async function lockOfficer(tx: Tx, officerId: string): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtextextended(${`dossiers.postal:${officerId}`}, 0))`
}
