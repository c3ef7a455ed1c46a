import type { EntryValues } from '../../../platform/dated-table.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import type { ListAction, ListName } from './list-definition.ts'

/** One act on one entry of a shared list: who, when, from which day, and what stood before and after. */
export interface ListChange {
  readonly id: string
  readonly list: ListName
  readonly key: string
  readonly revision: number
  readonly action: ListAction
  readonly fromDate: string
  readonly before: EntryValues | null
  readonly after: EntryValues | null
  readonly basis: string
  readonly rightSource: string
  /** 'officer:<id>' */
  readonly actor: string
  readonly agencyCode: string
  readonly importId: string | null
  readonly changedAt: Date
}

const columns = (db: Db) => db`id, list, key, revision, action, from_date AS "fromDate", before, after, basis, right_source AS "rightSource", actor, agency_code AS "agencyCode", import_id AS "importId", changed_at AS "changedAt"`

/** Changes of an entry, the last first. */
export async function listChanges(db: Db, list: string, key: string): Promise<ListChange[]> {
  return await db<ListChange[]>`SELECT ${columns(db)} FROM catalogue.list_change WHERE list = ${list} AND key = ${key} ORDER BY revision DESC`
}

/** All changes of a list, by entry. */
export async function changesOfList(db: Db, list: string): Promise<ListChange[]> {
  return await db<ListChange[]>`SELECT ${columns(db)} FROM catalogue.list_change WHERE list = ${list} ORDER BY key, revision`
}

export async function findChange(db: Db, at: { list: string; key: string; revision: number }): Promise<ListChange | undefined> {
  const [change] = await db<ListChange[]>`SELECT ${columns(db)} FROM catalogue.list_change WHERE list = ${at.list} AND key = ${at.key} AND revision = ${at.revision}`
  return change
}

/** Every change of every list, in the order in which they were made. */
export async function everyChange(db: Db): Promise<ListChange[]> {
  return await db<ListChange[]>`SELECT ${columns(db)} FROM catalogue.list_change ORDER BY changed_at, list, key, revision`
}

/** Number of changes of each entry that has any. */
export async function revisionsOf(db: Db, list: string): Promise<Map<string, number>> {
  const rows = await db<{ key: string; revision: number }[]>`SELECT key, max(revision) AS revision FROM catalogue.list_change WHERE list = ${list} GROUP BY key`
  return new Map(rows.map((r) => [r.key, r.revision]))
}

/** False when it is there already: the same change, sent again. */
export async function insertChange(tx: Tx, change: ListChange): Promise<boolean> {
  const inserted = await tx`
    INSERT INTO catalogue.list_change (id, list, key, revision, action, from_date, before, after, basis, right_source, actor, agency_code, import_id, changed_at)
    VALUES (${change.id}, ${change.list}, ${change.key}, ${change.revision}, ${change.action}, ${change.fromDate}, ${change.before && tx.json(change.before)}, ${change.after && tx.json(change.after)}, ${change.basis}, ${change.rightSource},
      ${change.actor}, ${change.agencyCode}, ${change.importId}, ${change.changedAt})
    ON CONFLICT (list, key, revision) DO NOTHING`
  return inserted.count > 0
}

/** Nobody else changes the entry until the transaction ends. */
export async function lockEntry(tx: Tx, list: string, key: string): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtextextended(${`${list} ${key}`}, 7261))`
}
